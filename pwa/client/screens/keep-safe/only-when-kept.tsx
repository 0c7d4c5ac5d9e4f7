import type { ComponentChildren } from "preact";
import type { Account } from "../../account/account.ts";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { t } from "../../words/index.ts";
import { Room } from "../frame/room.tsx";
import { useAccount } from "../frame/use-account.ts";
import { Reading } from "./reading.tsx";

export interface OnlyWhenKeptProps {
  readonly name: string;
  readonly children: (account: Account) => ComponentChildren;
}

/** A page about an account, for a diary that has one; another is told the way there. */
export function OnlyWhenKept({ name, children }: OnlyWhenKeptProps) {
  const account = useAccount();
  const standing = account?.standing.value ?? null;
  if (account === null || standing === null) return <Reading name={name} read={account && (() => account.look())} />;
  return (
    <Room name={name} back={{ href: "/keep-safe" }}>
      {standing === "kept" ? (
        children(account)
      ) : (
        <EmptyState text={t("today.lives-here")}>
          <ButtonLink kind="plain" href="/keep-safe">
            {t("keep-safe.title")}
          </ButtonLink>
        </EmptyState>
      )}
    </Room>
  );
}
