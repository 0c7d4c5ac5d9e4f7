/** A group of people who make its roll, and what somebody else could make of it. */
import { encodeHeader, type Header, parseHeader } from "../../../pwa/client/replica/header.ts";
import { type Author, makeSpaceId, type SpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { sha256 } from "../../../pwa/client/vault/bytes.ts";
import { found, leave, letIn, rekeyMember, removeMember, setRole, turnGroup } from "../../../pwa/client/vault/group-entries.ts";
import { openGroupKeys } from "../../../pwa/client/vault/group-keys.ts";
import { type MemberKeys, makeMemberKeys, publicOf } from "../../../pwa/client/vault/group-member.ts";
import { type GroupRoll, verifyGroupRoll } from "../../../pwa/client/vault/group-roll.ts";
import { messageOf, type Role } from "../../../pwa/client/vault/group-roll-entry.ts";
import { type JsonMap, parseMap } from "../../../pwa/client/vault/json.ts";
import type { VaultKey } from "../../../pwa/client/vault/keys.ts";
import { sign } from "../../../pwa/client/vault/p256.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { idOfHash } from "../../../pwa/client/vault/revision.ts";
import type { WholeEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { utf8 } from "./vault-of-tests.ts";

/** Some people's keys, made once: which group they are in is another matter. */
export async function people(count: number): Promise<readonly MemberKeys[]> {
  return Promise.all(Array.from({ length: count }, async () => (await makeMemberKeys(randomBytes)).keys));
}

export class GroupOfTests {
  readonly space: SpaceId;
  readonly entries: WholeEntry[];
  roll: GroupRoll;
  /** Who has which keys by now, former members too: only what they could open while they were in. */
  readonly opened = new Map<Author, readonly VaultKey[]>();
  readonly inside = new Map<Author, MemberKeys>();

  private constructor(space: SpaceId, first: WholeEntry, roll: GroupRoll) {
    this.space = space;
    this.entries = [first];
    this.roll = roll;
  }

  static async begin(founder: MemberKeys): Promise<GroupOfTests> {
    const space = makeSpaceId(randomBytes);
    const { entry } = await found({ space, me: founder });
    const group = new GroupOfTests(space, entry, await verifyGroupRoll(space, [entry]));
    group.inside.set(founder.id, founder);
    await group.openAll();
    return group;
  }

  keysOf(me: MemberKeys): readonly VaultKey[] {
    return this.opened.get(me.id) ?? [];
  }

  /** What somebody needs to make an entry. */
  making(me: MemberKeys) {
    return { roll: this.roll, me, keys: this.keysOf(me) };
  }

  async letsIn(by: MemberKeys, joiner: MemberKeys): Promise<void> {
    this.inside.set(joiner.id, joiner);
    await this.lay(await letIn({ ...this.making(by), joiner: publicOf(joiner), request: toBase64url(randomBytes(16)) }));
  }

  async leaves(who: MemberKeys): Promise<void> {
    await this.lay(await leave(this.making(who)));
  }

  async removes(by: MemberKeys, member: Author): Promise<void> {
    await this.lay((await removeMember({ ...this.making(by), member })).entry);
  }

  async makes(by: MemberKeys, member: Author, role: Role): Promise<void> {
    await this.lay((await setRole({ ...this.making(by), member, role })).entry);
  }

  async turns(by: MemberKeys): Promise<void> {
    await this.lay((await turnGroup(this.making(by))).entry);
  }

  /** Gives the keys they have from now on. */
  async rekeys(who: MemberKeys): Promise<MemberKeys> {
    const { keys: next } = await makeMemberKeys(randomBytes, who.id);
    const entry = await rekeyMember({ ...this.making(who), next });
    this.inside.set(who.id, next);
    await this.lay(entry);
    return next;
  }

  async lay(entry: WholeEntry): Promise<void> {
    this.roll = await verifyGroupRoll(this.space, [entry], this.roll);
    this.entries.push(entry);
    await this.openAll();
  }

  /** All who are in open what the roll gives them. */
  async openAll(): Promise<void> {
    for (const { id } of this.roll.members) {
      const me = this.inside.get(id);
      if (me !== undefined) this.opened.set(id, await openGroupKeys(this.roll, this.entries, me));
    }
  }
}

export function contentOf({ blob }: WholeEntry): JsonMap {
  return parseMap(blob) ?? {};
}

/** The same entry with other content or another header, signed by whom it may concern. */
export async function remade(
  entry: WholeEntry,
  signer: CryptoKey,
  { content, header }: { readonly content?: JsonMap; readonly header?: Partial<Header> },
): Promise<WholeEntry> {
  const bytes = encodeHeader({ ...parseHeader(entry.header), ...header });
  const blob = utf8(JSON.stringify({ ...contentOf(entry), ...content }));
  const id = await idOfHash(bytes, await sha256(blob));
  return { id, header: bytes, blob, signature: await sign(signer, messageOf(id)) };
}
