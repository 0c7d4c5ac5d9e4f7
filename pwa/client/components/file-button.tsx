import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

export interface FileButtonProps {
  readonly label: string;
  readonly icon?: IconName | undefined;
  /** Which files may be chosen, as `accept` of an input has it. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  readonly hint?: ComponentChildren;
  /** What needs another look, in a whole sentence. */
  readonly error?: string | null | undefined;
}

/** A button that opens the phone's own way to choose a file. The same file may be chosen twice. */
export function FileButton({ label, icon, accept, onFile, hint, error }: FileButtonProps) {
  const id = useId();
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div class="file-button">
      <label class="button button-plain">
        {icon && <Icon name={icon} />}
        {label}
        <input
          type="file"
          accept={accept}
          aria-describedby={describedBy}
          aria-invalid={error ? "true" : undefined}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            currentTarget.value = "";
            if (file) onFile(file);
          }}
        />
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          <Icon name="help" /> <span>{error}</span>
        </p>
      )}
    </div>
  );
}
