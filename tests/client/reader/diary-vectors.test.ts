import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBody, parseBody, type Saw } from "../../../pwa/client/replica/body.ts";
import { edit } from "../../../pwa/client/replica/edit.ts";
import { encodeHeader, parseHeader } from "../../../pwa/client/replica/header.ts";
import { type History, headsOf, type Opened, type Stub, stateOf as stateOfHistory } from "../../../pwa/client/replica/heads.ts";
import { parseKeyId, parseRevisionId, parseSpaceId, parseWriter, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { padded } from "../../../pwa/client/replica/padding.ts";
import { shownEntry, shownTexts } from "../../../pwa/client/replica/shown.ts";
import { canonical } from "../../../pwa/client/replica/state.ts";
import { isInTrash } from "../../../pwa/client/replica/trash.ts";
import { toUtf8 } from "../../../pwa/client/replica/utf8.ts";
import type { Value } from "../../../pwa/client/replica/values.ts";
import { openKeys, vaultKeyOf } from "../../../pwa/client/vault/keys.ts";
import { openRevision } from "../../../pwa/client/vault/revision.ts";
import { addRevision, NO_HISTORY } from "../replica/step-by-step.ts";
import { entryOf, fromHex, type Listed, type Row, readVectors, type Said, sealedOf, stateOf } from "./vectors.ts";

type Revisions = {
  readonly space: string;
  readonly keys: readonly { readonly id: string; readonly key: string }[];
  readonly revisions: readonly ({
    readonly name: string;
    readonly row: Row;
    readonly parents: readonly string[];
    readonly type: string;
    readonly saw: Saw | null;
  } & Said)[];
  readonly padding: readonly [number, number][];
  readonly bodies: readonly { readonly name: string; readonly body: string; readonly refused: boolean }[];
};
type Save = {
  readonly changes: Record<string, Value>;
  readonly gone: readonly string[];
  readonly shown: readonly Listed[];
  readonly writer: string;
  readonly last_n: number;
  readonly clock: number;
  readonly fresh: string;
};
type Merge = {
  readonly name: string;
  readonly revisions: readonly ({ readonly id: string; readonly parents: readonly string[] } & Said)[];
  readonly stubs: readonly { readonly id: string; readonly parents: readonly string[] }[];
  readonly heads: readonly string[];
  readonly joined: Said;
  readonly in_trash: boolean;
  readonly shown: Record<string, { readonly one: Value; readonly texts: readonly string[] }>;
  readonly save?: Save;
  readonly saved?: Said & { readonly parents: readonly string[]; readonly writer: string; readonly n: number };
};

const told = readVectors<Revisions>("revisions.json");
const merges = readVectors<{ readonly cases: readonly Merge[] }>("merges.json").cases;

test("every revision opens, and says what the second reader put in", async () => {
  const space = parseSpaceId(toBase64url(fromHex(told.space)));
  const [current, ...older] = told.keys.map(({ id, key }) => vaultKeyOf(parseKeyId(toBase64url(fromHex(id))), fromHex(key)));
  assert.ok(current !== undefined && told.revisions.length > 5);
  const vault = await openKeys({ space, current, older });
  for (const { name, row, parents, type, saw, ...said } of told.revisions) {
    const revision = sealedOf(row);
    const header = parseHeader(revision.header);
    const keys = vault.of(header.keyId);
    assert.ok(keys !== undefined, name);
    assert.deepEqual(header.parents, parents, name);
    assert.deepEqual(encodeHeader(header), revision.header, name);
    const content = await openRevision({ keys, ...revision });
    const body = parseBody(content);
    assert.deepEqual([body.type, body.saw], [type, saw], name);
    assert.equal(canonical(body.state), canonical(stateOf(said)), name);
    assert.equal(encodeBody(type, body.state, saw).length, content.length, name);
  }
});

test("both readers refuse the same bodies", () => {
  for (const { name, body, refused } of told.bodies) {
    if (refused) assert.throws(() => parseBody(toUtf8(body)), { name: "MalformedBody" }, name);
    else assert.doesNotThrow(() => parseBody(toUtf8(body)), name);
  }
});

test("both readers pad alike", () => {
  for (const [length, to] of told.padding) assert.equal(padded(length), to, `${length}`);
});

for (const { name, revisions, stubs, heads, joined, in_trash, shown, save, saved } of merges) {
  test(`both readers merge alike: ${name}`, () => {
    const known = revisions.map(
      ({ id, parents, ...said }): Opened => ({
        id: parseRevisionId(id),
        parents: parents.map(parseRevisionId),
        kind: "edit",
        verdict: "opened",
        state: stateOf(said),
      }),
    );
    const bare = stubs.map(
      ({ id, parents }): Stub => ({
        id: parseRevisionId(id),
        parents: parents.map(parseRevisionId),
        kind: "edit",
        verdict: "stub",
        state: null,
      }),
    );
    // What is opened is no stub any more: of both, a phone keeps the one that says more.
    const there = headsOf([...known, ...bare.filter(({ id }) => !known.some((one) => one.id === id))]);
    const arrived = [...bare, ...known, ...bare].reduce<History>(addRevision, NO_HISTORY);
    assert.deepEqual(new Set(arrived.heads.map(({ id }) => id)), new Set(heads));
    assert.deepEqual(new Set(there.map(({ id }) => id)), new Set(heads));
    const state = stateOfHistory({ heads: there });
    assert.equal(canonical(state), canonical(stateOf(joined)));
    assert.equal(isInTrash(state), in_trash);
    for (const [field, { one, texts }] of Object.entries(shown)) {
      assert.deepEqual(shownEntry(state, field)?.value, one);
      assert.deepEqual(
        shownTexts(state, field).map(({ text }) => text),
        texts,
      );
    }
    if (save === undefined || saved === undefined) return;
    const made = edit({ heads: there, ...askedOf(save) });
    assert.equal(canonical(made.state), canonical(stateOf(saved)));
    assert.deepEqual(new Set(made.parents), new Set(saved.parents));
    assert.deepEqual([made.writer, made.n], [saved.writer, saved.n]);
  });
}

function askedOf({ changes, gone, shown, writer, last_n: lastN, clock: now, fresh }: Save) {
  const asked = [...Object.entries(changes), ...gone.map((field) => [field, undefined] as const)];
  const shownOf = (field: string) => shown.map(entryOf).filter((entry) => entry.field === field);
  return {
    writer: parseWriter(writer),
    lastN,
    now,
    freshWriter: () => parseWriter(fresh),
    changes: asked.map(([field, value]) => ({ field, value, shown: shownOf(field) })),
  };
}
