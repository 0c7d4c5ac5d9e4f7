/**
 * What opens a locked diary on this phone beside words: the passkey of its slot, or the recovery code by the roll that is
 * kept here. The site is not asked. Every function throws AccountFailure, StoreFailure, and CodeMistaken for text that is
 * no code.
 */
import { toBase64url } from "../replica/ids.ts";
import { comeIn, notAgain, type OpenedDoor, slotHere } from "../store/asking-door.ts";
import type { Database } from "../store/database.ts";
import type { Diary } from "../store/diary.ts";
import { StoreFailure } from "../store/failures.ts";
import { lockWith } from "../store/lock.ts";
import { rollRows } from "../store/received.ts";
import { lineOf } from "../sync/roll-line.ts";
import { readSlot } from "../vault/key-slot.ts";
import { vaultKeyOf, wipeVaultKey } from "../vault/keys.ts";
import { type FreshOpener, openFreshRoll } from "../vault/open-roll.ts";
import { type OpenVault, wipeVault } from "../vault/open-vault.ts";
import { prfInput } from "../vault/passkey-key.ts";
import { unwrapForPasskey, WrongPasskey, wrapForPasskey } from "../vault/passkey-slot.ts";
import { randomBytes } from "../vault/random.ts";
import { readTypedCode } from "../vault/recovery-code.ts";
import { type RollEntry, readContent } from "../vault/roll-entry.ts";
import { RollRefused } from "../vault/roll-refused.ts";
import type { PasskeySlot, Slot } from "../vault/slot.ts";
import { AccountFailure } from "./failures.ts";
import { type AskedToShow, showPasskey } from "./passkeys.ts";
import { entryOf } from "./sent-entries.ts";
import type { Way } from "./way.ts";

/** Open the locked diary. */
export async function unlock(diary: Diary, way: Way): Promise<void> {
  await comeIn(diary, await openBy(diary, way));
}

/** See that this opens the diary. */
export async function verifyWay(diary: Diary, way: Way): Promise<void> {
  wipeVaultKey((await openBy(diary, way)).vault.key);
}

/** Lock the app with a passkey that opens the diary elsewhere: only of such a one is it known that it always gives the same key. */
export async function lockWithPasskey(diary: Diary, minutes: number | null): Promise<void> {
  const { database, keys } = diary.inside;
  const roll = await rollHere(database);
  const site = siteIn(roll);
  if (site === null) throw new AccountFailure("wrong-passkey");
  const { output, credential } = await ask({ site });
  try {
    wipeVault(await openRoll(roll, keys.space, { kind: "passkey", output, site }));
    await lockWith(diary, {
      minutes,
      slotFor: ({ key, space }) => wrapForPasskey({ output, site, credential }, key, space),
      again: notAgain,
    });
  } finally {
    output.fill(0);
  }
}

async function rollHere(database: Database): Promise<readonly RollEntry[]> {
  return lineOf(await rollRows(database)).map(entryOf);
}

async function openBy({ ground: { database } }: Diary, way: Way): Promise<OpenedDoor> {
  const slot = await slotHere(database);
  if (way.kind === "passkey") return openWithPasskey(slot);
  const code = await readTypedCode(way.text);
  try {
    const opened = await openRoll(await rollHere(database), slot.space, { kind: "code", code });
    return { vault: { space: slot.space, key: keyOf(slot, opened) }, slotFor: notAgain };
  } finally {
    code.fill(0);
  }
}

async function openWithPasskey(slot: Slot): Promise<OpenedDoor> {
  if (slot.kind !== "passkey") throw new AccountFailure("wrong-passkey");
  const { output } = await ask(slot);
  try {
    return { vault: { space: slot.space, key: await unwrapForPasskey(output, slot) }, slotFor: notAgain };
  } catch (cause) {
    if (cause instanceof WrongPasskey) throw new AccountFailure("wrong-passkey", { cause });
    throw new StoreFailure("no-key", { cause });
  } finally {
    output.fill(0);
  }
}

/** Ask for a passkey, with a challenge that nobody looks at: what counts is what it makes of the input. */
async function ask({ site, credential }: Pick<PasskeySlot, "site"> & Partial<Pick<PasskeySlot, "credential">>) {
  const asked: AskedToShow = {
    challenge: toBase64url(randomBytes(32)),
    rpId: site,
    allowCredentials: credential === undefined ? [] : [{ id: credential, type: "public-key" }],
    userVerification: "required",
  };
  const { output, answer } = await showPasskey(asked, await prfInput());
  if (output === null) throw new AccountFailure("passkey-not-here");
  return { output, credential: answer.id };
}

async function openRoll(entries: readonly RollEntry[], space: Slot["space"], opener: FreshOpener): Promise<OpenVault> {
  try {
    return await openFreshRoll({ space, entries, opener });
  } catch (cause) {
    const isAnother = cause instanceof RollRefused && (cause.code.startsWith("slot-") || entries.length === 0);
    throw isAnother ? new AccountFailure(opener.kind === "code" ? "wrong-code" : "wrong-passkey", { cause }) : cause;
  }
}

/** The key that the slot holds, which may be one from before the vault turned; all others are overwritten. */
function keyOf({ key: id }: Slot, opened: OpenVault) {
  const bytes = [opened.key, ...opened.older].find((key) => key.id === id)?.bytes.slice();
  wipeVault(opened);
  if (bytes === undefined) throw new StoreFailure("no-key");
  return vaultKeyOf(id, bytes);
}

/** The site that the passkeys of the last entry are for; null where it has none. */
function siteIn(roll: readonly RollEntry[]): string | null {
  const last = roll.at(-1);
  const slots = last === undefined || !("blob" in last) ? [] : readContent(last).slots.map(readSlot);
  return slots.find((slot) => slot?.kind === "passkey")?.site ?? null;
}
