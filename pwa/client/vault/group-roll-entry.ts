/**
 * An entry of a group's roll: a revision of kind `roll`, in clear and signed by a member. It holds ids, keys and roles, and no
 * names.
 *
 *     blob      = {"format": 1, "what": …, …}
 *     signature = ECDSA(the author's signing key, "cairn/1/revision" ‖ id)
 *
 * Here is its form. Whether its author may say so is told in `group-roll.ts`.
 */
import { encodeHeader, FORMAT, type Header, MalformedHeader, NewerFormat, parseHeader } from "../replica/header.ts";
import {
  type Author,
  BYTES,
  fromBase64url,
  type KeyId,
  type RecordId,
  type RevisionId,
  type SpaceId,
  toBase64url,
} from "../replica/ids.ts";
import { LARGEST_REVISION } from "../replica/limits.ts";
import { toUtf8 } from "../replica/utf8.ts";
import { type Bytes, join, labelled, sha256 } from "./bytes.ts";
import { type MemberPublic, readMember } from "./group-member.ts";
import { GroupRefused } from "./group-refused.ts";
import { bytesOf, isBytes, isMap, type JsonMap, parseMap } from "./json.ts";
import { sign } from "./p256.ts";
import { idOfHash } from "./revision.ts";
import { ENTRY_FORMAT, type WholeEntry } from "./roll-entry.ts";

export type Role = "member" | "steward";
export type What = "found" | "join" | "leave" | "rekey" | "remove" | "role" | "turn";

/** The group's key as it is sealed to each, by member. */
export type SealedKeys = ReadonlyMap<Author, Bytes>;

/** A new key: to whom it is sealed, and the keys before, sealed under it. */
export interface NewKey {
  readonly keys: SealedKeys;
  readonly older: Bytes;
}

/** What an entry does. */
export type Act =
  | { readonly what: "found"; readonly member: MemberPublic; readonly keys: SealedKeys }
  /** `request` is the one that it answers, 16 bytes in base64url. */
  | { readonly what: "join"; readonly member: MemberPublic; readonly request: string; readonly keys: SealedKeys }
  | { readonly what: "leave" }
  | { readonly what: "rekey"; readonly member: MemberPublic; readonly keys: SealedKeys }
  | ({ readonly what: "remove"; readonly about: Author } & NewKey)
  /** With a new key where it takes stewardship away. */
  | { readonly what: "role"; readonly about: Author; readonly role: "steward" }
  | ({ readonly what: "role"; readonly about: Author; readonly role: "member" } & NewKey)
  | ({ readonly what: "turn" } & NewKey);

export interface GroupEntry {
  readonly id: RevisionId;
  readonly header: Header & { readonly author: Author };
  readonly signature: Bytes;
  readonly act: Act;
}

export interface GroupEntryToSign {
  readonly space: SpaceId;
  readonly record: RecordId;
  /** The key that is the group's once this entry stands. */
  readonly keyId: KeyId;
  readonly author: Author;
  /** The entry before; null for the first. */
  readonly parent: RevisionId | null;
  readonly content: JsonMap;
  readonly signer: CryptoKey;
}

/** The record that all entries of a group's roll are of. */
export function rollRecord(founder: Author): RecordId {
  return toBase64url(join(Uint8Array.of(ROLL_POLICY), fromBase64url(founder), new Uint8Array(REST))) as RecordId;
}

/** Make an entry and sign it. Throws GroupRefused `group-full` where it is larger than a revision may be. */
export async function signGroupEntry({ parent, content, signer, ...place }: GroupEntryToSign): Promise<WholeEntry> {
  const header = encodeHeader({ format: FORMAT, kind: "roll", owner: "group", ...place, parents: parent === null ? [] : [parent] });
  const blob = toUtf8(JSON.stringify({ format: ENTRY_FORMAT, ...content }));
  if (header.length + blob.length > LARGEST_REVISION) throw new GroupRefused("group-full");
  const id = await idOfHash(header, await sha256(blob));
  return { id, header, blob, signature: await sign(signer, messageOf(id)) };
}

/** What a revision's signature is over. */
export function messageOf(id: RevisionId): Bytes {
  return labelled("cairn/1/revision", id);
}

/** Read an entry and see that its id is its own. Throws NewerFormat; GroupRefused `roll-damaged`. */
export async function readGroupEntry({ id, header: bytes, blob, signature }: WholeEntry): Promise<GroupEntry> {
  const isWhole = bytes.length + blob.length <= LARGEST_REVISION && (await idOfHash(bytes, await sha256(blob))) === id;
  if (!isWhole) throw new GroupRefused("roll-damaged");
  const header = headerOf(bytes);
  const json = parseMap(blob);
  const format = json?.format;
  if (typeof format === "number" && Number.isSafeInteger(format) && format > ENTRY_FORMAT) throw new NewerFormat(format);
  const act = json === null || format !== ENTRY_FORMAT ? null : await readAct(json);
  if (act === null) throw new GroupRefused("roll-damaged");
  return { id, header, signature, act };
}

const ROLL_POLICY = 2;
const REST = 15;
/** HPKE of 32 bytes. */
const SEALED_KEY = 113;

function headerOf(bytes: Bytes): GroupEntry["header"] {
  try {
    const { author, ...header } = parseHeader(bytes);
    if (header.kind === "roll" && author !== undefined) return { ...header, author };
  } catch (cause) {
    if (!(cause instanceof MalformedHeader)) throw cause;
  }
  throw new GroupRefused("roll-damaged");
}

async function readAct(json: JsonMap): Promise<Act | null> {
  const { what, request } = json;
  if (what === "leave") return { what };
  if (what === "found" || what === "join" || what === "rekey") {
    const [member, keys] = [await readMember(json.member), readKeys(json.keys)];
    if (member === null || keys === null) return null;
    if (what !== "join") return { what, member, keys };
    return isBytes(request, BYTES.space) ? { what, member, request, keys } : null;
  }
  const about = isBytes(json.member, BYTES.author) ? (json.member as Author) : null;
  if (what === "role" && json.role === "steward") return about && { what, about, role: "steward" };
  const key = readNewKey(json);
  if (key === null) return null;
  if (what === "turn") return { what, ...key };
  if (about === null) return null;
  if (what === "remove") return { what, about, ...key };
  return what === "role" && json.role === "member" ? { what, about, role: "member", ...key } : null;
}

function readNewKey(json: JsonMap): NewKey | null {
  const [keys, older] = [readKeys(json.keys), bytesOf(json.older)];
  return keys === null || older === null || older.length === 0 ? null : { keys, older };
}

function readKeys(json: unknown): SealedKeys | null {
  if (!isMap(json)) return null;
  const keys = new Map<Author, Bytes>();
  for (const [id, member] of Object.entries(json)) {
    const sealed = bytesOf(member, SEALED_KEY);
    if (sealed === null || !isBytes(id, BYTES.author)) return null;
    keys.set(id as Author, sealed);
  }
  return keys;
}
