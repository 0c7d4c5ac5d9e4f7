/** A vault with a passkey, a code and a phone, its roll, and what somebody else could make of it. */
import { encodeHeader, parseHeader } from "../../../pwa/client/replica/header.ts";
import { makeSpaceId, type SpaceId } from "../../../pwa/client/replica/ids.ts";
import { sha256 } from "../../../pwa/client/vault/bytes.ts";
import type { JsonMap } from "../../../pwa/client/vault/json.ts";
import { type DeviceOpener, type KeySlot, makeDevicePair } from "../../../pwa/client/vault/key-slot.ts";
import { makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import type { OpenVault } from "../../../pwa/client/vault/open-vault.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { revisionId } from "../../../pwa/client/vault/revision.ts";
import { type EntryStub, type EntryToSign, signEntry, type WholeEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { beginRoll, type Step } from "../../../pwa/client/vault/vault-roll.ts";
import { utf8 } from "./vault-of-tests.ts";

export const SITE = "diary.example";

export function makePasskey() {
  return { kind: "passkey", output: randomBytes(32), site: SITE } as const;
}

export function makeCode() {
  return { kind: "code", code: randomBytes(16) } as const;
}

export async function makeDevice(): Promise<DeviceOpener> {
  return { kind: "device", pair: await makeDevicePair() };
}

/** What a device's opener gives to have a slot made. */
export function slotFor({ pair }: DeviceOpener) {
  return { kind: "device", public: pair.public } as const;
}

export async function beginVault(space: SpaceId = makeSpaceId(randomBytes)) {
  const [passkey, code, device] = [makePasskey(), makeCode(), await makeDevice()];
  const key = makeVaultKey(randomBytes);
  const step = await beginRoll({ space, key, slots: [passkey, code, slotFor(device)] });
  return { space, key, passkey, code, device, step };
}

export function slotOf({ slots }: OpenVault, kind: KeySlot["kind"]): KeySlot {
  const slot = slots.find((each) => each.kind === kind);
  if (slot === undefined) throw new Error(`There is no slot of the kind ${kind}.`);
  return slot;
}

export async function stubOf({ id, header, blob, signature }: WholeEntry): Promise<EntryStub> {
  return { id, header, blobHash: await sha256(blob), signature };
}

/** An entry on top of a vault, made by somebody who has its signing key: each part can be another. */
export function signedBy({ vault }: Step, content: JsonMap, other: Partial<EntryToSign> = {}): Promise<WholeEntry> {
  const { space, record, ids } = vault.known;
  const parent = ids.at(-1) ?? null;
  const whole = { ...vault.content, ...content };
  return signEntry({ space, record, parent, keyId: vault.key.id, content: whole, signer: vault.signer, ...other });
}

/** The same entry with another blob, and the id that fits: what a server could do. */
export async function withBlob(entry: WholeEntry, blob: string | Uint8Array<ArrayBuffer>): Promise<WholeEntry> {
  const bytes = typeof blob === "string" ? utf8(blob) : blob;
  return { ...entry, blob: bytes, id: await revisionId(entry.header, bytes) };
}

/** The same entry under another header, and the id that fits. */
export async function withHeader(entry: WholeEntry, change: JsonMap): Promise<WholeEntry> {
  const header = encodeHeader({ ...parseHeader(entry.header), ...change });
  return { ...entry, header, id: await revisionId(header, entry.blob) };
}

export function contentOf({ blob }: WholeEntry): JsonMap {
  return JSON.parse(Buffer.from(blob).toString("utf8"));
}
