/**
 * Sealed labels: what a person calls a phone or a passkey, for the server to keep and not to read.
 *
 *     label = key id (16) ‖ blob under the label key: UTF-8, padded with spaces, context "cairn/1/label" ‖ space
 */
import { BYTES, fromBase64url, parseKeyId, toBase64url } from "../replica/ids.ts";
import { padded } from "../replica/padding.ts";
import { fromUtf8, toUtf8 } from "../replica/utf8.ts";
import { NotOpened, openBlob, sealBlob } from "./blob.ts";
import { join, labelled } from "./bytes.ts";
import { bytesOf } from "./json.ts";
import type { Keys, VaultKeys } from "./keys.ts";

/** Bytes of UTF-8 that a label may have: padded and sealed, they are the 512 that the server takes. */
export const LONGEST_LABEL = 464;

/** More text than a label holds. */
export class LabelTooLong extends Error {
  override readonly name = "LabelTooLong";
  readonly code = "label-too-long";
}

/** Seal a label under the current key; white space at its ends is left out. Gives base64url. Throws LabelTooLong. */
export async function sealLabel(keys: VaultKeys, text: string): Promise<string> {
  const bytes = toUtf8(text.trim());
  if (bytes.length > LONGEST_LABEL) throw new LabelTooLong("The label is too long.");
  const plain = new Uint8Array(padded(bytes.length)).fill(SPACE);
  plain.set(bytes);
  return toBase64url(join(fromBase64url(keys.keyId), await sealBlob(keys.label, plain, labelled("cairn/1/label", keys.space))));
}

/** Open a label. Throws NotOpened: `wrong-key`, where it is under a key that is not here; `damaged`. */
export async function openLabel(keys: Pick<Keys, "of">, label: string): Promise<string> {
  const bytes = bytesOf(label);
  if (bytes === null || bytes.length < BYTES.key) throw new NotOpened("damaged");
  const under = keys.of(parseKeyId(toBase64url(bytes.subarray(0, BYTES.key))));
  if (under === undefined) throw new NotOpened("wrong-key");
  const plain = await openBlob(under.label, bytes.slice(BYTES.key), labelled("cairn/1/label", under.space));
  try {
    return fromUtf8(plain).trimEnd();
  } catch (cause) {
    throw new NotOpened("damaged", { cause });
  }
}

const SPACE = 0x20;
