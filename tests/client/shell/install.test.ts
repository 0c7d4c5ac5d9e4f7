import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { followInstallation, isAppleMobile, isStandalone } from "../../../pwa/client/shell/install.ts";

const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";

const phones: readonly [string, string, number, boolean][] = [
  ["iPhone, Safari", `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} Version/18.6 Mobile/15E148 Safari/604.1`, 5, true],
  [
    "iPhone, Chrome",
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit} CriOS/126.0.0.0 Mobile/15E148 Safari/604.1`,
    5,
    true,
  ],
  [
    "iPhone, Firefox",
    `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit} FxiOS/127.0 Mobile/15E148 Safari/605.1.15`,
    5,
    true,
  ],
  ["iPhone, opened from the home screen", `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit} Mobile/15E148`, 5, true],
  [
    "iPad, asking for phone pages",
    `Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) ${webkit} Version/17.5 Mobile/15E148 Safari/604.1`,
    5,
    true,
  ],
  ["iPad, saying it is a Mac", `${mac} ${webkit} Version/17.5 Safari/605.1.15`, 5, true],
  ["iPod touch", `Mozilla/5.0 (iPod touch; CPU iPhone OS 15_8 like Mac OS X) ${webkit} Version/15.6 Mobile/15E148 Safari/604.1`, 5, true],
  ["Mac, Safari", `${mac} ${webkit} Version/17.5 Safari/605.1.15`, 0, false],
  ["Mac, Chrome", `${mac} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36`, 0, false],
  ["Android, Chrome", "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36", 5, false],
  ["Windows with a touch screen", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36", 10, false],
  ["Windows Phone, which says like iPhone", "Mozilla/5.0 (Mobile; Windows Phone 8.1; Android 4.0; like iPhone OS 7_0_3)", 5, false],
  ["Linux, Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", 0, false],
  ["nothing at all", "", 0, false],
];

describe("an Apple phone or tablet is known by its user agent and touch points", () => {
  for (const [name, userAgent, touchPoints, expected] of phones)
    test(`${name}: ${expected ? "yes" : "no"}`, () => assert.equal(isAppleMobile(userAgent, touchPoints), expected));
});

describe("an app from the home screen is known", () => {
  const browser = (standalone: boolean | undefined, displayMode: string) =>
    ({
      navigator: { standalone },
      matchMedia: (query: string) => ({ matches: query === `(display-mode: ${displayMode})` }),
    }) as unknown as Window;

  test("on Apple's phones", () => assert.equal(isStandalone(browser(true, "browser")), true));
  test("elsewhere", () => assert.equal(isStandalone(browser(undefined, "standalone")), true));
  test("and a tab is not one", () => assert.equal(isStandalone(browser(false, "browser")), false));
});

describe("the browser's offer to install", () => {
  const opened = (outcome: "accepted" | "dismissed" = "accepted") => {
    const browser = new EventTarget();
    const installation = followInstallation(browser as unknown as Window);
    let prompted = 0;
    const offer = () => {
      const event = Object.assign(new Event("beforeinstallprompt", { cancelable: true }), {
        prompt: async () => {
          prompted += 1;
        },
        userChoice: Promise.resolve({ outcome }),
      });
      browser.dispatchEvent(event);
      return event;
    };
    return { browser, offer, prompted: () => prompted, ...installation };
  };

  test("is held back until the person asks", () => {
    const { offer, canInstall, prompted } = opened();
    assert.equal(canInstall.value, false);
    assert.equal(offer().defaultPrevented, true);
    assert.equal(canInstall.value, true);
    assert.equal(prompted(), 0);
  });

  for (const outcome of ["accepted", "dismissed"] as const)
    test(`is shown once: ${outcome}`, async () => {
      const { offer, canInstall, install, prompted } = opened(outcome);
      offer();
      assert.deepEqual(await Promise.all([install(), install()]), [outcome, "unavailable"]);
      assert.equal(prompted(), 1);
      assert.equal(canInstall.value, false);
    });

  test("is gone once the app is installed another way", () => {
    const { browser, offer, canInstall } = opened();
    offer();
    browser.dispatchEvent(new Event("appinstalled"));
    assert.equal(canInstall.value, false);
  });
});
