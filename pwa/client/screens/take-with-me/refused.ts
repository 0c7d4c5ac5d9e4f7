/** Why a file was not read back, as a sentence. */
import { FileRefused } from "../../domain/file.ts";
import { StoreFailure } from "../../store/failures.ts";
import { type Key, t } from "../../words/index.ts";
import { TROUBLE_WORDS } from "../trouble/trouble-screen.tsx";

const SENTENCES: Readonly<Record<FileRefused["code"], Key>> = {
  "too-large": "read-back.too-large",
  "not-json": "read-back.not-json",
  "another-app": "read-back.another-app",
  "later-version": "read-back.later-version",
  cut: "read-back.cut",
  malformed: "read-back.malformed",
};

/** The sentence for what went wrong while reading back; throws again what nobody foresaw. */
export function refusedInWords(cause: unknown): string {
  if (cause instanceof FileRefused) return t(SENTENCES[cause.code], { where: cause.where });
  if (cause instanceof StoreFailure) return t("read-back.not-kept", { why: t(TROUBLE_WORDS[cause.code]) });
  // The browser could not read it: taken away meanwhile, or on a card that is out.
  if (cause instanceof DOMException) return t("read-back.not-opened");
  throw cause;
}
