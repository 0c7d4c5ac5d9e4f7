/** A form that is typed in, left or asked to keep while it is saved: all of it is there afterwards, once. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { sealing } from "../../../pwa/client/vault/sealing.ts";
import { plan } from "../store/faults.ts";
import { Phone } from "../store/phone.ts";
import { BLANK, formOn, left, type Note, open } from "./note-form.ts";

const anything = (): boolean => true;
const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A phone that takes long to seal what is saved. */
async function slowPhone(context: TestContext) {
  const slow = {
    ...sealing,
    sealRevision: (...args: Parameters<typeof sealing.sealRevision>) => after(20).then(() => sealing.sealRevision(...args)),
  };
  const phone = new Phone(context, { sealing: slow });
  const diary = await phone.begin();
  const save = ({ note }: Note, options: object): Promise<unknown> => diary.create(checkIn, { note }, options);
  const notes = (): readonly unknown[] => diary.all(checkIn).value.flatMap((kept) => kept.texts("note").map(({ text }) => text));
  return { phone, diary, save, notes };
}

test("whatever moment a letter comes at, it is saved right after what was there, into the one entry", async (context) => {
  for (const pause of [0, 1, 5, 10, 18, 20, 21, 22, 25]) {
    const { phone, diary, save, notes } = await slowPhone(context);
    const { form, type } = open(diary);
    void type({ note: "Sat" });
    const saving = form.save(anything, save);
    await after(pause);
    const wasSaving = form.isSaving;
    const typed = type({ note: "Sat in the sun" });
    assert.equal(await saving, true);
    await typed;
    form.close();
    const ghost = await left(diary);
    if (wasSaving) assert.deepEqual([notes(), ghost], [["Sat in the sun"], undefined], `${pause}`);
    else assert.deepEqual([notes(), ghost], [["Sat"], { ...BLANK, note: "Sat in the sun" }], `${pause}`);
    phone.close(diary);
  }
});

test("of a record that is changed, what is typed meanwhile replaces what was saved before it", async (context) => {
  const { diary, notes } = await slowPhone(context);
  const id = await diary.create(checkIn, { note: "Sat" });
  const kept = diary.one(checkIn, id);
  assert.ok(kept);
  const form = formOn(diary, () => diary.draft("check-in"), { ...BLANK, note: "Sat" }, kept);
  const type = (note: string): void => {
    form.values = { ...form.values, note };
    form.isTouched = true;
  };
  type("Sat in");
  const saving = form.save(anything, ({ note }, options) => diary.change(checkIn, kept, { note }, options));
  await after(10);
  type("Sat in the sun");
  assert.equal(await saving, true);
  assert.deepEqual(notes(), ["Sat in the sun"]);
  form.close();
});

test("what needs another look of what is typed meanwhile stays, and is saved into the same entry, also after a reload", async (context) => {
  for (const isReloaded of [false, true]) {
    const { diary, save, notes } = await slowPhone(context);
    let { form, type } = open(diary);
    const isShort = ({ note }: Note): boolean => note.length < 10;
    void type({ note: "Sat" });
    const saving = form.save(isShort, save);
    await after(10);
    void type({ note: "Sat in the sun" });
    assert.equal(await saving, false);
    assert.deepEqual([form.values.note, form.isTouched, notes()], ["Sat in the sun", true, ["Sat"]]);
    await form.keep();
    if (isReloaded) {
      form.close();
      ({ form, type } = open(diary));
      await form.take();
      assert.equal(form.values.note, "Sat in the sun");
    }
    await type({ note: "Sat out" });
    assert.equal(await form.save(isShort, save), true);
    form.close();
    assert.deepEqual([notes(), await left(diary)], [["Sat out"], undefined]);
  }
});

test("left while it is saved, it holds its draft until that is done: the same form opened again finds nothing begun", async (context) => {
  const { diary, save, notes } = await slowPhone(context);
  const { form, type } = open(diary);
  await type({ note: "Sat" });
  const saving = form.save(anything, save);
  form.close();
  const again = open(diary);
  await again.form.take();
  assert.deepEqual([again.form.values, again.form.isTouched], [BLANK, false]);
  assert.equal(await saving, true);
  again.form.close();
  assert.deepEqual([notes(), await left(diary)], [["Sat"], undefined]);
});

test("left while a save runs that fails, all of it waits as a draft, and beside that of a form opened since", async (context) => {
  const { phone, diary, save } = await slowPhone(context);
  const { form, type } = open(diary);
  void type({ note: "first" });
  const refused = form.save(anything, async (...args) => {
    await after(300);
    const planned = plan({ fault: "full-at-commit", at: 1, isWriting: true });
    await save(...args).finally(() => planned.end());
  });
  form.close();
  const again = open(diary);
  await again.form.take();
  await again.type({ note: "second" });
  await assert.rejects(refused, { code: "full" });
  await form.keep();
  again.form.close();
  await after(20);
  assert.equal((await phone.rows()).local.length, 2);
  const both = [await diary.draft("check-in"), await diary.draft("check-in")];
  const noted = both.map((draft) => (draft.left as { values: Note }).values.note);
  assert.deepEqual(noted.sort(), ["first", "second"]);
});

test("asked to keep while a save runs, a form answers when it is saved, or when its draft is kept", async (context) => {
  for (const fails of [false, true]) {
    const { phone, diary, save } = await slowPhone(context);
    const { form, type } = open(diary);
    void type({ note: "Sat" });
    const saving = form.save(anything, (...args) => (fails ? after(20).then(() => Promise.reject(new Error("no"))) : save(...args)));
    const ended = saving.catch(() => false);
    await form.keep();
    assert.equal((await phone.rows()).local.length, fails ? 1 : 0);
    assert.equal(diary.all(checkIn).value.length, fails ? 0 : 1);
    assert.equal(await ended, !fails);
    form.close();
  }
});

test("letters typed while it is let go of go with it, and come back with it", async (context) => {
  const { phone, diary } = await slowPhone(context);
  const { form, type } = open(diary);
  await type({ note: "Sat" });
  const going = form.letGo();
  const typed = type({ note: "Sat in" });
  assert.deepEqual(await going, { values: { ...BLANK, note: "Sat in" }, shown: null });
  await typed;
  form.close();
  await after(20);
  assert.deepEqual([(await phone.rows()).local, await left(diary)], [[], undefined]);
});

test("while it is saved it cannot be let go of, nor saved twice", async (context) => {
  const { diary, save, notes } = await slowPhone(context);
  const { form, type } = open(diary);
  void type({ note: "Sat" });
  const saving = form.save(anything, save);
  await assert.rejects(form.letGo(), { code: "not-kept" });
  assert.equal(await form.save(anything, save), false);
  assert.equal(await saving, true);
  assert.deepEqual(notes(), ["Sat"]);
  form.close();
});
