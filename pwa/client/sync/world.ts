/** What the engine needs of the browser: fetch, clock, chance, locks, and when to go. Tests have their own. */

export type Moment =
  /** The browser believes that there is a network again. */
  | "online"
  /** The page came to the front. */
  | "visible"
  /** The page went behind. */
  | "hidden"
  /** The service worker was woken to send what waits. */
  | "woken";

export interface World {
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** The phone's clock, in ms. */
  now(): number;
  /** From 0 up to 1. */
  chance(): number;
  isVisible(): boolean;
  /** Do it later, unless what this gives is called before. */
  after(milliseconds: number, work: () => void): () => void;
  /** Say when one of these moments comes, until what this gives is called. */
  follow(tell: (moment: Moment) => void): () => void;
  /** Do it while no other tab does, once that is so. Rejects where it has not begun and is not wanted any more. */
  alone<T>(name: string, work: () => Promise<T>, over?: AbortSignal): Promise<T>;
  /** Ask the browser to wake this app when it may send, where it can. */
  askToBeWoken(): void;
}

/** The tag under which the browser is asked, and what the service worker tells the page then. */
export const WAKE = "cairn-send";

/** The world as this browser has it. */
export function browserWorld(): World {
  return {
    fetch: (address, init) => fetch(address, init),
    now: () => Date.now(),
    chance: () => Math.random(),
    isVisible: () => document.visibilityState === "visible",
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    follow,
    alone: (name, work, over) =>
      "locks" in navigator ? navigator.locks.request(name, over === undefined ? {} : { signal: over }, () => work()) : work(),
    askToBeWoken,
  };
}

function follow(tell: (moment: Moment) => void): () => void {
  const over = new AbortController();
  const { signal } = over;
  addEventListener("online", () => tell("online"), { signal });
  document.addEventListener("visibilitychange", () => tell(document.visibilityState === "visible" ? "visible" : "hidden"), { signal });
  const heard = ({ data }: MessageEvent<unknown>): void => {
    if (data === WAKE) tell("woken");
  };
  navigator.serviceWorker?.addEventListener("message", heard, { signal });
  return () => over.abort();
}

/** Background Sync, where there is one: Chromium's alone. */
interface SyncingRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

function askToBeWoken(): void {
  const ask = async (): Promise<void> => ((await navigator.serviceWorker?.ready) as SyncingRegistration | undefined)?.sync?.register(WAKE);
  // Without it, the next moment that the app is looked at does.
  void ask().catch(() => undefined);
}
