/** Reading a saved file back, and what came of it in words. */
import { FileRefused, LARGEST_FILE_BYTES } from "../../domain/file.ts";
import { checkFile } from "../../store/checked-file.ts";
import type { Diary } from "../../store/diary.ts";
import { bringBack, type Progress, type ReadBack } from "../../store/file.ts";
import { t, tn } from "../../words/index.ts";
import { refusedInWords } from "./refused.ts";

/** What came of it: read, with what to say; refused, with why; or nothing, as no diary was begun to read it into. */
export type CameOf = { readonly said: string } | { readonly refused: string; readonly isBegun: boolean } | null;

/** Check the file whole, begin a diary if there is none yet, and take the file into it. */
export async function readFileBack(
  diary: Diary,
  file: File,
  begin: (() => Promise<boolean>) | undefined,
  progress: Progress,
): Promise<CameOf> {
  let isBegun = false;
  try {
    // The size is looked at before anything is read: a file of 200 MB would take the page down with it.
    if (file.size > LARGEST_FILE_BYTES) throw new FileRefused("too-large");
    const checked = await checkFile(await file.text());
    isBegun = (await begin?.()) ?? false;
    if (begin !== undefined && !isBegun) return null;
    return { said: inWords(await bringBack(diary, checked, progress)) };
  } catch (cause) {
    return { refused: refusedInWords(cause), isBegun };
  }
}

/** Only what there was: a nought is nothing to read. */
function inWords({ added, joined, same }: ReadBack): string {
  if (added + joined + same === 0) return t("read-back.empty");
  if (added + joined === 0) return tn("read-back.all-here", same);
  return [
    t("read-back.came"),
    ...(added === 0 ? [] : [tn("read-back.added", added)]),
    ...(joined === 0 ? [] : [tn("read-back.joined", joined)]),
    ...(same === 0 ? [] : [tn("read-back.same", same)]),
  ].join(" ");
}
