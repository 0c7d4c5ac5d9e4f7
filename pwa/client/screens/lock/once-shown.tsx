import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";
import { ShowWayIn } from "./show-way-in.tsx";

export interface OnceShownProps {
  readonly children: ComponentChildren;
  /** Names the page that asks, where what is behind it brings a page of its own. */
  readonly page?: string;
}

/** What nobody is to do who merely found the phone open: where the app locks, its way in is asked for once more. */
export function OnceShown({ children, page }: OnceShownProps) {
  const { diary } = useApp();
  const [isAsking, ask] = useState(false);
  const [isShown, show] = useState(diary.inside.held === null);
  if (isShown) return <>{children}</>;
  const asking = isAsking ? (
    <ShowWayIn onShown={() => show(true)} />
  ) : (
    <div class="stack-close">
      <p>{t("lock.ask-first")}</p>
      <Button kind="main" isWide icon="lock" onPress={() => ask(true)}>
        {t("lock.go-on")}
      </Button>
    </div>
  );
  if (page === undefined) return asking;
  return (
    <Room name={page} back={{ href: "/more" }}>
      {asking}
    </Room>
  );
}
