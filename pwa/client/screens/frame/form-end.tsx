import { Button } from "../../components/button.tsx";
import { Dock } from "../../components/dock.tsx";
import type { RecordType } from "../../domain/schema.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";
import { EarlierLink } from "./earlier-link.tsx";
import type { Form } from "./form.ts";
import { LetGo } from "./let-go.tsx";

export interface FormEndProps {
  readonly form: Pick<Form<object>, "isTouched" | "isSaving" | "letGo">;
  /** What the form changes, or null where it makes something new. */
  readonly kept: Kept<RecordType> | null;
  /** What the button says that sends the form. */
  readonly keep: string;
  /** Leave the form. */
  readonly onGone: () => void;
  readonly onDelete: () => Promise<void>;
}

/** The end of the form of one entry: keep it, let go of what was begun; of what is kept, what it said before, and delete it. */
export function FormEnd({ form, kept, keep, onGone, onDelete }: FormEndProps) {
  return (
    <>
      <Dock>
        <Button type="submit" kind="main" isWide isDisabled={form.isSaving}>
          {keep}
        </Button>
      </Dock>
      <LetGo form={form} isChange={kept !== null} onGone={onGone} />
      {kept !== null && (
        <p class="row">
          <EarlierLink kept={kept} />
          <Button kind="bare" onPress={() => void onDelete()}>
            {t("entry.delete")}
          </Button>
        </p>
      )}
    </>
  );
}
