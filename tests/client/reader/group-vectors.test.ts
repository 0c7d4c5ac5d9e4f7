import assert from "node:assert/strict";
import { test } from "node:test";
import { type Author, parseAuthor, parseSpaceId } from "../../../pwa/client/replica/ids.ts";
import { openGroupKeys } from "../../../pwa/client/vault/group-keys.ts";
import { type GroupRoll, isSteward, verifyGroupRoll } from "../../../pwa/client/vault/group-roll.ts";
import { groupWordNumbers } from "../../../pwa/client/vault/group-words.ts";
import type { WholeEntry } from "../../../pwa/client/vault/roll-entry.ts";
import { entryOfRoll, pairOf, type Row, readVectors, toHex } from "./vectors.ts";

interface Case {
  readonly name: string;
  readonly space: string;
  readonly entries: readonly number[];
  readonly refused?: string;
  readonly state?: unknown;
  readonly opens?: Readonly<
    Record<string, { readonly receiving: { public: string; private: string }; readonly keys: readonly (readonly string[])[] }>
  >;
}

const { entries: rows, cases } = readVectors<{ readonly entries: readonly Row[]; readonly cases: readonly Case[] }>("group-roll.json");

function entriesOf({ entries }: Case): readonly WholeEntry[] {
  return entries.map((place) => {
    const row = rows[place];
    const entry = row === undefined ? undefined : entryOfRoll(row);
    assert.ok(entry !== undefined && "blob" in entry);
    return entry;
  });
}

/** As the vectors have it. */
function stateOf(roll: GroupRoll): object {
  return {
    members: roll.members.map(({ id, role, joined }) => [id, role, joined]),
    former: [...roll.former].map(([id, { why, at }]) => [id, why, at]),
    stewards: roll.members.map(({ id }) => id).filter((id) => isSteward(roll, id)),
    key: roll.keyId,
    must_turn: roll.mustTurn,
    rights: [...roll.reigns].map(([keyId, { members, stewards }]) => [keyId, [...members].sort(), [...stewards].sort()]),
  };
}

const sound = cases.filter(({ state }) => state !== undefined);
const refused = cases.filter(({ state }) => state === undefined);

test("there are sound rolls and refused ones", () => {
  assert.ok(sound.length > 10 && refused.length > 15);
});

for (const each of sound) {
  test(`a group: ${each.name}`, async () => {
    const entries = entriesOf(each);
    const roll = await verifyGroupRoll(parseSpaceId(each.space), entries);
    const [last] = roll.ids.slice(-1);
    assert.ok(last);
    assert.deepEqual({ ...stateOf(roll), words: await groupWordNumbers(last) }, each.state);
    assert.equal(Object.keys(each.opens ?? {}).length, roll.members.length);
    for (const [id, { receiving, keys }] of Object.entries(each.opens ?? {})) {
      const pair = await pairOf(receiving);
      const opened = await openGroupKeys(roll, entries, { id: parseAuthor(id) as Author, signing: pair, receiving: pair });
      assert.deepEqual(
        opened.map((key) => [key.id, toHex(key.bytes)]),
        keys,
      );
    }
  });
}

for (const each of refused) {
  test(`refused: ${each.name}`, async () => {
    const entries = entriesOf(each);
    const space = parseSpaceId(each.space);
    const before = await verifyGroupRoll(space, entries.slice(0, -1));
    await assert.rejects(verifyGroupRoll(space, entries), { code: each.refused });
    await assert.rejects(verifyGroupRoll(space, entries.slice(-1), before), { code: each.refused });
  });
}
