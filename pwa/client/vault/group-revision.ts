/**
 * What a member writes in a group: an edit, sealed under the group's key, or an erase, which has no body. Both are signed, so
 * that nobody speaks as another, not even with the key that all have.
 *
 * A record's id says who may write it: `policy (1) ‖ owner (16) ‖ 15`; 0 its owner alone, 1 any member.
 */
import { encodeHeader, FORMAT } from "../replica/header.ts";
import { type Author, fromBase64url, type KeyId, type RecordId, type RevisionId, type SpaceId, toBase64url } from "../replica/ids.ts";
import { type Bytes, join, labelled, sha256 } from "./bytes.ts";
import type { MemberKeys } from "./group-member.ts";
import { messageOf } from "./group-roll-entry.ts";
import type { VaultKeys } from "./keys.ts";
import { sign } from "./p256.ts";
import { idOfHash, sealRevision } from "./revision.ts";

/** As it is pushed and kept. */
export interface SignedRevision {
  readonly id: RevisionId;
  readonly header: Bytes;
  readonly blob: Bytes;
  readonly signature: Bytes;
}

export interface GroupEdit {
  readonly keys: VaultKeys;
  readonly me: MemberKeys;
  readonly record: RecordId;
  readonly parents: readonly RevisionId[];
  /** As `encodeBody` writes it, padded already. */
  readonly body: Bytes;
}

/** Seal and sign an edit. Throws MalformedHeader. */
export async function sealGroupEdit({ keys, me, record, parents, body }: GroupEdit): Promise<SignedRevision> {
  const place = { space: keys.space, record, keyId: keys.keyId, author: me.id, parents };
  const header = encodeHeader({ format: FORMAT, kind: "edit", owner: "group", ...place });
  const sealed = await sealRevision({ keys, header, body });
  return { ...sealed, signature: await sign(me.signing.privateKey, messageOf(sealed.id)) };
}

export interface GroupErase {
  readonly space: SpaceId;
  readonly keyId: KeyId;
  readonly me: MemberKeys;
  readonly record: RecordId;
  /** The heads that are known of it. */
  readonly parents: readonly RevisionId[];
}

/** Sign an erase. It wins over every edit. Throws MalformedHeader. */
export async function signErase({ me, ...place }: GroupErase): Promise<SignedRevision> {
  const header = encodeHeader({ format: FORMAT, kind: "erase", owner: "group", author: me.id, ...place });
  const blob = new Uint8Array();
  const id = await idOfHash(header, await sha256(blob));
  return { id, header, blob, signature: await sign(me.signing.privateKey, messageOf(id)) };
}

/** The record of a shared win: two phones of one person that share it offline make one. `secret` is the sharing's own, 32 bytes. */
export async function winRecord(secret: Bytes, space: SpaceId, member: Author): Promise<RecordId> {
  const hash = await sha256(labelled("cairn/1/sharing", secret, space));
  return recordOf(OWN, member, hash.subarray(0, REST));
}

/** The record of what somebody is called in the group. */
export function profileRecord(member: Author): RecordId {
  return recordOf(OWN, member, new Uint8Array(REST));
}

/** The record of the group's own name, which any member may write. */
export function groupRecord(founder: Author): RecordId {
  return recordOf(SHARED, founder, new Uint8Array(REST));
}

/** A record of one's own, by 15 random bytes. */
export function ownRecord(member: Author, random: (count: number) => Uint8Array): RecordId {
  return recordOf(OWN, member, random(REST));
}

const OWN = 0;
const SHARED = 1;
const REST = 15;

function recordOf(policy: number, owner: Author, rest: Uint8Array): RecordId {
  return toBase64url(join(Uint8Array.of(policy), fromBase64url(owner), rest)) as RecordId;
}
