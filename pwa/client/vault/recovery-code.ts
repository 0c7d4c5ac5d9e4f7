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
  /** A sign that stands in no code; `sign` is the one. */
  | "code-sign"
  /** 28 signs, and one or more of them are not those of the code. */
  | "code-mistyped";

/** Text that is no recovery code. */
export class CodeMistaken extends Error {
  override readonly name = "CodeMistaken";
  readonly code: MistakenCode;
  readonly sign: string;

  constructor(code: MistakenCode, sign = "") {
    super(`This is no recovery code: ${code}.`);
    this.code = code;
    this.sign = sign;
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
  const values = [...text.normalize("NFKC").replace(IGNORED, "")].map(signValue);
  if (values.length !== CODE_SIGNS) throw new CodeMistaken("code-length");
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
  if (bytes[CODE_LENGTH] !== check[0] || bytes[CODE_LENGTH + 1] !== check[1]) throw new CodeMistaken("code-mistyped");
  return code;
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

function signValue(sign: string): number {
  const capital = /^[a-z]$/.test(sign) ? sign.toUpperCase() : sign;
  const value = SIGNS.indexOf(ALIKE[capital] ?? capital);
  if (value < 0) throw new CodeMistaken("code-sign", sign);
  return value;
}

/** Two bytes, of which the last four bits are no part of the check and are zero. */
async function checkOf(code: Bytes): Promise<Bytes> {
  const check = (await sha256(labelled("cairn/1/code", code))).slice(0, 2);
  check[1] = (check[1] ?? 0) & 0xf0;
  return check;
}
