import { useEffect, useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { Button } from "../../components/button.tsx";
import { Notice } from "../../components/notice.tsx";
import type { Notice as ToTell } from "../../store/sync-rows.ts";
import { type Key, t } from "../../words/index.ts";
import { fetchOthers } from "../fetch-others.ts";

const SAYS: Readonly<Record<ToTell, Key>> = { "put-back": "told.put-back", forked: "told.forked" };

/** What is told once of the backup, until it was understood. It may stand on Today before its words are here. */
export function Told({ account }: { readonly account: Account }) {
  const [canSay, say] = useState(false);
  const notice = account.notice.value;
  const isToTell = notice !== null;
  useEffect(() => {
    if (isToTell)
      void fetchOthers()
        .then(() => say(true))
        .catch(() => undefined);
  }, [isToTell]);
  if (notice === null || !canSay) return null;
  return (
    <Notice icon="phone" text={t(SAYS[notice])}>
      <Button onPress={() => void account.understood()}>{t("told.ok")}</Button>
    </Notice>
  );
}
