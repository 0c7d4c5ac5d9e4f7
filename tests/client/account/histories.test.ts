/** Random lives of one person's phones: phones come, write, are signed out, codes are renewed, the vault turns, lines are cut. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { changeRoll } from "../../../pwa/client/account/change-roll.ts";
import { bringIntoForce, makeNewCode, newCodeIsOnPaper } from "../../../pwa/client/account/new-code.ts";
import { devicePair } from "../../../pwa/client/account/roll-here.ts";
import { signOutPhone } from "../../../pwa/client/account/sign-out-phone.ts";
import { openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import { turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import { apart } from "../store/phone.ts";
import { Signed } from "./signed-phone.ts";

const RUNS = Number(process.env.CAIRN_HISTORIES ?? 300) / 10;
const KINDS = ["writes", "writes", "syncs", "joins", "turns", "is signed out", "renews the code", "reopens", "tells late"] as const;
const step = fc.record({ kind: fc.constantFrom(...KINDS), who: fc.nat(9), whom: fc.nat(9), cutAt: fc.nat(12), isAfter: fc.boolean() });

test(`in ${RUNS} histories every phone that is left opens everything, and who was signed out nothing new`, async () => {
  const run = fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), (steps) =>
    apart(async (context) => {
      const { site, one, code: first } = await Signed.up(context);
      let code = first;
      let phones = [one];
      const gone: { phone: Signed; since: readonly string[] }[] = [];
      const typed: string[] = [];
      const cut = async ({ browser }: Signed, { cutAt, isAfter }: { cutAt: number; isAfter: boolean }, work: () => Promise<unknown>) => {
        browser.asked = 0;
        browser.cut = cutAt === 0 ? null : { at: cutAt, when: isAfter ? "after" : "before" };
        await work().catch(() => undefined);
        browser.cut = null;
        await work();
      };
      for (const each of steps) {
        const phone = phones[each.who % phones.length] ?? assert.fail();
        const other = phones[each.whom % phones.length] ?? assert.fail();
        switch (each.kind) {
          case "writes":
            typed.push(`note ${typed.length}`);
            await phone.writes(`note ${typed.length - 1}`);
            break;
          case "syncs":
            await phone.sync.now();
            break;
          case "joins":
            if (phones.length < 4) phones.push(await Signed.in(context, site, code));
            break;
          case "turns":
            await cut(phone, each, () => changeRoll(phone.changing, { make: turnVault }));
            break;
          case "is signed out": {
            const { phone: here } = await other.note();
            if (other === phone || here === undefined) break;
            await other.sync.now();
            const leaving = { id: here.session, slots: here.slot === null ? [] : [here.slot] };
            await cut(phone, each, () => signOutPhone(phone.changing, leaving));
            phones = phones.filter((left) => left !== other);
            gone.push({ phone: other, since: other.notes });
            break;
          }
          case "renews the code": {
            await makeNewCode(phone.diary);
            const made = (await newCodeIsOnPaper(phone.diary))?.newCode?.code;
            await cut(phone, each, () => bringIntoForce(phone.changing));
            code = made ?? code;
            break;
          }
          case "reopens":
            await phone.reopens();
            break;
          case "tells late":
            for (const left of phones) if (left !== phone) await left.sync.now();
        }
      }
      for (const phone of [...phones, ...phones]) await phone.sync.now();
      const all = phones[0]?.notes ?? [];
      const entries = await (phones[0] ?? one).browser.calls.roll("");
      for (const phone of phones) {
        assert.deepEqual(phone.sync.status.value, { kind: "backed-up" });
        await phone.reopens();
        assert.deepEqual(phone.notes, all);
      }
      const fresh = await Signed.in(context, site, code);
      assert.deepEqual(await fresh.shows(), all);
      for (const { phone, since } of gone) {
        assert.deepEqual(await phone.shows(), since);
        const pair = await devicePair(phone.diary);
        if (pair === null) continue;
        await assert.rejects(openKnownRoll({ known: (await phone.note()).known, entries, opener: { kind: "device", pair } }), {
          name: "RollRefused",
        });
      }
      const backed = new Set([...all, ...gone.flatMap(({ since }) => since)]);
      for (const note of typed) assert.ok(backed.has(note), `${note} is nowhere`);
    }),
  );
  await fc.assert(run, { numRuns: RUNS, ...(process.env.CAIRN_SEED === undefined ? {} : { seed: Number(process.env.CAIRN_SEED) }) });
});
