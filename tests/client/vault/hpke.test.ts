import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Bytes } from "../../../pwa/client/vault/bytes.ts";
import { openFrom, sealFrom, sealTo, sharedSecret } from "../../../pwa/client/vault/hpke.ts";
import { importPrivate, type KeyPair, makeKeptPair, makePairToSeal } from "../../../pwa/client/vault/p256.ts";
import * as reference from "./reference-hpke.ts";
import { utf8, withOneBitFlipped } from "./vault-of-tests.ts";

/** RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode. */
const A3 = {
  info: "4f6465206f6e2061204772656369616e2055726e",
  pkEm:
    "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac9" +
    "8536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4",
  skEm: "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
  pkRm:
    "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a82" +
    "6a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
  skRm: "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
  sharedSecret: "c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8",
  key: "868c066ef58aae6dc589b6cfdd18f97e",
  baseNonce: "4e0bc5018beba4bf004cca59",
  aad: "436f756e742d30",
  plain: "4265617574792069732074727574682c20747275746820626561757479",
  sealed: "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434",
} as const;

const damaged = { name: "NotOpened", code: "damaged" };

test("the reference gives every value of the standard's example for P-256 and SHA-256", () => {
  const [skEm, pkRm, info] = [hex(A3.skEm), hex(A3.pkRm), hex(A3.info)];
  assert.equal(reference.publicHalfOf(skEm).toString("hex"), A3.pkEm);
  assert.equal(reference.publicHalfOf(hex(A3.skRm)).toString("hex"), A3.pkRm);
  const secret = reference.sharedSecret(skEm, pkRm, hex(A3.pkEm + A3.pkRm));
  assert.equal(secret.toString("hex"), A3.sharedSecret);
  const { key, baseNonce } = reference.schedule(reference.AES_128, secret, info);
  assert.equal(key.toString("hex"), A3.key);
  assert.equal(baseNonce.toString("hex"), A3.baseNonce);
  const sealed = reference.sealTo(reference.AES_128, skEm, pkRm, { info, plain: hex(A3.plain), aad: hex(A3.aad) });
  assert.equal(sealed.toString("hex"), A3.pkEm + A3.sealed);
});

test("the app's shared secret is the standard's, from either side", async () => {
  const context = bytes(A3.pkEm + A3.pkRm);
  const sender = await importPrivate("ECDH", bytes(A3.skEm), bytes(A3.pkEm));
  const receiver = await importPrivate("ECDH", bytes(A3.skRm), bytes(A3.pkRm));
  assert.equal(toHex(await sharedSecret(sender, bytes(A3.pkRm), context)), A3.sharedSecret);
  assert.equal(toHex(await sharedSecret(receiver, bytes(A3.pkEm), context)), A3.sharedSecret);
});

test("the app seals the reference's bytes from the same ephemeral pair, in the suite of the app", async () => {
  const ephemeral = await pairOf(A3.skEm, A3.pkEm);
  for (const length of [0, 1, 32, 1000]) {
    const [info, plain] = [utf8("info".repeat(length)), new Uint8Array(length).fill(7)];
    const sealed = await sealFrom(ephemeral, bytes(A3.pkRm), info, plain);
    const message = { info: Buffer.from(info), plain: Buffer.from(plain) };
    assert.equal(toHex(sealed), reference.sealTo(reference.AES_256, hex(A3.skEm), hex(A3.pkRm), message).toString("hex"));
    assert.deepEqual(await openFrom(await pairOf(A3.skRm, A3.pkRm), info, sealed), plain);
  }
});

test("the app opens what another implementation sealed", async () => {
  const { messages } = JSON.parse(readFileSync(new URL("hpke-vectors.json", import.meta.url), "utf8"));
  assert.ok(messages.length >= 3);
  for (const { scalar, point, info, plain, sealed } of messages) {
    assert.equal(toHex(await openFrom(await pairOf(scalar, point), bytes(info), bytes(sealed))), plain);
  }
});

test("what is sealed to a public half opens with its private half, and by the reference", async () => {
  const { scalar, ...pair } = await makePairToSeal("ECDH");
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), fc.uint8Array({ maxLength: 200 }), async (infoBytes, plainBytes) => {
      const [info, plain] = [Uint8Array.from(infoBytes), Uint8Array.from(plainBytes)];
      const sealed = await sealTo(pair.public, info, plain);
      assert.equal(sealed.length, 65 + plain.length + 16);
      assert.deepEqual(await openFrom(pair, info, sealed), plain);
      const opened = reference.openFrom(reference.AES_256, Buffer.from(scalar), Buffer.from(info), Buffer.from(sealed));
      assert.deepEqual(Uint8Array.from(opened), plain);
    }),
    { numRuns: 50 },
  );
});

test("no two messages share an ephemeral pair", async () => {
  const pair = await makeKeptPair("ECDH");
  const sealed = await Promise.all([1, 2, 3].map(() => sealTo(pair.public, utf8("info"), utf8("plain"))));
  assert.equal(new Set(sealed.map((each) => toHex(each.slice(0, 65)))).size, 3);
});

test("another pair, another info, any cut and any bit turned over is refused", async () => {
  const pair = await makeKeptPair("ECDH");
  const sealed = await sealTo(pair.public, utf8("info"), utf8("plain"));
  await assert.rejects(openFrom(await makeKeptPair("ECDH"), utf8("info"), sealed), damaged);
  await assert.rejects(openFrom({ ...pair, public: (await makeKeptPair("ECDH")).public }, utf8("info"), sealed), damaged);
  await assert.rejects(openFrom(pair, utf8("inf"), sealed), damaged);
  for (let length = 0; length < sealed.length; length++)
    await assert.rejects(openFrom(pair, utf8("info"), sealed.slice(0, length)), damaged);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    await assert.rejects(openFrom(pair, utf8("info"), withOneBitFlipped(sealed, bit)), damaged);
  }
});

test("nothing is sealed to bytes that are no point", async () => {
  const point = (await makeKeptPair("ECDH")).public;
  const offTheCurve = withOneBitFlipped(point, 64 * 8);
  for (const receiver of [new Uint8Array(65), new Uint8Array(0), point.slice(0, 64), offTheCurve, Uint8Array.of(4)]) {
    await assert.rejects(sealTo(receiver, utf8("info"), utf8("plain")), { name: "NotAPoint", code: "not-a-point" });
  }
});

async function pairOf(scalar: string, point: string): Promise<KeyPair> {
  return { privateKey: await importPrivate("ECDH", bytes(scalar), bytes(point)), public: bytes(point) };
}

function hex(text: string): Buffer {
  return Buffer.from(text, "hex");
}

function bytes(text: string): Bytes {
  return Uint8Array.from(hex(text));
}

function toHex(made: Uint8Array): string {
  return Buffer.from(made).toString("hex");
}
