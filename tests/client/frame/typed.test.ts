/** A form and its draft: whoever is quicker, the letters or the phone, nothing of either is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkIn } from "../../../pwa/client/domain/record-types.ts";
import { FAULTS, plan } from "../store/faults.ts";
import { catchUp, Phone } from "../store/phone.ts";
import { BLANK, formOn, left, open, withDraft } from "./note-form.ts";

test("letters typed before the draft is read come after what was left, and no choice is lost", async (context) => {
  const { diary } = await withDraft(context, { note: "Sat by the window", went: "less" });
  const { form, type } = open(diary);
  const typed = [type({ note: "a" }), type({ note: "an" }), type({ note: "and" })];
  await Promise.all(typed);
  assert.deepEqual(form.values, { note: "Sat by the window and", went: "less" });
  form.close();
  assert.deepEqual(await left(diary), { note: "Sat by the window and", went: "less" });
});

test("of a text that was there before, only what was added is put after the draft; a choice made now stands", async (context) => {
  const { diary } = await withDraft(context, { note: "Sat by the window and read", went: "less" });
  const { form, type } = open(diary, { note: "Sat by", went: null });
  await Promise.all([type({ note: "Sat by me" }), type({ went: "more" })]);
  assert.deepEqual(form.values, { note: "Sat by the window and read me", went: "more" });
  form.close();
});

test("a form closed before its draft was read has kept both", async (context) => {
  const { diary } = await withDraft(context, { note: "Sat by the window", went: null });
  const { form, type } = open(diary);
  void type({ note: "and" });
  form.close();
  assert.deepEqual(await left(diary), { note: "Sat by the window and", went: null });
});

test("where the draft cannot be read, each letter tries again, and what was left comes before what is typed", async (context) => {
  for (const fault of FAULTS) {
    for (let at = 1, isMet = true; isMet; at++) {
      const { phone, diary } = await withDraft(context, { note: "Sat by the window", went: null });
      const planned = plan({ fault, at, isWriting: false });
      const { form, type } = open(diary);
      await form.take().catch(() => undefined);
      isMet = planned.isMet;
      planned.end();
      await type({ note: `${form.values.note}${form.isTouched ? " " : ""}and` });
      assert.equal(form.values.note, "Sat by the window and", `${fault} ${at}`);
      form.close();
      assert.deepEqual(await left(diary), { note: "Sat by the window and", went: null }, `${fault} ${at}`);
      phone.close(diary);
    }
  }
});

test("while it cannot be kept the form says so, and the next letter is kept with all before it", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  let isAway = true;
  const hold = () => (isAway ? Promise.reject(new Error("away")) : diary.draft("check-in"));
  const form = formOn(diary, hold);
  await assert.rejects(form.take());
  form.values = { ...BLANK, note: "T" };
  form.isTouched = true;
  await assert.rejects(form.keep());
  assert.equal(form.values.note, "T");
  isAway = false;
  form.values = { ...BLANK, note: "Ti" };
  await form.keep();
  form.close();
  assert.deepEqual(await left(diary), { ...BLANK, note: "Ti" });
});

test("what is as it was before leaves no draft", async (context) => {
  const phone = new Phone(context);
  const diary = await phone.begin();
  const { form, type } = open(diary);
  await type({ note: "T" });
  await type({ note: "" });
  assert.deepEqual((await phone.rows()).local, []);
  form.close();
  assert.equal(await left(diary), undefined);
});

test("let go of, it is gone and the form is as before; what it gives is all that was there", async (context) => {
  const { phone, diary } = await withDraft(context, { note: "Sat by the window", went: "less" });
  const { form } = open(diary);
  await form.take();
  assert.deepEqual(await form.letGo(), { values: { note: "Sat by the window", went: "less" }, shown: null });
  assert.deepEqual([form.values, form.isTouched], [BLANK, false]);
  assert.deepEqual((await phone.rows()).local, []);
  form.close();
  assert.equal(await left(diary), undefined);
});

test("what could not be let go of stays, in the form and on the phone", async (context) => {
  const { diary } = await withDraft(context, { note: "Sat by the window", went: null });
  const { form } = open(diary);
  await form.take();
  const planned = plan({ fault: "full", at: 1, isWriting: true });
  await assert.rejects(form.letGo(), { code: "full" });
  planned.end();
  assert.equal(form.values.note, "Sat by the window");
  form.close();
  assert.deepEqual(await left(diary), { note: "Sat by the window", went: null });
});

test("words that were written in two places stay as they are, unless the person wrote or chose there", async (context) => {
  const phone = new Phone(context);
  const [here, there] = [await phone.begin(), await phone.open()];
  const id = await here.create(checkIn, { note: "one" });
  await catchUp(here, there);
  const shownTo = (diary: typeof here) => diary.one(checkIn, id) ?? assert.fail("it is not there");
  await Promise.all([here.change(checkIn, shownTo(here), { note: "here" }), there.change(checkIn, shownTo(there), { note: "there" })]);
  await catchUp(here, there);
  const texts = () =>
    shownTo(here)
      .texts("note")
      .map(({ text }) => text);
  const newest = texts()[0] ?? "";
  const saves = (form: ReturnType<typeof formOn>) =>
    form.save(
      () => true,
      (values, options) => here.change(checkIn, shownTo(here), values as never, options),
    );

  const untouched = formOn(here, () => here.draft("check-in"), { note: newest, went: null }, shownTo(here));
  untouched.set("went", "less");
  assert.equal(await saves(untouched), true);
  assert.deepEqual(texts().sort(), ["here", "there"]);
  assert.equal(shownTo(here).values.went, "less");
  untouched.close();

  const chosen = formOn(here, () => here.draft("check-in"), { note: newest, went: "less" }, shownTo(here));
  chosen.set("note", newest);
  assert.equal(await saves(chosen), true);
  assert.deepEqual(texts(), [newest]);
});
