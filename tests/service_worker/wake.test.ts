import assert from "node:assert/strict";
import { test } from "node:test";
import { WAKE as ASKED } from "../../pwa/client/sync/world.ts";
import { WAKE, wakeTab } from "../../service_worker/wake.ts";

function tab(visibilityState: string, told: string[]): { visibilityState: string; postMessage(what: string): void } {
  return { visibilityState, postMessage: (what) => void told.push(`${visibilityState} ${what}`) };
}

test("the page asks for just what the worker is woken for", () => {
  assert.equal(WAKE, ASKED);
});

test("one tab is told, a visible one first; without any, nobody", async () => {
  const told: string[] = [];
  await wakeTab({ matchAll: async () => [tab("hidden", told), tab("visible", told)] });
  await wakeTab({ matchAll: async () => [tab("hidden", told)] });
  await wakeTab({ matchAll: async () => [] });
  assert.deepEqual(told, [`visible ${WAKE}`, `hidden ${WAKE}`]);
});
