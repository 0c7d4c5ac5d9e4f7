import { useState } from "preact/hooks";
import { FileButton } from "../../components/file-button.tsx";
import { FileRefused, LARGEST_FILE_BYTES } from "../../domain/file.ts";
import { type CheckedFile, checkFile } from "../../store/checked-file.ts";
import { bringBack, type ReadBack } from "../../store/file.ts";
import { t, tn } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { refusedInWords } from "./refused.ts";

export interface ReadBackButtonProps {
  readonly label: string;
  /**
   * Where there is no diary yet: begin one, after the file was found good. False when it was not begun; then nothing
   * is read. This screen may be gone by then, so what came of it is said by the line that all screens share.
   */
  readonly begin?: (() => Promise<boolean>) | undefined;
}

/** Chooses a saved file, checks it whole and reads it back. Nothing that is here is harmed, whatever is in it. */
export function ReadBackButton({ label, begin }: ReadBackButtonProps) {
  const { diary, toast } = useApp();
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);

  const read = async (file: File): Promise<void> => {
    if (share !== null) return;
    setError(null);
    toast.putAway();
    setShare(0);
    let isBegun = false;
    try {
      const checked = await checkedFile(file);
      isBegun = (await begin?.()) ?? false;
      if (begin !== undefined && !isBegun) return;
      toast.say(cameOf(await bringBack(diary, checked, setShare)), undefined, { href: "/diary", text: t("read-back.to-diary") });
    } catch (cause) {
      const why = refusedInWords(cause);
      if (isBegun) toast.say(why);
      else setError(why);
    } finally {
      setShare(null);
    }
  };

  return (
    <div class="stack-close">
      <FileButton label={label} icon="undo" accept=".json,application/json" onFile={(file) => void read(file)} error={error} />
      <div role="status">{share !== null && <Reading share={share} />}</div>
    </div>
  );
}

function Reading({ share }: { readonly share: number }) {
  return (
    <>
      <p>{t("read-back.reading")}</p>
      <progress class="reading" max={1} value={share} aria-label={t("read-back.reading")} />
    </>
  );
}

/** The size is looked at before anything is read: a file of 200 MB would take the page down with it. */
async function checkedFile(file: File): Promise<CheckedFile> {
  if (file.size > LARGEST_FILE_BYTES) throw new FileRefused("too-large");
  return checkFile(await file.text());
}

/** Only what there was: a nought is nothing to read. */
function cameOf({ added, joined, same }: ReadBack): string {
  if (added + joined + same === 0) return t("read-back.empty");
  if (added + joined === 0) return tn("read-back.all-here", same);
  return [
    t("read-back.came"),
    ...(added === 0 ? [] : [tn("read-back.added", added)]),
    ...(joined === 0 ? [] : [tn("read-back.joined", joined)]),
    ...(same === 0 ? [] : [tn("read-back.same", same)]),
  ].join(" ");
}
