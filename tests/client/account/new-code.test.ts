/** A new recovery code: wherever the line is cut, one of the two papers opens the diary, and at the end only the new one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { learnRoll } from "../../../pwa/client/account/change-roll.ts";
import {
  bringIntoForce,
  dropNewCode,
  letGoOfNewCode,
  makeAnotherCode,
  makeNewCode,
  newCodeIsOnPaper,
} from "../../../pwa/client/account/new-code.ts";
import { openFreshRoll } from "../../../pwa/client/vault/open-roll.ts";
import { readRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";
import type { Cut } from "./site.ts";

async function withNewCode(context: Context) {
  const { site, one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  const made = (await makeNewCode(one.diary))?.newCode?.code;
  assert.ok(made !== undefined && made !== code);
  assert.equal((await makeNewCode(one.diary))?.newCode?.code, made, "Asked for again, it is the same.");
  await newCodeIsOnPaper(one.diary);
  return { site, one, code, made };
}

/** Whether a fresh phone with this code sees the diary. */
async function opens(context: Context, { site }: Signed["browser"], code: string): Promise<boolean> {
  try {
    const fresh = await Signed.in(context, site, code, { isKnown: false });
    const shown = await fresh.shows();
    await fresh.sync.stop();
    return shown.includes("before");
  } catch {
    return false;
  }
}

test("the old code is refused, the new one opens, and no entry that the old one opened is left", async (context) => {
  const { one, code, made } = await withNewCode(context);
  const other = await Signed.in(context, one.browser.site, code);
  await bringIntoForce(one.changing);
  assert.equal(await opens(context, one.browser, code), false);
  assert.equal(await opens(context, one.browser, made), true);
  assert.equal((await one.note()).newCode, undefined);
  const entries = await one.browser.calls.roll("");
  const opener = { kind: "code", code: await readRecoveryCode(code) } as const;
  await assert.rejects(openFreshRoll({ space: one.diary.inside.keys.space, entries, opener }), { code: "slot-wrong-key" });
  assert.deepEqual(
    entries.map((entry) => "blob" in entry),
    [...entries.slice(1).map(() => false), true],
  );
  await other.writes("from the other");
  await other.sync.now();
  assert.deepEqual(await one.shows(), ["before", "from the other"]);
});

test("until it was asked back nothing is sent, and it may be let go of; afterwards it may not", async (context) => {
  const { one, code } = await Signed.up(context);
  await one.writes("before");
  await one.sync.now();
  await makeNewCode(one.diary);
  const { asked } = one.browser;
  await bringIntoForce(one.changing);
  assert.equal(one.browser.asked, asked);
  assert.equal((await dropNewCode(one.diary))?.newCode, undefined);
  await makeNewCode(one.diary);
  await newCodeIsOnPaper(one.diary);
  assert.notEqual((await dropNewCode(one.diary))?.newCode, undefined);
  assert.equal(await opens(context, one.browser, code), true);
});

test("cut off at every request, one of the two papers opens the diary; done again, the new one alone", async (context) => {
  let isOver = false;
  let metNew = 0;
  for (let at = 1; !isOver; at++) {
    for (const when of ["before", "after"] satisfies Cut["when"][]) {
      const { one, code, made } = await withNewCode(context);
      one.browser.asked = 0;
      one.browser.cut = { at, when };
      isOver = await bringIntoForce(one.changing).then(
        () => true,
        () => false,
      );
      one.browser.cut = null;
      if (isOver) break;
      const [old, anew] = [await opens(context, one.browser, code), await opens(context, one.browser, made)];
      assert.ok(old || anew, `cut ${when} request ${at}: neither paper opens anything`);
      metNew += Number(anew);
      assert.equal((await one.note()).newCode?.code, made, "It is not forgotten.");
      await one.reopens();
      await bringIntoForce(one.changing);
      assert.deepEqual([await opens(context, one.browser, code), await opens(context, one.browser, made)], [false, true]);
      assert.equal((await learnRoll(one.changing)).filter(({ kind }) => kind === "code").length, 1);
      await one.sync.stop();
    }
  }
  assert.ok(metNew > 0);
});

test("two phones renew it at once, whichever request one stops at: one new paper both signs in and opens", async (context) => {
  let hasMet = true;
  for (let at = 1; hasMet; at++) {
    const { one, code, made } = await withNewCode(context);
    const other = await Signed.in(context, one.browser.site, code);
    const others = (await makeNewCode(other.diary))?.newCode?.code ?? "";
    await newCodeIsOnPaper(other.diary);
    let asked = 0;
    const stopping = new Proxy(other.browser.calls, {
      get:
        (calls, name) =>
        async (...values: unknown[]) => {
          if (++asked === at) await bringIntoForce(one.changing);
          return Reflect.apply(Reflect.get(calls, name), calls, values);
        },
    });
    await bringIntoForce({ diary: other.diary, calls: stopping });
    hasMet = asked >= at;
    if (!hasMet) await bringIntoForce(one.changing);
    const opening = [];
    for (const paper of [code, made, others]) opening.push(await opens(context, one.browser, paper));
    assert.equal(opening[0], false, `request ${at}: the old paper opens`);
    assert.equal(opening.filter(Boolean).length, 1, `request ${at}: one of the new papers opens, ${opening}`);
    assert.deepEqual([(await one.note()).newCode, (await other.note()).newCode], [undefined, undefined]);
    for (const each of [one, other]) await each.sync.stop();
  }
});

async function codeSlots({ changing }: Signed): Promise<number> {
  return (await learnRoll(changing)).filter(({ kind }) => kind === "code").length;
}

test("one that somebody else wrote down is let go of, and its slot with it, until the site is asked to take it", async (context) => {
  const { one, code, made } = await withNewCode(context);
  one.browser.asked = 0;
  one.browser.cut = { at: 2, when: "after" };
  await assert.rejects(bringIntoForce(one.changing), { code: "no-connection" });
  assert.equal(await codeSlots(one), 2, "Its slot was sent.");
  await letGoOfNewCode(one.changing);
  assert.equal((await one.note()).newCode, undefined);
  assert.equal(await codeSlots(one), 1);
  assert.deepEqual([await opens(context, one.browser, code), await opens(context, one.browser, made)], [true, false]);
  const opener = { kind: "code", code: await readRecoveryCode(made) } as const;
  const entries = await one.browser.calls.roll("");
  await assert.rejects(openFreshRoll({ space: one.diary.inside.keys.space, entries, opener }), { code: "slot-wrong-key" });
});

test("another takes its place; where the first may count already, its paper opens until that one does", async (context) => {
  for (const when of ["before", "after"] satisfies Cut["when"][]) {
    const { one, code, made } = await withNewCode(context);
    one.browser.asked = 0;
    one.browser.cut = { at: 3, when };
    await assert.rejects(bringIntoForce(one.changing), { code: "no-connection" });
    one.browser.cut = null;
    await letGoOfNewCode(one.changing);
    assert.equal((await one.note()).newCode?.code, made, "Nobody knows which of the two counts.");
    await makeAnotherCode(one.changing);
    const another = (await dropNewCode(one.diary))?.newCode?.code ?? assert.fail("It was let go of.");
    assert.notEqual(another, made);
    const before = await Promise.all([code, made, another].map((paper) => opens(context, one.browser, paper)));
    assert.deepEqual(before, [when === "before", when === "after", false]);
    await newCodeIsOnPaper(one.diary);
    await bringIntoForce(one.changing);
    const after = await Promise.all([code, made, another].map((paper) => opens(context, one.browser, paper)));
    assert.deepEqual(after, [false, false, true]);
    assert.equal(await codeSlots(one), 1);
    await one.sync.stop();
  }
});
