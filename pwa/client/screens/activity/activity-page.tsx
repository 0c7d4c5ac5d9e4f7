import { Button, ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/chip.tsx";
import { mayStart } from "../../domain/activity.ts";
import { activity } from "../../domain/record-types.ts";
import type { Kept } from "../../store/records.ts";
import { t, tn } from "../../words/index.ts";
import { activityName, amountInWords } from "../frame/amounts.ts";
import { useApp } from "../frame/app.ts";
import { EarlierLink } from "../frame/earlier-link.tsx";
import { Room } from "../frame/room.tsx";
import { useStage } from "../frame/stage.ts";
import { moveToTrash } from "../frame/to-trash.ts";
import { Versions } from "../plans/versions.tsx";
import { KIND, UNIT } from "./activity-words.ts";

/** One activity: its number, in the person's own word, and the way to the timer. */
export function ActivityPage({ kept }: { readonly kept: Kept<typeof activity> }) {
  const { diary, settings, toast, go } = useApp();
  const { values } = kept;
  useStage("activity");
  const { kind, unit, unitName = "", rest = settings.value.restMinutes } = values;
  const remove = async (): Promise<void> => {
    if (await moveToTrash({ diary, toast }, activity, kept)) go("/plans", { replace: true });
  };
  return (
    <Room
      name={t("activity.title")}
      title={activityName(values)}
      under={[kind && t(KIND[kind]), unit === "own" ? unitName : unit && t(UNIT[unit])].filter(Boolean).join("\u00a0· ")}
      back={{ href: "/plans", text: t("places.plans") }}
      place="plans"
    >
      <Versions texts={kept.texts("name")} onChoose={(name) => diary.change(activity, kept, { name })} />
      <Card heading={t("activity.my-number")}>
        <p class="card-name">{amountInWords(values)}</p>
        {mayStart(values) ? (
          <p class="row">
            <Chip tone="do">{t("activity.my-own")}</Chip> <span class="quiet small">{tn("activity.then-rest", rest)}</span>
          </p>
        ) : (
          <p class="quiet">{t("activity.no-number-is-fine")}</p>
        )}
        {mayStart(values) ? (
          <ButtonLink kind="main" isWide href={`/timer?activity=${kept.id}`}>
            {t("activity.start-timer")}
          </ButtonLink>
        ) : (
          <ButtonLink kind="main" isWide icon="pencil" href={`/plans/activities/${kept.id}?change`}>
            {t("activity.write-number")}
          </ButtonLink>
        )}
      </Card>
      <p class="row">
        {mayStart(values) && (
          <ButtonLink icon="pencil" href={`/plans/activities/${kept.id}?change`}>
            {t("activity.change")}
          </ButtonLink>
        )}
        <EarlierLink kept={kept} />
        <Button kind="bare" onPress={() => void remove()}>
          {t("entry.delete")}
        </Button>
      </p>
    </Room>
  );
}
