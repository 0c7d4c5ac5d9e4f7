/** Putting the app on the home screen. */
import { type ReadonlySignal, signal } from "@preact/signals";

export interface Installation {
  /** The browser would show its own question now. Never on Apple's phones: there a person does it by hand. */
  readonly canInstall: ReadonlySignal<boolean>;
  /** Show the browser's question. It may be shown once for each time the browser offers it. */
  readonly install: () => Promise<"accepted" | "dismissed" | "unavailable">;
}

/** What Chromium sends before it offers installation. https://wicg.github.io/manifest-incubations/#beforeinstallpromptevent-interface */
interface BeforeInstallPromptEvent extends Event {
  readonly userChoice: Promise<{ readonly outcome: "accepted" | "dismissed" }>;
  prompt(): Promise<unknown>;
}

/** Hold back the browser's own offer, so that it comes when it makes sense. Called once, when the app starts. */
export function followInstallation(browser: Window = window): Installation {
  const canInstall = signal(false);
  let offer: BeforeInstallPromptEvent | undefined;
  const keep = (next: BeforeInstallPromptEvent | undefined): void => {
    offer = next;
    canInstall.value = next !== undefined;
  };

  browser.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    keep(event as BeforeInstallPromptEvent);
  });
  browser.addEventListener("appinstalled", () => keep(undefined));

  const install = async (): Promise<"accepted" | "dismissed" | "unavailable"> => {
    if (offer === undefined) return "unavailable";
    const shown = offer;
    keep(undefined);
    await shown.prompt();
    return (await shown.userChoice).outcome;
  };
  return { canInstall, install };
}

/** Whether the app was opened from the home screen, not in a browser's tab. */
export function isStandalone(browser: Window = window): boolean {
  const apple = (browser.navigator as Navigator & { readonly standalone?: boolean }).standalone === true;
  return apple || browser.matchMedia("(display-mode: standalone)").matches;
}

/**
 * Whether this is an iPhone, iPad or iPod, where the home-screen app and the browser keep separate stores. True of
 * every browser there, as all are WebKit inside. An iPad says it is a Mac; but no Mac has a touch screen.
 */
export function isAppleMobile(userAgent: string, maxTouchPoints: number): boolean {
  if (/Windows|Android/.test(userAgent)) return false; // some of these say "like iPhone"
  return /\b(iPhone|iPad|iPod)\b/.test(userAgent) || (/\bMacintosh\b/.test(userAgent) && maxTouchPoints > 1);
}
