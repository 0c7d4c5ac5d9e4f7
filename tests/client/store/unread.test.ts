/** What this app cannot open: it waits or counts as absent, hides nothing, and is never built upon. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn, win } from "../../../pwa/client/domain/record-types.ts";
import { NewerFormat } from "../../../pwa/client/replica/header.ts";
import type { RecordId, RevisionId } from "../../../pwa/client/replica/ids.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { NotOpened } from "../../../pwa/client/vault/blob.ts";
import { type Sealing, sealing } from "../../../pwa/client/vault/sealing.ts";
import { catchUp, logged, Phone, remembered } from "./phone.ts";

/** An app that cannot open these revisions. */
function cannotOpen(ids: ReadonlySet<RevisionId>, because: () => Error): Sealing {
  return {
    ...sealing,
    openRevision: async (revision) => {
      if (ids.has(revision.id)) throw because();
      return sealing.openRevision(revision);
    },
  };
}

const REASONS: readonly [string, () => Error, string][] = [
  ["of a later format", () => new NewerFormat(2), "waiting"],
  ["under a key that is not here", () => new NotOpened("wrong-key"), "waiting"],
  ["damaged", () => new NotOpened("damaged"), "broken"],
  ["with another id than its content has", () => new NotOpened("wrong-id"), "broken"],
  ["of another vault", () => new NotOpened("wrong-space"), "broken"],
];

async function headsOf(diary: Diary, id: RecordId): Promise<readonly RevisionId[]> {
  return (await diary.inside.log.history(id)).filter(({ verdict }) => verdict === "opened").map((read) => read.id);
}

for (const [what, because, verdict] of REASONS) {
  test(`a revision ${what} is ${verdict}: what it stands on stays, and an edit does not name it`, async (context) => {
    const phone = new Phone(context);
    const able = await phone.begin();
    const id = await able.create(checkIn, { note: "first" });
    const onlyThere = await able.create(win, { words: "only there" });
    const [first] = await headsOf(able, id);
    const kept = able.one(checkIn, id);
    assert.ok(kept);
    await able.change(checkIn, kept, { note: "second" });
    const history = await able.inside.log.history(id);
    const unread = new Set(history.filter((read) => read.id !== first).map((read) => read.id));
    for (const read of await able.inside.log.history(onlyThere)) unread.add(read.id);

    const unable = await phone.open({ sealing: cannotOpen(unread, because) });
    assert.equal(unable.one(checkIn, id)?.values.note, "first");
    assert.deepEqual(unable.all(win).value, [], "of a record that cannot be read nothing is shown");
    assert.deepEqual(remembered(unable), await logged(unable));
    const shown = unable.one(checkIn, id);
    assert.ok(shown);
    await unable.change(checkIn, shown, { note: "third" });
    await unable.save([{ type: win, id: onlyThere, values: { words: "made again" } }]);
    for (const record of [id, onlyThere]) {
      for (const { parents } of await unable.inside.log.history(record)) {
        assert.ok(record !== onlyThere || parents.length === 0);
        if (record === id) assert.ok(parents.every((parent) => parent === first));
      }
    }
    assert.deepEqual(remembered(unable), await logged(unable));

    await catchUp(able);
    assert.deepEqual(
      able
        .one(checkIn, id)
        ?.texts("note")
        .map(({ text }) => text)
        .sort(),
      ["second", "third"],
    );
    assert.deepEqual(
      able
        .one(win, onlyThere)
        ?.texts("words")
        .map(({ text }) => text)
        .sort(),
      ["made again", "only there"],
    );
    const again = able.one(checkIn, id);
    assert.ok(again);
    await able.change(checkIn, again, { note: "all of it" });
    assert.deepEqual(remembered(able), await logged(able));
  });
}

test("what waits does not come into a snapshot that a later app would believe", async (context) => {
  const phone = new Phone(context);
  const able = await phone.begin();
  await able.create(win, { words: "Rested" });
  for (let i = 0; i < 50; i++) await able.create(win, { words: `win ${i}` });
  await able.rest();
  const near = new Map((await phone.rows()).local).get("snapshot/near");
  assert.ok(near);
  const forms: unknown[] = [];
  const watching: Sealing = {
    ...sealing,
    openLocal: async (keys, name, blob) => {
      const plain = await sealing.openLocal(keys, name, blob);
      const piece = JSON.parse(new TextDecoder().decode(plain)) as { form?: unknown };
      forms.push(piece.form);
      return new TextEncoder().encode(JSON.stringify({ ...piece, form: "1/0" }));
    },
  };
  const later = await phone.open({ sealing: watching });
  assert.deepEqual(forms, ["2/1"], "it says which format could be read");
  assert.deepEqual(remembered(later), await logged(later));
});

test("a row that was moved to another record counts as absent", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const [one, other] = [await diary.create(win, { words: "one" }), await diary.create(win, { words: "other" })];
  const [seq, row] = (await phone.rows()).revisions[0] ?? [];
  assert.ok(seq !== undefined);
  await phone.tamper("revisions", seq, { ...(row as object), record: other });
  const again = await phone.open();
  assert.equal(again.one(win, one), undefined);
  assert.deepEqual(
    again
      .one(win, other)
      ?.texts("words")
      .map(({ text }) => text),
    ["other"],
  );
});
