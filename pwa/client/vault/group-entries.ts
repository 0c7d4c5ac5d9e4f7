/**
 * Making the entries of a group's roll, each on top of the last that is known.
 *
 * Nothing here sends or keeps. An entry counts once the server has stored it; where it says `roll_moved`, take the roll anew
 * and make the entry again. A new key seals nothing before.
 */
import { type Author, type SpaceId, toBase64url } from "../replica/ids.ts";
import { sealOlder, sealToMembers } from "./group-keys.ts";
import { type MemberKeys, type MemberPublic, publicOf, writeMember } from "./group-member.ts";
import { GroupRefused } from "./group-refused.ts";
import { type GroupRoll, isSteward, MOST_MEMBERS } from "./group-roll.ts";
import { type Role, rollRecord, type SealedKeys, signGroupEntry, type What } from "./group-roll-entry.ts";
import type { JsonMap } from "./json.ts";
import { makeVaultKey, type VaultKey } from "./keys.ts";
import { randomBytes } from "./random.ts";
import type { WholeEntry } from "./roll-entry.ts";

/** An entry, and the key that it makes the group's. */
export interface WithKey {
  readonly entry: WholeEntry;
  readonly key: VaultKey;
}

/** Who makes an entry, on top of what. */
export interface Making {
  readonly roll: GroupRoll;
  readonly me: MemberKeys;
}

/** The same, with all keys of the group that this phone has: oldest first, the group's last one at the end. */
export interface MakingWithKeys extends Making {
  readonly keys: readonly VaultKey[];
}

/** Begin a group. */
export async function found({ space, me }: { readonly space: SpaceId; readonly me: MemberKeys }): Promise<WithKey> {
  const key = makeVaultKey(randomBytes);
  const member = publicOf(me);
  const content = { what: "found", member: writeMember(member), keys: writeKeys(await sealToMembers(space, key, [member])) };
  const place = { space, record: rollRecord(me.id), keyId: key.id, author: me.id, parent: null };
  return { entry: await signGroupEntry({ ...place, content, signer: me.signing.privateKey }), key };
}

export interface LettingIn extends MakingWithKeys {
  readonly joiner: MemberPublic;
  /** The id of what they asked with, 16 bytes in base64url. */
  readonly request: string;
}

/** Let somebody in. Throws GroupRefused `group-full`, `turn-first`, `not-allowed` where the id was used before; NotAPoint. */
export async function letIn({ roll, me, keys, joiner, request }: LettingIn): Promise<WholeEntry> {
  if (roll.members.length >= MOST_MEMBERS) throw new GroupRefused("group-full");
  if (roll.signing.has(joiner.id)) throw new GroupRefused("not-allowed");
  const sealed = await sealToMembers(roll.space, lastOf(roll, keys), [joiner]);
  return lay({ roll, me }, "join", { member: writeMember(joiner), request, keys: writeKeys(sealed) });
}

/** Leave. Whoever sees it turns the key before they write. */
export function leave(making: Making): Promise<WholeEntry> {
  return lay(making, "leave", {});
}

/** Take new keys for oneself, signed with the old ones. */
export async function rekeyMember({ roll, me, keys, next }: MakingWithKeys & { readonly next: MemberKeys }): Promise<WholeEntry> {
  const member = publicOf(next);
  const sealed = await sealToMembers(roll.space, lastOf(roll, keys), [member]);
  return lay({ roll, me }, "rekey", { member: writeMember(member), keys: writeKeys(sealed) });
}

/** Remove another, with a new key for those who stay. Throws GroupRefused `not-allowed`. */
export function removeMember({ member, ...making }: MakingWithKeys & { readonly member: Author }): Promise<WithKey> {
  const { roll, me } = making;
  const isThere = roll.members.some(({ id }) => id === member);
  if (!isThere || member === me.id || !isSteward(roll, me.id)) return Promise.reject(new GroupRefused("not-allowed"));
  const rest = roll.members.filter(({ id }) => id !== member);
  return layTurning(making, "remove", rest, { member });
}

/** Make somebody a steward, or one no more; the latter with a new key. Throws GroupRefused `not-allowed`, `turn-first`. */
export async function setRole({
  member,
  role,
  ...making
}: MakingWithKeys & { readonly member: Author; readonly role: Role }): Promise<{ readonly entry: WholeEntry; readonly key?: VaultKey }> {
  const { roll, me } = making;
  const now = roll.members.find(({ id }) => id === member)?.role;
  if (now === undefined || now === role || !isSteward(roll, me.id)) throw new GroupRefused("not-allowed");
  if (role === "steward") return { entry: await lay(making, "role", { member, role }) };
  return layTurning(making, "role", roll.members, { member, role });
}

/** Make a new key for exactly the members there are. */
export function turnGroup(making: MakingWithKeys): Promise<WithKey> {
  return layTurning(making, "turn", making.roll.members, {});
}

async function layTurning(
  { roll, me, keys }: MakingWithKeys,
  what: What,
  members: readonly MemberPublic[],
  more: JsonMap,
): Promise<WithKey> {
  lastOf(roll, keys);
  const key = makeVaultKey(randomBytes);
  const [sealed, older] = await Promise.all([sealToMembers(roll.space, key, members), sealOlder(roll.space, key, keys)]);
  const content = { ...more, keys: writeKeys(sealed), older: toBase64url(older) };
  return { entry: await lay({ roll, me }, what, content, key.id), key };
}

/** Sign an entry on top. Throws GroupRefused `not-allowed` for who is no member, `turn-first`. */
async function lay({ roll, me }: Making, what: What, content: JsonMap, keyId = roll.keyId): Promise<WholeEntry> {
  if (!roll.members.some(({ id }) => id === me.id)) throw new GroupRefused("not-allowed");
  if (roll.mustTurn && keyId === roll.keyId && what !== "leave") throw new GroupRefused("turn-first");
  const { space, record } = roll;
  const place = { space, record, keyId, author: me.id, parent: roll.ids.at(-1) ?? null };
  return signGroupEntry({ ...place, content: { what, ...content }, signer: me.signing.privateKey });
}

/** Throws GroupRefused `no-key` where the group's last key is not here. */
function lastOf({ keyId }: GroupRoll, keys: readonly VaultKey[]): VaultKey {
  const last = keys.at(-1);
  if (last?.id !== keyId) throw new GroupRefused("no-key");
  return last;
}

function writeKeys(keys: SealedKeys): JsonMap {
  return Object.fromEntries([...keys].map(([id, sealed]) => [id, toBase64url(sealed)]));
}
