/**
 * Notes about this phone, such as when a copy was last saved from it: sealed on it like a draft, in no saved file and on
 * no other phone. What is read is checked by who reads it. Both throw StoreFailure.
 */
import type { Diary } from "../../store/diary.ts";

/** The value (JSON) kept under this name, or null. */
export async function readPhoneNote(diary: Diary, name: string): Promise<unknown> {
  const { left, release } = await diary.draft(name);
  release();
  return left;
}

/** Keep a value (JSON) under this name, in place of the one before. */
export async function keepPhoneNote(diary: Diary, name: string, value: unknown): Promise<void> {
  const draft = await diary.draft(name);
  await draft.keep(value).finally(draft.release);
}
