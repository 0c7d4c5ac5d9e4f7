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
import { NamePhone } from "./name-phone.tsx";
import { OnlyWhenKept } from "./only-when-kept.tsx";
import { SigningOut } from "./signing-out.tsx";

/** Which phones are signed in, and a way to sign one out that is lost or given away. */
export function PhonesScreen() {
  return <OnlyWhenKept name={t("phones.title")}>{(account) => <Phones account={account} />}</OnlyWhenKept>;
}

function Phones({ account }: { readonly account: Account }) {
  const [phones, show] = useState<readonly Phone[] | null>(null);
  const [leaving, leave] = useState<Phone | null>(null);
  const [naming, name] = useState<Phone | null>(null);
  const { isBusy, trouble, run } = useBusy();
  const isHalf = account.isSigningOut.value;
  const list = async (): Promise<void> => show(await account.phones());
  useEffect(() => void run(list), [account]);
  const over = (): void => {
    leave(null);
    name(null);
    void run(list);
  };
  if (leaving !== null) return <SigningOut account={account} phone={leaving} onOver={over} onBack={() => leave(null)} />;
  if (naming !== null) return <NamePhone account={account} phone={naming} onOver={over} onBack={() => name(null)} />;
  return (
    <div class="stack">
      <p role="alert">{trouble}</p>
      {trouble !== null && phones === null && (
        <Button kind="main" isWide isDisabled={isBusy} onPress={() => void run(list)}>
          {t("kept.try-again")}
        </Button>
      )}
      {isHalf && <SigningOut account={account} phone={null} onOver={over} />}
      {phones !== null && (
        <>
          <p>{phones.length === 1 ? t("phones.none-other") : t("phones.why")}</p>
          <Rows>
            {phones.map((phone) => (
              <Row key={phone.id} phone={phone} isBusy={isBusy || isHalf} onName={() => name(phone)} onSignOut={() => leave(phone)} />
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
  readonly onName: () => void;
  readonly onSignOut: () => void;
}

function Row({ phone: { name: called, days, isThis }, isBusy, onName, onSignOut }: RowProps) {
  const { clock } = useApp();
  const said = (text: string): string => {
    const day = parseDay(text);
    return day === undefined ? text : dayAsSaid(day, clock.today.value);
  };
  const phone = called ?? t("phones.unnamed");
  return (
    <ListRow
      icon="phone"
      text={isThis ? `${t("phones.this")} · ${phone}` : phone}
      note={days === null ? t("phones.no-way-in") : t("phones.since", { since: said(days.since), seen: said(days.seen) })}
    >
      <div class="pair">
        {days !== null && (
          <Button isDisabled={isBusy} onPress={onName} label={t("phones.name-of", { phone })}>
            {t("phones.name")}
          </Button>
        )}
        {!isThis && (
          <Button
            isDisabled={isBusy}
            onPress={onSignOut}
            label={t(days === null ? "phones.sign-out-for-good-of" : "phones.sign-out-of", { phone })}
          >
            {t(days === null ? "phones.sign-out-for-good" : "phones.sign-out")}
          </Button>
        )}
      </div>
    </ListRow>
  );
}
