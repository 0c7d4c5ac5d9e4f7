import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Header } from "../../../pwa/client/replica/header.ts";
import { type Author, makeKeyId, type RecordId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { letIn, removeMember, setRole, turnGroup } from "../../../pwa/client/vault/group-entries.ts";
import { openGroupKeys } from "../../../pwa/client/vault/group-keys.ts";
import { makeMemberKeys, publicOf, writeMember } from "../../../pwa/client/vault/group-member.ts";
import { groupRecord, ownRecord, profileRecord } from "../../../pwa/client/vault/group-revision.ts";
import { isSteward, MOST_MEMBERS, mayErase, mayWrite, verifyGroupRoll } from "../../../pwa/client/vault/group-roll.ts";
import { rollRecord } from "../../../pwa/client/vault/group-roll-entry.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { contentOf, GroupOfTests, people, remade } from "./group-of-tests.ts";

const [ann, ben, cas, dee, eve] = await fivePeople();

async function fivePeople() {
  const [one, two, three, four, five] = await people(5);
  assert.ok(one && two && three && four && five);
  return [one, two, three, four, five] as const;
}

async function groupOfThree(): Promise<GroupOfTests> {
  const group = await GroupOfTests.begin(ann);
  await group.letsIn(ann, ben);
  await group.letsIn(ben, cas);
  return group;
}

const idsOf = ({ roll }: GroupOfTests): readonly Author[] => roll.members.map(({ id }) => id);

test("who begins a group is its steward, and the others come in by any member's entry", async () => {
  const group = await groupOfThree();
  assert.deepEqual(idsOf(group), [ann.id, ben.id, cas.id]);
  assert.deepEqual(
    group.roll.lines.map(({ what, by, about }) => [what, by, about]),
    [
      ["found", ann.id, null],
      ["join", ann.id, ben.id],
      ["join", ben.id, cas.id],
    ],
  );
  assert.equal(isSteward(group.roll, ann.id), true);
  assert.equal(isSteward(group.roll, ben.id), false);
  for (const each of [ben, cas]) assert.deepEqual(group.keysOf(each), group.keysOf(ann));
  assert.deepEqual(await verifyGroupRoll(group.space, group.entries), group.roll);
});

test("who is removed has nothing of the next key, and the others have all keys", async () => {
  const group = await groupOfThree();
  const before = group.keysOf(ben);
  await group.removes(ann, ben.id);
  assert.deepEqual(idsOf(group), [ann.id, cas.id]);
  assert.deepEqual(group.roll.former.get(ben.id), { why: "removed", at: 3 });
  assert.equal(group.keysOf(cas).length, 2);
  assert.deepEqual(group.keysOf(cas)[0], before[0]);
  await assert.rejects(openGroupKeys(group.roll, group.entries, ben), { code: "no-key" });
});

test("after somebody left, nothing but a new key or another leaving is taken", async () => {
  const group = await groupOfThree();
  await group.leaves(cas);
  assert.equal(group.roll.mustTurn, true);
  await assert.rejects(letIn({ ...group.making(ann), joiner: publicOf(dee), request: toBase64url(randomBytes(16)) }), {
    code: "turn-first",
  });
  await assert.rejects(setRole({ ...group.making(ann), member: ben.id, role: "steward" }), { code: "turn-first" });
  await group.turns(ben);
  assert.equal(group.roll.mustTurn, false);
  await assert.rejects(openGroupKeys(group.roll, group.entries, cas), { code: "no-key" });
});

test("whose stewardship is taken away can erase what was written under the key before, and nothing after", async () => {
  const group = await groupOfThree();
  await group.makes(ann, ben.id, "steward");
  const before = group.roll.keyId;
  await group.makes(ann, ben.id, "member");
  assert.notEqual(group.roll.keyId, before);
  const erase = (keyId: Header["keyId"]): Header =>
    headerOf(group, { kind: "erase", author: ben.id, record: profileRecord(cas.id), keyId });
  assert.equal(mayErase(group.roll, erase(before)), true);
  assert.equal(mayErase(group.roll, erase(group.roll.keyId)), false);
});

test("where no steward is left, the one who has been there longest counts as one", async () => {
  const group = await groupOfThree();
  await group.leaves(ann);
  await group.turns(cas);
  assert.equal(isSteward(group.roll, ben.id), true);
  assert.equal(isSteward(group.roll, cas.id), false);
  await assert.rejects(removeMember({ ...group.making(cas), member: ben.id }), { code: "not-allowed" });
  await group.removes(ben, cas.id);
  assert.deepEqual(idsOf(group), [ben.id]);
});

test("new keys of one's own are signed with the old ones, and open the group", async () => {
  const group = await groupOfThree();
  const renewed = await group.rekeys(ben);
  assert.deepEqual(group.keysOf(renewed), group.keysOf(ann));
  await group.turns(ann);
  await assert.rejects(openGroupKeys(group.roll, group.entries, ben), { code: "no-key" });
  assert.equal((await openGroupKeys(group.roll, group.entries, renewed)).length, 2);
  assert.equal(group.roll.signing.get(ben.id)?.length, 2);
});

test("the seventeenth person is not let in, whoever makes the entry", async () => {
  const group = await GroupOfTests.begin(ann);
  for (const each of await people(MOST_MEMBERS - 1)) await group.letsIn(ann, each);
  const asking = { ...group.making(ann), joiner: publicOf(ben), request: toBase64url(randomBytes(16)) };
  await assert.rejects(letIn(asking), { code: "group-full" });
  const smaller = { ...group.roll, members: group.roll.members.slice(0, 3) };
  const forced = await letIn({ ...asking, roll: smaller });
  await assert.rejects(verifyGroupRoll(group.space, [forced], group.roll), { code: "roll-forged" });
});

test("nobody comes back under an id that was used", async () => {
  const group = await groupOfThree();
  await group.removes(ann, ben.id);
  const asking = { ...group.making(ann), joiner: publicOf(ben), request: toBase64url(randomBytes(16)) };
  await assert.rejects(letIn(asking), { code: "not-allowed" });
  const forced = await letIn({ ...asking, roll: { ...group.roll, signing: new Map() } });
  await assert.rejects(verifyGroupRoll(group.space, [forced], group.roll), { code: "roll-forged" });
});

test("two entries on the same one: the second does not lie on the last, and is made again", async () => {
  const group = await groupOfThree();
  const [mine, theirs] = [await turnGroup(group.making(ann)), await turnGroup(group.making(ben))];
  await group.lay(mine.entry);
  await assert.rejects(verifyGroupRoll(group.space, [theirs.entry], group.roll), { code: "roll-forked" });
  await group.turns(ben);
  assert.equal(group.keysOf(cas).length, 3);
});

test("a phone that knows the roll is told of an older one and of another one", async () => {
  const group = await groupOfThree();
  const older = await verifyGroupRoll(group.space, group.entries.slice(0, 2));
  await assert.rejects(verifyGroupRoll(group.space, group.entries.slice(0, 2), group.roll), { code: "roll-behind" });
  await assert.rejects(verifyGroupRoll(group.space, [], group.roll), { code: "roll-behind" });
  const other = await turnGroup({ ...group.making(ann), roll: older });
  await assert.rejects(verifyGroupRoll(group.space, [...group.entries.slice(0, 2), other.entry], group.roll), { code: "roll-forked" });
  assert.deepEqual(await verifyGroupRoll(group.space, group.entries, older), group.roll);
  assert.deepEqual(await verifyGroupRoll(group.space, group.entries.slice(2), older), group.roll);
});

test("a ghost, another's keys, another space, a right that one has not: refused", async () => {
  const group = await groupOfThree();
  const ghost = (await makeMemberKeys(randomBytes)).keys;
  const [first, join] = group.entries;
  assert.ok(first && join);
  const before = await verifyGroupRoll(group.space, [first]);
  const sealedToBen = (contentOf(join).keys as Record<string, string>)[ben.id] ?? "";
  const forged = {
    "signed by nobody of the group": await remade(join, ghost.signing.privateKey, {}),
    "by an author who is no member": await remade(join, ghost.signing.privateKey, { header: { author: ghost.id } }),
    "the joiner's keys are another's": await remade(join, ghost.signing.privateKey, {
      content: { member: { ...writeMember(publicOf(ghost)), id: ben.id } },
    }),
    "of another space": await remade(join, ann.signing.privateKey, { header: { space: toBase64url(randomBytes(16)) as Header["space"] } }),
    "of another record": await remade(join, ann.signing.privateKey, { header: { record: rollRecord(ben.id) } }),
    "under another key": await remade(join, ann.signing.privateKey, { header: { keyId: makeKeyId(randomBytes) } }),
    "a key for one more": await remade(join, ann.signing.privateKey, {
      content: { keys: { [ben.id]: sealedToBen, [ghost.id]: sealedToBen } },
    }),
    "a key for nobody": await remade(join, ann.signing.privateKey, { content: { keys: {} } }),
    "a second beginning": await remade(first, ann.signing.privateKey, { header: { parents: [first.id] } }),
  };
  for (const [name, entry] of Object.entries(forged)) {
    await assert.rejects(verifyGroupRoll(group.space, [entry], before), { code: "roll-forged" }, name);
  }
  const spoilt = { ...join, blob: first.blob };
  await assert.rejects(verifyGroupRoll(group.space, [spoilt], before), { code: "roll-damaged" });
});

test("only a steward removes and gives roles, whoever makes the entry", async () => {
  const group = await groupOfThree();
  const asSteward = { ...group.roll, members: group.roll.members.map((member) => ({ ...member, role: "steward" as const })) };
  const removal = await removeMember({ ...group.making(ben), roll: asSteward, member: cas.id });
  await assert.rejects(verifyGroupRoll(group.space, [removal.entry], group.roll), { code: "roll-forged" });
  const plain = {
    ...asSteward,
    members: asSteward.members.map((member) => (member.id === cas.id ? { ...member, role: "member" as const } : member)),
  };
  const role = await setRole({ ...group.making(ben), roll: plain, member: cas.id, role: "steward" });
  await assert.rejects(verifyGroupRoll(group.space, [role.entry], group.roll), { code: "roll-forged" });
  const joiner = await remade(removal.entry, ann.signing.privateKey, {
    header: { author: ann.id },
    content: { keys: contentOf(removal.entry).keys, member: dee.id },
  });
  await assert.rejects(verifyGroupRoll(group.space, [joiner], group.roll), { code: "roll-forged" }, "somebody who is not there");
});

test("an entry that cannot be read is damaged, and one of a later format is told apart", async () => {
  const group = await GroupOfTests.begin(ann);
  const { entry } = await turnGroup(group.making(ann));
  const bad = [
    { what: "sing" },
    { keys: [] },
    { keys: { [ann.id]: "AA" } },
    { older: 5 },
    { older: "" },
    { format: "1" },
    { format: 0 },
    { format: 1.5 },
  ];
  for (const content of bad) {
    const spoilt = await remade(entry, ann.signing.privateKey, { content });
    await assert.rejects(verifyGroupRoll(group.space, [spoilt], group.roll), { code: "roll-damaged" }, JSON.stringify(content));
  }
  const later = await remade(entry, ann.signing.privateKey, { content: { format: 2 } });
  await assert.rejects(verifyGroupRoll(group.space, [later], group.roll), { code: "newer-format" });
  const known = await remade(entry, ann.signing.privateKey, { content: { mood: "calm" } });
  assert.equal((await verifyGroupRoll(group.space, [known], group.roll)).lines.length, 2, "a member that this app does not know");
});

test("a record is written by whom its id names, and under a key of theirs", async () => {
  const group = await groupOfThree();
  const may = (author: Author, record: RecordId) => mayWrite(group.roll, headerOf(group, { kind: "edit", author, record }));
  assert.equal(may(ben.id, ownRecord(ben.id, randomBytes)), true);
  assert.equal(may(cas.id, ownRecord(ben.id, randomBytes)), false);
  assert.equal(may(cas.id, groupRecord(ann.id)), true);
  assert.equal(may(dee.id, ownRecord(dee.id, randomBytes)), false);
  assert.equal(may(ann.id, rollRecord(ann.id)), false);
  assert.equal(mayErase(group.roll, headerOf(group, { kind: "erase", author: ann.id, record: rollRecord(ann.id) })), false);
  assert.equal(
    mayWrite(group.roll, headerOf(group, { kind: "edit", author: ben.id, record: profileRecord(ben.id), keyId: makeKeyId(randomBytes) })),
    false,
  );
});

test("a member who came under a later key writes nothing under an earlier one", async () => {
  const group = await groupOfThree();
  const before = group.roll.keyId;
  await group.turns(ann);
  await group.letsIn(ann, dee);
  const header = (keyId: Header["keyId"]) => headerOf(group, { kind: "edit", author: dee.id, record: profileRecord(dee.id), keyId });
  assert.equal(mayWrite(group.roll, header(before)), false);
  assert.equal(mayWrite(group.roll, header(group.roll.keyId)), true);
});

test("whatever members do in whatever order, the roll holds, each opens what they may and no more", async () => {
  const all = [ann, ben, cas, dee, eve];
  const act = fc.record({ what: fc.constantFrom("join", "leave", "remove", "steward", "member", "turn"), by: fc.nat(4), whom: fc.nat(4) });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const group = await GroupOfTests.begin(ann);
      const lost = new Map<Author, string>();
      for (const { what, by, whom } of acts) {
        const [one, other] = [all[by], all[whom]];
        assert.ok(one && other);
        const isIn = (id: Author): boolean => group.roll.members.some((member) => member.id === id);
        if (!isIn(one.id)) continue;
        if (group.roll.mustTurn && !["leave", "turn"].includes(what)) continue;
        if (what === "turn") await group.turns(one);
        else if (what === "leave" && group.roll.members.length > 1) await group.leaves(one);
        else if (what === "join" && !group.roll.signing.has(other.id)) await group.letsIn(one, other);
        else if (what === "remove" && isIn(other.id) && one !== other && isSteward(group.roll, one.id)) await group.removes(one, other.id);
        else if (what === "steward" || what === "member") {
          const now = group.roll.members.find(({ id }) => id === other.id)?.role;
          if (now !== undefined && now !== what && isSteward(group.roll, one.id)) await group.makes(one, other.id, what);
        }
        for (const each of all) if (group.roll.former.has(each.id) && !lost.has(each.id)) lost.set(each.id, group.roll.keyId);
      }
      assert.deepEqual(await verifyGroupRoll(group.space, group.entries), group.roll);
      const reigns = [...group.roll.reigns];
      for (const { id } of group.roll.members) {
        assert.deepEqual(
          group.opened.get(id)?.map((key) => key.id),
          reigns.map(([keyId]) => keyId),
          "who is in has all keys, in order",
        );
      }
      for (const [id] of lost) {
        const had = new Set(group.opened.get(id)?.map((key) => key.id));
        for (const [keyId, { members }] of reigns) {
          if (had.has(keyId)) continue;
          assert.equal(members.has(id), false, "who went is in no reign whose key they have not");
        }
        assert.equal(reigns.at(-1)?.[1].members.has(id) && !group.roll.mustTurn, false, "who went is not of the last key, once it turned");
      }
    }),
    { numRuns: 25 },
  );
});

function headerOf(group: GroupOfTests, header: Pick<Header, "kind" | "record"> & { author: Author; keyId?: Header["keyId"] }): Header {
  return { format: 1, owner: "group", space: group.space, keyId: group.roll.keyId, parents: [], ...header };
}
