/** Into the trash and out of it again, from any screen. */
import type { RecordType } from "../../domain/schema.ts";
import { StoreFailure } from "../../store/failures.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import type { App } from "./app.ts";

type Here = Pick<App, "diary" | "toast">;

/** Delete, and offer to undo it. Resolves with whether it was deleted; if not, it says so and all is as it was. */
export async function moveToTrash({ diary, toast }: Here, type: RecordType, kept: Kept<RecordType>): Promise<boolean> {
  if (!(await isDone(diary.trash(type, kept)))) {
    toast.say(t("entry.not-deleted"));
    return false;
  }
  toast.say(t("entry.deleted"), () => void undo({ diary, toast }, type, kept));
  return true;
}

/** Put back. Resolves with whether it is back; if not, it says so. */
export async function putBack({ diary, toast }: Here, type: RecordType, kept: Kept<RecordType>): Promise<boolean> {
  const isBack = await isDone(diary.putBack(type, kept.id));
  toast.say(t(isBack ? "trash.is-back" : "entry.not-put-back"));
  return isBack;
}

/** An undo shows by itself that it is done: only a failure needs words. */
async function undo({ diary, toast }: Here, type: RecordType, kept: Kept<RecordType>): Promise<void> {
  if (!(await isDone(diary.putBack(type, kept.id)))) toast.say(t("entry.not-put-back"));
}

async function isDone(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (cause) {
    if (cause instanceof StoreFailure) return false;
    throw cause;
  }
}
