import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { askToPersist } from "../../../pwa/client/shell/persist.ts";

const storage = (persisted: boolean, granted: boolean, asked: string[] = []) =>
  ({
    persisted: async () => persisted,
    persist: async () => {
      asked.push("persist");
      return granted;
    },
  }) as unknown as StorageManager;

describe("asking the browser to keep the diary", () => {
  test("a yes is a promise", async () => assert.equal(await askToPersist(storage(false, true)), "promised"));
  test("a no is told as such", async () => assert.equal(await askToPersist(storage(false, false)), "not-promised"));

  test("a promise already given is not asked for twice", async () => {
    const asked: string[] = [];
    assert.equal(await askToPersist(storage(true, false, asked)), "promised");
    assert.deepEqual(asked, []);
  });

  test("a browser without such a promise is not asked", async () => {
    assert.equal(await askToPersist({} as StorageManager), "not-asked");
  });

  test("a browser that refuses the question harms nothing", async () => {
    const refusing = { persisted: () => Promise.reject(new TypeError("opaque origin")), persist: async () => true };
    assert.equal(await askToPersist(refusing as unknown as StorageManager), "not-asked");
  });
});
