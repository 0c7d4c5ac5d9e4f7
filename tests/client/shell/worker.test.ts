import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { registerWorker } from "../../../pwa/client/shell/worker.ts";
import { makeBrowser, makeRegistration, makeWorker, settle } from "./browser.ts";

const HOUR = 3_600_000;
const deaf = { onWaiting: () => assert.fail("told of a waiting version"), onTakenOver: () => assert.fail("told of a take-over") };

describe("registration", () => {
  test("asks past the browser's cache, for the whole site", async () => {
    const browser = makeBrowser(makeRegistration());
    await registerWorker(deaf, { browser: browser.window });
    assert.deepEqual(browser.registered, [{ script: "/service-worker.js", options: { scope: "/", updateViaCache: "none" } }]);
  });

  test("goes through a policy that makes one script URL and no other", async () => {
    const policies = new Map<string, (url: string) => string>();
    const trustedTypes = {
      createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => {
        policies.set(name, rules.createScriptURL);
        return { createScriptURL: (url: string) => ({ trusted: rules.createScriptURL(url) }) };
      },
    };
    const browser = makeBrowser(makeRegistration(), { trustedTypes });
    await registerWorker(deaf, { browser: browser.window });
    assert.deepEqual([...policies.keys()], ["cairn"]);
    assert.deepEqual(browser.registered[0]?.script, { trusted: "/service-worker.js" });
    for (const other of ["/other.js", "https://elsewhere.example/service-worker.js", "/service-worker.js?x", "data:,", ""])
      assert.throws(() => policies.get("cairn")?.(other), TypeError, other);
  });

  test("is left out where the browser has no workers", async () => {
    const browser = { navigator: {} } as unknown as Window;
    assert.equal(await registerWorker(deaf, { browser }), undefined);
  });
});

describe("a waiting version is told", () => {
  const told = () => {
    let times = 0;
    return { news: { ...deaf, onWaiting: () => (times += 1) }, times: () => times };
  };

  test("when it waited before the page opened", async () => {
    const { news, times } = told();
    const registration = makeRegistration({ active: makeWorker("activated"), waiting: makeWorker("installed") });
    await registerWorker(news, { browser: makeBrowser(registration, { controlled: true }).window });
    assert.equal(times(), 1);
  });

  test("when it is downloaded while the page is open", async () => {
    const { news, times } = told();
    const registration = makeRegistration({ active: makeWorker("activated") });
    await registerWorker(news, { browser: makeBrowser(registration, { controlled: true }).window });
    const next = makeWorker("installing");
    registration.installing = next;
    registration.dispatchEvent(new Event("updatefound"));
    assert.equal(times(), 0, "not while it is downloading");
    registration.waiting = next;
    next.dispatchEvent(new Event("statechange"));
    assert.equal(times(), 1);
  });

  test("but not when its download failed", async () => {
    const registration = makeRegistration({ active: makeWorker("activated"), installing: makeWorker("installing") });
    await registerWorker(deaf, { browser: makeBrowser(registration, { controlled: true }).window });
    registration.installing?.dispatchEvent(new Event("statechange"));
  });

  test("but not of the very first version, which waits for nobody", async () => {
    const registration = makeRegistration({ waiting: makeWorker("installed") });
    await registerWorker(deaf, { browser: makeBrowser(registration).window });
  });
});

describe("a take-over is told", () => {
  const takeOvers = async (options: { controlled?: boolean; known?: boolean }, active: string, changes: number) => {
    let times = 0;
    const browser = makeBrowser(makeRegistration({ active: makeWorker(active) }), options);
    await registerWorker({ ...deaf, onTakenOver: () => (times += 1) }, { browser: browser.window });
    for (let change = 0; change < changes; change += 1) browser.changeController();
    await settle(0);
    return times;
  };

  test("when a new version replaces the one in charge", async () => assert.equal(await takeOvers({ controlled: true }, "activated", 1), 1));
  test("not when the very first version arrives", async () => assert.equal(await takeOvers({}, "activating", 1), 0));
  test("not when the first version arrives through another tab", async () =>
    assert.equal(await takeOvers({ known: true }, "activating", 1), 0));
  test("when a second version follows the first in the same visit", async () => assert.equal(await takeOvers({}, "activating", 2), 1));
  test("in a page that was loaded past the version in charge", async () =>
    assert.equal(await takeOvers({ known: true }, "activated", 1), 1));
});

describe("a new version is asked for", () => {
  const opened = async () => {
    let now = 1_800_000_000_000;
    const registration = makeRegistration({ active: makeWorker("activated") });
    const browser = makeBrowser(registration, { controlled: true });
    await registerWorker(deaf, { browser: browser.window, now: () => now });
    const pass = (milliseconds: number) => {
      now += milliseconds;
    };
    return { registration, browser, pass };
  };

  test("when the app comes to the front after an hour, and then once", async () => {
    const { registration, browser, pass } = await opened();
    pass(HOUR);
    browser.comeToFront();
    browser.comeToFront();
    assert.equal(registration.asked, 1);
  });

  test("not within the hour, and never in the background", async () => {
    const { registration, browser, pass } = await opened();
    pass(HOUR - 1);
    browser.comeToFront();
    pass(HOUR);
    browser.goToBack();
    assert.equal(registration.asked, 0);
  });

  test("also after the phone's clock went back ten years", async () => {
    const { registration, browser, pass } = await opened();
    pass(-10 * 365 * 24 * HOUR);
    browser.comeToFront();
    assert.equal(registration.asked, 1);
  });

  test("and no network then is no error", async () => {
    const { registration, browser, pass } = await opened();
    registration.update = () => Promise.reject(new TypeError("offline"));
    pass(HOUR);
    browser.comeToFront();
    await settle(0);
  });
});
