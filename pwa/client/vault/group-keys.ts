/**
 * The keys of a group: 32 random bytes under a random id, sealed to each member; those before it sealed under it.
 *
 *     keys[member] = HPKE(receiving half, info "cairn/1/group/key" ‖ space ‖ member ‖ key id) of the key
 *     older        = under HKDF(key, space, "cairn/1/group/older" ‖ key id): padded JSON {"keys": [{"id", "key"}, …]}, oldest first,
 *                    context "cairn/1/group/older" ‖ space ‖ key id
 *
 * So whoever has the last key has all: who comes later can read what was shared before, and who went has nothing new.
 */
import { type Author, BYTES, fromBase64url, type SpaceId, toBase64url } from "../replica/ids.ts";
import { padded } from "../replica/padding.ts";
import { toUtf8 } from "../replica/utf8.ts";
import { NotOpened, openBlob, sealBlob } from "./blob.ts";
import { type Bytes, deriveSealingKey, labelled } from "./bytes.ts";
import type { MemberKeys, MemberPublic } from "./group-member.ts";
import { GroupRefused } from "./group-refused.ts";
import type { GroupRoll } from "./group-roll.ts";
import { readGroupEntry, type SealedKeys } from "./group-roll-entry.ts";
import { openFrom, sealTo } from "./hpke.ts";
import { isBytes, isMap, parseMap } from "./json.ts";
import { VAULT_KEY_LENGTH, type VaultKey, vaultKeyOf } from "./keys.ts";
import type { WholeEntry } from "./roll-entry.ts";

/** Seal the group's key to these members. Throws NotAPoint. */
export async function sealToMembers(space: SpaceId, key: VaultKey, members: readonly MemberPublic[]): Promise<SealedKeys> {
  const sealed = members.map(
    async ({ id, receiving }) => [id, await sealTo(receiving, infoFor(space, id, key.id), key.bytes.slice())] as const,
  );
  return new Map(await Promise.all(sealed));
}

/** Seal the keys before a new one under it; oldest first. */
export async function sealOlder(space: SpaceId, key: VaultKey, older: readonly VaultKey[]): Promise<Bytes> {
  const json = toUtf8(JSON.stringify({ keys: older.map(({ id, bytes }) => ({ id, key: toBase64url(bytes) })) }));
  const plain = new Uint8Array(padded(json.length)).fill(SPACE);
  plain.set(json);
  json.fill(0);
  try {
    return await sealBlob(await olderKey(space, key), plain, contextOf(space, key));
  } finally {
    plain.fill(0);
  }
}

/**
 * Open all keys that a verified roll gives this member, the group's last one at the end. `entries` are those of the roll, or
 * the last of them, as long as the one that holds this member's key and the one that made it are there. Throws GroupRefused
 * `no-key` where there is none for them, or what is there does not open.
 */
export async function openGroupKeys(
  { space, keyId }: Pick<GroupRoll, "space" | "keyId">,
  entries: readonly WholeEntry[],
  me: MemberKeys,
): Promise<readonly VaultKey[]> {
  const read = await Promise.all(entries.map(readGroupEntry));
  const ofKey = read.filter(({ header }) => header.keyId === keyId).map(({ act }) => act);
  const own = ofKey.findLast((act) => "keys" in act && act.keys.has(me.id));
  const sealed = own !== undefined && "keys" in own ? own.keys.get(me.id) : undefined;
  if (sealed === undefined) throw new GroupRefused("no-key");
  const maker = ofKey.find((act) => "older" in act);
  try {
    const bytes = await openFrom(me.receiving, infoFor(space, me.id, keyId), sealed);
    if (bytes.length !== VAULT_KEY_LENGTH) throw new GroupRefused("no-key");
    const key = vaultKeyOf(keyId, bytes);
    const older = maker !== undefined && "older" in maker ? await openOlder(space, key, maker.older) : [];
    return [...older.filter(({ id }) => id !== keyId), key];
  } catch (cause) {
    throw cause instanceof NotOpened ? new GroupRefused("no-key", { cause }) : cause;
  }
}

async function openOlder(space: SpaceId, key: VaultKey, sealed: Bytes): Promise<readonly VaultKey[]> {
  const plain = await openBlob(await olderKey(space, key), sealed, contextOf(space, key));
  const keys = parseMap(plain)?.keys;
  plain.fill(0);
  if (!Array.isArray(keys)) throw new GroupRefused("no-key");
  return keys.map((json: unknown) => {
    if (!isMap(json) || !isBytes(json.id, BYTES.key) || !isBytes(json.key, VAULT_KEY_LENGTH)) throw new GroupRefused("no-key");
    return vaultKeyOf(json.id as VaultKey["id"], fromBase64url(json.key));
  });
}

const SPACE = 0x20;

function infoFor(space: SpaceId, member: Author, keyId: VaultKey["id"]): Bytes {
  return labelled("cairn/1/group/key", space, member, keyId);
}

function olderKey(space: SpaceId, key: VaultKey): Promise<CryptoKey> {
  return deriveSealingKey(key.bytes, fromBase64url(space), labelled("cairn/1/group/older", key.id));
}

function contextOf(space: SpaceId, key: VaultKey): Bytes {
  return labelled("cairn/1/group/older", space, key.id);
}
