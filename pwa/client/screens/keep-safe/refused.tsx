import { useEffect, useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import type { RefusedRecord } from "../../account/refused.ts";
import { Rows } from "../../components/rows.tsx";
import { Section } from "../../components/section.tsx";
import { type Key, t } from "../../words/index.ts";
import { RecordRow } from "./record-row.tsx";

/** What the site did not take: which, why, what helps, and the way to it. */
export function Refused({ account }: { readonly account: Account }) {
  const refused = account.refused.value;
  const [records, show] = useState<readonly RefusedRecord[]>([]);
  useEffect(() => {
    // What cannot be read now is read when it is next looked at; that there is something is said all the same.
    void account.refusedRecords().then(show, () => undefined);
  }, [account, refused]);
  if (refused.length === 0) return null;
  return (
    <Section heading={t("refused.title")}>
      <Rows>
        {records.map(({ record, code }) => (
          <RecordRow key={record} record={record} note={t(WHY[code] ?? "refused.not-taken")} />
        ))}
      </Rows>
      <p>{t("refused.what-helps")}</p>
    </Section>
  );
}

const WHY: Readonly<Record<string, Key>> = { too_large: "refused.too-long", newer_format: "refused.site-older" };
