/** What a phone makes of entries that do not read or open, rule by rule of docs/keys.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NewerFormat } from "../../../pwa/client/replica/header.ts";
import { fromBase64url, makeSpaceId } from "../../../pwa/client/replica/ids.ts";
import { rekeySlot } from "../../../pwa/client/vault/key-slot.ts";
import { openKeyring, sealKeyring } from "../../../pwa/client/vault/keyring.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { makePairToSeal } from "../../../pwa/client/vault/p256.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { revisionId } from "../../../pwa/client/vault/revision.ts";
import { RollRefused } from "../../../pwa/client/vault/roll-refused.ts";
import * as rolls from "./roll-of-tests.ts";
import { damaged, first, forged, fresh, key, knowing, refusedByAll, second, space, third } from "./three-entries.ts";
import { withOneBitFlipped } from "./vault-of-tests.ts";

const stranger = await rolls.beginVault(space);

test("an entry whose id is not its own is damaged", async () => {
  await refusedByAll({ ...third.entry, id: first.entry.id }, damaged);
  await refusedByAll({ ...third.entry, blob: withOneBitFlipped(third.entry.blob, 99) }, damaged);
  await refusedByAll({ ...third.entry, header: withOneBitFlipped(third.entry.header, 99) }, damaged);
});

test("bytes altered by who gives them the id that fits are forged, or damaged where they no longer read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (bit) => {
      const altered = await rolls.withBlob(third.entry, withOneBitFlipped(third.entry.blob, bit));
      await assert.rejects(fresh([first.entry, second.entry, altered]), isCoded);
    }),
    { numRuns: 200 },
  );
  for (let bit = 0; bit < 512; bit += 7)
    await refusedByAll({ ...third.entry, signature: withOneBitFlipped(third.entry.signature, bit) }, forged);
  await refusedByAll({ ...third.entry, signature: new Uint8Array(0) }, forged);
});

test("a line of more than a thousand keys is damaged", async () => {
  const signing = Array.from({ length: 1001 }, () => second.vault.known.signing[0]);
  await refusedByAll(await rolls.signedBy(second, { signing }), damaged);
});

test("with a vault key that is not the keyring's, an entry is damaged though the vault signed it", async () => {
  const planted = makeVaultKey(randomBytes);
  const slots = await Promise.all(third.vault.slots.map((slot) => rekeySlot(slot, { space, key: { ...planted, id: third.vault.key.id } })));
  await refusedByAll(await rolls.signedBy(second, { slots }), damaged);
});

test("another keyring is damaged: of another key, another space, or with another's signing key", async () => {
  const { scalar } = await makePairToSeal("ECDSA");
  const { signing } = await openKeyring(fromBase64url(String(third.vault.content.keyring)), space, third.vault.key);
  const ours = { older: third.vault.older, signing, rest: {} };
  const planted = [
    first.vault.content.keyring,
    stranger.step.vault.content.keyring,
    await sealKeyring(ours, makeSpaceId(randomBytes), third.vault.key),
    await sealKeyring({ ...ours, signing: scalar }, space, third.vault.key),
    await sealKeyring({ ...ours, signing: new Uint8Array(32) }, space, third.vault.key),
    await sealKeyring({ ...ours, signing: randomBytes(31) }, space, third.vault.key),
    await sealKeyring({ ...ours, older: [{ ...key, bytes: randomBytes(31) }] }, space, third.vault.key),
    "",
  ];
  assert.ok(
    await fresh([first.entry, second.entry, await rolls.signedBy(second, { keyring: await sealKeyring(ours, space, third.vault.key) })]),
  );
  for (const keyring of planted) await refusedByAll(await rolls.signedBy(second, { keyring }), damaged);
});

test("a stub in the last place is damaged", async () => {
  await assert.rejects(fresh([first.entry, second.entry, await rolls.stubOf(third.entry)]), damaged);
  await assert.rejects(knowing(second, [await rolls.stubOf(third.entry)]), damaged);
  await assert.rejects(knowing(third, [await rolls.stubOf(third.entry)]), damaged);
  await assert.rejects(fresh([]), damaged);
});

test("a later format of header or entry is told as such, and no other code", async () => {
  const header = Uint8Array.from(third.entry.header, (byte, place) => (place === 0 ? 2 : byte));
  const later = { ...third.entry, header };
  await refusedByAll({ ...later, id: await revisionId(header, later.blob) }, { name: "NewerFormat", code: "newer-format" });
  await refusedByAll(await rolls.withBlob(third.entry, '{"format": 2, "opens": "with a smile"}'), { name: "NewerFormat" });
});

test("huge and malformed entries are damaged, whoever signed them", async () => {
  const { content } = third.vault;
  const whole = JSON.stringify(content);
  const huge = `${whole.slice(0, -1)}, "more": "${"x".repeat(262_144)}"}`;
  const blobs = [
    "",
    "{",
    "null",
    "[]",
    "7",
    '"text"',
    huge,
    "[".repeat(200_000),
    `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`,
    "\u{FFFF}",
  ];
  for (const blob of blobs) await refusedByAll(await rolls.withBlob(third.entry, blob), damaged);
  await refusedByAll(await rolls.withBlob(third.entry, Uint8Array.of(0xff, 0xfe)), damaged);
  for (const part of ["format", "signing", "forget_older", "slots", "keyring"]) {
    for (const value of [undefined, null, -1, 0.5, "", "A", [], {}, [null], [{}], [{ key: "AAAA", signature: null }]]) {
      if ((part === "slots" && Array.isArray(value)) || (part === "keyring" && value === "")) continue;
      const blob = JSON.stringify({ ...content, [part]: value });
      await assert.rejects(fresh([first.entry, second.entry, await rolls.withBlob(third.entry, blob)]), damaged, `${part} ${value}`);
    }
  }
});

test("no JSON that the vault itself signed makes a phone throw anything but its codes", async () => {
  const almost = fc.record(
    {
      slots: fc.oneof(fc.array(fc.jsonValue()), fc.jsonValue()),
      keyring: fc.jsonValue(),
      signing: fc.jsonValue(),
      forget_older: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(almost, async (content) => {
      const last = await rolls.signedBy(second, content as Record<string, unknown>);
      await fresh([first.entry, second.entry, last]).catch(assertCoded);
      await knowing(second, [last]).catch(assertCoded);
    }),
    { numRuns: 300 },
  );
});

test("a malformed slot beside one's own hinders nothing", async () => {
  const slots = [null, 7, "slot", {}, { kind: "code" }, { ...third.vault.slots[1], sealed: "A" }, ...third.vault.slots];
  const last = await rolls.signedBy(second, { slots });
  assert.deepEqual((await fresh([first.entry, second.entry, last])).slots, third.vault.slots);
});

function assertCoded(error: unknown): void {
  assert.ok(isCoded(error), String(error));
}

function isCoded(error: unknown): boolean {
  return error instanceof RollRefused || error instanceof NewerFormat;
}
