/** Dates put together of the catalogue's words are what the browser's own formatter writes in that language. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { readCatalogue } from "../../../pwa/client/build/catalogue.ts";
import { addDays, type Day, parseDay } from "../../../pwa/client/domain/day.ts";
import { dayInWords, momentInWords, timeHereInWords, timeInWords } from "../../../pwa/client/screens/frame/dates.ts";
import { speak, type Words } from "../../../pwa/client/words/index.ts";

const day = (text: string) => parseDay(text) as Day;
const anyMoment = fc.integer({ min: Date.UTC(1970), max: Date.UTC(2100) });

before(async () => {
  speak("en-GB", (await readCatalogue(fileURLToPath(new URL("../../..", import.meta.url)), "en")) as Words);
});

function onAPhoneIn(...languages: string[]): void {
  Object.defineProperty(globalThis, "document", { value: { documentElement: { lang: "en-GB" } }, configurable: true });
  Object.defineProperty(globalThis, "navigator", { value: { languages }, configurable: true });
}

test("in the language of the words, each is as the browser writes it", () => {
  onAPhoneIn("en-GB", "de");
  const said = (options: Intl.DateTimeFormatOptions, at: number) => new Intl.DateTimeFormat("en-GB", options).format(at);
  const [time, utc] = [{ hour: "numeric", minute: "2-digit" }, { timeZone: "UTC" }] as const;
  const [dated, today] = [{ weekday: "long", day: "numeric", month: "long" }, day("2026-05-14")] as const;
  for (let ago = 0; ago < 800; ago++) {
    const one = addDays(today, -ago);
    const year = one.startsWith("2026") ? {} : ({ year: "numeric" } as const);
    assert.equal(dayInWords(one, today), said({ ...dated, ...year, ...utc }, Date.parse(one)));
  }
  fc.assert(
    fc.property(anyMoment, fc.integer({ min: -840, max: 840 }), (at, offset) => {
      assert.equal(timeInWords(at, offset), said({ ...time, ...utc }, at + offset * 60_000));
      assert.equal(timeHereInWords(at), said(time, at));
      assert.equal(momentInWords(at), said({ day: "numeric", month: "long", ...time }, at));
    }),
  );
});

test("in another form of the language, as that is written; in another language, in the words' own", () => {
  const [ninth, today] = [day("2026-05-09"), day("2026-05-14")];
  onAPhoneIn("de", "en-US");
  assert.equal(dayInWords(ninth, today), "Saturday, May 9");
  assert.match(timeInWords(Date.UTC(2026, 4, 14, 13, 5), 0), /^1:05\sPM$/);
  onAPhoneIn("de");
  assert.equal(dayInWords(ninth, today), "Saturday 9 May");
});

test("moments beyond every clock are shown, as the end", () => {
  onAPhoneIn("en-GB");
  for (const at of [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]) {
    assert.match(momentInWords(at), /^\d+ \w+ at \d+:\d\d$/);
    assert.match(timeInWords(at, 60), /^\d+:\d\d$/);
  }
});
