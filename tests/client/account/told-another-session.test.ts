/** A server that tells a phone another's session: nobody hides behind another's name, and no phone is signed out unmeant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { phonesIn } from "../../../pwa/client/account/phones.ts";
import { devicePair, keysHere } from "../../../pwa/client/account/roll-here.ts";
import { signOutPhone } from "../../../pwa/client/account/sign-out-phone.ts";
import { introduce } from "../../../pwa/client/account/this-phone.ts";
import { Signed } from "./signed-phone.ts";

async function listed({ browser, changing, diary }: Signed) {
  return phonesIn(await browser.calls.phones(), await learnRoll(changing), await keysHere(diary), await devicePair(diary));
}

/** The site tells `phone` that it is of the other's session. */
function toldOf(other: Signed, phone: Signed): Signed["changing"] {
  const session = other.browser.session?.id ?? "";
  return {
    diary: phone.diary,
    calls: { ...phone.browser.calls, account: async () => ({ ...(await phone.browser.calls.account()), session }) },
  };
}

test("a stolen phone whose session another was told to be of is still listed by its name, and signed out by it", async (context) => {
  const { site, one, code } = await Signed.up(context);
  const stolen = await Signed.in(context, site, code, { isKnown: false });
  await introduce(stolen.changing, "Chrome, Android");
  const tablet = await Signed.in(context, site, code, { isKnown: false });
  await introduce(toldOf(stolen, tablet), "Safari, iPad");
  const phones = await listed(one);
  assert.deepEqual(
    phones.map(({ name, slots }) => [name, slots.length]),
    [
      ["A browser", 1],
      ["Chrome, Android", 2],
      [null, 0],
    ],
  );
  const chosen = phones.find(({ name }) => name?.includes("Chrome, Android"));
  assert.ok(chosen);
  await signOutPhone({ ...one.changing, opener: await one.proves(code) }, chosen);
  await one.writes("after it was signed out");
  await one.sync.now();
  assert.deepEqual(await stolen.shows(), []);
  assert.equal(site.sessions.has(stolen.browser.session?.id ?? ""), false);
});

test("a phone that was told another's session keeps its own slot when it signs that one out", async (context) => {
  const { site, one, code } = await Signed.up(context);
  const other = await Signed.in(context, site, code);
  await introduce(toldOf(other, one), "A browser");
  const chosen = (await listed(one)).find(({ id }) => id === other.browser.session?.id);
  assert.ok(chosen);
  await signOutPhone({ ...one.changing, opener: await one.proves(code) }, chosen);
  const left = (await learnRoll(one.changing)).filter(({ kind }) => kind === "device");
  assert.deepEqual(
    left.map(({ public: point }) => point),
    [Buffer.from((await devicePair(one.diary))?.public ?? []).toString("base64url")],
  );
  await one.writes("after it was signed out");
  await one.sync.now();
  assert.deepEqual(await other.shows(), []);
});
