import assert from "node:assert/strict";
import { test } from "node:test";
import { NewerFormat } from "../../../pwa/client/replica/header.ts";
import { fromBase64url, type KeyId, parseKeyId, parseSpaceId, type SpaceId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { openFrom, sealFrom } from "../../../pwa/client/vault/hpke.ts";
import { openSlot, readSlot, takeVaultKey } from "../../../pwa/client/vault/key-slot.ts";
import { openKeyring } from "../../../pwa/client/vault/keyring.ts";
import { openKeys, type VaultKey, vaultKeyOf } from "../../../pwa/client/vault/keys.ts";
import { openLabel } from "../../../pwa/client/vault/labels.ts";
import { type FreshOpener, openFreshRoll, openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import type { OpenVault } from "../../../pwa/client/vault/open-vault.ts";
import { parseSlot } from "../../../pwa/client/vault/parse-slot.ts";
import { prfInput } from "../../../pwa/client/vault/passkey-key.ts";
import { unwrapForPasskey } from "../../../pwa/client/vault/passkey-slot.ts";
import { deriveRecoveryToken, formatRecoveryCode, readRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import type { RollEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { RollRefused } from "../../../pwa/client/vault/roll-refused.ts";
import { entryOfRoll, fromHex, pairOf, type Row, readVectors, toHex } from "./vectors.ts";

type Opener = { readonly code?: string; readonly passkey?: { readonly output: string; readonly site: string } };
type Older = readonly { readonly id: string; readonly key: string }[];
type Vault = { readonly space: string; readonly keyId: string; readonly key: string };
type Outcome = {
  readonly name: string;
  readonly opens?: { readonly key: string; readonly keyId: string; readonly older: Older; readonly entry: string };
  readonly keeps?: readonly string[];
  readonly refused?: string;
};
type Opening = Outcome & { readonly entries: readonly number[]; readonly with: Opener };
type Following = Outcome & {
  readonly with: Opener;
  readonly known: readonly number[];
  readonly given: readonly number[];
  readonly device: Halves;
};
type Halves = { readonly public: string; readonly private: string };
type Message = Halves & {
  readonly name: string;
  readonly info: string;
  readonly plain: string;
  readonly sealed: string;
  readonly ephemeral: string;
};

const codes = readVectors<{
  readonly good: readonly { readonly secret: string; readonly code: string; readonly token: string }[];
  readonly read: readonly { readonly typed: string; readonly secret: string }[];
  readonly refused: readonly { readonly typed: string; readonly code: string; readonly sign?: string }[];
}>("recovery-codes.json");
const roll = readVectors<{
  readonly space: string;
  readonly entries: readonly Row[];
  readonly openings: readonly Opening[];
  readonly followings: readonly Following[];
}>("roll.json");

test("both readers write and read the same codes", async () => {
  for (const { secret, code, token } of codes.good) {
    assert.equal(await formatRecoveryCode(fromHex(secret)), code);
    assert.equal(toHex(await readRecoveryCode(code)), secret);
    assert.equal(await deriveRecoveryToken(fromHex(secret)), token);
  }
  for (const { typed, secret } of codes.read) assert.equal(toHex(await readRecoveryCode(typed)), secret, typed);
  for (const { typed, code } of codes.refused) await assert.rejects(readRecoveryCode(typed), { code }, typed);
});

test("both readers seal to a public half alike", async () => {
  const { messages, refused } = readVectors<{ readonly messages: readonly Message[]; readonly refused: readonly Message[] }>("hpke.json");
  for (const each of messages) {
    const [sealed, info, plain] = [fromHex(each.sealed), fromHex(each.info), fromHex(each.plain)];
    assert.deepEqual(await openFrom(await pairOf(each), info, sealed), plain, each.name);
    const ephemeral = await pairOf({ private: each.ephemeral, public: toHex(sealed.slice(0, 65)) });
    assert.deepEqual(await sealFrom(ephemeral, fromHex(each.public), info, plain), sealed, each.name);
  }
  for (const each of refused)
    await assert.rejects(openFrom(await pairOf(each), fromHex(each.info), fromHex(each.sealed)), { code: "damaged" }, each.name);
});

test("every slot opens with what it is for", async () => {
  type Slots = {
    readonly vault: Vault & { readonly signing: string };
    readonly prf: string;
    readonly slots: readonly (Opener & { readonly name: string; readonly device?: string; readonly slot: { readonly public: string } })[];
  };
  const { vault, prf, slots } = readVectors<Slots>("slots.json");
  assert.equal(toHex(await prfInput()), prf);
  const place = { space: spaceOf(vault.space), keyId: keyIdOf(vault.keyId) };
  for (const { name, slot: json, device, ...opener } of slots) {
    const slot = readSlot(json);
    assert.ok(slot !== null, name);
    const pair = device === undefined ? null : await pairOf({ private: device, public: toHex(fromBase64url(json.public)) });
    const opened = await openSlot([slot], pair === null ? await openerOf(opener) : { kind: "device", pair }, place.space);
    assert.equal(opened.pinned, pair === null ? toBase64url(fromHex(vault.signing)) : null, name);
    assert.equal(toHex((await takeVaultKey(opened, place)).bytes), vault.key, name);
  }
});

test("the slot of the phone opens with its passkey, and with no other", async () => {
  type Here = {
    readonly vault: Vault;
    readonly output: string;
    readonly slot: unknown;
    readonly refused: readonly { readonly name: string; readonly output: string; readonly slot: unknown; readonly code: string }[];
  };
  const { vault, output, slot, refused } = readVectors<Here>("slot-here.json");
  const open = async (json: unknown, answer: string): Promise<VaultKey> => {
    const here = parseSlot(json);
    assert.ok(here.kind === "passkey");
    return unwrapForPasskey(fromHex(answer), here);
  };
  const key = await open(slot, output);
  assert.deepEqual([key.id, toHex(key.bytes)], [keyIdOf(vault.keyId), vault.key]);
  for (const each of refused) await assert.rejects(open(each.slot, each.output), { code: each.code }, each.name);
});

test("every keyring and label opens", async () => {
  type Rings = {
    readonly vault: Vault;
    readonly keyrings: readonly {
      readonly name: string;
      readonly sealed: string;
      readonly older: Older;
      readonly signing: string;
      readonly more: unknown;
    }[];
    readonly labels: readonly { readonly text: string; readonly label: string }[];
  };
  const { vault, keyrings, labels } = readVectors<Rings>("keyring.json");
  const [space, key] = [spaceOf(vault.space), vaultKeyOf(keyIdOf(vault.keyId), fromHex(vault.key))];
  for (const { name, sealed, older, signing, more } of keyrings) {
    const ring = await openKeyring(fromBase64url(sealed), space, key);
    assert.deepEqual(olderOf(ring), older, name);
    assert.deepEqual([toHex(ring.signing), ring.rest], [signing, more], name);
  }
  const keys = await openKeys({ space, current: key, older: [] });
  for (const { text, label } of labels) assert.equal(await openLabel(keys, label), text);
});

for (const each of roll.openings) {
  test(`a fresh phone is told the same by both readers: ${each.name}`, async () => {
    const opener = await openerOf(each.with);
    await holds(each, () => openFreshRoll({ space: spaceOf(roll.space), entries: entriesAt(each.entries), opener }));
  });
}

for (const each of roll.followings) {
  test(`a phone that knows the vault is told the same by both readers: ${each.name}`, async () => {
    const { known } = await openFreshRoll({
      space: spaceOf(roll.space),
      entries: entriesAt(each.known),
      opener: await openerOf(each.with),
    });
    const opener = { kind: "device", pair: await pairOf(each.device) } as const;
    await holds(each, () => openKnownRoll({ known, entries: entriesAt(each.given), opener }));
  });
}

async function holds({ opens, keeps, refused }: Outcome, open: () => Promise<OpenVault>): Promise<void> {
  if (refused !== undefined) {
    await assert.rejects(open, (error) =>
      error instanceof NewerFormat ? refused === "newer-format" : error instanceof RollRefused && error.code === refused,
    );
    return;
  }
  const vault = await open();
  if (opens !== undefined) {
    const { key, keyId, older, entry } = opens;
    assert.deepEqual([toHex(vault.key.bytes), vault.key.id, vault.known.ids.at(-1)], [key, keyIdOf(keyId), entry]);
    assert.deepEqual(olderOf(vault), older);
  }
  const written = JSON.stringify(vault.content);
  for (const kept of keeps ?? []) assert.ok(written.includes(`"${kept}"`), kept);
}

function entriesAt(places: readonly number[]): RollEntry[] {
  return places.map((place) => {
    const row = roll.entries[place];
    assert.ok(row !== undefined);
    return entryOfRoll(row);
  });
}

async function openerOf({ code, passkey }: Opener): Promise<FreshOpener> {
  if (code !== undefined) return { kind: "code", code: await readRecoveryCode(code) };
  assert.ok(passkey !== undefined);
  return { kind: "passkey", output: fromHex(passkey.output), site: passkey.site };
}

function olderOf({ older }: { older: readonly VaultKey[] }): Older {
  return older.map(({ id, bytes }) => ({ id: toHex(fromBase64url(id)), key: toHex(bytes) }));
}

function spaceOf(hex: string): SpaceId {
  return parseSpaceId(toBase64url(fromHex(hex)));
}

function keyIdOf(hex: string): KeyId {
  return parseKeyId(toBase64url(fromHex(hex)));
}
