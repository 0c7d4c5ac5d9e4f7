/** Makes a vault by the app's own means, with every change a roll can see, and prints it for the second reader to open. */
import { sealPhoneName } from "../../../pwa/client/account/phone-names.ts";
import { encodeBody } from "../../../pwa/client/replica/body.ts";
import { edit } from "../../../pwa/client/replica/edit.ts";
import { encodeHeader } from "../../../pwa/client/replica/header.ts";
import type { Opened } from "../../../pwa/client/replica/heads.ts";
import { fromBase64url, makeRecordId, makeSpaceId, makeWriter, type RecordId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import type { State } from "../../../pwa/client/replica/state.ts";
import type { Value } from "../../../pwa/client/replica/values.ts";
import { deriveKeys, makeVaultKey } from "../../../pwa/client/vault/keys.ts";
import { sealLabel } from "../../../pwa/client/vault/labels.ts";
import type { OpenVault } from "../../../pwa/client/vault/open-vault.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { formatRecoveryCode, makeRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import { sealRevision } from "../../../pwa/client/vault/revision.ts";
import type { WholeEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { addSlot, beginRoll, removeSlot, renewCode, type Step, turnVault } from "../../../pwa/client/vault/vault-roll.ts";
import { toHex } from "./vectors.ts";

const space = makeSpaceId(randomBytes);
const [code, newCode] = [makeRecoveryCode(), makeRecoveryCode()];
const passkey = { kind: "passkey", output: randomBytes(32), site: "diary.example" } as const;
const gone = { kind: "passkey", output: randomBytes(32), site: "diary.example" } as const;
const roll: WholeEntry[] = [];
const record = makeRecordId(randomBytes);
const writer = makeWriter(randomBytes);

const first = kept(await beginRoll({ space, key: makeVaultKey(randomBytes), slots: [{ kind: "code", code }] }));
const early = await write(first, [], { note: "Früh am Morgen \u{1f642}", pain: 3, list: [1, null, { a: "b" }] });
const second = kept(await addSlot(first, { ...gone, label: "An old phone" }));
const phone = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
const point = new Uint8Array(await crypto.subtle.exportKey("raw", phone.publicKey));
const { d = "" } = await crypto.subtle.exportKey("jwk", phone.privateKey);
const withPhone = kept(await addSlot(second, await slotOfPhone(second, "the first session")));
const before = withPhone.slots.find(({ kind }) => kind === "device");
const signedInAgain = kept(await addSlot(withPhone, await slotOfPhone(second, "the second session"), before?.id));
const third = kept(await addSlot(signedInAgain, passkey));
const removed = third.slots.find(({ kind }) => kind === "passkey");
if (removed === undefined) throw new Error("There is a passkey's slot.");
const fourth = kept(await removeSlot(third, removed.id));
// The new code opens beside the old one, until it takes its place.
const withBoth = kept(await addSlot(fourth, { kind: "code", code: newCode }));
const fifth = kept(await renewCode(withBoth, { kind: "code", code: newCode }));
const last = kept(await turnVault(fifth));
const late = await write(last, [early.opened], { note: "Later" });

process.stdout.write(
  JSON.stringify({
    space,
    roll: roll.map(({ id, header, blob, signature }) => row(id, header, blob, signature)),
    code: await formatRecoveryCode(newCode),
    old_code: await formatRecoveryCode(code),
    passkey: { output: toHex(passkey.output), site: passkey.site },
    both: roll.findIndex(({ id }) => id === withBoth.known.ids.at(-1)) + 1,
    phone: { scalar: toHex(fromBase64url(d)), slot: last.slots.find(({ kind }) => kind === "device")?.id },
    removed: { output: toHex(gone.output), site: gone.site },
    record,
    revisions: [early.row, late.row],
    label: await sealLabel(await deriveKeys({ space, key: last.key }), "Anns Telefon"),
  }),
);

async function slotOfPhone({ key }: OpenVault, session: string) {
  const label = await sealPhoneName(await deriveKeys({ space, key }), { name: "Anns Telefon", other: session });
  return { kind: "device", public: point, label } as const;
}

function kept({ entry, vault }: Step): OpenVault {
  roll.push(entry);
  return vault;
}

async function write(
  { key }: OpenVault,
  heads: readonly Opened[],
  values: Record<string, Value>,
): Promise<{ row: object; opened: Opened }> {
  const shown = heads.flatMap(({ state }) => state.entries);
  const changes = Object.entries(values).map(([field, value]) => ({ field, value, shown: shown.filter((one) => one.field === field) }));
  const lastN = shown.reduce((most, { n }) => Math.max(most, n), 0);
  const { state, parents } = edit({ heads, writer, lastN, now: Date.now(), changes, freshWriter: () => makeWriter(randomBytes) });
  const { id, header, blob } = await seal(key, state, parents);
  return { row: row(id, header, blob), opened: { id, parents, kind: "edit", verdict: "opened", state } };
}

async function seal(key: OpenVault["key"], state: State, parents: Opened["parents"]) {
  const header = encodeHeader({
    format: 1,
    kind: "edit",
    owner: "vault",
    space,
    record: record satisfies RecordId,
    keyId: key.id,
    parents,
  });
  return sealRevision({ keys: await deriveKeys({ space, key }), header, body: encodeBody("check-in", state) });
}

function row(id: string, header: Uint8Array, blob: Uint8Array, signature?: Uint8Array): object {
  const parts = { header: toBase64url(header), blob: toBase64url(blob) };
  return { id, ...parts, ...(signature === undefined ? {} : { signature: toBase64url(signature) }) };
}
