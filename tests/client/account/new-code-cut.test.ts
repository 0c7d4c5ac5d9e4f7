/** A new code that is cut off, and cut off again as it goes on: of the papers that the app says to keep, one always opens. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { bringIntoForce, letGoOfNewCode, makeAnotherCode, makeNewCode, newCodeIsOnPaper } from "../../../pwa/client/account/new-code.ts";
import { entryOf } from "../../../pwa/client/account/sent-entries.ts";
import { openFreshRoll } from "../../../pwa/client/vault/open-roll.ts";
import { deriveRecoveryToken, readRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";
import type { Cut } from "./site.ts";

const WHEN = ["before", "after"] satisfies Cut["when"][];
/** As many requests as there are until the site is asked to take the token. */
const UNTIL_TAKEN = 3;

async function withNewCode(context: Context) {
  const { one, code } = await Signed.up(context);
  const made = (await makeNewCode(one.diary))?.newCode?.code ?? assert.fail("No code was made.");
  await newCodeIsOnPaper(one.diary);
  return { one, code, made };
}

/** Do it with the line cut there; gives whether it came to its end all the same, as it has fewer requests. */
async function cutOff({ browser }: Signed, cut: Cut, work: () => Promise<void>): Promise<boolean> {
  browser.asked = 0;
  browser.cut = cut;
  const isOver = await work().then(
    () => true,
    ({ code }) => {
      assert.equal(code, "no-connection");
      return false;
    },
  );
  browser.cut = null;
  return isOver;
}

/** Whether a paper both signs in and opens the vault, by what is on the site just now. */
async function opens({ browser, diary }: Signed, paper: string): Promise<boolean> {
  const code = await readRecoveryCode(paper);
  if (browser.site.recovery !== (await deriveRecoveryToken(code))) return false;
  const entries = (await browser.calls.roll("")).map(entryOf);
  return openFreshRoll({ space: diary.inside.keys.space, entries, opener: { kind: "code", code } }).then(
    () => true,
    () => false,
  );
}

async function assertOneOpens(one: Signed, papers: readonly string[], when: string): Promise<void> {
  const opening = await Promise.all(papers.map((paper) => opens(one, paper)));
  assert.ok(opening.includes(true), `${when}: no paper opens anything`);
}

async function assertOnlyThisOpens(one: Signed, paper: string, ...others: readonly string[]): Promise<void> {
  assert.equal(await opens(one, paper), true);
  for (const other of others) assert.equal(await opens(one, other), false);
  assert.equal((await one.note()).newCode, undefined);
  assert.equal((await learnRoll(one.changing)).filter(({ kind }) => kind === "code").length, 1);
}

for (const first of WHEN) {
  test(`the line is cut ${first} the site takes the token, and anywhere as it goes on: a paper opens, and at the end the new one`, async (context) => {
    let isOver = false;
    for (let at = 1; !isOver; at++) {
      for (const when of WHEN) {
        const { one, code, made } = await withNewCode(context);
        assert.equal(await cutOff(one, { at: UNTIL_TAKEN, when: first }, () => bringIntoForce(one.changing)), false);
        assert.deepEqual([await opens(one, code), await opens(one, made)], [first === "before", first === "after"]);
        assert.deepEqual((await one.note()).newCode, { code: made, isOnPaper: true, mayCount: true }, "It says to keep both.");
        await one.reopens();
        isOver = await cutOff(one, { at, when }, () => bringIntoForce(one.changing));
        await assertOneOpens(one, [code, made], `then ${when} request ${at}`);
        if (!isOver) assert.equal((await one.note()).newCode?.code, made);
        await one.reopens();
        await bringIntoForce(one.changing);
        await assertOnlyThisOpens(one, made, code);
        await one.sync.stop();
        if (isOver) break;
      }
    }
  });
}

test("cut off at every request and let go of: where it is gone the old paper opens, and where it stays one of the two", async (context) => {
  let [isOver, went, stayed] = [false, 0, 0];
  for (let at = 1; !isOver; at++) {
    for (const when of WHEN) {
      const { one, code, made } = await withNewCode(context);
      isOver = await cutOff(one, { at, when }, () => bringIntoForce(one.changing));
      if (isOver) break;
      await one.reopens();
      for (const cut of [
        { at: 1, when },
        { at: 2, when },
      ])
        await cutOff(one, cut, () => letGoOfNewCode(one.changing));
      await letGoOfNewCode(one.changing);
      const isGone = (await one.note()).newCode === undefined;
      if (isGone) await assertOnlyThisOpens(one, code, made);
      else await assertOneOpens(one, [code, made], `${when} request ${at}`);
      [went, stayed] = [went + Number(isGone), stayed + Number(!isGone)];
      await one.sync.stop();
    }
  }
  assert.ok(went > 0 && stayed > 0);
});

test("cut off at every request, and another made in its place: of all papers kept one opens, and at the end the last", async (context) => {
  let isOver = false;
  for (let at = 1; !isOver; at++) {
    for (const when of WHEN) {
      const { one, code, made } = await withNewCode(context);
      isOver = await cutOff(one, { at, when }, () => bringIntoForce(one.changing));
      if (isOver) break;
      await one.reopens();
      await makeAnotherCode(one.changing);
      await assertOneOpens(one, [code, made], `${when} request ${at}, another is made`);
      const another = (await newCodeIsOnPaper(one.diary))?.newCode?.code ?? "";
      await cutOff(one, { at: UNTIL_TAKEN, when }, () => bringIntoForce(one.changing));
      await assertOneOpens(one, [code, made, another], `${when} request ${at}, then once more`);
      await one.reopens();
      await bringIntoForce(one.changing);
      await assertOnlyThisOpens(one, another, code, made);
      await one.sync.stop();
    }
  }
});
