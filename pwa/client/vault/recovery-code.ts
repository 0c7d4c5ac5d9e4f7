/**
 * The recovery code: 128 random bits and a check of 12, in 28 signs that are hard to mistake for each other.
 *
 *     code  = 16 random bytes
 *     check = the first 12 bits of SHA-256("cairn/1/code" ‖ code)
 *     text  = code ‖ check, five bits a sign in Crockford's base 32, in seven groups of four: 7ZK2-…
 *
 * From the code, and the code alone, come a key that opens the vault and a token that signs in.
 * The signs are those of https://www.crockford.com/base32.html
 */
import { toBase64url } from "../replica/ids.ts";
import { toUtf8 } from "../replica/utf8.ts";
import { type Bytes, deriveSealingKey, labelled, sha256 } from "./bytes.ts";
import { randomBytes } from "./random.ts";

export const CODE_LENGTH = 16;
export const CODE_SIGNS = 28;
export const CODE_GROUP = 4;

export type MistakenCode =
  /** More or fewer than 28 signs. */
  | "code-length"
  /** A sign that stands in no code. */
  | "code-sign"
  /** 28 signs, and one or more of them are not those of the code. */
  | "code-mistyped";

/** Text that is no recovery code. */
export class CodeMistaken extends Error {
  override readonly name = "CodeMistaken";
  readonly code: MistakenCode;
  /** The group to look at again, from 1; null where it may be any. */
  readonly group: number | null;

  constructor(code: MistakenCode, group: number | null = null) {
    super(`This is no recovery code: ${code}.`);
    this.code = code;
    this.group = group;
  }
}

/** Make a new code: 16 random bytes. */
export function makeRecoveryCode(): Bytes {
  return randomBytes(CODE_LENGTH);
}

/** Write a code as a person keeps it: seven groups of four signs with "-" between. */
export async function formatRecoveryCode(code: Bytes): Promise<string> {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of [...code, ...(await checkOf(code))]) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < CODE_SIGNS + CODE_SIGNS / CODE_GROUP - 1) {
      if (text.length % (CODE_GROUP + 1) === CODE_GROUP) text += "-";
      bits -= 5;
      text += SIGNS.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/**
 * Read a code as a person typed it: capitals or not, O for 0, I and L for 1, spaces and dashes anywhere.
 * Gives its 16 bytes. Throws CodeMistaken.
 */
export async function readRecoveryCode(text: string): Promise<Bytes> {
  const code = await codeIn(valuesIn(text));
  if (code === null) throw new CodeMistaken("code-mistyped");
  return code;
}

/**
 * The same, and where signs are not right it is worked out in which group they most likely stand, for whoever compares
 * them with a paper. Throws CodeMistaken.
 */
export async function readTypedCode(text: string): Promise<Bytes> {
  const values = valuesIn(text);
  const code = await codeIn(values);
  if (code === null) throw new CodeMistaken("code-mistyped", await likelyGroup(values));
  return code;
}

/** What each sign counts. Throws CodeMistaken. */
function valuesIn(text: string): readonly number[] {
  const signs = text.normalize("NFKC");
  const values = [...signs.replace(IGNORED, "")].map(signValue);
  const strange = values.indexOf(-1);
  if (strange >= 0) throw new CodeMistaken("code-sign", groupAt(strange));
  if (values.length !== CODE_SIGNS) throw new CodeMistaken("code-length", oddGroupIn(signs));
  return values;
}

/** The code that these signs are, or null where their check does not fit. */
async function codeIn(values: readonly number[]): Promise<Bytes | null> {
  const bytes = new Uint8Array(CODE_LENGTH + 2);
  values.forEach((value, place) => {
    for (let bit = 0; bit < 5; bit++) {
      const at = place * 5 + bit;
      const byte = at >> 3;
      bytes[byte] = (bytes[byte] ?? 0) | (((value >> (4 - bit)) & 1) << (7 - (at & 7)));
    }
  });
  const code = bytes.slice(0, CODE_LENGTH);
  const check = await checkOf(code);
  return bytes[CODE_LENGTH] === check[0] && bytes[CODE_LENGTH + 1] === check[1] ? code : null;
}

/**
 * The one group in which another sign, or two that change places, makes a code of these signs; null where there is no
 * such group, or more than one. Of wrong codes one in 4,096 fits by chance: a group that is named is most likely right.
 */
async function likelyGroup(values: readonly number[]): Promise<number | null> {
  const tries = values.flatMap((value, at) => {
    const others = Array.from(SIGNS, (_, other) => values.with(at, other));
    return [...others, values.with(at, values[at + 1] ?? value).with(Math.min(at + 1, CODE_SIGNS - 1), value)].map((signs) => ({
      at,
      signs,
    }));
  });
  const fits = await Promise.all(tries.map(async ({ signs }) => (await codeIn(signs)) !== null));
  const groups = new Set(tries.filter((_, i) => fits[i]).map(({ at }) => groupAt(at)));
  return groups.size === 1 ? ([...groups][0] ?? null) : null;
}

/** The first group that has not four signs, where groups were typed apart; null where they were not, or nothing is odd. */
function oddGroupIn(text: string): number | null {
  const groups = text.split(BETWEEN).filter((group) => group !== "");
  const odd = groups.findIndex((group) => [...group].length !== CODE_GROUP);
  return groups.length === CODE_SIGNS / CODE_GROUP && odd >= 0 ? odd + 1 : null;
}

function groupAt(place: number): number {
  return Math.floor(place / CODE_GROUP) + 1;
}

/** The key that seals and opens the code's slot. */
export function deriveCodeKey(code: Bytes): Promise<CryptoKey> {
  return deriveSealingKey(code, new Uint8Array(0), toUtf8("cairn/1/code/wrap"));
}

/** The token that signs in with the code: 32 bytes, base64url; the `recovery` of docs/accounts.md. */
export async function deriveRecoveryToken(code: Bytes): Promise<string> {
  const base = await crypto.subtle.importKey("raw", code, "HKDF", false, ["deriveBits"]);
  const info = toUtf8("cairn/1/code/token");
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info }, base, 256);
  return toBase64url(new Uint8Array(bits));
}

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ALIKE: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };

/** White space, and what phones and printers make of a hyphen: U+2010 to U+2015, the minus sign, the soft hyphen. */
const IGNORED = /[\s\u00ad\u2010-\u2015\u2212-]/gu;
const BETWEEN = /[\s\u2010-\u2015\u2212-]+/u;

/** What a sign counts; -1 for one that stands in no code. */
function signValue(sign: string): number {
  const capital = /^[a-z]$/.test(sign) ? sign.toUpperCase() : sign;
  return SIGNS.indexOf(ALIKE[capital] ?? capital);
}

/** Two bytes, of which the last four bits are no part of the check and are zero. */
async function checkOf(code: Bytes): Promise<Bytes> {
  const check = (await sha256(labelled("cairn/1/code", code))).slice(0, 2);
  check[1] = (check[1] ?? 0) & 0xf0;
  return check;
}
