/**
 * The roll as this phone has it: opened from what is known of it, and kept once it says something new.
 *
 * The door of this phone goes on opening the vault key that it was made with. All keys of the vault stand in a row of their
 * own, sealed under that door's local key: so a turn asks for no words and no passkey.
 */
import { type RevisionId, toBase64url } from "../replica/ids.ts";
import { toUtf8 } from "../replica/utf8.ts";
import type { VaultRow } from "../store/database.ts";
import type { Diary } from "../store/diary.ts";
import type { RollRow } from "../store/sync-rows.ts";
import { writeInVault } from "../store/transaction.ts";
import { readVault, type Vault } from "../store/vault-door.ts";
import { sha256 } from "../vault/bytes.ts";
import { type Keys, openKeys, type VaultKey, type VaultKeys } from "../vault/keys.ts";
import { sealLocal } from "../vault/local.ts";
import { type FreshOpener, type KnownOpener, openKnownRoll } from "../vault/open-roll.ts";
import type { KnownRoll, OpenVault } from "../vault/open-vault.ts";
import type { KeyPair } from "../vault/p256.ts";
import type { RollEntry } from "../vault/roll-entry.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import { EVEN_SPOILT, lendVault } from "./lend-vault.ts";
import { NAME, type Note } from "./note.ts";

export interface RollHere {
  readonly known: KnownRoll;
  readonly entries: readonly RollEntry[];
  /** What a person has shown, if anything: asked last. */
  readonly opener: FreshOpener | null;
}

/**
 * Open the vault with the current key as this phone knows it; where it turned since, with the phone's own slot, and then
 * with what was shown. The keys are the caller's to wipe. Throws RollRefused, of the last one tried.
 */
export function openHere(diary: Diary, { known, entries, opener }: RollHere): Promise<OpenVault> {
  return lendVault(
    diary,
    async ({ all }) => {
      const pair = await devicePair(diary);
      const openers: readonly (KnownOpener | null)[] = [
        ...all.slice(-1).map((key) => ({ kind: "vault-key", key }) as const),
        pair && { kind: "device", pair },
        opener,
      ];
      let refused: unknown;
      for (const each of openers) {
        if (each === null) continue;
        try {
          return await openKnownRoll({ known, entries, opener: each });
        } catch (cause) {
          if (!isNotOpened(cause)) throw cause;
          refused = cause;
        }
      }
      throw refused;
    },
    EVEN_SPOILT,
  );
}

/** Whether it holds, and what was tried opens no slot of it. */
export function isNotOpened(cause: unknown): boolean {
  return cause instanceof RollRefused && (cause.code === "slot-not-here" || cause.code === "slot-wrong-key");
}

/**
 * Keep what a roll came to: the note, the vault's keys, and its entries, all in one transaction; then all tabs write under
 * the current key. Throws StoreFailure; RollRefused, and nothing was kept.
 */
export async function keepRoll(diary: Diary, note: Note, vault: OpenVault, entries: readonly RollEntry[] = []): Promise<void> {
  const { database, keys } = diary.inside;
  const kept = await lendVault(diary, ({ all }) => rowsToKeep(keys, all, note, vault), EVEN_SPOILT);
  const rows = await Promise.all(entries.map(rowOfEntry));
  await writeInVault(database, keys.space, {
    stores: ["vault", "local", "roll"],
    durability: "strict",
    work: async (transaction) => {
      const roll = transaction.objectStore("roll");
      const there = new Set<RevisionId>((await roll.getAll()).map(({ id }) => id));
      await Promise.all([
        ...kept.map(async ([store, key, row]) => transaction.objectStore(store).put(row, key as VaultRow)),
        ...rows.filter(({ id }) => !there.has(id)).map(async (row) => roll.add(row)),
      ]);
    },
  });
  if (kept.length > 1) await diary.turn();
}

/**
 * The note, and the vault's keys where they are others than those here: to be kept under the keys of the door. Throws
 * RollRefused `roll-forged` where one goes by the id of another that is here.
 */
export async function rowsToKeep(
  door: VaultKeys,
  here: readonly VaultKey[],
  note: Note,
  vault: OpenVault,
): Promise<NonNullable<Vault["rows"]>> {
  verifyKeys(here, vault);
  const own = [...vault.older, vault.key];
  const all = [...here.filter(({ id }) => own.every((key) => key.id !== id)), ...own];
  const opens = vault.slots.some(({ kind }) => kind === "passkey");
  const said = toUtf8(JSON.stringify({ ...note, opens, known: vault.known }));
  const noteRow = ["local", NAME, await sealLocal(door, NAME, said)] as const;
  if (all.length === 1 || idsOf(all) === idsOf(here)) return [noteRow];
  return [noteRow, ["vault", "keys", await sealLocal(door, "keys", rowOf(all))]];
}

/** No key of the vault goes by the id of another that is here. Throws RollRefused `roll-forged`. */
export function verifyKeys(here: readonly VaultKey[], { older, key }: OpenVault): void {
  const isOther = (own: VaultKey): boolean => here.some((one) => one.id === own.id && !isSameKey(one, own));
  if ([...older, key].some(isOther)) throw new RollRefused("roll-forged");
}

/** All keys of the vault that this phone knows, for what is labelled under an earlier one too. */
export function keysHere(diary: Diary): Promise<Keys> {
  return lendVault(diary, ({ space, key, all }) => openKeys({ space, current: all.at(-1) ?? key, older: all.slice(0, -1) }), EVEN_SPOILT);
}

/** The pair whose public half has a slot in the roll; null where this phone keeps none. */
export async function devicePair({ inside: { database } }: Diary): Promise<KeyPair | null> {
  return ((await readVault(database, "device-pair")) as KeyPair | undefined) ?? null;
}

/** Whether both are the same key, under the same id. */
export function isSame(one: VaultKey, other: VaultKey | undefined): boolean {
  return one.id === other?.id && isSameKey(one, other);
}

function isSameKey(one: VaultKey, other: VaultKey): boolean {
  return toBase64url(one.bytes) === toBase64url(other.bytes);
}

function idsOf(keys: readonly VaultKey[]): string {
  return keys.map(({ id }) => id).join();
}

function rowOf(keys: readonly VaultKey[]): Uint8Array<ArrayBuffer> {
  return toUtf8(JSON.stringify(keys.map(({ id, bytes }) => [id, toBase64url(bytes)])));
}

async function rowOfEntry(entry: RollEntry): Promise<RollRow> {
  return "blob" in entry ? { ...entry, blobHash: await sha256(entry.blob) } : entry;
}
