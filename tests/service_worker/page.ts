/** The smallest page with a draft that follows updates: what the tests of the worker open. Each build has its own VERSION. */
import { effect } from "@preact/signals";
import { followUpdates } from "../../pwa/client/shell/update.ts";

declare const VERSION: string;

const part = <T extends Element>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (found === null) throw new Error(`The page has no ${selector}.`);
  return found;
};

const draft = part<HTMLTextAreaElement>("textarea");
const letIn = part<HTMLButtonElement>("button");
const openings = Number(sessionStorage.getItem("openings")) + 1;

draft.value = sessionStorage.getItem("draft") ?? "";
sessionStorage.setItem("openings", String(openings));
part("h1").textContent = VERSION;
part("output").textContent = `opened ${openings}`;

const updates = followUpdates({
  beforeReload: async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (draft.value.includes("too much")) throw new DOMException("No room for this draft.", "QuotaExceededError");
    sessionStorage.setItem("draft", draft.value);
  },
});
effect(() => {
  letIn.hidden = !updates.ready.value;
});
letIn.addEventListener("click", async () => {
  letIn.value = await updates.takeOver();
});
