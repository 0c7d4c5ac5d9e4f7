/** What the browser wakes the worker for, where it has Background Sync: something saved may be sent now. */

/** As the page asked for it, and as it is told. */
export const WAKE = "cairn-send";

/** No standard yet, so no type of the compiler's. */
export interface WakeEvent extends Event {
  readonly tag: string;
  waitUntil(over: Promise<void>): void;
}

interface Tab {
  readonly visibilityState?: string;
  postMessage(what: string): void;
}

/** Tell one open tab. The worker sends nothing itself; with no tab open, the next one sends at its start. */
export async function wakeTab(clients: { matchAll(of: { type: "window" }): Promise<readonly Tab[]> }): Promise<void> {
  const tabs = await clients.matchAll({ type: "window" });
  const tab = tabs.find(({ visibilityState }) => visibilityState === "visible") ?? tabs[0];
  tab?.postMessage(WAKE);
}
