import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import type { Back } from "../../components/top-bar.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";
import { saveFile } from "../frame/save-file.ts";
import { TO_MORE } from "./ways-back.ts";

export interface RecoveryCodeProps {
  /** Its seven groups. */
  readonly groups: readonly string[];
  readonly onHaveIt: () => void;
  /** Why it is to be on paper. */
  readonly under?: string;
  /** What the passkey does that was made before it, where that is less than one thinks. */
  readonly passkey?: string;
  /** Where going back leads. */
  readonly back?: Back;
  /** Other ways on from here. */
  readonly children?: ComponentChildren;
}

/** The recovery code, to be written down, printed, copied or saved. It is shown until it was asked back. */
export function RecoveryCode({ groups, onHaveIt, under = t("code.not-yet"), passkey, back = TO_MORE, children }: RecoveryCodeProps) {
  const { toast } = useApp();
  const code = groups.join("-");
  // What was said of the copy is of this page: the next one asks for what is on paper.
  useEffect(() => toast.passBy, []);
  const copy = (): void => toast.say(t(copied(code) ? "code.copied" : "code.not-copied"));
  const save = (): void => {
    saveFile("cairn-recovery-code.txt", "text/plain", t("code.file", { code, site: location.origin }));
    toast.say(t("code.saved"));
  };
  return (
    <Room name={t("code.title")} under={under} back={back}>
      <Card heading={t("code.heading")}>
        <p>{passkey ?? t("code.why")}</p>
        <ol class="code" aria-label={t("code.label")}>
          {groups.map((group, index) => (
            <li key={index}>{group}</li>
          ))}
        </ol>
        <p>{t("code.nobody")}</p>
        <p>{t("code.site", { site: location.host })}</p>
        <div class="stack-close on-screen">
          <Button kind="main" isWide onPress={onHaveIt}>
            {t("code.have-it")}
          </Button>
          <div class="pair">
            <Button onPress={() => print()}>{t("code.print")}</Button>
            <Button onPress={copy}>{t("code.copy")}</Button>
          </div>
          <Button kind="bare" isWide onPress={save}>
            {t("code.save")}
          </Button>
          {children}
        </div>
      </Card>
    </Room>
  );
}

/** Copy a text the old way: the site's own policy keeps the newer one from every script. */
function copied(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "heard-only";
  document.body.append(field);
  const before = document.activeElement;
  field.select();
  try {
    return document.execCommand("copy");
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
