/**
 * An entry of a vault's roll: a revision of kind `roll`, in clear and signed.
 *
 *     blob      = {"format": 1, "signing": […], "forget_older": …, "slots": […], "keyring": "…"}
 *     signature = ECDSA(the last signing key, "cairn/1/revision" ‖ id)
 *
 * Here is its form. Who may be believed is told in `open-roll.ts`.
 */
import { encodeHeader, FORMAT, type Header, MalformedHeader, NewerFormat, parseHeader } from "../replica/header.ts";
import type { KeyId, RecordId, RevisionId, SpaceId } from "../replica/ids.ts";
import { LARGEST_REVISION } from "../replica/limits.ts";
import { toUtf8 } from "../replica/utf8.ts";
import { type Bytes, labelled, sha256 } from "./bytes.ts";
import { bytesOf, type JsonMap, parseMap } from "./json.ts";
import { isSigned, sign } from "./p256.ts";
import { idOfHash } from "./revision.ts";
import { RollRefused } from "./roll-refused.ts";
import { lastKeyOf, readLine, type SigningLine } from "./signing-line.ts";

/** The format of what an entry says; its header has one of its own. */
export const ENTRY_FORMAT = 1;

interface AnyEntry {
  readonly id: RevisionId;
  readonly header: Bytes;
  readonly signature: Bytes;
}

/** An entry as it is made, pushed and kept. */
export interface WholeEntry extends AnyEntry {
  readonly blob: Bytes;
}

/** An entry whose blob the server let go of; it still proves its id. */
export interface EntryStub extends AnyEntry {
  readonly blobHash: Bytes;
}

export type RollEntry = WholeEntry | EntryStub;

/** What an entry says. */
export interface EntryContent {
  readonly signing: SigningLine;
  readonly forgetOlder: boolean;
  /** As they stand there, of known kinds or not. */
  readonly slots: readonly unknown[];
  /** The sealed keyring. */
  readonly keyring: Bytes;
  /** The whole of it, members this app does not know included. */
  readonly json: JsonMap;
}

export interface EntryToSign {
  readonly space: SpaceId;
  readonly record: RecordId;
  readonly keyId: KeyId;
  /** The entry before; null for the first. */
  readonly parent: RevisionId | null;
  /** What the blob says, `format` included. */
  readonly content: JsonMap;
  /** The private half of the last of the content's signing keys. */
  readonly signer: CryptoKey;
}

/** Make an entry and sign it. Throws RollRefused `roll-full` where it is larger than a revision may be. */
export async function signEntry({ space, record, keyId, parent, content, signer }: EntryToSign): Promise<WholeEntry> {
  const parents = parent === null ? [] : [parent];
  const header = encodeHeader({ format: FORMAT, kind: "roll", owner: "vault", space, record, keyId, parents });
  const blob = toUtf8(JSON.stringify(content));
  if (header.length + blob.length > LARGEST_REVISION) throw new RollRefused("roll-full");
  const id = await idOfHash(header, await sha256(blob));
  return { id, header, blob, signature: await sign(signer, messageOf(id)) };
}

/** Read an entry's header and see that its id is its own. Throws NewerFormat; RollRefused `roll-damaged`. */
export async function readEntryHeader(entry: RollEntry): Promise<Header> {
  const hash = "blob" in entry ? await sha256(entry.blob) : entry.blobHash;
  if ((await idOfHash(entry.header, hash)) !== entry.id) throw new RollRefused("roll-damaged");
  try {
    const header = parseHeader(entry.header);
    if (header.kind === "roll" && header.owner === "vault") return header;
  } catch (cause) {
    if (!(cause instanceof MalformedHeader)) throw cause;
  }
  throw new RollRefused("roll-damaged");
}

/** Read what an entry says. Throws NewerFormat; RollRefused `roll-damaged`. */
export function readContent({ header, blob }: WholeEntry): EntryContent {
  const json = header.length + blob.length > LARGEST_REVISION ? null : parseMap(blob);
  if (json === null) throw new RollRefused("roll-damaged");
  const { format, forget_older: forgetOlder, slots } = json;
  if (typeof format === "number" && Number.isSafeInteger(format) && format > ENTRY_FORMAT) throw new NewerFormat(format);
  const signing = readLine(json.signing);
  const keyring = bytesOf(json.keyring);
  if (format !== ENTRY_FORMAT || signing === null || keyring === null || typeof forgetOlder !== "boolean" || !Array.isArray(slots)) {
    throw new RollRefused("roll-damaged");
  }
  return { signing, forgetOlder, slots, keyring, json };
}

/** See that an entry is signed by the last key it names. Throws RollRefused `roll-forged`. */
export async function verifySignature(entry: RollEntry, signing: SigningLine): Promise<void> {
  if (!(await isSigned(lastKeyOf(signing), entry.signature, messageOf(entry.id)))) throw new RollRefused("roll-forged");
}

function messageOf(id: RevisionId): Bytes {
  return labelled("cairn/1/revision", id);
}
