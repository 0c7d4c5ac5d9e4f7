/**
 * A group's roll: who is in it, who may what, and under which key; worked out from its signed entries alone, never from what a
 * server says.
 *
 *     found    the founder, who is its first steward
 *     join     any member lets somebody in, sixteen at most
 *     leave    oneself; then the key turns before anything else is written
 *     rekey    oneself, signed with the key before
 *     remove   a steward, another; with a new key
 *     role     a steward; with a new key where it takes stewardship away
 *     turn     any member; a new key
 *
 * A group without a steward has its longest-standing member as one. Whoever leaves, is removed, or stops being a steward is
 * followed by a new key; so a right is a matter of the key that something was written under, and who lost a right can add
 * nothing under the next. `tests/vectors/group-roll.json` holds the server to the same rules.
 */
import type { Header } from "../replica/header.ts";
import { type Author, fromBase64url, type KeyId, type RecordId, type RevisionId, type SpaceId, toBase64url } from "../replica/ids.ts";
import type { Bytes } from "./bytes.ts";
import type { MemberPublic } from "./group-member.ts";
import { GroupRefused } from "./group-refused.ts";
import { type Act, type GroupEntry, messageOf, type Role, readGroupEntry, rollRecord, type What } from "./group-roll-entry.ts";
import { isSigned } from "./p256.ts";
import type { WholeEntry } from "./roll-entry.ts";

export const MOST_MEMBERS = 16;

export interface GroupMember extends MemberPublic {
  readonly role: Role;
  /** The number of the entry that let them in, from 0. */
  readonly joined: number;
}

/** One line of the group's log. */
export interface GroupLine {
  readonly n: number;
  readonly id: RevisionId;
  readonly by: Author;
  readonly what: What;
  /** Whom it is about, where that is another thing than who did it. */
  readonly about: Author | null;
  readonly role?: Role;
}

export interface Parting {
  readonly why: "left" | "removed";
  /** The number of the entry. */
  readonly at: number;
}

/** Who had which rights at any moment while a key was the group's. */
export interface Reign {
  readonly members: ReadonlySet<Author>;
  readonly stewards: ReadonlySet<Author>;
}

export interface GroupRoll {
  readonly space: SpaceId;
  readonly record: RecordId;
  /** Of all entries, oldest first. */
  readonly ids: readonly RevisionId[];
  /** Longest-standing first. */
  readonly members: readonly GroupMember[];
  readonly former: ReadonlyMap<Author, Parting>;
  readonly keyId: KeyId;
  /** Somebody left, and no new key was made since. */
  readonly mustTurn: boolean;
  readonly lines: readonly GroupLine[];
  readonly reigns: ReadonlyMap<KeyId, Reign>;
  /** The signing keys that each had, those before a rekey too. */
  readonly signing: ReadonlyMap<Author, readonly Bytes[]>;
}

/**
 * Verify a roll from its first entry; or, with `known`, what goes on from it: given whole, or from any entry that is known.
 * Throws NewerFormat; GroupRefused `roll-damaged`, `roll-forged`, and, with `known`, `roll-behind`, `roll-forked`.
 */
export async function verifyGroupRoll(space: SpaceId, entries: readonly WholeEntry[], known?: GroupRoll): Promise<GroupRoll> {
  let roll = known;
  for (const each of known === undefined ? entries : tailOf(entries, known)) {
    const entry = await readGroupEntry(each);
    roll = roll === undefined ? await begin(space, entry) : await lay(roll, entry);
  }
  if (roll === undefined) throw new GroupRefused("roll-damaged");
  return roll;
}

/** Whether this member may do what stewards may. */
export function isSteward({ members }: Pick<GroupRoll, "members">, id: Author): boolean {
  const named = members.filter(({ role }) => role === "steward");
  const stewards = named.length > 0 ? named : members.slice(0, 1);
  return stewards.some((member) => member.id === id);
}

/** Whether an edit with this header counts: its author was a member under its key, and may write that record. */
export function mayWrite({ space, reigns }: GroupRoll, header: Header): boolean {
  const { kind, author, record, keyId } = header;
  if (kind !== "edit" || header.space !== space || author === undefined || !reigns.get(keyId)?.members.has(author)) return false;
  return policyOf(record) === SHARED || isOwn(record, author);
}

/** Whether an erase with this header counts: by the owner of an own record, or by a steward. */
export function mayErase({ space, reigns }: GroupRoll, header: Header): boolean {
  const { kind, author, record, keyId } = header;
  const reign = reigns.get(keyId);
  if (kind !== "erase" || header.space !== space || author === undefined || !reign?.members.has(author)) return false;
  return isOwn(record, author) || (policyOf(record) <= SHARED && reign.stewards.has(author));
}

/** Whether its author signed it, with any key that they had. */
export async function isByAuthor({ signing }: GroupRoll, header: Header, id: RevisionId, signature: Bytes): Promise<boolean> {
  const keys = header.author === undefined ? [] : (signing.get(header.author) ?? []);
  const verdicts = await Promise.all(keys.map((key) => isSigned(key, signature, messageOf(id))));
  return verdicts.some(Boolean);
}

const OWN = 0;
const SHARED = 1;

function policyOf(record: RecordId): number {
  return fromBase64url(record)[0] ?? 255;
}

function isOwn(record: RecordId, author: Author): boolean {
  const bytes = fromBase64url(record);
  return bytes[0] === OWN && toBase64url(bytes.subarray(1, 17)) === author;
}

/** What is not known yet. */
function tailOf(entries: readonly WholeEntry[], { ids }: GroupRoll): readonly WholeEntry[] {
  const [first] = entries;
  const last = ids.at(-1);
  if (first === undefined) throw new GroupRefused("roll-behind");
  const from = ids.indexOf(first.id);
  // Nothing of what is known: it may go on right after it, which its own parent tells.
  if (from < 0) return entries;
  const shared = ids.slice(from);
  const given = entries.slice(0, shared.length);
  if (given.some(({ id }, i) => id !== shared[i])) throw new GroupRefused("roll-forked");
  if (given.at(-1)?.id !== last) throw new GroupRefused("roll-behind");
  return entries.slice(shared.length);
}

async function begin(space: SpaceId, { id, header, signature, act }: GroupEntry): Promise<GroupRoll> {
  const { author, keyId } = header;
  const isFirst = act.what === "found" && act.member.id === author && header.parents.length === 0;
  if (!isFirst || header.space !== space || header.record !== rollRecord(author)) throw new GroupRefused("roll-forged");
  if (!isExactly(act.keys, [author]) || !(await isSigned(act.member.signing, signature, messageOf(id))))
    throw new GroupRefused("roll-forged");
  const line: GroupLine = { n: 0, id, by: author, what: "found", about: null };
  return withReign({
    space,
    record: header.record,
    ids: [id],
    members: [{ ...act.member, role: "steward", joined: 0 }],
    former: new Map(),
    keyId,
    mustTurn: false,
    lines: [line],
    reigns: new Map(),
    signing: new Map([[author, [act.member.signing]]]),
  });
}

/** Put an entry on top. Throws GroupRefused `roll-forged`; `roll-forked` where it does not lie on the last. */
async function lay(roll: GroupRoll, { id, header, signature, act }: GroupEntry): Promise<GroupRoll> {
  const [parent, ...more] = header.parents;
  if (parent !== roll.ids.at(-1) || more.length > 0) throw new GroupRefused("roll-forked");
  const signer = roll.members.find((member) => member.id === header.author)?.signing;
  const isOfThis = header.space === roll.space && header.record === roll.record;
  if (!isOfThis || signer === undefined || !(await isSigned(signer, signature, messageOf(id)))) throw new GroupRefused("roll-forged");
  const changed = change(roll, header.author, act);
  if (changed === null || !isKeyRight({ ...roll, members: changed.members ?? roll.members }, header, act))
    throw new GroupRefused("roll-forged");
  const n = roll.ids.length;
  const line: GroupLine = {
    n,
    id,
    by: header.author,
    what: act.what,
    about: aboutOf(act),
    ...(act.what === "role" ? { role: act.role } : {}),
  };
  const mustTurn = changed.mustTurn ?? (roll.mustTurn && header.keyId === roll.keyId);
  return withReign({ ...roll, ...changed, keyId: header.keyId, mustTurn, ids: [...roll.ids, id], lines: [...roll.lines, line] });
}

type Changed = Partial<Pick<GroupRoll, "members" | "former" | "mustTurn" | "signing">>;

/** What an act changes; null where its author may not. */
function change(roll: GroupRoll, author: Author, act: Act): Changed | null {
  const { members, former, signing, mustTurn } = roll;
  const at = roll.ids.length;
  const others = (id: Author): readonly GroupMember[] => members.filter((member) => member.id !== id);
  switch (act.what) {
    case "found":
      return null;
    case "join": {
      const { member } = act;
      if (mustTurn || signing.has(member.id) || members.length >= MOST_MEMBERS) return null;
      return {
        members: [...members, { ...member, role: "member", joined: at }],
        signing: new Map(signing).set(member.id, [member.signing]),
      };
    }
    case "leave": {
      const left = others(author);
      return { members: left, former: new Map(former).set(author, { why: "left", at }), mustTurn: left.length > 0 };
    }
    case "rekey": {
      const { member } = act;
      if (mustTurn || member.id !== author) return null;
      const renewed = members.map((each) => (each.id === author ? { ...each, ...member } : each));
      return { members: renewed, signing: new Map(signing).set(author, [...(signing.get(author) ?? []), member.signing]) };
    }
    case "remove": {
      const isThere = members.some(({ id }) => id === act.about);
      if (!isThere || act.about === author || !isSteward(roll, author)) return null;
      return { members: others(act.about), former: new Map(former).set(act.about, { why: "removed", at }) };
    }
    case "role": {
      const now = members.find(({ id }) => id === act.about)?.role;
      if (now === undefined || now === act.role || !isSteward(roll, author) || (mustTurn && act.role === "steward")) return null;
      return { members: members.map((each) => (each.id === act.about ? { ...each, role: act.role } : each)) };
    }
    case "turn":
      return {};
  }
}

/** Whether the entry's key is new where it has to be, and sealed to exactly those who are to have it. */
function isKeyRight({ keyId, reigns, members }: GroupRoll, header: Header, act: Act): boolean {
  if ("older" in act) {
    return (
      !reigns.has(header.keyId) &&
      isExactly(
        act.keys,
        members.map(({ id }) => id),
      )
    );
  }
  if (header.keyId !== keyId) return false;
  return "keys" in act ? isExactly(act.keys, [act.member.id]) : true;
}

function isExactly(keys: ReadonlyMap<Author, Bytes>, members: readonly Author[]): boolean {
  return keys.size === members.length && members.every((id) => keys.has(id));
}

function aboutOf(act: Act): Author | null {
  if (act.what === "join") return act.member.id;
  return "about" in act ? act.about : null;
}

/** Add who has which rights now to those of the key that is the group's. */
function withReign(roll: GroupRoll): GroupRoll {
  const { members, stewards } = roll.reigns.get(roll.keyId) ?? { members: [], stewards: [] };
  const now = roll.members.map(({ id }) => id);
  const reign = {
    members: new Set([...members, ...now]),
    stewards: new Set([...stewards, ...now.filter((id) => isSteward(roll, id))]),
  };
  return { ...roll, reigns: new Map(roll.reigns).set(roll.keyId, reign) };
}
