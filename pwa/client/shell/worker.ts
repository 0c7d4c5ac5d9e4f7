/** Registers the service worker and tells what becomes of it. */

/** The one script URL this app ever makes. */
const WORKER = "/service-worker.js";
const HOUR = 3_600_000;

export interface WorkerNews {
  /** A new version is downloaded whole and waits. Told again for each further one. */
  readonly onWaiting: () => void;
  /** A new version has taken this tab over from an older one. Not told when the very first version arrives. */
  readonly onTakenOver: () => void;
}

/**
 * Register the worker once the page has loaded, and ask for a new version whenever the app comes to the front, at most
 * once an hour. There is no timer: an idle phone is left alone.
 *
 * Gives undefined where the browser has no service workers (private windows of some, plain http).
 * Rejects if the browser cannot get the worker's script or will not take it.
 */
export async function registerWorker(
  news: WorkerNews,
  { browser = window, now = Date.now }: { browser?: Window; now?: () => number } = {},
): Promise<ServiceWorkerRegistration | undefined> {
  const container: ServiceWorkerContainer | undefined = browser.navigator.serviceWorker;
  if (container === undefined) return undefined;
  tellTakeOvers(container, news.onTakenOver);
  await loaded(browser);
  const registration = await container.register(workerScript(browser), { scope: "/", updateViaCache: "none" });
  tellWaiting(registration, news.onWaiting);
  askHourly(registration, browser.document, now);
  return registration;
}

function tellTakeOvers(container: ServiceWorkerContainer, onTakenOver: () => void): void {
  // A page opened past the worker (a forced reload) has no controller, and yet a version to be taken over from.
  let olderVersion = container.controller === null ? hasActiveVersion(container) : Promise.resolve(true);
  container.addEventListener("controllerchange", async () => {
    const takenOver = olderVersion;
    olderVersion = Promise.resolve(true);
    if (await takenOver) onTakenOver();
  });
}

async function hasActiveVersion(container: ServiceWorkerContainer): Promise<boolean> {
  // The first version claims its tabs while it is still "activating".
  return (await container.getRegistration())?.active?.state === "activated";
}

async function loaded(browser: Window): Promise<void> {
  if (browser.document.readyState === "complete") return;
  await new Promise((resolve) => browser.addEventListener("load", resolve, { once: true }));
}

function tellWaiting(registration: ServiceWorkerRegistration, onWaiting: () => void): void {
  const tell = (): void => {
    if (registration.waiting !== null && registration.active !== null) onWaiting();
  };
  const watchInstalling = (): void => registration.installing?.addEventListener("statechange", tell);
  registration.addEventListener("updatefound", watchInstalling);
  watchInstalling();
  tell();
}

function askHourly(registration: ServiceWorkerRegistration, page: Document, now: () => number): void {
  let askedAt = now();
  page.addEventListener("visibilitychange", () => {
    // The distance, not the difference: a clock set back must not silence the question for years.
    if (page.visibilityState !== "visible" || Math.abs(now() - askedAt) < HOUR) return;
    askedAt = now();
    registration.update().catch(() => undefined); // offline: the next time the app comes to the front will do
  });
}

/** The types of TypeScript's DOM library do not have Trusted Types yet; `register` takes what the policy makes as a string. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => string };
}

/**
 * Under `require-trusted-types-for 'script'` a script URL must come from a policy; this one makes a single URL.
 * https://w3c.github.io/trusted-types/dist/spec/#trusted-script-url
 */
function workerScript(browser: Window & { trustedTypes?: TrustedTypes }): string {
  const policy = browser.trustedTypes?.createPolicy("cairn", { createScriptURL: onlyWorker });
  return policy?.createScriptURL(WORKER) ?? WORKER;
}

function onlyWorker(url: string): string {
  if (url !== WORKER) throw new TypeError(`Only ${WORKER} may become a script, not ${url}`);
  return url;
}
