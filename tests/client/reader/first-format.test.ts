import assert from "node:assert/strict";
import { test } from "node:test";
import { parseBody } from "../../../pwa/client/replica/body.ts";
import { parseHeader } from "../../../pwa/client/replica/header.ts";
import { headsOf, type Opened, stateOf } from "../../../pwa/client/replica/heads.ts";
import { parseSpaceId } from "../../../pwa/client/replica/ids.ts";
import { shownValues } from "../../../pwa/client/replica/shown.ts";
import { entriesOf } from "../../../pwa/client/replica/state.ts";
import { isInTrash, TRASH } from "../../../pwa/client/replica/trash.ts";
import { canonicalValue, type Value } from "../../../pwa/client/replica/values.ts";
import { openKeys } from "../../../pwa/client/vault/keys.ts";
import { openFreshRoll, openKnownRoll } from "../../../pwa/client/vault/open-roll.ts";
import type { OpenVault } from "../../../pwa/client/vault/open-vault.ts";
import { readRecoveryCode } from "../../../pwa/client/vault/recovery-code.ts";
import { openRevision } from "../../../pwa/client/vault/revision.ts";
import { entryOfRoll, fromHex, pairOf, type Row, readVectors, sealedOf } from "./vectors.ts";

type Told = { readonly id: string; readonly type: string; readonly in_trash: boolean; readonly says: Record<string, readonly Value[]> };
const first = readVectors<{
  readonly recovery_code: string;
  readonly passkey: { readonly output: string; readonly site: string };
  readonly device: { readonly public: string; readonly private: string };
  readonly space: string;
  readonly roll: readonly Row[];
  readonly revisions: readonly Row[];
  readonly records: readonly Told[];
}>("first-format/vault.json");
const roll = { space: parseSpaceId(first.space), entries: first.roll.map(entryOfRoll) };
const code = { kind: "code", code: await readRecoveryCode(first.recovery_code) } as const;

test("the vault of the first format opens with its code, and says the same words", async () => {
  assert.deepEqual(await readAll(await openFreshRoll({ ...roll, opener: code })), first.records);
});

test("it opens with its passkey", async () => {
  const { output, site } = first.passkey;
  const vault = await openFreshRoll({ ...roll, opener: { kind: "passkey", output: fromHex(output), site } });
  assert.deepEqual(await readAll(vault), first.records);
});

test("it opens on the phone that knew it", async () => {
  const { known } = await openFreshRoll({ ...roll, opener: code });
  const vault = await openKnownRoll({ known, entries: roll.entries, opener: { kind: "device", pair: await pairOf(first.device) } });
  assert.deepEqual(await readAll(vault), first.records);
});

async function readAll({ key, older }: OpenVault): Promise<Told[]> {
  const keys = await openKeys({ space: roll.space, current: key, older });
  const records = new Map<string, { type: string; opened: Opened[] }>();
  for (const row of first.revisions) {
    const revision = sealedOf(row);
    const { record, parents, keyId } = parseHeader(revision.header);
    const under = keys.of(keyId);
    assert.ok(under !== undefined);
    const { type, state } = parseBody(await openRevision({ keys: under, ...revision }));
    const here = records.get(record) ?? { type, opened: [] };
    here.opened.push({ id: revision.id, parents, kind: "edit", verdict: "opened", state });
    records.set(record, here);
  }
  return first.records.map(({ id }) => told(id, records.get(id)));
}

function told(id: string, record: { type: string; opened: Opened[] } | undefined): Told {
  assert.ok(record !== undefined);
  const state = stateOf({ heads: headsOf(record.opened) });
  const fields = [...shownValues(state).keys()].filter((field) => field !== TRASH).sort();
  const says = fields.map((field) => {
    const newest = [...entriesOf(state, field)].sort((one, other) => other.at - one.at || (one.writer < other.writer ? 1 : -1));
    return [field, [...new Map(newest.map(({ value }) => [canonicalValue(value), value])).values()]];
  });
  return { id, type: record.type, in_trash: isInTrash(state), says: Object.fromEntries(says) };
}
