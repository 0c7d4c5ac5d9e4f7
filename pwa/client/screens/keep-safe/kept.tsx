import { useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import type { Way } from "../../account/way.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { type LinkItem, LinkList } from "../../components/link-list.tsx";
import { Section } from "../../components/section.tsx";
import type { NeedsYou } from "../../sync/status.ts";
import { t } from "../../words/index.ts";
import { useBusy } from "../frame/busy.ts";
import { Room } from "../frame/room.tsx";
import { ShowWho } from "../frame/show-who.tsx";
import { stands } from "../frame/where-it-lives.tsx";
import { OnceShown } from "../lock/once-shown.tsx";
import { NEEDS } from "./needs.ts";
import { Refused } from "./refused.tsx";
import { SigningOut } from "./signing-out.tsx";
import { Told } from "./told.tsx";
import { isUnknownThere } from "./unknown-there.ts";

/** How the backup stands, what needs the person, and what opens the diary elsewhere. */
export function Kept({ account }: { readonly account: Account }) {
  const opens = account.opensByPasskey.value;
  const isThere = reasonOf(account) !== "account-deleted";
  const isIn = isThere && reasonOf(account) !== "signed-out";
  return (
    <Room name={t("keep-safe.title")} under={t("keep-safe.why")} back={{ href: "/more" }}>
      <Told account={account} />
      <Backup account={account} />
      <Refused account={account} />
      {reasonOf(account) === "leaving" && <SigningOut account={account} phone={null} />}
      {isThere && (
        <>
          <Section heading={t("kept.code")}>
            <p>{account.newCode.value?.isOnPaper ? t("new-code.keep-both") : t("kept.code-yes")}</p>
          </Section>
          <Section heading={t("kept.passkey")}>
            <p>{t(opens ? "kept.passkey-opens" : account.hasPasskey.value ? "kept.passkey-signs-in" : "kept.passkey-none")}</p>
          </Section>
        </>
      )}
      <LinkList
        links={[
          ...(isIn ? changes(account) : []),
          { href: "/keep-safe/sign-out", text: t("kept.sign-out"), icon: "close" },
          { href: "/keep-safe/take-back", text: t("kept.take-back"), icon: "undo" },
        ]}
      />
    </Room>
  );
}

/** What a phone that is signed in can change. */
function changes({ hasPasskeys }: Account): readonly LinkItem[] {
  return [
    { href: "/keep-safe/code", text: t("new-code.title"), icon: "pencil" },
    ...(hasPasskeys ? [{ href: "/keep-safe/passkey", text: t("add-passkey.title"), icon: "lock" } as const] : []),
    { href: "/keep-safe/phones", text: t("kept.phones"), icon: "phone" },
  ];
}

function Backup({ account }: { readonly account: Account }) {
  const { isBusy, trouble, run } = useBusy();
  const status = account.status.value;
  const needs = reasonOf(account);
  const reason = needs === "leaving" ? null : needs;
  const asks = reason === null ? undefined : ASKS[reason];
  const [isUnknown, setUnknown] = useState(false);
  const mayBeLost = isUnknown && reason === "signed-out";
  const show = (way: Way): Promise<void> =>
    account.show(way, asks ?? "sign-in").catch((cause: unknown) => {
      setUnknown(isUnknownThere(cause));
      throw cause;
    });
  return (
    <Card heading={t("kept.backup")}>
      <p class="lead">{stands(status)}</p>
      {reason !== null && <p>{t(NEEDS[reason])}</p>}
      {asks && <ShowWho hasPasskeys={account.hasPasskeys} onWay={show} />}
      {mayBeLost && (
        <div class="stack">
          <p>{t("kept.look-again")}</p>
          <p>{t("kept.anew-why")}</p>
        </div>
      )}
      {(mayBeLost || reason === "account-deleted") && (
        <OnceShown>
          <Button kind={mayBeLost ? "line" : "main"} isWide isDisabled={isBusy} onPress={() => void run(() => account.forget())}>
            {t("kept.begin-anew")}
          </Button>
        </OnceShown>
      )}
      {reason !== null && !asks && reason !== "account-deleted" && (
        <Button kind="main" isWide isDisabled={isBusy} onPress={() => void run(() => account.backUpNow())}>
          {t("kept.try-again")}
        </Button>
      )}
      <p role="alert">{trouble}</p>
    </Card>
  );
}

/** Where it helps to show who one is, and what that is to the site. */
const ASKS: Readonly<Partial<Record<NeedsYou, "sign-in" | "proof">>> = {
  "signed-out": "sign-in",
  "roll-forked": "sign-in",
  "keys-spoilt": "sign-in",
  "proof-needed": "proof",
  turned: "proof",
};

function reasonOf({ status: { value } }: Account): NeedsYou | null {
  return value.kind === "needs-you" ? value.reason : null;
}
