import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { followUpdates } from "../../../pwa/client/shell/update.ts";
import { type FakeRegistration, makeBrowser, makeRegistration, makeWorker, settle } from "./browser.ts";

// Node's channels keep the process alive; a tab's end with the tab.
const channels: BroadcastChannel[] = [];
const NodeChannel = globalThis.BroadcastChannel;
globalThis.BroadcastChannel = class extends NodeChannel {
  constructor(name: string) {
    super(name);
    channels.push(this);
  }
};
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
});

const twoVersions = (tabs: number): FakeRegistration =>
  makeRegistration({ active: makeWorker("activated"), waiting: makeWorker("installed", tabs) });

interface TabOptions {
  keep?: () => Promise<void>;
  patience?: number;
}

async function openTab(registration: FakeRegistration, { keep = async () => undefined, patience = 1_000 }: TabOptions = {}) {
  let kept = 0;
  const browser = makeBrowser(registration, { controlled: true });
  const beforeReload = async (): Promise<void> => {
    await keep();
    kept += 1;
  };
  const updates = followUpdates({ beforeReload, browser: browser.window, patience });
  await settle(0);
  return { ...browser, updates, kept: () => kept };
}

describe("a version that waits", () => {
  test("is ready, and nothing happens until it is let in", async () => {
    const registration = twoVersions(1);
    const tab = await openTab(registration);
    assert.equal(tab.updates.ready.value, true);
    assert.deepEqual(registration.waiting?.posted, []);
    assert.equal(tab.reloads(), 0);
  });

  test("is let in only after every tab has kept its drafts", async () => {
    const registration = twoVersions(2);
    const order: string[] = [];
    const here = await openTab(registration, { keep: async () => void order.push("here") });
    const there = await openTab(registration, {
      keep: async () => {
        await settle(60);
        order.push("there");
        assert.ok(!JSON.stringify(registration.waiting?.posted).includes("take-over"), "let in before the other tab answered");
      },
    });
    assert.equal(await here.updates.takeOver(), "taking-over");
    assert.deepEqual(order, ["here", "there"]);
    assert.deepEqual(registration.waiting?.posted, [{ type: "count-tabs" }, { type: "take-over" }]);
    assert.equal(here.reloads() + there.reloads(), 0, "no tab reloads before the version is in charge");
  });

  test("does not wait for tabs that do not exist", async () => {
    const tab = await openTab(twoVersions(1), { patience: 60_000 });
    assert.equal(await tab.updates.takeOver(), "taking-over");
  });

  test("is let in when a sleeping tab gives no answer", async () => {
    const registration = twoVersions(2);
    const tab = await openTab(registration, { patience: 50 });
    assert.equal(await tab.updates.takeOver(), "taking-over");
    assert.deepEqual(registration.waiting?.posted.at(-1), { type: "take-over" });
  });

  for (const [whose, hereKeeps, thereKeeps] of [
    ["this tab", false, true],
    ["another tab", true, false],
  ] as const) {
    test(`stays out while ${whose} cannot keep its draft, and can be let in later`, async () => {
      const registration = twoVersions(2);
      let full = true;
      const keep = (keeps: boolean) => async () => {
        if (full && !keeps) throw new DOMException("full", "QuotaExceededError");
      };
      const here = await openTab(registration, { keep: keep(hereKeeps) });
      const there = await openTab(registration, { keep: keep(thereKeeps) });
      assert.equal(await here.updates.takeOver(), "drafts-not-kept");
      assert.ok(!JSON.stringify(registration.waiting?.posted).includes("take-over"));
      assert.equal(here.reloads() + there.reloads(), 0);
      full = false;
      assert.equal(await here.updates.takeOver(), "taking-over");
    });
  }

  test("is no longer there: nothing is waited for", async () => {
    const tab = await openTab(makeRegistration({ active: makeWorker("activated") }));
    assert.equal(tab.updates.ready.value, false);
    assert.equal(await tab.updates.takeOver(), "nothing-waiting");
    assert.equal(tab.kept(), 0);
  });
});

describe("a tab taken over", () => {
  test("keeps its draft, then reloads once", async () => {
    const tab = await openTab(twoVersions(1));
    tab.changeController();
    tab.changeController();
    await settle(0);
    assert.equal(tab.kept(), 1);
    assert.equal(tab.reloads(), 1);
  });

  test("does not reload over a draft it cannot keep, offers again, and reloads when it can", async () => {
    let full = true;
    const tab = await openTab(makeRegistration({ active: makeWorker("activated") }), {
      keep: async () => {
        if (full) throw new DOMException("full", "QuotaExceededError");
      },
    });
    tab.changeController();
    await settle(0);
    assert.equal(tab.reloads(), 0);
    assert.equal(tab.updates.ready.value, true);
    assert.equal(await tab.updates.takeOver(), "drafts-not-kept");
    full = false;
    assert.equal(await tab.updates.takeOver(), "taking-over");
    assert.equal(tab.reloads(), 1);
  });
});

test("a first visit is never reloaded", async () => {
  const browser = makeBrowser(makeRegistration({ active: makeWorker("activating") }));
  followUpdates({ beforeReload: async () => assert.fail("asked to keep drafts"), browser: browser.window });
  await settle(0);
  browser.changeController();
  await settle(0);
  assert.equal(browser.reloads(), 0);
});

test("a browser that refuses the worker leaves the app working", async (context) => {
  const warned = context.mock.method(console, "warn", () => undefined);
  const browser = makeBrowser(makeRegistration());
  Object.assign(browser.window.navigator.serviceWorker, { register: () => Promise.reject(new TypeError("no")) });
  const updates = followUpdates({ beforeReload: async () => undefined, browser: browser.window });
  assert.equal(await updates.takeOver(), "nothing-waiting");
  assert.equal(warned.mock.callCount(), 1);
});
