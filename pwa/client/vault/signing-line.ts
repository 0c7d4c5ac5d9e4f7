/**
 * The line of a vault's signing keys, oldest first: each is signed by the one before.
 *
 *     signature of a key = ECDSA(the key before it, "cairn/1/signing" ‖ space ‖ key)
 *
 * Who knows any key of the line can tell whether what comes after it is the vault's own. docs/sync-protocol.md has
 * what the server checks of it.
 */
import { fromBase64url, type SpaceId, toBase64url } from "../replica/ids.ts";
import { type Bytes, labelled } from "./bytes.ts";
import { isBytes, isMap } from "./json.ts";
import { isSigned, POINT_LENGTH, SIGNATURE_LENGTH, sign } from "./p256.ts";
import { RollRefused } from "./roll-refused.ts";

/** As the server takes it. */
export const MOST_SIGNING_KEYS = 1_000;

export interface SigningKey {
  /** A point, base64url. */
  readonly key: string;
  /** Made with the key before; null for the first. */
  readonly signature: string | null;
}

export type SigningLine = readonly SigningKey[];

/** Read a line; null where it is none. Members this app does not know are dropped: nothing may hang on them. */
export function readLine(json: unknown): SigningLine | null {
  if (!Array.isArray(json) || json.length === 0 || json.length > MOST_SIGNING_KEYS) return null;
  const line = json.map((each: unknown): SigningKey | null => {
    if (!isMap(each) || !isBytes(each.key, POINT_LENGTH)) return null;
    const { key, signature } = each;
    return signature === null || isBytes(signature, SIGNATURE_LENGTH) ? { key, signature } : null;
  });
  return line.every((each) => each !== null) ? line : null;
}

/** The last key of a line: the one that signs. */
export function lastKeyOf(line: SigningLine): Bytes {
  return fromBase64url(line.at(-1)?.key ?? "");
}

/** See that a line goes on from `known`, and each further key is signed by its elder. Throws RollRefused `roll-forged`. */
export async function verifyLine(line: SigningLine, known: SigningLine, space: SpaceId): Promise<void> {
  const holds = known.every(({ key, signature }, place) => line[place]?.key === key && line[place]?.signature === signature);
  const further = line.slice(known.length).map(({ key, signature }, place) => {
    const elder = line[known.length + place - 1];
    if (elder === undefined || signature === null) return elder === undefined && signature === null;
    return isSigned(fromBase64url(elder.key), fromBase64url(signature), messageOf(space, key));
  });
  if (!holds || !(await Promise.all(further)).every(Boolean)) throw new RollRefused("roll-forged");
}

/** The line with one more key, signed by the last. Throws RollRefused `roll-full`. */
export async function lengthenLine(line: SigningLine, signer: CryptoKey, next: Bytes, space: SpaceId): Promise<SigningLine> {
  if (line.length >= MOST_SIGNING_KEYS) throw new RollRefused("roll-full");
  const key = toBase64url(next);
  return [...line, { key, signature: toBase64url(await sign(signer, messageOf(space, key))) }];
}

function messageOf(space: SpaceId, key: string): Bytes {
  return labelled("cairn/1/signing", space, key);
}
