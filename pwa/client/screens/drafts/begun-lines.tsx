import { SyncLine } from "../../components/sync-line.tsx";
import { t, tn } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { begunIn } from "./begun.ts";
import { useWaitingDrafts } from "./waiting.ts";

export interface BegunLinesProps {
  readonly under?: string;
  /** A copy is about to be saved: it is said that these are not in it. */
  readonly isSaving?: boolean;
}

/** What was begun and waits, a quiet line each; nothing where nothing does. `under` says of which addresses. */
export function BegunLines({ under = "/", isSaving }: BegunLinesProps) {
  const { diary, clock } = useApp();
  const begun = begunIn(useWaitingDrafts(), clock.today.value, diary).filter(({ href }) => href.startsWith(under));
  if (begun.length === 0) return null;
  return (
    <div class="stack-close">
      {isSaving && <p>{tn("take-with-me.begun", begun.length)}</p>}
      {begun.map(({ href, text }) => (
        <SyncLine key={href} icon="pencil">
          {/* One link, so that each is called by what it is about. */}
          <a href={href}>{t("draft.go-on", { begun: text })}</a>
        </SyncLine>
      ))}
    </div>
  );
}
