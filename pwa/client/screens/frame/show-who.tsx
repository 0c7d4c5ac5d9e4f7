import { useState } from "preact/hooks";
import { type Way, WITH_PASSKEY } from "../../account/way.ts";
import { Button } from "../../components/button.tsx";
import { Field } from "../../components/field.tsx";
import { t } from "../../words/index.ts";
import { useBusy } from "./busy.ts";

export interface ShowWhoProps {
  readonly hasPasskeys: boolean;
  /** Show it; what it throws is said here. */
  readonly onWay: (way: Way) => Promise<unknown>;
  /** What the buttons say, where showing who one is does something more. */
  readonly says?: { readonly passkey: string; readonly code: string };
}

/** Asks for a passkey or the recovery code: whichever the person has at hand. */
export function ShowWho({ hasPasskeys, onWay, says }: ShowWhoProps) {
  const [code, write] = useState("");
  const passkey = useBusy();
  const typed = useBusy();
  const isBusy = passkey.isBusy || typed.isBusy;
  return (
    <div class="stack">
      {hasPasskeys && (
        <div class="stack-close">
          <Button kind="main" isWide icon="lock" isDisabled={isBusy} onPress={() => void passkey.run(() => onWay(WITH_PASSKEY))}>
            {says?.passkey ?? t("show-who.passkey")}
          </Button>
          <p role="alert">{passkey.trouble}</p>
        </div>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void typed.run(() => onWay({ kind: "code", text: code }));
        }}
      >
        <Field
          name="code"
          isCode
          rows={2}
          label={t("show-who.code")}
          hint={t("show-who.code-hint")}
          value={code}
          onInput={(text) => {
            write(text);
            typed.clear();
            passkey.clear();
          }}
          error={typed.trouble}
        />
        <Button type="submit" kind={hasPasskeys ? "line" : "main"} isWide isDisabled={isBusy || code.trim() === ""}>
          {says?.code ?? t("show-who.use-code")}
        </Button>
      </form>
      <p role="status" class="quiet">
        {isBusy && t("way-in.waiting")}
      </p>
    </div>
  );
}
