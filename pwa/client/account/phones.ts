/** The phones that are signed in, by names that only the person's own phones can read. */
import type { Diary } from "../store/diary.ts";
import { NotOpened } from "../vault/blob.ts";
import { openLabel, sealLabel } from "../vault/labels.ts";
import type { Calls } from "./calls.ts";

export interface Phone {
  readonly id: string;
  /** What it is, such as "Chrome, Android"; null where no name was given, or it does not open here. */
  readonly name: string | null;
  /** Days, as in 2026-05-14. */
  readonly since: string;
  readonly seen: string;
  readonly isThis: boolean;
}

/** All phones of the account, this one first. Throws AccountFailure. */
export async function listPhones(calls: Calls, diary: Diary): Promise<readonly Phone[]> {
  const phones = await Promise.all(
    (await calls.phones()).map(async ({ id, label, created_on: since, seen_on: seen, current }) => ({
      id,
      name: label === null ? null : await nameIn(label, diary),
      since,
      seen,
      isThis: current,
    })),
  );
  return phones.sort((a, b) => Number(b.isThis) - Number(a.isThis));
}

/** Give this phone its name, sealed, unless it has one. Throws AccountFailure. */
export async function labelThisPhone(calls: Calls, diary: Diary, userAgent: string): Promise<void> {
  const here = (await calls.phones()).find(({ current }) => current);
  if (here?.label !== null) return;
  await calls.labelPhone(here.id, await sealLabel(diary.inside.keys, describe(userAgent)));
}

/** A browser and what it runs on, as far as it says; brands are the same in every language. */
export function describe(userAgent: string): string {
  const found = [BROWSERS, SYSTEMS].flatMap((table) => table.find(([, mark]) => mark.test(userAgent))?.[0] ?? []);
  return found.join(", ") || "Browser";
}

/** The first that fits: most browsers name others too. */
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ["Edge", /\bEdg(A|iOS)?\//],
  ["Firefox", /\b(Firefox|FxiOS)\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Chrome", /\b(Chrome|CriOS)\//],
  ["Safari", /\bSafari\//],
];
const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ["iPhone", /\biPhone\b/],
  ["iPad", /\biPad\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["Mac", /\bMacintosh\b/],
  ["Linux", /\bLinux\b/],
];

async function nameIn(label: string, diary: Diary): Promise<string | null> {
  const { keys } = diary.inside;
  try {
    return await openLabel({ of: (id) => (id === keys.keyId ? keys : undefined) }, label);
  } catch (cause) {
    if (cause instanceof NotOpened) return null;
    throw cause;
  }
}
