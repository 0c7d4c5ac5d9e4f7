import { Button } from "../../components/button.tsx";
import { StoreFailure } from "../../store/failures.ts";
import { t } from "../../words/index.ts";
import { useApp } from "./app.ts";
import type { Form } from "./form.ts";

export interface LetGoProps {
  readonly form: Pick<Form<object>, "isTouched" | "isSaving" | "letGo">;
  /** The form changes something that is kept, and that stays as it is. */
  readonly isChange?: boolean | undefined;
  /** Leave the form. */
  readonly onGone: () => void;
}

/** Let go of what was begun in a form, with a way to undo it; nothing while nothing was begun. */
export function LetGo({ form, isChange, onGone }: LetGoProps) {
  const { toast } = useApp();
  if (!form.isTouched) return null;
  const letGo = async (): Promise<void> => {
    const putBack = await orFailure(form.letGo());
    if (putBack === null) return toast.say(t("draft.not-let-go"));
    const undo = async (): Promise<void> => {
      if ((await orFailure(putBack().then(() => true))) === null) toast.sayUntilPutAway(t("draft.not-put-back"), () => void undo());
    };
    toast.sayUntilPutAway(t("draft.is-let-go"), () => void undo());
    onGone();
  };
  return (
    <Button kind="bare" isDisabled={form.isSaving} onPress={() => void letGo()}>
      {t(isChange ? "draft.let-go-of-change" : "draft.let-go")}
    </Button>
  );
}

/** What came of it, or null where the phone could not. */
async function orFailure<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof StoreFailure) return null;
    throw cause;
  }
}
