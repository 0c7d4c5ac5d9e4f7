import { useState } from "preact/hooks";
import { FileButton } from "../../components/file-button.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import type { readFileBack } from "./reading-back.ts";

export interface ReadBackButtonProps {
  readonly label: string;
  /** Get hold of what reads a file back: first screens do without it until a file is chosen. */
  readonly fetchReading: () => Promise<typeof readFileBack>;
  /**
   * Where there is no diary yet: begin one, after the file was found good. False when it was not begun; then nothing
   * is read. This screen may be gone by then, so what came of it is said by the line that all screens share.
   */
  readonly begin?: (() => Promise<boolean>) | undefined;
}

/** Chooses a saved file, checks it whole and reads it back. Nothing that is here is harmed, whatever is in it. */
export function ReadBackButton({ label, fetchReading, begin }: ReadBackButtonProps) {
  const { diary, toast } = useApp();
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);

  const read = async (file: File): Promise<void> => {
    if (share !== null) return;
    setError(null);
    toast.putAway();
    setShare(0);
    try {
      const readBack = await fetchReading().catch(() => null);
      if (readBack === null) return setError(t("read-back.not-fetched"));
      const cameOf = await readBack(diary, file, begin, setShare);
      if (cameOf === null) return;
      if ("said" in cameOf) toast.say(cameOf.said, undefined, { href: "/diary", text: t("read-back.to-diary") });
      else if (cameOf.isBegun) toast.say(cameOf.refused);
      else setError(cameOf.refused);
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
