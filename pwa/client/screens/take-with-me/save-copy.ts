/** Handing over the saved file. */
import { isAppleMobile } from "../../shell/install.ts";
import { saveFile } from "../frame/save-file.ts";

const TYPE = "application/json";

/**
 * Give the person the file. On an iPhone or iPad it goes through the share sheet, where *Save to Files* is: the app on
 * the home screen has no downloads there. Elsewhere it is downloaded, because share sheets of other phones refuse this
 * kind of file. Resolves with false when the person closed the sheet.
 */
export async function handOver(name: string, content: string): Promise<boolean> {
  const file = new File([content], name, { type: TYPE });
  if (isAppleMobile(navigator.userAgent, navigator.maxTouchPoints) && navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return true;
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === "AbortError") return false;
    }
  }
  saveFile(name, TYPE, content);
  return true;
}
