import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon } from "./icon.tsx";

export interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** A line under the label: what is asked for, or what is fine. */
  readonly hint?: ComponentChildren;
  /** What needs another look, in a whole sentence. */
  readonly error?: string | null | undefined;
  /** Ruled paper of so many lines, in place of one line. */
  readonly rows?: number | undefined;
  readonly type?: "text" | "search" | "date" | "time" | "password" | undefined;
  /** Which keys the phone shows. */
  readonly inputMode?: "text" | "numeric" | "decimal" | undefined;
  readonly autocomplete?: string | undefined;
  /** Letters and numbers that are no words: nothing is to look them up. */
  readonly isCode?: boolean | undefined;
  /** With a small, quiet label, where the question is a small one. */
  readonly isQuiet?: boolean | undefined;
}

/** A field to write in, with its label, its hint and what needs another look. */
export function Field({
  label,
  name,
  value,
  onInput,
  hint,
  error,
  rows,
  type = "text",
  inputMode,
  autocomplete = "off",
  isCode,
  isQuiet,
}: FieldProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const shared = {
    class: "field-input",
    id,
    name,
    value,
    autocomplete,
    ...(isCode && { spellcheck: false, autocapitalize: "characters" as const }),
    onInput: (event: Event & { readonly currentTarget: HTMLInputElement | HTMLTextAreaElement }) => onInput(event.currentTarget.value),
    "aria-describedby": describedBy,
    "aria-invalid": error ? ("true" as const) : undefined,
  };
  return (
    <div class={error ? "field field-wrong" : "field"}>
      <label class={isQuiet ? "field-hint" : "field-label"} for={id}>
        {label}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {rows === undefined ? (
        <input {...shared} type={type} inputMode={inputMode} dir={type === "text" || type === "search" ? "auto" : undefined} />
      ) : (
        <textarea {...shared} class="field-input field-lines" rows={rows} dir="auto" />
      )}
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          <Icon name="help" /> <span>{error}</span>
        </p>
      )}
    </div>
  );
}
