/**
 * Sealing to a public half: HPKE (RFC 9180), base mode, one message, no associated data.
 *
 *     KEM 0x0010 DHKEM(P-256, HKDF-SHA256) · KDF 0x0001 HKDF-SHA256 · AEAD 0x0002 AES-256-GCM
 *     sealed = enc (65) ‖ ciphertext ‖ tag (16)
 *
 * The names in here are those of the standard, §4 to §6. Every expansion is at most 32 bytes, so each is one HMAC.
 */
import { toUtf8 } from "../replica/utf8.ts";
import { NotOpened } from "./blob.ts";
import { type Bytes, join } from "./bytes.ts";
import { importPublic, type KeyPair, makeKeptPair, NotAPoint, POINT_LENGTH } from "./p256.ts";

/** Seal `plain` to a public half; only its private half and the same `info` open it. Throws NotAPoint. */
export async function sealTo(receiver: Bytes, info: Bytes, plain: Bytes): Promise<Bytes> {
  return sealFrom(await makeKeptPair("ECDH"), receiver, info, plain);
}

/** Seal with an ephemeral pair that is given: for examples whose bytes are known. One pair seals one message. */
export async function sealFrom(ephemeral: KeyPair, receiver: Bytes, info: Bytes, plain: Bytes): Promise<Bytes> {
  const secret = await sharedSecret(ephemeral.privateKey, receiver, join(ephemeral.public, receiver));
  const { key, nonce } = await keySchedule(secret, info, "encrypt");
  return join(ephemeral.public, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, plain)));
}

/** Open what was sealed to this pair. Throws NotOpened `damaged` for any other pair, info or bytes. */
export async function openFrom(pair: KeyPair, info: Bytes, sealed: Bytes): Promise<Bytes> {
  const enc = sealed.slice(0, POINT_LENGTH);
  try {
    const secret = await sharedSecret(pair.privateKey, enc, join(enc, pair.public));
    const { key, nonce } = await keySchedule(secret, info, "decrypt");
    const cipher = sealed.subarray(POINT_LENGTH);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, key, cipher));
  } catch (cause) {
    if (cause instanceof NotAPoint || (cause instanceof DOMException && cause.name === "OperationError")) {
      throw new NotOpened("damaged", { cause });
    }
    throw cause;
  }
}

/** §4.1, ExtractAndExpand(dh, kem_context), the same for who seals and who opens; `kemContext` = enc ‖ pkRm. */
export async function sharedSecret(privateKey: CryptoKey, point: Bytes, kemContext: Bytes): Promise<Bytes> {
  const other = await importPublic("ECDH", point);
  const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: other }, privateKey, 256));
  const prk = await labeledExtract(NOTHING, KEM, "eae_prk", dh);
  dh.fill(0);
  return labeledExpand(prk, KEM, "shared_secret", kemContext, 32);
}

const NOTHING = new Uint8Array(0);
const KEM = join(toUtf8("KEM"), Uint8Array.of(0x00, 0x10));
const SUITE = join(toUtf8("HPKE"), Uint8Array.of(0x00, 0x10, 0x00, 0x01, 0x00, 0x02));
const MODE_BASE = Uint8Array.of(0);

/** §5.1, for the first and only message: its nonce is the base nonce. Wipes the secret. */
async function keySchedule(secret: Bytes, info: Bytes, use: "encrypt" | "decrypt"): Promise<{ key: CryptoKey; nonce: Bytes }> {
  const pskIdHash = await labeledExtract(NOTHING, SUITE, "psk_id_hash", NOTHING);
  const context = join(MODE_BASE, pskIdHash, await labeledExtract(NOTHING, SUITE, "info_hash", info));
  const prk = await labeledExtract(secret, SUITE, "secret", NOTHING);
  secret.fill(0);
  const raw = await labeledExpand(prk, SUITE, "key", context, 32);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, [use]);
  raw.fill(0);
  return { key, nonce: await labeledExpand(prk, SUITE, "base_nonce", context, 12) };
}

/* §4. */
function labeledExtract(salt: Bytes, suite: Bytes, label: string, ikm: Bytes): Promise<Bytes> {
  return hmac(salt, join(toUtf8("HPKE-v1"), suite, toUtf8(label), ikm));
}

async function labeledExpand(prk: Bytes, suite: Bytes, label: string, info: Bytes, length: number): Promise<Bytes> {
  const labeledInfo = join(Uint8Array.of(0, length), toUtf8("HPKE-v1"), suite, toUtf8(label), info);
  return (await hmac(prk, join(labeledInfo, Uint8Array.of(1)))).slice(0, length);
}

/** HMAC-SHA256. WebCrypto refuses an empty key; 32 zeros are the same one. */
async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const raw = key.length === 0 ? new Uint8Array(32) : key;
  const imported = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}
