import { Button, ButtonLink } from "../../components/button.tsx";
import { isActive } from "../../domain/goal.ts";
import { type Goal, goal } from "../../domain/record-types.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { moveToTrash } from "../frame/to-trash.ts";
import { isKept } from "../plans/is-kept.ts";

type State = NonNullable<Goal["state"]>;

/** Rest a goal, change it, let it go, or take it up again. Resting and letting go are as good as done. */
export function GoalState({ kept }: { readonly kept: Kept<typeof goal> }) {
  const { diary, toast, go } = useApp();
  const before = kept.values.state;

  const put = async (state: State): Promise<void> => {
    if (!(await isKept(diary.change(goal, kept, { state })))) return toast.say(t("plans.not-kept"));
    toast.say(t(`goal-state.said-${state}`), () => void putAsBefore());
  };
  const putAsBefore = async (): Promise<void> => {
    const now = diary.one(goal, kept.id);
    if (now !== undefined && !(await isKept(diary.change(goal, now, { state: before })))) toast.say(t("plans.not-kept"));
  };
  const remove = async (): Promise<void> => {
    if (await moveToTrash({ diary, toast }, goal, kept)) go("/plans", { replace: true });
  };

  return (
    <div class="stack-close">
      {!isActive(kept.values) && (
        <>
          <Button kind="main" isWide onPress={() => void put("active")}>
            {t("goal.take-up")}
          </Button>
          <ButtonLink kind="plain" isWide icon="cairn" href={`/wins/new?from=${kept.id}`}>
            {t("goal.make-win")}
          </ButtonLink>
        </>
      )}
      <p class="row">
        {isActive(kept.values) && (
          <>
            <Button onPress={() => void put("resting")}>{t("goal.rest")}</Button>
            <Button onPress={() => void put("done")}>{t("goal.is-done")}</Button>
            <Button onPress={() => void put("let-go")}>{t("goal.let-go")}</Button>
          </>
        )}
        <ButtonLink href={`/plans/goals/${kept.id}?change`}>{t("goal.change")}</ButtonLink>
        <Button kind="bare" onPress={() => void remove()}>
          {t("entry.delete")}
        </Button>
      </p>
    </div>
  );
}
