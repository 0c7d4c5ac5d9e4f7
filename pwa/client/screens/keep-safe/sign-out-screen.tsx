import { useEffect, useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { Button, ButtonLink } from "../../components/button.tsx";
import { Rows } from "../../components/rows.tsx";
import type { NeedsYou } from "../../sync/status.ts";
import { type Key, t, tn } from "../../words/index.ts";
import { BegunLines } from "../drafts/begun-lines.tsx";
import { useWaitingDrafts } from "../drafts/waiting.ts";
import { useBusy } from "../frame/busy.ts";
import { OnlyWhenKept } from "./only-when-kept.tsx";
import { RecordRow } from "./record-row.tsx";

/** Where the site's copy is gone, or this phone has no way to it: what signing out would mean, and what to do first. */
const CUT_OFF: Readonly<Partial<Record<NeedsYou, readonly [means: Key, first: Key]>>> = {
  "account-deleted": ["sign-out.gone", "kept.begin-anew"],
  "signed-out": ["sign-out.unknown", "sign-out.show-who"],
};
/** So many of what would be lost are named. */
const NAMED = 5;

/** So long, in ms, nobody is kept by a site that does not answer; then the person says what to do. */
const PATIENCE = 15_000;

/** Takes the diary off this phone. What is not backed up yet is sent first, or named before anything is lost. */
export function SignOutScreen() {
  return <OnlyWhenKept name={t("sign-out.title")}>{(account) => <SignOut account={account} />}</OnlyWhenKept>;
}

function SignOut({ account }: { readonly account: Account }) {
  const status = account.status.value;
  const cutOff = status.kind === "needs-you" ? CUT_OFF[status.reason] : undefined;
  if (cutOff === undefined) return <SendAndLeave account={account} />;
  const [means, first] = cutOff;
  return (
    <>
      <p class="lead">{t(means)}</p>
      <div class="stack-close">
        <ButtonLink kind="main" isWide href="/keep-safe">
          {t(first)}
        </ButtonLink>
        <LoseIt account={account} />
      </div>
    </>
  );
}

function SendAndLeave({ account }: { readonly account: Account }) {
  const [isTold, tell] = useState(false);
  const [unsent, show] = useState<readonly string[]>([]);
  const { isBusy, trouble, run } = useBusy();
  const begun = useWaitingDrafts().length;
  const status = account.status.value;
  const isAllThere = status.kind === "backed-up";
  // What was told is so no more once all of it is there.
  const isAsked = isTold && (!isAllThere || begun > 0);
  useEffect(() => {
    if (isTold) void account.unsentRecords().then(show, () => show([]));
  }, [account, isTold, status]);
  const leave = async (): Promise<void> => {
    await Promise.race([account.backUpNow(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    if (account.status.peek().kind === "backed-up" && begun === 0 && (await goneFrom(account, false))) return;
    tell(true);
  };
  return (
    <>
      <div class="stack">
        <p>{t("sign-out.why")}</p>
        <p>{t("sign-out.back")}</p>
        {begun > 0 && <p>{t("sign-out.begun")}</p>}
        <BegunLines />
      </div>
      <div role="alert" class="stack">
        {isAsked && !isAllThere && <p>{unsent.length === 0 ? t("sign-out.not-sure") : tn("sign-out.waiting", unsent.length)}</p>}
        {isAsked && isAllThere && <p>{t("sign-out.begun-lost")}</p>}
        {trouble !== null && <p>{trouble}</p>}
      </div>
      {isAsked && unsent.length > 0 && (
        <Rows>
          {unsent.slice(0, NAMED).map((record) => (
            <RecordRow key={record} record={record} />
          ))}
        </Rows>
      )}
      <div class="stack-close">
        <Button kind="main" isWide isDisabled={isBusy} onPress={() => void run(leave)}>
          {t(isAsked ? "kept.try-again" : "sign-out.do")}
        </Button>
        {isAsked && <LoseIt account={account} />}
      </div>
    </>
  );
}

/** To save a copy first, or to sign out and lose what is only here. */
function LoseIt({ account }: { readonly account: Account }) {
  const { isBusy, trouble, run } = useBusy();
  return (
    <>
      <ButtonLink isWide href="/take-with-me">
        {t("consent.or-a-file")}
      </ButtonLink>
      <Button kind="bare" isWide isDisabled={isBusy} onPress={() => void run(() => goneFrom(account, true))}>
        {t("sign-out.all-the-same")}
      </Button>
      <p role="alert">{trouble}</p>
    </>
  );
}

/** Take the diary off this phone. Gives false where something was not sent, and may not be lost: then nothing was taken. */
async function goneFrom(account: Account, mayLose: boolean): Promise<boolean> {
  const isGone = await account.leaveThisPhone({ mayLose });
  if (isGone) location.replace("/?signed-out");
  return isGone;
}
