/**
 * A vault's roll opened a second time, from docs/keys.md alone: node:crypto, no line of the app's.
 */
import { createHash, createPublicKey, hkdfSync, verify } from "node:crypto";
import * as reference from "./reference.ts";
import { AES_256, openFrom, publicHalfOf } from "./reference-hpke.ts";

export interface EntryBytes {
  readonly id: Buffer;
  readonly header: Buffer;
  readonly blob: Buffer;
  readonly signature: Buffer;
}

/** What stands in a slot, and in an entry, as text. */
type Json = Readonly<Record<string, string>> & { readonly slots: readonly Json[]; readonly signing: readonly Json[] };

export type Secret =
  | { readonly kind: "code"; readonly code: Buffer }
  | { readonly kind: "passkey"; readonly output: Buffer; readonly site: string };

/** The current vault key, the earlier ones, and the signing key that the slot vouches for. Throws where anything does not hold. */
export function openEntry({ id, header, blob, signature }: EntryBytes, secret: Secret) {
  const space = header.subarray(3, 19);
  const keyId = header.subarray(51, 67);
  const entry: Json = JSON.parse(blob.toString("utf8"));
  hold(reference.revisionId(header, blob).equals(id), "id");
  verifyLine(entry.signing, space);
  hold(isSigned(bytes(entry.signing.at(-1)?.key), signature, label("cairn/1/revision", id)), "signature");
  for (const slot of entry.slots) {
    if (slot.kind !== secret.kind) continue;
    const { scalar, pinned } = unseal(slot, secret, space);
    const info = label("cairn/1/slot/key", space, bytes(slot.id), keyId);
    const vaultKey = openFrom(AES_256, scalar, info, bytes(slot.key));
    return { vaultKey, keyId, pinned, keyring: keyring(bytes(entry.keyring), { vaultKey, space, keyId }) };
  }
  throw new Error("There is no such slot.");
}

function verifyLine(line: readonly Json[], space: Buffer): void {
  for (const [place, { key, signature }] of line.entries()) {
    if (place === 0) hold(signature === null, "first key");
    else hold(isSigned(bytes(line[place - 1]?.key), bytes(signature), label("cairn/1/signing", space, bytes(key))), "signing key");
  }
}

function unseal(slot: Json, secret: Secret, space: Buffer): { scalar: Buffer; pinned: Buffer } {
  const context = label("cairn/1/slot", space, bytes(slot.id), bytes(slot.public));
  const plain = reference.open(wrappingKey(slot, secret, space), bytes(slot.sealed), context);
  const [scalar, pinned] = [plain.subarray(0, 32), plain.subarray(32)];
  hold(publicHalfOf(scalar).equals(bytes(slot.public)), "pair of the slot");
  return { scalar, pinned };
}

function wrappingKey(slot: Json, secret: Secret, space: Buffer): Buffer {
  if (secret.kind === "code") return hkdf(secret.code, Buffer.alloc(0), label("cairn/1/code/wrap"));
  const site = createHash("sha256").update(secret.site, "utf8").digest();
  return hkdf(secret.output, bytes(slot.salt), label("cairn/1/slot/passkey", site, space, bytes(slot.id)));
}

function keyring(sealed: Buffer, { vaultKey, space, keyId }: reference.VaultKeyParts) {
  const key = hkdf(vaultKey, space, label("cairn/1/keyring", keyId));
  const plain = reference.open(key, sealed, label("cairn/1/keyring", space, keyId));
  hold(plain.equals(reference.padded(plain.toString("utf8").trimEnd())), "padding");
  const json: { keys: Json[]; signing: string; groups: unknown } = JSON.parse(plain.toString("utf8"));
  return { ...json, keys: json.keys.map(({ id, key }) => ({ id, key: bytes(key) })), signing: bytes(json.signing) };
}

function isSigned(point: Buffer, signature: Buffer, message: Buffer): boolean {
  const spki = Buffer.concat([Buffer.from("3059301306072a8648ce3d020106082a8648ce3d030107034200", "hex"), point]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  return verify("sha256", message, { key, dsaEncoding: "ieee-p1363" }, signature);
}

function hkdf(secret: Buffer, salt: Buffer, info: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, 32));
}

function label(text: string, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from(text, "ascii"), ...parts]);
}

function bytes(text: string | undefined): Buffer {
  return Buffer.from(text ?? "", "base64url");
}

function hold(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It does not hold: ${what}.`);
}
