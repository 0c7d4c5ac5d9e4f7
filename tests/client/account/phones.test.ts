import assert from "node:assert/strict";
import { test } from "node:test";
import { describe as described } from "../../../pwa/client/account/phones.ts";
import { asWritten, twoOf } from "../../../pwa/client/screens/keep-safe/groups.ts";

const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const BROWSERS: readonly (readonly [string, string])[] = [
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${webkit} Version/18.6 Mobile/15E148 Safari/604.1`, "Safari, iPhone"],
  [`Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${webkit} CriOS/126.0.0.0 Mobile/15E148 Safari/604.1`, "Chrome, iPhone"],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36", "Chrome, Android"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0", "Edge, Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"],
  ["something of one's own", "Browser"],
];

for (const [userAgent, name] of BROWSERS) {
  test(`a phone is named ${name}`, () => assert.equal(described(userAgent), name));
}

test("two groups are asked for, never one twice, whatever chance gives", () => {
  for (const first of [0, 0.2, 0.5, 0.999]) {
    for (const second of [0, 0.4, 0.999]) {
      const chances = [first, second];
      const [one, other] = twoOf(7, () => chances.shift() ?? 0);
      assert.ok(0 <= one && one < other && other < 7, `${one} and ${other}`);
    }
  }
});

test("a group is right however a hand writes it", () => {
  for (const typed of ["7KQT", "7kqt", " 7k q-t ", "7K–QT"]) assert.equal(asWritten(typed), "7KQT");
  assert.equal(asWritten("oil1"), "0111");
});
