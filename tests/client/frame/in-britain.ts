/** English words, and a phone that writes dates as in Britain. */
import { speakEnglish } from "../timer/runs.ts";

export async function speakEnglishInBritain(): Promise<void> {
  await speakEnglish();
  Object.defineProperty(globalThis, "document", { configurable: true, value: { documentElement: { lang: "en-GB" } } });
  Object.defineProperty(navigator, "languages", { configurable: true, value: ["en-GB"] });
}
