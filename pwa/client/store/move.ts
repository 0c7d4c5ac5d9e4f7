/**
 * Moving the diary of this phone into a vault that is elsewhere, because its person has one there already.
 *
 * Every revision is sealed anew under that vault's key: the same record, entries and descent, under a new id. Drafts too.
 * All of it takes the place of what was here in one transaction, so that nothing is ever in both, or in neither.
 */
import { encodeBody } from "../replica/body.ts";
import { encodeHeader } from "../replica/header.ts";
import type { RevisionId } from "../replica/ids.ts";
import { wrapForDevice } from "../vault/device-slot.ts";
import { deriveKeys, type VaultKeys } from "../vault/keys.ts";
import type { Sealing } from "../vault/sealing.ts";
import type { Slot } from "../vault/slot.ts";
import { notAgain, slotHere } from "./asking-door.ts";
import type { Database, RevisionRow } from "./database.ts";
import type { Diary } from "./diary.ts";
import { failureOf, StoreFailure } from "./failures.ts";
import { waitsForWords } from "./made-up.ts";
import { readFrom, writeAtOnce } from "./transaction.ts";
import { readVault, type Vault } from "./vault-door.ts";

export interface MoveOptions {
  readonly sealing: Sealing;
  readonly vault: Vault;
}

const EMPTIED = ["revisions", "local", "sync", "seen", "roll"] as const;
const STORES = ["vault", ...EMPTIED] as const;
const SNAPSHOTS = "snapshot/";

/**
 * Move, all or nothing; then load the app anew, in every tab: what this diary still writes is refused as `gone`. Throws
 * StoreFailure; `later-version` where something waits that only a later app can read, or that was written here under a key
 * that is not here; `no-key` where the app was locked in another tab.
 */
export async function moveInto(diary: Diary, options: MoveOptions): Promise<void> {
  try {
    while (!(await moveOnce(diary, options)));
  } catch (cause) {
    throw failureOf(cause);
  }
}

type Row = Awaited<ReturnType<Diary["inside"]["log"]["everything"]>>["rows"][number];

/** Gives false, and nothing was moved, where something was written meanwhile, or there is another door that opens at once. */
async function moveOnce(diary: Diary, { sealing, vault }: MoveOptions): Promise<boolean> {
  const { log, database, keys: from } = diary.inside;
  const { rows, lastSeq } = await log.everything();
  const reads = rows.map(({ read }) => read);
  if (await waitsForWords(log, database, reads)) throw new StoreFailure("later-version");
  const to = await deriveKeys(vault);
  const revisions = await sealedAnew(rows, to, sealing);
  const kept = (await localRows(database)).filter(([name]) => !name.startsWith(SNAPSHOTS));
  const local = await Promise.all(
    kept.map(async ([name, bytes]) => [name, await sealing.sealLocal(to, name, await sealing.openLocal(from, name, bytes))] as const),
  );
  const door = await slotHere(database);
  const slot = await slotLike(door, diary, vault);
  return writeAtOnce(database, {
    stores: STORES,
    durability: "strict",
    work: async (transaction) => {
      const inVault = transaction.objectStore("vault");
      const doorNow = (await inVault.get("slot")) as Slot | undefined;
      // An earlier try, reported as failed, was committed after all.
      if (doorNow?.check === slot.check) return true;
      if (doorNow?.space !== from.space) throw new StoreFailure("gone");
      if (doorNow.check !== door.check) {
        if (doorNow.kind === "device") return false;
        // Locked in another tab: nobody here knows what the new door asks for.
        throw new StoreFailure("no-key");
      }
      const last = await transaction.objectStore("revisions").openKeyCursor(null, "prev");
      const now = await Promise.all(kept.map(async ([name]) => transaction.objectStore("local").get(name)));
      const count = (await transaction.objectStore("local").getAllKeys()).filter((name) => !name.startsWith(SNAPSHOTS)).length;
      const isAsItWas = count === kept.length && kept.every(([, bytes], i) => isSame(bytes, now[i]));
      if ((last?.primaryKey ?? 0) !== lastSeq || !isAsItWas) return false;
      await Promise.all(EMPTIED.map(async (name) => transaction.objectStore(name).clear()));
      // The keys of the vault that is left; those of the other come with its roll.
      await Promise.all([inVault.put(slot, "slot"), inVault.delete("keys"), inVault.delete("device-pair")]);
      await Promise.all([
        ...revisions.map(async (row) => transaction.objectStore("revisions").add(row)),
        ...local.map(async ([name, bytes]) => transaction.objectStore("local").put(bytes, name)),
      ]);
      return true;
    },
  });
}

/** Every revision that opens here, parents first. What was made up was nobody's words, and stays behind. */
async function sealedAnew(rows: readonly Row[], to: VaultKeys, sealing: Sealing): Promise<readonly RevisionRow[]> {
  const opened = new Map(
    rows.flatMap((row) => (row.read.verdict === "opened" ? [[row.read.id, { ...row, read: row.read }] as const] : [])),
  );
  const placed = new Map<RevisionId, RevisionRow>();
  const place = async (id: RevisionId): Promise<RevisionRow | undefined> => {
    const row = opened.get(id);
    const there = placed.get(id);
    if (row === undefined || there !== undefined) return there;
    const parents: RevisionId[] = [];
    for (const parent of row.read.parents) parents.push(...[await place(parent)].flatMap((one) => one?.id ?? []));
    const { record, read } = row;
    const asked = { format: 1, kind: "edit", owner: "vault", space: to.space, record, keyId: to.keyId, parents } as const;
    const sealed = await sealing.sealRevision({ keys: to, header: encodeHeader(asked), body: encodeBody(read.type, read.state) });
    const moved = { ...sealed, record };
    placed.set(id, moved);
    return moved;
  };
  for (const id of opened.keys()) await place(id);
  return [...placed.values()];
}

/** The same door for another vault. Throws StoreFailure `no-key` where it asks for what this tab does not hold. */
async function slotLike(door: Slot, { inside: { database, held } }: Diary, vault: Vault): Promise<Slot> {
  if (door.kind !== "device") return held === null ? notAgain() : held.slotFor(vault);
  const deviceKey = await readVault(database, "device-key");
  if (!(deviceKey instanceof CryptoKey)) throw new StoreFailure("no-key");
  return wrapForDevice(deviceKey, vault.key, vault.space);
}

/** Everything that is sealed for this phone alone, by its name. */
function localRows(database: Database): Promise<readonly (readonly [string, Uint8Array<ArrayBuffer>])[]> {
  return readFrom(database, "local", async (store) => {
    const [names, rows] = await Promise.all([store.getAllKeys(), store.getAll()]);
    return names.map((name, i) => [name, rows[i] ?? new Uint8Array()] as const);
  });
}

function isSame(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return one.length === other?.length && one.every((byte, i) => byte === other[i]);
}
