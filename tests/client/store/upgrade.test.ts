/** A database of the app's first version is opened by this one, with everything in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { logged, Phone, type Rows, remembered } from "./phone.ts";

/** The stores as the first version made them. */
const FIRST: readonly (readonly [keyof Rows | "heads", IDBObjectStoreParameters])[] = [
  ["vault", {}],
  ["revisions", { keyPath: "seq", autoIncrement: true }],
  ["heads", { keyPath: "record" }],
  ["local", {}],
  ["probe", {}],
];

/** Put the same rows into a database of the first version. */
async function asFirstVersion(phone: Phone): Promise<Rows> {
  const rows = await phone.rows();
  await phone.clearSiteData();
  const opening = indexedDB.open(phone.name, 1);
  opening.onupgradeneeded = () => {
    for (const [name, options] of FIRST) {
      const store = opening.result.createObjectStore(name, options);
      if (name === "revisions") {
        store.createIndex("id", "id", { unique: true });
        store.createIndex("record", "record");
      }
      // It held the ids of each record's heads, and nothing that the revisions do not say.
      if (name === "heads") store.put({ record: "r", ids: ["h"] });
      else for (const [key, row] of rows[name]) options.keyPath ? store.put(row) : store.put(row, key);
    }
  };
  await new Promise((resolve, reject) => {
    opening.onsuccess = resolve;
    opening.onerror = reject;
  });
  opening.result.close();
  return rows;
}

test("a database of the first version keeps every row, and goes on", async (context) => {
  const phone = new Phone(context);
  const before = await phone.begin();
  const id = await before.create(checkIn, { note: "first" });
  for (let i = 0; i < 60; i++) await before.create(checkIn, { note: `note ${i}` });
  const draft = await before.draft("check-in");
  await draft.keep({ note: "typed and not saved" });
  draft.release();
  await before.whole();
  await before.rest();
  const said = remembered(before);
  phone.close(before);
  const rows = await asFirstVersion(phone);

  const diary = await phone.open();
  await diary.whole();
  assert.deepEqual(remembered(diary), said);
  assert.deepEqual(await phone.rows(), rows);
  const kept = diary.one(checkIn, id);
  assert.ok(kept);
  await diary.change(checkIn, kept, { note: "second" });
  assert.deepEqual(remembered(diary), await logged(diary));
  assert.equal((await diary.inside.log.everything()).lastSeq, 62);
  assert.deepEqual((await diary.draft("check-in")).left, { note: "typed and not saved" });
});
