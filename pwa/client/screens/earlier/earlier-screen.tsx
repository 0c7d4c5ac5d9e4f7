import { useEffect, useReducer, useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Words } from "../../components/words.tsx";
import { activity, checkIn, goal, roughDay, session, step, win } from "../../domain/record-types.ts";
import type { RecordType } from "../../domain/schema.ts";
import { type Earlier, readEarlier } from "../../store/earlier.ts";
import type { Kept } from "../../store/records.ts";
import { t, tn } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { momentInWords } from "../frame/dates.ts";
import { Room } from "../frame/room.tsx";
import { NotFoundScreen } from "../not-found/not-found-screen.tsx";
import type { Params } from "../routes.ts";
import { differing, versionInWords } from "./version-in-words.ts";

const TYPES: readonly RecordType[] = [checkIn, roughDay, session, win, activity, goal, step];

/** What an entry, a goal, a step or an activity said before, the newest first. */
export function EarlierScreen({ params: { id = "" } }: { readonly params: Params }) {
  const { diary } = useApp();
  for (const type of TYPES) {
    const kept = diary.one(type, id);
    if (kept !== undefined) return <Versions type={type} kept={kept} />;
  }
  return diary.isWhole.value ? <NotFoundScreen /> : null;
}

function Versions({ type, kept }: { readonly type: RecordType; readonly kept: Kept<RecordType> }) {
  const { diary, clock, settings } = useApp();
  const [earlier, take] = useState<Earlier | "failed" | null>(null);
  const [fetched, count] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    let isLeft = false;
    readEarlier(diary, type, kept.id).then(
      (read) => isLeft || take(read),
      () => isLeft || take("failed"),
    );
    return () => {
      isLeft = true;
    };
  }, [diary, type, kept, fetched]);
  const today = clock.today.value;
  const versions = differing(
    [kept, ...(earlier === null || earlier === "failed" ? [] : earlier.versions)].map((version) => ({
      at: version.changedAt,
      ...versionInWords(type, version, { today, turn: settings.value.dayTurn }),
    })),
  );
  return (
    <Room name={t("earlier.title")} under={t("earlier.under")} back={{ href: backOf(type, kept) }}>
      {earlier === "failed" && <p>{t("earlier.not-read")}</p>}
      <ol class="versions">
        {versions.map(({ at, words, said }, index) => (
          <li key={`${at} ${words.join()}`} class="version">
            <h2 class="version-when">{t(index === 0 ? "earlier.now" : "earlier.written", { when: momentInWords(at, today) })}</h2>
            {words.map((text) => (
              <Words key={text}>{text}</Words>
            ))}
            {said.map((line) => (
              <p key={line} class="quiet" dir="auto">
                {line}
              </p>
            ))}
            {words.length === 0 && said.length === 0 && <p class="quiet">{t("earlier.blank")}</p>}
          </li>
        ))}
      </ol>
      {earlier !== null && earlier !== "failed" && earlier.elsewhere > 0 && (
        <Elsewhere id={kept.id} many={earlier.elsewhere} onFetched={() => count(undefined)} />
      )}
    </Room>
  );
}

interface ElsewhereProps {
  readonly id: Kept<RecordType>["id"];
  readonly many: number;
  readonly onFetched: () => void;
}

/** Some of it was written before this phone came: where the diary is kept safe, the site may have it. */
function Elsewhere({ id, many, onFetched }: ElsewhereProps) {
  const { account, backup } = useApp();
  const [stands, say] = useState<"at rest" | "fetching" | "fetched" | "failed">("at rest");
  const status = backup.status.value;
  const isKept = status !== null && status.kind !== "on-this-phone";
  const fetchThem = async (): Promise<void> => {
    say("fetching");
    try {
      await (await account()).fetchEarlier(id);
      say("fetched");
      onFetched();
    } catch {
      // Whatever it was: they stay where they are, and it may be tried again.
      say("failed");
    }
  };
  return (
    <div class="stack-close">
      <p class="quiet">{tn(stands === "fetched" ? "earlier.let-go" : "earlier.elsewhere", many)}</p>
      {isKept && stands !== "fetched" && (
        <Button isDisabled={stands === "fetching"} onPress={() => void fetchThem()}>
          {t("earlier.fetch")}
        </Button>
      )}
      <p role="alert">{stands === "failed" && t("earlier.not-fetched")}</p>
    </div>
  );
}

/** Where one came from, by what it is. */
function backOf(type: RecordType, { id, values }: Kept<RecordType>): string {
  const { day, goal: ofGoal } = values;
  if (type === goal) return `/plans/goals/${id}`;
  if (type === step) return `/plans/goals/${String(ofGoal)}`;
  if (type === activity) return `/plans/activities/${id}`;
  if (type === win) return `/wins/${id}`;
  return typeof day === "string" ? `/diary/${day}` : "/diary";
}
