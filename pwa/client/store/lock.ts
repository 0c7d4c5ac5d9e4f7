/**
 * Locking the app on this phone: with the lock on, the key that opens the diary at once is not here, and something is
 * asked for. The row `lock` beside the slot says after how many minutes without use. It is of this phone alone.
 */
import { wrapForDevice } from "../vault/device-slot.ts";
import { wipeVaultKey } from "../vault/keys.ts";
import type { Slot } from "../vault/slot.ts";
import { holdKey, notAgain, slotHere, takeVault } from "./asking-door.ts";
import type { Database } from "./database.ts";
import type { Diary } from "./diary.ts";
import { failureOf } from "./failures.ts";
import { readFrom, writeInVault } from "./transaction.ts";
import { type HeldKey, makeKeptKey, readVault, type Vault } from "./vault-door.ts";

/** The door of this phone. */
export interface DoorHere {
  readonly slot: Slot;
  /** It locks after so many minutes without use; null where it does not by itself. */
  readonly minutes: number | null;
  /** The roll of the account is on this phone: the recovery code opens it without the site. */
  readonly hasRoll: boolean;
}

/** Look at it. Throws StoreFailure. */
export async function readDoor(database: Database): Promise<DoorHere> {
  try {
    const [slot, minutes, hasRoll] = await Promise.all([slotHere(database), readMinutes(database), isRollHere(database)]);
    return { slot, minutes, hasRoll };
  } catch (cause) {
    throw failureOf(cause);
  }
}

/** After how many minutes it locks; null where it does not. Throws StoreFailure. */
async function readMinutes(database: Database): Promise<number | null> {
  const minutes = await readVault(database, "lock").catch((cause: unknown) => {
    throw failureOf(cause);
  });
  return typeof minutes === "number" && minutes > 0 ? minutes : null;
}

/** Whether the roll is here. */
async function isRollHere(database: Database): Promise<boolean> {
  return (await readFrom(database, "roll", (store) => store.count())) > 0;
}

export interface NewLock {
  readonly minutes: number | null;
  /** Makes the slot, of a kind that asks. */
  readonly slotFor: (vault: Vault) => Promise<Slot>;
  /** Makes the same again without asking, where that can be. */
  readonly again?: HeldKey["slotFor"];
}

/** Put a door that asks in the place of the one that is here. Throws StoreFailure; then the one before stands. */
export async function lockWith(diary: Diary, { minutes, slotFor, again = notAgain }: NewLock): Promise<void> {
  const vault = await takeVault(diary);
  try {
    const [slot, held] = [await slotFor(vault), await holdKey(vault, again)];
    await putDoor(diary, { slot, deviceKey: null, minutes });
    diary.hold(held);
  } finally {
    wipeVaultKey(vault.key);
  }
  diary.announce();
}

/** Lock after another time. Throws StoreFailure. */
export async function lockAfter(diary: Diary, minutes: number): Promise<void> {
  await writeDoor(diary, async (vault) => void (await vault.put(minutes, "lock")));
  diary.announce();
}

/**
 * Put the door back that opens at once. In a browser that keeps no key the one that asks stays, and only the time goes:
 * then it gives false. Throws StoreFailure; then all stays as it is.
 */
export async function takeLockOff(diary: Diary): Promise<boolean> {
  const { database, random } = diary.ground;
  const deviceKey = await makeKeptKey(database, random);
  const vault = await takeVault(diary);
  try {
    if (deviceKey === null) await writeDoor(diary, (store) => store.delete("lock"));
    else {
      await putDoor(diary, { slot: await wrapForDevice(deviceKey, vault.key, vault.space), deviceKey, minutes: null });
      diary.hold(null);
    }
  } finally {
    wipeVaultKey(vault.key);
  }
  diary.announce();
  return deviceKey !== null;
}

interface NewDoor {
  readonly slot: Slot;
  readonly deviceKey: CryptoKey | null;
  readonly minutes: number | null;
}

/**
 * All of it or nothing, and durable: there is one door at every moment. The pair that has a slot in the roll would open the
 * vault unasked, so it goes with the phone's own key; the row of the vault's keys is sealed, and stays.
 */
function putDoor(diary: Diary, { slot, deviceKey, minutes }: NewDoor): Promise<void> {
  return writeDoor(diary, async (store) => {
    await store.put(slot, "slot");
    await (minutes === null ? store.delete("lock") : store.put(minutes, "lock"));
    if (deviceKey !== null) return void (await store.put(deviceKey, "device-key"));
    await store.delete("device-key");
    await store.delete("device-pair");
  });
}

type VaultStore = ReturnType<Parameters<Parameters<typeof writeInVault<"vault", void>>[2]["work"]>[0]["objectStore"]>;

function writeDoor({ inside: { database, keys } }: Diary, write: (store: VaultStore) => Promise<void>): Promise<void> {
  return writeInVault(database, keys.space, {
    stores: ["vault"],
    durability: "strict",
    work: (transaction) => write(transaction.objectStore("vault")),
  });
}
