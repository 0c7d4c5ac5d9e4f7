/** The quiet line that says where the diary lives, and the words for how its backup stands. */
import { SyncLine } from "../../components/sync-line.tsx";
import type { SyncStatus } from "../../sync/status.ts";
import { type Key, t } from "../../words/index.ts";
import { useApp } from "./app.ts";

const STANDS: Readonly<Record<SyncStatus["kind"], Key>> = {
  "on-this-phone": "today.lives-here",
  waiting: "lives.waiting",
  "backed-up": "lives.backed-up",
  "needs-you": "lives.needs-you",
};

/** What the way to it is called. */
const WAYS: Readonly<Partial<Record<SyncStatus["kind"], Key>>> = { "on-this-phone": "keep-safe.title", "needs-you": "lives.see" };

/** How the backup stands, in a sentence. */
export function stands({ kind }: SyncStatus): string {
  return t(STANDS[kind]);
}

/** One line: where the diary lives, and the way to where that can be changed. */
export function WhereItLives() {
  const { backup } = useApp();
  const status = backup.status.value;
  const coming = backup.progress.value;
  if (status === null) return <SyncLine icon="phone">{t("lives.saved")}</SyncLine>;
  if (coming?.step === "records") {
    return <SyncLine icon="phone">{t("lives.coming", { taken: coming.taken, of: Math.max(coming.taken, coming.of) })}</SyncLine>;
  }
  return (
    <>
      {backup.told.value}
      <SyncLine icon={status.kind === "backed-up" ? "check" : "phone"}>
        {stands(status)} <a href="/keep-safe">{t(backup.isBegun.value ? "lives.one-step" : (WAYS[status.kind] ?? "lives.about"))}</a>
      </SyncLine>
    </>
  );
}
