import { useEffect, useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import type { Phone } from "../../account/phones.ts";
import { Button } from "../../components/button.tsx";
import { ListRow, Rows } from "../../components/rows.tsx";
import { parseDay } from "../../domain/day.ts";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { useBusy } from "../frame/busy.ts";
import { dayAsSaid } from "../frame/dates.ts";
import { OnlyWhenKept } from "./only-when-kept.tsx";

/** Which phones are signed in, and a way to sign one out that is lost or given away. */
export function PhonesScreen() {
  return <OnlyWhenKept name={t("phones.title")}>{(account) => <Phones account={account} />}</OnlyWhenKept>;
}

function Phones({ account }: { readonly account: Account }) {
  const { toast } = useApp();
  const [phones, show] = useState<readonly Phone[] | null>(null);
  const { isBusy, trouble, run } = useBusy();
  const list = async (): Promise<void> => show(await account.phones());
  useEffect(() => void run(list), [account]);
  const signOut = (phone: Phone): Promise<void> =>
    run(async () => {
      await account.signOut(phone);
      toast.say(t("phones.signed-out"));
      document.getElementById("main")?.focus({ preventScroll: true });
      await list();
    });
  return (
    <div class="stack">
      <p role="alert">{trouble}</p>
      {phones !== null && (
        <>
          <p>{phones.length === 1 ? t("phones.none-other") : t("phones.why")}</p>
          <Rows>
            {phones.map((phone) => (
              <Row key={phone.id} phone={phone} isBusy={isBusy} onSignOut={() => void signOut(phone)} />
            ))}
          </Rows>
          {phones.length > 1 && <p class="quiet">{t("phones.stays")}</p>}
        </>
      )}
    </div>
  );
}

interface RowProps {
  readonly phone: Phone;
  readonly isBusy: boolean;
  readonly onSignOut: () => void;
}

function Row({ phone, isBusy, onSignOut }: RowProps) {
  const { clock } = useApp();
  const said = (text: string): string => {
    const day = parseDay(text);
    return day === undefined ? text : dayAsSaid(day, clock.today.value);
  };
  const name = phone.name ?? t("phones.unnamed");
  return (
    <ListRow
      icon="phone"
      text={phone.isThis ? `${t("phones.this")} · ${name}` : name}
      note={t("phones.since", { since: said(phone.since), seen: said(phone.seen) })}
    >
      {!phone.isThis && (
        <Button isDisabled={isBusy} onPress={onSignOut} label={t("phones.sign-out-of", { phone: name })}>
          {t("phones.sign-out")}
        </Button>
      )}
    </ListRow>
  );
}
