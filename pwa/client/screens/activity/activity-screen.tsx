import { PRESETS } from "../../domain/activity.ts";
import { activity } from "../../domain/record-types.ts";
import { useApp } from "../frame/app.ts";
import { NotFoundScreen } from "../not-found/not-found-screen.tsx";
import type { Params } from "../routes.ts";
import { ActivityForm } from "./activity-form.tsx";
import { ActivityPage } from "./activity-page.tsx";

/** An activity: a new one, one that is there to begin with, or the one that the address names, to read or to change. */
export function ActivityScreen({ params }: { readonly params: Params }) {
  const { diary } = useApp();
  const isToChange = new URLSearchParams(location.search).has("change");
  const id = params.id ?? "new";
  if (id === "new") return <ActivityForm key={id} kept={null} beginning={{}} />;
  const preset = PRESETS.find((each) => each.preset === id);
  if (preset !== undefined) {
    const used = diary.all(activity).value.find(({ values }) => values.preset === preset.preset);
    if (used !== undefined) return <ActivityPage kept={used} />;
    return diary.isWhole.value ? <ActivityForm key={id} kept={null} beginning={preset} /> : null;
  }
  const kept = diary.one(activity, id);
  if (kept === undefined) return diary.isWhole.value ? <NotFoundScreen /> : null;
  return isToChange ? <ActivityForm key={id} kept={kept} beginning={kept.values} /> : <ActivityPage kept={kept} />;
}
