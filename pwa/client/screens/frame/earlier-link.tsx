import { ButtonLink } from "../../components/button.tsx";
import type { RecordType } from "../../domain/schema.ts";
import { wasChanged } from "../../store/earlier.ts";
import type { Kept } from "../../store/records.ts";
import { t } from "../../words/index.ts";

export interface EarlierLinkProps {
  readonly kept: Pick<Kept<RecordType>, "id" | "state">;
  /** What it is about, where there are several on the page. */
  readonly of?: string | undefined;
}

/** The way to what a record said before; nothing where it always said the same. */
export function EarlierLink({ kept, of }: EarlierLinkProps) {
  if (!wasChanged(kept)) return null;
  return (
    <ButtonLink kind="bare" href={`/earlier/${kept.id}`} label={of && t("earlier.link-of", { entry: of })}>
      {t("earlier.link")}
    </ButtonLink>
  );
}
