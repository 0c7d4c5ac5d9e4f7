import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { t } from "../../words/index.ts";
import { useApp } from "../frame/app.ts";
import { Room } from "../frame/room.tsx";
import { saveFile } from "../frame/save-file.ts";

export interface RecoveryCodeProps {
  /** Its seven groups. */
  readonly groups: readonly string[];
  readonly onHaveIt: () => void;
}

/** The recovery code, to be written down, printed, copied or saved. It is shown until it was asked back. */
export function RecoveryCode({ groups, onHaveIt }: RecoveryCodeProps) {
  const { toast } = useApp();
  const code = groups.join("-");
  const copy = (): void => toast.say(t(copied(code) ? "code.copied" : "code.not-copied"));
  const save = (): void => {
    saveFile("cairn-recovery-code.txt", "text/plain", t("code.file", { code, site: location.origin }));
    toast.say(t("code.saved"));
  };
  return (
    <Room name={t("code.title")} under={t("code.not-yet")} back={{ href: "/more", text: t("page.more") }}>
      <Card heading={t("code.heading")}>
        <p>{t("code.why")}</p>
        <ol class="code" aria-label={t("code.label")}>
          {groups.map((group, index) => (
            <li key={index}>{group}</li>
          ))}
        </ol>
        <p>{t("code.nobody")}</p>
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
