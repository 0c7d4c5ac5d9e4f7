import assert from "node:assert/strict";
import { test } from "node:test";
import { type Sealing, sealing } from "../../../pwa/client/vault/sealing.ts";
import { sealing as unsealed } from "./unsealed.ts";
import { headerIn, makeVault, utf8 } from "./vault-of-tests.ts";

const MARKER = "marker-heron";
const vault = await makeVault();

test("nothing sealed holds a word that was typed", async () => {
  for (const bytes of await keptBy(sealing)) assert.equal(holdsMarker(bytes), false);
});

test("the planted sealing that does not seal is found by the same search, and opens what it kept", async () => {
  for (const bytes of await keptBy(unsealed)) assert.equal(holdsMarker(bytes), true);
  const revision = await unsealed.sealRevision({ keys: vault.keys, header: headerIn(vault), body: utf8(MARKER) });
  assert.deepEqual(await unsealed.openRevision({ keys: vault.keys, ...revision }), utf8(MARKER));
  assert.deepEqual(await unsealed.openLocal(vault.keys, "draft", utf8(MARKER)), utf8(MARKER));
});

/** Seal a record's body, a draft and a snapshot with the marker in them; give what would stand in the files. */
async function keptBy({ sealRevision, sealLocal }: Sealing): Promise<Uint8Array[]> {
  const { header, blob } = await sealRevision({ keys: vault.keys, header: headerIn(vault), body: utf8(MARKER) });
  const kept = [blob, await sealLocal(vault.keys, "draft", utf8(MARKER)), await sealLocal(vault.keys, "snapshot", utf8(MARKER))];
  assert.equal(holdsMarker(header), false);
  return kept;
}

function holdsMarker(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes(MARKER);
}
