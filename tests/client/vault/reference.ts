/**
 * The envelope a second time, from docs/envelope-format.md alone: node:crypto, bytes put together by hand, the nonce
 * an argument. It shares no line with the app, so that each can judge the other.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, pbkdf2Sync } from "node:crypto";

export interface Header {
  readonly kind: 1 | 2 | 3;
  readonly space: Buffer;
  readonly record: Buffer;
  readonly keyId: Buffer;
  readonly parents: readonly Buffer[];
}

export interface VaultKeyParts {
  readonly vaultKey: Buffer;
  readonly space: Buffer;
  readonly keyId: Buffer;
}

/** Write a vault's header, format 1. */
export function header({ kind, space, record, keyId, parents }: Header): Buffer {
  return Buffer.concat([Buffer.from([1, kind, 0]), space, record, keyId, ...[...parents].sort(Buffer.compare)]);
}

/** Fill a body up with spaces to its PADMÉ length, at least 256 bytes. */
export function padded(body: string): Buffer {
  const bytes = Buffer.from(body, "utf8");
  const exponent = Math.floor(Math.log2(Math.max(bytes.length, 256)));
  const step = 2 ** (exponent - Math.floor(Math.log2(exponent)) - 1);
  const length = Math.ceil(Math.max(bytes.length, 256) / step) * step;
  return Buffer.concat([bytes, Buffer.alloc(length - bytes.length, " ")]);
}

export function derivedKey(use: "record" | "local", { vaultKey, space, keyId }: VaultKeyParts): Buffer {
  return Buffer.from(hkdfSync("sha256", vaultKey, space, Buffer.concat([Buffer.from(`cairn/1/${use}`), keyId]), 32));
}

export function seal(key: Buffer, nonce: Buffer, plain: Buffer, context: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(context);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Open a blob; throws when the tag is not right. */
export function open(key: Buffer, blob: Buffer, context: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, blob.subarray(0, 12)).setAAD(context);
  decipher.setAuthTag(blob.subarray(-16));
  return Buffer.concat([decipher.update(blob.subarray(12, -16)), decipher.final()]);
}

export function revisionId(headerBytes: Buffer, blob: Buffer): Buffer {
  return sha256(Buffer.concat([headerBytes, sha256(blob)]));
}

export function deviceSlot(deviceKey: Buffer, nonce: Buffer, { vaultKey, space, keyId }: VaultKeyParts) {
  const context = Buffer.concat([Buffer.from("cairn/1/slot/device"), space, keyId]);
  const wrapped = seal(deviceKey, nonce, vaultKey, context);
  return { format: 1, kind: "device", ...slotText({ space, key: keyId, wrapped, check: checkOf(context, wrapped) }) };
}

export interface Stretching {
  /** Trimmed and in NFKC already. */
  readonly words: string;
  readonly salt: Buffer;
  readonly iterations: number;
}

export function passphraseSlot({ words, salt, iterations }: Stretching, nonce: Buffer, { vaultKey, space, keyId }: VaultKeyParts) {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(iterations);
  const context = Buffer.concat([Buffer.from("cairn/1/slot/passphrase"), space, keyId, salt, count]);
  const wrapped = seal(pbkdf2Sync(words, salt, iterations, 32, "sha256"), nonce, vaultKey, context);
  const check = checkOf(context, wrapped);
  return { format: 1, kind: "passphrase", iterations, ...slotText({ space, key: keyId, salt, wrapped, check }) };
}

function checkOf(context: Buffer, wrapped: Buffer): Buffer {
  return sha256(Buffer.concat([context, wrapped]));
}

function slotText<Name extends string>(parts: Record<Name, Buffer>): Record<Name, string> {
  const entries = Object.entries<Buffer>(parts).map(([name, bytes]) => [name, bytes.toString("base64url")]);
  return Object.fromEntries(entries) as Record<Name, string>;
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
