import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeBody } from "../../../pwa/client/replica/body.ts";
import { parseHeader } from "../../../pwa/client/replica/header.ts";
import { makeSpaceId, type RevisionId, toBase64url } from "../../../pwa/client/replica/ids.ts";
import { makeMemberKeys, publicOf, readMember, readMemberKeys, writeMember } from "../../../pwa/client/vault/group-member.ts";
import { ownRecord, profileRecord, sealGroupEdit, signErase, winRecord } from "../../../pwa/client/vault/group-revision.ts";
import { isByAuthor } from "../../../pwa/client/vault/group-roll.ts";
import {
  type Invitation,
  openRequest,
  readLink,
  sealRequest,
  tokenHash,
  tokenOf,
  writeLink,
} from "../../../pwa/client/vault/invitation.ts";
import { deriveKeys } from "../../../pwa/client/vault/keys.ts";
import { sign } from "../../../pwa/client/vault/p256.ts";
import { randomBytes } from "../../../pwa/client/vault/random.ts";
import { openRevision } from "../../../pwa/client/vault/revision.ts";
import { GroupOfTests, people } from "./group-of-tests.ts";

const SITE = "https://cairn.example";

function makeInvitation(): Invitation {
  const id = (length: number): string => toBase64url(randomBytes(length));
  return { space: makeSpaceId(randomBytes), id: id(16), secret: randomBytes(16), entry: id(32) as RevisionId };
}

test("a link says all of the invitation, also broken over lines, without its beginning, or without https", async () => {
  const invitation = makeInvitation();
  const link = await writeLink(SITE, invitation);
  assert.match(link, /^https:\/\/cairn\.example\/join#[A-Za-z0-9_-]+$/);
  const behind = link.split("#")[1] ?? "";
  const broken = `  ${link.slice(0, 40)}\n ${link.slice(40, 70)}\r\n${link.slice(70)} `;
  for (const typed of [link, behind, `#${behind}`, broken, link.replace("https://", ""), link.replace("/join", "/join/")]) {
    assert.deepEqual(await readLink(typed, SITE), invitation, typed);
  }
});

test("a link that was mistyped, cut, or of another site is refused by its name", async () => {
  const link = await writeLink(SITE, makeInvitation());
  await assert.rejects(readLink(link.replace("cairn.example", "other.example"), SITE), { code: "other-site" });
  const newer = toBase64url(Uint8Array.from([2, ...randomBytes(84)]));
  await assert.rejects(readLink(`${SITE}/join#${newer}`, SITE), { code: "newer" });
  for (const typed of ["", "#", "hello", "😀", `${SITE}/join#`, `${SITE}/join`, link.slice(0, -1), `${link}A`, "x".repeat(10_000)]) {
    await assert.rejects(readLink(typed, SITE), { code: "damaged" }, typed.slice(0, 99));
  }
  const at = link.indexOf("#") + 1;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: link.length - at - 1 }), async (place) => {
      const sign = link[at + place] === "x" ? "y" : "x";
      await assert.rejects(readLink(link.slice(0, at + place) + sign + link.slice(at + place + 1), SITE), { name: "LinkRefused" });
    }),
    { numRuns: 40 },
  );
});

test("the token tells nothing of the secret, and is another for each invitation", async () => {
  const invitation = makeInvitation();
  const token = await tokenOf(invitation);
  assert.equal(token, await tokenOf({ ...invitation }));
  assert.notEqual(token, await tokenOf({ ...invitation, id: makeInvitation().id }));
  assert.notEqual(token, await tokenOf({ ...invitation, space: makeInvitation().space }));
  assert.notEqual(await tokenHash(token), token);
  assert.ok(!token.includes(toBase64url(invitation.secret).slice(0, 20)));
});

test("what somebody asks with opens with the invitation's secret alone, and for that request alone", async () => {
  const [invitation, other] = [makeInvitation(), makeInvitation()];
  const { keys } = await makeMemberKeys(randomBytes);
  const [request, another] = [toBase64url(randomBytes(16)), toBase64url(randomBytes(16))];
  const asks = { member: publicOf(keys), name: "Ann <b>" };
  const sealed = await sealRequest(invitation, request, asks);
  assert.deepEqual(await openRequest(invitation, request, sealed), asks);
  assert.equal(await openRequest(invitation, another, sealed), null);
  assert.equal(await openRequest({ ...invitation, secret: other.secret }, request, sealed), null);
  assert.equal(await openRequest({ ...invitation, id: other.id }, request, sealed), null);
  const spoilt = sealed.slice();
  spoilt[20] = (spoilt[20] ?? 0) ^ 1;
  assert.equal(await openRequest(invitation, request, spoilt), null);
});

test("a member's keys come back from their text, and nothing else does", async () => {
  const { keys, text } = await makeMemberKeys(randomBytes);
  const back = await readMemberKeys(text);
  assert.deepEqual(publicOf(back), publicOf(keys));
  assert.equal(back.signing.privateKey.extractable, false);
  const json = JSON.parse(text);
  const spoilt = [
    "",
    "{}",
    "[]",
    "not JSON",
    JSON.stringify({ ...json, format: 2 }),
    JSON.stringify({ ...json, signing: json.receiving.private }),
  ];
  for (const bad of [...spoilt, JSON.stringify({ ...json, signing: { ...json.signing, public: json.receiving.public } })]) {
    await assert.rejects(readMemberKeys(bad), { code: "no-key" }, bad.slice(0, 60));
  }
  assert.deepEqual(await readMember(writeMember(publicOf(keys))), publicOf(keys));
  const noPoint = toBase64url(new Uint8Array(65).fill(4));
  assert.equal(await readMember({ ...writeMember(publicOf(keys)), receiving: noPoint }), null);
});

test("an edit is signed by its author; the group's key alone makes nobody another", async () => {
  const [ann, ben] = await people(2);
  assert.ok(ann && ben);
  const group = await GroupOfTests.begin(ann);
  await group.letsIn(ann, ben);
  const key = group.keysOf(ben).at(-1);
  assert.ok(key);
  const keys = await deriveKeys({ space: group.space, key });
  const body = encodeBody("win", { entries: [], writers: {} }, null);
  const edit = await sealGroupEdit({ keys, me: ben, record: ownRecord(ben.id, randomBytes), parents: [], body });
  assert.deepEqual(await openRevision({ keys, ...edit }), body);
  assert.equal(await isByAuthor(group.roll, parseHeader(edit.header), edit.id, edit.signature), true);
  const asAnn = await sealGroupEdit({ keys, me: { ...ben, id: ann.id }, record: profileRecord(ann.id), parents: [], body });
  assert.equal(await isByAuthor(group.roll, parseHeader(asAnn.header), asAnn.id, asAnn.signature), false);
  const erase = await signErase({ space: group.space, keyId: key.id, me: ben, record: profileRecord(ben.id), parents: [edit.id] });
  assert.equal(erase.blob.length, 0);
  assert.equal(parseHeader(erase.header).kind, "erase");
  assert.equal(await isByAuthor(group.roll, parseHeader(erase.header), erase.id, await sign(ann.signing.privateKey, erase.blob)), false);
  const renewed = await group.rekeys(ben);
  assert.equal(
    await isByAuthor(group.roll, parseHeader(edit.header), edit.id, edit.signature),
    true,
    "what was signed with the keys before",
  );
  assert.notDeepEqual(renewed.signing.public, ben.signing.public);
});

test("two phones that share one win offline make one record; two wins, two groups, two people make two", async () => {
  const [space, other] = [makeSpaceId(randomBytes), makeSpaceId(randomBytes)];
  const [secret, another] = [randomBytes(32), randomBytes(32)];
  const [ann, ben] = await people(2);
  assert.ok(ann && ben);
  const record = await winRecord(secret, space, ann.id);
  assert.equal(record, await winRecord(secret, space, ann.id));
  const others = [winRecord(another, space, ann.id), winRecord(secret, other, ann.id), winRecord(secret, space, ben.id)];
  assert.equal(new Set([record, ...(await Promise.all(others))]).size, 4);
});
