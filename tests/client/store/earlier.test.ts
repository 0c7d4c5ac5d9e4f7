import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { readEarlier, wasChanged } from "../../../pwa/client/store/earlier.ts";
import { Phone } from "./phone.ts";

test("every wording is there again, the newest first, and apart from the others", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.open();
  await diary.begin();
  const id = await diary.create(checkIn, { note: "one", went: "less" });
  const kept = () => diary.one(checkIn, id) ?? assert.fail("it is not there");
  assert.equal(wasChanged(kept()), false);
  await diary.change(checkIn, kept(), { note: "two" });
  await diary.change(checkIn, kept(), { went: "more" });
  assert.equal(wasChanged(kept()), true);
  const { versions, elsewhere } = await readEarlier(await phone.open(), checkIn, id);
  assert.deepEqual(
    versions.map(({ values: { note, went } }) => [note, went]),
    [
      ["two", "more"],
      ["two", "less"],
      ["one", "less"],
    ],
  );
  assert.equal(elsewhere, 0);
});

test("two who wrote at once are two versions, and both stand in what came of them", async (context) => {
  const phone = new Phone(context);
  const [here, there] = [await phone.open(), await phone.open()];
  await here.begin();
  await there.open();
  const id = await here.create(checkIn, { note: "one" });
  await there.inside.log.readOn();
  const shown = here.one(checkIn, id) ?? assert.fail("it is not there");
  const shownThere = there.one(checkIn, id) ?? assert.fail("it is not there");
  await Promise.all([here.change(checkIn, shown, { note: "here" }), there.change(checkIn, shownThere, { note: "there" })]);
  const { versions } = await readEarlier(await phone.open(), checkIn, id);
  const notes = versions.map((version) =>
    version
      .texts("note")
      .map(({ text }) => text)
      .sort(),
  );
  assert.deepEqual(notes.at(-1), ["one"]);
  assert.deepEqual(notes[0], ["here", "there"]);
});
