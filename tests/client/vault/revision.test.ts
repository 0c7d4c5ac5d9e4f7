import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseRevisionId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { openRevision, revisionId, sealRevision } from "../../../pwa/client/vault/revision.ts";
import { headerIn, makeVault, type TestVault, utf8, withOneBitFlipped } from "./vault-of-tests.ts";

const LARGEST_BODY = 256 * 1024;
const vault = await makeVault();
const sealed = await sealedIn(vault);

test("what was sealed opens again, whatever it is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      const body = Uint8Array.from(bytes);
      const revision = await sealRevision({ keys: vault.keys, header: headerIn(vault), body });
      assert.deepEqual(await openRevision({ keys: vault.keys, ...revision }), body);
    }),
    { numRuns: 200 },
  );
});

test("an empty body and one of 256 KiB open again", async () => {
  const largest = new Uint8Array(LARGEST_BODY).map((_, place) => place % 251);
  for (const body of [new Uint8Array(0), largest]) {
    const revision = await sealRevision({ keys: vault.keys, header: headerIn(vault), body });
    assert.equal(revision.blob.length, body.length + 28);
    assert.deepEqual(await openRevision({ keys: vault.keys, ...revision }), body);
  }
});

test("the same body sealed twice is two blobs with two nonces", async () => {
  const header = headerIn(vault);
  const one = await sealRevision({ keys: vault.keys, header, body: utf8("a win") });
  const two = await sealRevision({ keys: vault.keys, header, body: utf8("a win") });
  assert.notDeepEqual(one.blob.subarray(0, 12), two.blob.subarray(0, 12));
  assert.notEqual(one.id, two.id);
});

test("any bit turned over in header, blob or id is refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("header", "blob"), fc.nat(), async (part, place) => {
      const altered = { ...sealed, [part]: withOneBitFlipped(sealed[part], place) };
      await assert.rejects(openRevision({ keys: vault.keys, ...altered }), { name: "NotOpened", code: "wrong-id" });
    }),
    { numRuns: 300 },
  );
  for (let place = 0; place < sealed.id.length; place++) {
    const sign = sealed.id[place] === "A" ? "E" : "A";
    const id = `${sealed.id.slice(0, place)}${sign}${sealed.id.slice(place + 1)}` as typeof sealed.id;
    await assert.rejects(openRevision({ keys: vault.keys, ...sealed, id }), { name: "NotOpened", code: "wrong-id" });
  }
});

test("any bit turned over is refused too by who gives it the id that fits", async () => {
  for (let bit = 0; bit < sealed.header.length * 8; bit++) {
    const header = withOneBitFlipped(sealed.header, bit);
    await assert.rejects(openedUnderItsOwnId({ header, blob: sealed.blob }), refusalOf(header, bit >> 3));
  }
  for (let bit = 0; bit < sealed.blob.length * 8; bit++) {
    const blob = withOneBitFlipped(sealed.blob, bit);
    await assert.rejects(openedUnderItsOwnId({ header: sealed.header, blob }), { name: "NotOpened", code: "damaged" });
  }
});

test("a blob cut anywhere is refused, with its own id as well", async () => {
  for (let length = 0; length < sealed.blob.length; length++) {
    const cut = { header: sealed.header, blob: sealed.blob.slice(0, length) };
    await assert.rejects(openedUnderItsOwnId(cut), { name: "NotOpened", code: "damaged" });
    await assert.rejects(openRevision({ keys: vault.keys, id: sealed.id, ...cut }), { code: "wrong-id" });
  }
});

test("a blob does not open under the header of another record", async () => {
  const other = await sealedIn(vault);
  await assert.rejects(openedUnderItsOwnId({ header: sealed.header, blob: other.blob }), { code: "damaged" });
  await assert.rejects(openedUnderItsOwnId({ header: other.header, blob: sealed.blob }), { code: "damaged" });
});

test("a revision under another key may open later, one of another space never", async () => {
  const turned = await makeVault({ space: vault.space });
  const elsewhere = await makeVault({ key: vault.key });
  await assert.rejects(openRevision({ keys: turned.keys, ...sealed }), { name: "NotOpened", code: "wrong-key" });
  await assert.rejects(openRevision({ keys: elsewhere.keys, ...sealed }), { name: "NotOpened", code: "wrong-space" });
});

test("another key that goes by the same id does not open it", async () => {
  const impostor = await makeVault({ space: vault.space, key: { ...(await makeVault()).key, id: vault.key.id } });
  await assert.rejects(openRevision({ keys: impostor.keys, ...sealed }), { name: "NotOpened", code: "damaged" });
});

test("nothing is sealed under a header that these keys would not open", async () => {
  const turned = headerIn(await makeVault({ space: vault.space }));
  const elsewhere = headerIn(await makeVault({ key: vault.key }));
  const body = utf8("a win");
  await assert.rejects(sealRevision({ keys: vault.keys, header: turned, body }), { name: "NotSealed", code: "wrong-key" });
  await assert.rejects(sealRevision({ keys: vault.keys, header: elsewhere, body }), { name: "NotSealed", code: "wrong-space" });
  await assert.rejects(sealRevision({ keys: vault.keys, header: sealed.header.slice(0, 66), body }), { name: "MalformedHeader" });
});

test("a thousand small bodies opened at once are each their own", async () => {
  const bodies = Array.from({ length: 1_000 }, (_, number) => utf8(`body ${number}`));
  const revisions = await Promise.all(bodies.map((body) => sealRevision({ keys: vault.keys, header: sealed.header, body })));
  const opened = await Promise.all(revisions.map((revision) => openRevision({ keys: vault.keys, ...revision })));
  assert.deepEqual(opened, bodies);
});

async function sealedIn({ space, key, keys }: TestVault) {
  const parents = [parseRevisionId(toBase64url(randomBytes(32)))];
  return sealRevision({ keys, header: headerIn({ space, key }, { parents }), body: utf8("Slept well") });
}

async function openedUnderItsOwnId(revision: { header: Uint8Array<ArrayBuffer>; blob: Uint8Array<ArrayBuffer> }) {
  const id = await revisionId(revision.header, revision.blob);
  return openRevision({ keys: vault.keys, id, ...revision });
}

/** What a header altered at `offset` is refused as, under an id that fits it. */
function refusalOf(header: Uint8Array, offset: number) {
  if (offset === 0 && header[0] !== 0) return { name: "NewerFormat" };
  if (offset >= 3 && offset < 19) return { name: "NotOpened", code: "wrong-space" };
  if (offset >= 51 && offset < 67) return { name: "NotOpened", code: "wrong-key" };
  return { name: "NotOpened", code: "damaged" };
}
