import { useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { AccountFailure } from "../../account/failures.ts";
import { LONGEST_NAME, nameTyped } from "../../account/phone-names.ts";
import type { Phone } from "../../account/phones.ts";
import type { Way } from "../../account/way.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field } from "../../components/field.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { useBusy } from "../frame/busy.ts";
import { ShowWho } from "../frame/show-who.tsx";

export interface NamePhoneProps {
  readonly account: Account;
  readonly phone: Phone;
  readonly onOver: () => void;
  readonly onBack: () => void;
}

/** A name of one's choosing for a phone, so that two of a kind can be told apart. */
export function NamePhone({ account, phone, onOver, onBack }: NamePhoneProps) {
  const { toast } = useApp();
  const [typed, type] = useState(phone.name ?? "");
  const [isChecked, check] = useState(false);
  const [isAsked, ask] = useState(false);
  const { isBusy, trouble, run } = useBusy();
  const name = nameTyped(typed);
  const complaint = (): string => (typed.trim() === "" ? t("complaint.empty") : t("complaint.too-long", { most: LONGEST_NAME }));
  const keep = async (name: string, way: Way | null): Promise<void> => {
    await account.namePhone(phone, name, way);
    toast.say(t("phones.named", { phone: name }));
    document.getElementById("main")?.focus({ preventScroll: true });
    onOver();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    check(true);
    if (name === null) return;
    void run(() =>
      keep(name, null).catch((cause: unknown) => {
        // Another phone is named only by whoever showed just now who they are.
        if (!(cause instanceof AccountFailure) || cause.code !== "proof_needed") throw cause;
        ask(true);
      }),
    );
  };
  const heading = phone.isThis ? t("phones.this") : (phone.name ?? t("phones.unnamed"));
  if (isAsked && name !== null) {
    return (
      <Card heading={heading}>
        <p>{t("phones.who")}</p>
        <ShowWho hasPasskeys={account.hasPasskeys} onWay={(way) => keep(name, way)} />
        <Button kind="bare" isWide onPress={() => ask(false)}>
          {t("consent.not-now")}
        </Button>
      </Card>
    );
  }
  return (
    <Card heading={heading}>
      <form class="stack" onSubmit={submit}>
        <Field
          name="phone-name"
          label={t("phones.called")}
          hint={t("phones.called-hint")}
          value={typed}
          onInput={type}
          error={isChecked && name === null ? complaint() : null}
        />
        <p role="alert">{trouble}</p>
        <div class="stack-close">
          <Button type="submit" kind="main" isWide isDisabled={isBusy}>
            {t("phones.keep-name")}
          </Button>
          <Button kind="bare" isWide isDisabled={isBusy} onPress={onBack}>
            {t("consent.not-now")}
          </Button>
        </div>
      </form>
    </Card>
  );
}
