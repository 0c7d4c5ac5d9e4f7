/** Names of one's choosing for phones: sealed, the same on all of them, and as they were typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { learnRoll } from "../../../pwa/client/account/change-roll.ts";
import { LONGEST_NAME, nameTyped, openPhoneName, sealPhoneName } from "../../../pwa/client/account/phone-names.ts";
import { type Phone, phonesIn } from "../../../pwa/client/account/phones.ts";
import { devicePair, keysHere } from "../../../pwa/client/account/roll-here.ts";
import { show } from "../../../pwa/client/account/showing.ts";
import { namePhone } from "../../../pwa/client/account/this-phone.ts";
import type { Context } from "../sync/devices.ts";
import { Signed } from "./signed-phone.ts";

async function two(context: Context) {
  const { site, one, code } = await Signed.up(context);
  return { site, one, code, other: await Signed.in(context, site, code) };
}

async function listed({ changing, browser, diary }: Signed): Promise<readonly Phone[]> {
  return phonesIn(await browser.calls.phones(), await learnRoll(changing), await keysHere(diary), await devicePair(diary));
}

async function names(one: Signed): Promise<readonly (string | null)[]> {
  return (await listed(one)).map(({ name }) => name);
}

async function calls(one: Signed, which: (phone: Phone) => boolean, name: string): Promise<void> {
  const phone = (await listed(one)).find(which) ?? assert.fail("There is no such phone.");
  await namePhone(one.changing, phone, name);
}

const isThis = (phone: Phone): boolean => phone.isThis;
const isOther = (phone: Phone): boolean => !phone.isThis;

test("a phone that is named here is called so on the other, and the site is told nothing of it", async (context) => {
  const { site, one, other } = await two(context);
  await calls(one, isThis, "By the bed");
  assert.deepEqual(await names(one), ["By the bed", "A browser"]);
  assert.deepEqual(await names(other), ["A browser", "By the bed"]);
  const told = [...site.sessions.values()].map(({ label }) => Buffer.from(label ?? "", "base64url").toString("latin1"));
  assert.ok(told.every((label) => label.length > 256 && !label.includes("By the bed")));
});

test("named without a fresh proof, it is called so in its slot too once somebody shows who they are", async (context) => {
  const { site, one, other, code } = await two(context);
  assert.ok(one.browser.session);
  one.browser.session.proved = false;
  await calls(one, isThis, "By the bed");
  await one.introduces();
  const session = (await one.note()).phone?.session ?? "";
  const inSlot = async (): Promise<string | null | undefined> => {
    const label = site.sessions.get(session);
    site.sessions.delete(session);
    const name = (await listed(other)).find(isOther)?.name;
    if (label !== undefined) site.sessions.set(session, label);
    return name;
  };
  assert.equal(await inSlot(), "A browser");
  await one.proves(code);
  await one.introduces();
  assert.equal(await inSlot(), "By the bed");
  assert.deepEqual(await names(other), ["A browser", "By the bed"]);
  const { asked } = one.browser;
  await one.introduces();
  assert.equal(one.browser.asked, asked + 1, "It is said once.");
});

test("named on two phones at once, both call it by the later name; its own phone keeps that one", async (context) => {
  const { one, other, code } = await two(context);
  await calls(one, isThis, "Kitchen");
  await calls(other, isOther, "Old tablet");
  for (const each of [one, other]) assert.ok((await names(each)).includes("Old tablet"));
  await one.proves(code);
  await one.introduces();
  assert.deepEqual(await names(one), ["Old tablet", "A browser"]);
  assert.equal((await one.note()).called, "Old tablet");
});

test("a phone that signs in again is called as before", async (context) => {
  const { one, other, code } = await two(context);
  await calls(one, isThis, "Kitchen");
  await show({ kind: "code", text: code }, { calls: one.browser.calls, host: "cairn.example", purpose: "sign-in" });
  await one.introduces();
  assert.deepEqual(await names(other), ["A browser", "Kitchen"]);
});

test("odd input is text of one line, and what is nothing or too long is no name", async (context) => {
  const { one } = await two(context);
  const odd = [
    "<b>Küche</b>",
    "a\nb\tc\u0000d",
    "  two  words ",
    "\u202Ecba",
    "👩‍👩‍👧‍👧".repeat(8),
    "\ud800",
    "🪨".repeat(LONGEST_NAME),
    "{phone} %s ؟ظهر",
  ];
  const kept = [
    "<b>Küche</b>",
    "a b c d",
    "two words",
    "\u202Ecba",
    "👩‍👩‍👧‍👧".repeat(8),
    "\uFFFD",
    "🪨".repeat(LONGEST_NAME),
    "{phone} %s ؟ظهر",
  ];
  for (const [at, typed] of odd.entries()) {
    const name = nameTyped(typed) ?? assert.fail(typed);
    await calls(one, isThis, name);
    assert.equal((await names(one))[0], kept[at]);
  }
  for (const none of ["", " \n\u0000\t", "x".repeat(LONGEST_NAME + 1)]) assert.equal(nameTyped(none), null);
  const { keys } = one.diary.inside;
  const longest = { name: "\u{10FFFF}".repeat(LONGEST_NAME), other: "x".repeat(22) };
  assert.deepEqual(await openPhoneName(await keysHere(one.diary), await sealPhoneName(keys, longest)), longest);
});
