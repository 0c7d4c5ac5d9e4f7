/**
 * How a new version takes over without harm:
 * it is downloaded whole and waits; the person says when; every tab keeps its drafts; then it takes over all tabs at
 * once, and each keeps what was typed meanwhile and reloads itself once.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { answerCalls, callTabs } from "./tabs.ts";
import { registerWorker } from "./worker.ts";

export interface Updates {
  /** A new version is here and waits to be let in. */
  readonly ready: ReadonlySignal<boolean>;
  /** Let it in. Never reloads over a draft that could not be kept. */
  readonly takeOver: () => Promise<TakeOver>;
}

/** What came of it. After `drafts-not-kept` everything is as before, in every tab, and it may be tried again. */
export type TakeOver = "taking-over" | "drafts-not-kept" | "nothing-waiting";

export interface UpdateOptions {
  /** Keep what is being typed in this tab, so that a reload loses nothing. Rejects if it cannot. May be called often. */
  readonly beforeReload: () => Promise<void>;
  readonly browser?: Window;
  readonly now?: () => number;
  /** How long a tab may take to answer, in milliseconds. One that sleeps keeps its drafts when it wakes. */
  readonly patience?: number;
}

/** Register the worker and follow its versions. Called once, when the app starts. */
export function followUpdates({ beforeReload, browser = window, now = Date.now, patience = 3_000 }: UpdateOptions): Updates {
  const ready = signal(false);
  const channel = new BroadcastChannel("cairn-update");
  const keepDrafts = (): Promise<boolean> => beforeReload().then(yes, no);
  let tookOver = false;
  let reloading = false;

  answerCalls(channel, keepDrafts);
  const registered = registerWorker(
    {
      onWaiting: () => {
        ready.value = true;
      },
      onTakenOver: () => {
        tookOver = true;
        void reloadOnce();
      },
    },
    { browser, now },
  ).catch((error: unknown) => {
    console.warn("The app cannot be kept for offline use.", error);
    return undefined;
  });

  const reloadOnce = async (): Promise<TakeOver> => {
    if (reloading) return "taking-over";
    reloading = true;
    if (await keepDrafts()) {
      browser.location.reload();
      return "taking-over";
    }
    reloading = false;
    ready.value = true;
    return "drafts-not-kept";
  };

  const takeOver = async (): Promise<TakeOver> => {
    if (tookOver) return reloadOnce();
    const waiting = (await registered)?.waiting;
    if (!waiting) return "nothing-waiting";
    if (!(await keepDrafts()) || !(await callTabs(channel, waiting, patience))) return "drafts-not-kept";
    waiting.postMessage({ type: "take-over" });
    return "taking-over";
  };

  return { ready, takeOver };
}

const yes = (): boolean => true;
const no = (): boolean => false;
