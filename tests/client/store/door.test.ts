/** The door to the vault: made whole or not at all, opened by its key or by the person's words, and by nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { win } from "../../../pwa/client/domain/record-types.ts";
import { StoreFailure } from "../../../pwa/client/store/failures.ts";
import { beginWithWords, unlockWithWords } from "../../../pwa/client/store/words-door.ts";
import { FAULTS, plan } from "./faults.ts";
import { NOTHING, Phone, type Rows, remembered, until } from "./phone.ts";

const WORDS = "five slow geese by the water";

type Put = IDBObjectStore["put"];

/** A browser that stores no such key; `put` says what it does instead. */
async function whereNoKeyIsKept<T>(
  put: (this: IDBObjectStore, sound: Put, values: Parameters<Put>) => IDBRequest,
  work: () => Promise<T>,
): Promise<T> {
  const prototype = IDBObjectStore.prototype;
  const sound = prototype.put;
  prototype.put = function (this: IDBObjectStore, ...values: Parameters<Put>) {
    return values[0] instanceof CryptoKey ? put.call(this, sound, values) : sound.apply(this, values);
  } as Put;
  try {
    return await work();
  } finally {
    prototype.put = sound;
  }
}

const REFUSALS: Readonly<Record<string, (this: IDBObjectStore, sound: Put, values: Parameters<Put>) => IDBRequest>> = {
  "throws at once": () => {
    throw new DOMException("A key cannot be cloned.", "DataCloneError");
  },
  "stores something else in its place": function (sound, [, name]) {
    return sound.call(this, {}, name);
  },
  "stores nothing": function () {
    return this.get("no such row");
  },
};

for (const [how, put] of Object.entries(REFUSALS)) {
  test(`a browser that ${how} is found out, asks for words, and nothing of the try stays`, async (context) => {
    const phone = new Phone(context);
    await whereNoKeyIsKept(put, async () => {
      const diary = await phone.open();
      assert.equal(await diary.begin(), "needs-words");
      assert.equal(diary.phase.value, "new");
      assert.deepEqual(await phone.rows(), NOTHING);
      await beginWithWords(diary, WORDS);
      assert.equal(diary.phase.value, "open");
    });
  });
}

test("a diary with words is locked in a new tab; others do not open it, the words do", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.open();
  await assert.rejects(() => beginWithWords(diary, "  \n "), { code: "wrong-words" });
  assert.deepEqual(await phone.rows(), NOTHING);
  await beginWithWords(diary, WORDS);
  await diary.create(win, { words: "Rested" });
  const before = await phone.rows();
  assert.deepEqual(
    before.vault.map(([key]) => key),
    ["slot"],
    "no key stands beside the slot",
  );

  const locked = await phone.open();
  assert.equal(locked.phase.value, "locked");
  assert.deepEqual(locked.all(win).value, []);
  for (const wrong of ["", "five slow geese", `${WORDS}s`])
    await assert.rejects(() => unlockWithWords(locked, wrong), { code: "wrong-words" });
  assert.equal(locked.phase.value, "locked");
  await assert.rejects(() => locked.create(win, { words: "x" }), { code: "no-key" });
  await assert.rejects(() => locked.draft("win"), { code: "no-key" });
  assert.deepEqual(await phone.rows(), before);
  await unlockWithWords(locked, ` ${WORDS.replace(" ", "  ")} `);
  assert.equal(locked.phase.value, "open");
  assert.deepEqual(remembered(locked), remembered(diary));
});

test("a slot that does not open is left as it is, and the diary says why", async (context) => {
  const damages: readonly [string, (slot: Record<string, unknown>) => unknown, string][] = [
    ["a slot of a later format", (slot) => ({ ...slot, format: 2 }), "later-version"],
    [
      "a slot with a part altered",
      (slot) => ({ ...slot, wrapped: String(slot.wrapped).replace(/^./, (c) => (c === "A" ? "B" : "A")) }),
      "no-key",
    ],
    ["a slot with a part missing", ({ check: _check, ...slot }) => slot, "no-key"],
    ["something else in its place", () => "slot", "no-key"],
    ["a slot of a kind not known", (slot) => ({ ...slot, kind: "smile" }), "no-key"],
  ];
  for (const [what, damage, code] of damages) {
    const phone = new Phone(context);
    const diary = await phone.begin();
    await diary.create(win, { words: "Rested" });
    const slot = new Map((await phone.rows()).vault).get("slot");
    await phone.tamper("vault", "slot", damage(slot as Record<string, unknown>));
    const before = await phone.rows();
    const again = await phone.open();
    assert.equal(again.phase.value, "unusable", what);
    assert.equal(again.trouble.value, code, what);
    await assert.rejects(() => again.begin(), StoreFailure, what);
    await assert.rejects(() => again.create(win, { words: "x" }), StoreFailure, what);
    assert.deepEqual(withoutKeys(await phone.rows()), withoutKeys(before), what);
    await phone.tamper("vault", "slot", slot);
    await again.open();
    assert.equal(again.phase.value, "open", `${what}: trying again`);
  }
});

test("a device key that is missing or another's does not open, and nothing is changed", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  await diary.create(win, { words: "Rested" });
  const anothers = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  for (const key of [undefined, "a key", anothers]) {
    await phone.tamper("vault", "device-key", key);
    const again = await phone.open();
    assert.equal(again.phase.value, "unusable");
    assert.equal(again.trouble.value, "no-key");
    assert.equal((await phone.rows()).revisions.length, 1);
  }
});

for (const fault of FAULTS) {
  test(`"${fault}" at any step of beginning: a whole vault or none, and the next try works`, async (context) => {
    for (let at = 1, isMet = true; isMet; at++) {
      const phone = new Phone(context);
      const diary = await phone.open();
      const planned = plan({ fault, at });
      const came = await diary.begin().catch((cause: unknown) => cause);
      planned.end();
      isMet = planned.isMet;
      const where = `step ${at}`;
      const keys = (await phone.rows()).vault.map(([key]) => key);
      assert.ok(keys.length === 0 || keys.join() === "device-key,slot", `${where}: ${keys}`);
      if (came !== "begun") {
        assert.ok(came === "needs-words" || came instanceof StoreFailure, `${where}: ${came}`);
        if (came === "needs-words") assert.equal(fault, "throws", where);
        assert.equal(await diary.begin(), "begun", where);
      }
      await diary.create(win, { words: "Rested" });
      assert.equal((await phone.open()).all(win).value.length, 1, where);
      phone.close(diary);
    }
  });
}

test("a full phone is not taken for one that keeps no keys", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.open();
  const planned = plan({ fault: "full", at: 1, isLasting: true, isWriting: true });
  await assert.rejects(() => diary.begin(), { code: "full" });
  await assert.rejects(() => beginWithWords(diary, WORDS), { code: "full" });
  planned.end();
  assert.equal(diary.phase.value, "new");
  assert.deepEqual(await phone.rows(), NOTHING);
});

test("a tab in which words are chosen while another begins without opens that diary", async (context) => {
  const phone = new Phone(context);
  const slow = await phone.open();
  const fast = await phone.begin();
  await until(() => slow.phase.value === "open", "open");
  await beginWithWords(slow, WORDS);
  assert.deepEqual(
    (await phone.rows()).vault.map(([key]) => key),
    ["device-key", "slot"],
  );
  assert.equal(fast.phase.value, "open");
});

function withoutKeys(rows: Rows): unknown {
  return { ...rows, vault: rows.vault.map(([key, value]) => [key, value instanceof CryptoKey ? "key" : value]) };
}
