import { useState } from "preact/hooks";
import { Button } from "../../components/button.tsx";
import { Field, type FieldProps } from "../../components/field.tsx";

export interface WordsFormProps extends Pick<FieldProps, "label" | "hint" | "type" | "autocomplete"> {
  /** What the button says. */
  readonly send: string;
  /** Something else on the page is the main thing to do. */
  readonly isBeside?: boolean | undefined;
  /** Use the words; gives a sentence where they will not do. */
  readonly onWords: (words: string) => Promise<string | null>;
}

/** One field for the words that open the diary. They are no draft: nothing keeps them. */
export function WordsForm({ send, isBeside, onWords, ...field }: WordsFormProps) {
  const [words, setWords] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      setError(await onWords(words));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <Field
        {...field}
        name="words"
        value={words}
        onInput={(text) => {
          setWords(text);
          setError(null);
        }}
        error={error}
      />
      <Button type="submit" kind={isBeside ? "line" : "main"} isWide isDisabled={isBusy}>
        {send}
      </Button>
    </form>
  );
}
