import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseBody } from "../../../pwa/client/replica/body.ts";
import { encodeHeader, parseHeader } from "../../../pwa/client/replica/header.ts";
import { parseKeyId, parseRevisionId, parseSpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { unwrapForDevice } from "../../../pwa/client/vault/device-slot.ts";
import { deriveKeys, vaultKeyOf } from "../../../pwa/client/vault/keys.ts";
import { openLocal, sealLocal } from "../../../pwa/client/vault/local.ts";
import { parseSlot } from "../../../pwa/client/vault/parse-slot.ts";
import { openPassphraseSlot } from "../../../pwa/client/vault/passphrase-slot.ts";
import { openRevision, sealRevision } from "../../../pwa/client/vault/revision.ts";
import * as reference from "./reference.ts";
import { makeVectors, type Vectors } from "./vectors.ts";

const vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8")) as Vectors;
const { vault, derived } = vectors;
const space = parseSpaceId(toBase64url(bytesOf(vault.space)));
const vaultKey = vaultKeyOf(parseKeyId(toBase64url(bytesOf(vault.keyId))), bytesOf(vault.key));
const keys = await deriveKeys({ space, key: vaultKey });

test("the reference still makes the vectors of the file", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(makeVectors())), vectors);
});

test("the app opens every revision of the file, and reads its header and body", async () => {
  assert.ok(vectors.revisions.length > 0);
  for (const { name, header, body, blob, id } of vectors.revisions) {
    const revision = { id: parseRevisionId(toBase64url(bytesOf(id))), header: bytesOf(header), blob: bytesOf(blob) };
    assert.deepEqual(await openRevision({ keys, ...revision }), bytesOf(body), name);
    assert.deepEqual(encodeHeader(parseHeader(revision.header)), revision.header, name);
    if (body !== "") assert.equal(parseBody(bytesOf(body)).type, "check-in", name);
  }
});

test("the reference opens what the app seals, and finds the same id", async () => {
  for (const { name, header, body } of vectors.revisions) {
    const sealed = await sealRevision({ keys, header: bytesOf(header), body: bytesOf(body) });
    const [headerBytes, blob] = [Buffer.from(sealed.header), Buffer.from(sealed.blob)];
    assert.equal(reference.open(Buffer.from(derived.record, "hex"), blob, headerBytes).toString("hex"), body, name);
    assert.equal(reference.revisionId(headerBytes, blob).toString("base64url"), sealed.id, name);
  }
});

test("the app and the reference open each other's drafts and snapshots", async () => {
  assert.ok(vectors.local.length > 0);
  for (const { name, keptUnder, plain, blob } of vectors.local) {
    assert.deepEqual(await openLocal(keys, keptUnder, bytesOf(blob)), bytesOf(plain), name);
    const sealed = Buffer.from(await sealLocal(keys, keptUnder, bytesOf(plain)));
    const opened = reference.open(Buffer.from(derived.local, "hex"), sealed, Buffer.from(keptUnder));
    assert.equal(opened.toString("hex"), plain, name);
  }
});

test("the app takes the vault key out of every slot of the file", async () => {
  const { deviceKey, slot } = vectors.deviceSlot;
  const imported = await crypto.subtle.importKey("raw", bytesOf(deviceKey), "AES-GCM", false, ["decrypt"]);
  const device = parseSlot(slot);
  assert.ok(device.kind === "device");
  assert.deepEqual(await unwrapForDevice(imported, device), vaultKey);
  for (const { name, typed, slot } of vectors.passphraseSlots) {
    const passphrase = parseSlot(slot);
    assert.ok(passphrase.kind === "passphrase");
    assert.equal(passphrase.space, space);
    assert.deepEqual((await openPassphraseSlot(typed, passphrase)).vaultKey, vaultKey, name);
  }
});

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}
