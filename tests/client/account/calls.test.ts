import assert from "node:assert/strict";
import { test } from "node:test";
import { type Calls, makeCalls } from "../../../pwa/client/account/calls.ts";
import { AccountFailure, type AccountFailureCode } from "../../../pwa/client/account/failures.ts";
import { fromBase64url } from "../../../pwa/client/replica/ids.ts";

test("what changes something has a token, fetched once and renewed by the answers that renew it", async () => {
  const site = siteThat(
    [200, { csrf: "one" }],
    [201, { challenge: "c", publicKey: { challenge: "AAAA" } }],
    [201, { csrf: "two" }],
    [204, null],
  );
  const { challenge } = await site.calls.challengeToShow("sign-in");
  await site.calls.signIn({ challenge, recovery: "token" });
  await site.calls.signOutHere();
  assert.deepEqual(site.asked, [
    ["GET", "/api/v1/csrf", undefined, undefined],
    ["POST", "/api/v1/challenges", "one", { purpose: "sign-in" }],
    ["POST", "/api/v1/sessions", "one", { challenge: "c", recovery: "token" }],
    ["DELETE", "/api/v1/sessions/current", "two", undefined],
  ]);
});

test("what only reads needs no token", async () => {
  const site = siteThat([200, { sessions: [] }]);
  assert.deepEqual(await site.calls.phones(), []);
  assert.deepEqual(site.asked, [["GET", "/api/v1/sessions", undefined, undefined]]);
});

test("a token that is over is fetched anew, once", async () => {
  const site = siteThat([200, { csrf: "old" }], [400, { code: "csrf_refused" }], [200, { csrf: "new" }], [204, null]);
  await site.calls.signOut("phone");
  assert.deepEqual(
    site.asked.map(([, path, token]) => [path, token]),
    [
      ["/api/v1/csrf", undefined],
      ["/api/v1/sessions/phone", "old"],
      ["/api/v1/csrf", undefined],
      ["/api/v1/sessions/phone", "new"],
    ],
  );
  const refusing = siteThat([200, { csrf: "a" }], [400, { code: "csrf_refused" }], [200, { csrf: "b" }], [400, { code: "csrf_refused" }]);
  await failsWith("csrf_refused", refusing.calls.signOut("phone"));
});

test("what was sent with a cookie that another tab renewed meanwhile is sent again, once", async () => {
  const renewed = siteThat([401, { code: "signed_out" }], [200, { sessions: [] }]);
  assert.deepEqual(await renewed.calls.phones(), []);
  assert.equal(renewed.asked.length, 2);
  const over = siteThat([401, { code: "signed_out" }], [401, { code: "signed_out" }]);
  await failsWith("signed_out", over.calls.phones());
  assert.equal(over.asked.length, 2);
});

test("each way of not getting an answer has its code", async () => {
  await failsWith("not_recognised", siteThat([200, { csrf: "t" }], [401, { code: "not_recognised" }]).calls.deleteAccount());
  await failsWith("not-understood", siteThat([503, "a proxy's own page"]).calls.phones());
  await failsWith("not-understood", siteThat([500, { code: "nobody knows this one" }]).calls.phones());
  await failsWith("no-connection", makeCalls(() => Promise.reject(new TypeError("Failed to fetch"))).phones());
  const page = { status: 200, headers: { "Content-Type": "text/html; charset=utf-8" } };
  await failsWith("no-connection", makeCalls(async () => new Response("<h1>Your room number?</h1>", page)).phones());
  const empty = new Response(null, { status: 204, headers: page.headers });
  await makeCalls(async (path) => (path.endsWith("/csrf") ? new Response('{"csrf":"t"}') : empty)).signOutHere();
});

test("a line that says nothing is given up after a while, and the way out sooner", async () => {
  const waits: number[] = [];
  const after = (milliseconds: number, work: () => void): (() => void) => {
    waits.push(milliseconds);
    const timer = setTimeout(work, milliseconds / 10_000);
    return () => clearTimeout(timer);
  };
  const calls = makeCalls(() => new Promise(() => undefined), after);
  await failsWith("no-connection", calls.phones());
  assert.ok(Math.min(...waits) >= 60_000);
  const leaving = makeCalls(async (path) => (path.endsWith("/csrf") ? new Response('{"csrf":"t"}') : new Promise(() => undefined)), after);
  waits.length = 0;
  await failsWith("no-connection", leaving.signOutHere());
  assert.ok(Math.min(...waits) <= 10_000);
  waits.length = 0;
  await failsWith("no-connection", makeCalls(() => new Promise(() => undefined), after).signOutHere());
  assert.ok(Math.min(...waits) <= 10_000, "nor for the token that it needs");
});

test("only 410 says that an account is gone", async () => {
  await failsWith("account_deleted", siteThat([410, { code: "account_deleted" }]).calls.spaces());
  await failsWith("not-understood", siteThat([404, { code: "account_deleted" }]).calls.spaces());
});

test("an answer without an end is given up", async () => {
  const piece = new TextEncoder().encode(" ".repeat(1_000_000));
  const calls = makeCalls(async () => new Response(new ReadableStream({ pull: (stream) => stream.enqueue(piece) })));
  await failsWith("not-understood", calls.phones());
});

test("a roll without an end is given up, and so is one that does not go on", async () => {
  const entry = { seq: 1, id: "A".repeat(43), header: "AA", blob: "AAAA", signature: "A".repeat(86) };
  const page = { at: 1, chain: "A".repeat(43), head: 1, generation: "A".repeat(22) };
  let asked = 0;
  const endless = makeCalls(async () => new Response(JSON.stringify({ ...page, revisions: [entry], next: ++asked })));
  await failsWith("not-understood", endless.roll(SPACE));
  assert.equal(asked, 10_001);
  for (const again of [
    { revisions: [], next: 1 },
    { revisions: [entry], next: 0 },
  ])
    await failsWith("not-understood", siteThat([200, { ...page, ...again }]).calls.roll(SPACE));
  assert.deepEqual(await siteThat([200, { ...page, revisions: [entry], next: null }]).calls.roll(SPACE), [
    { id: entry.id, header: fromBase64url("AA"), blob: fromBase64url("AAAA"), signature: fromBase64url(entry.signature) },
  ]);
  const { signature: _, ...unsigned } = entry;
  await assert.rejects(siteThat([200, { ...page, revisions: [unsigned], next: null }]).calls.roll(SPACE), { code: "roll-damaged" });
});

const ANSWERS: readonly (readonly [string, unknown, (calls: Calls) => Promise<unknown>])[] = [
  ["spaces", { spaces: ["A".repeat(22)] }, (calls) => calls.spaces()],
  [
    "phones",
    { sessions: [{ id: "A".repeat(22), label: null, created_on: "2026-05-14", seen_on: "2026-05-14", current: true }] },
    (calls) => calls.phones(),
  ],
  [
    "what a new passkey is asked with",
    {
      challenge: "c",
      publicKey: {
        challenge: "AAAA",
        rp: { name: "Cairn", id: "cairn.example" },
        user: { id: "AAAA", name: "Cairn", displayName: "Cairn" },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        excludeCredentials: [{ id: "AAAA", type: "public-key" }],
      },
    },
    (calls) => calls.challengeToMake("sign-up"),
  ],
  [
    "what a passkey is asked with",
    { challenge: "c", publicKey: { challenge: "AAAA", rpId: "cairn.example", allowCredentials: [{ id: "AAAA", type: "public-key" }] } },
    (calls) => calls.challengeToShow("sign-in"),
  ],
];

for (const [what, sound, call] of ANSWERS) {
  test(`${what}: a sound answer is read, and any other value in any place is read or not understood`, async () => {
    const answering = (answer: unknown) =>
      makeCalls(async (path) => new Response(JSON.stringify(path.endsWith("/csrf") ? { csrf: "t" } : answer)));
    assert.ok(await call(answering(sound)));
    for (const value of [null, undefined, 7, "no", "../account", [], {}, [null], [[]], { id: 7 }, "A".repeat(100_000)]) {
      for (const spoilt of spoiltWith(sound, value)) {
        await call(answering(spoilt)).catch((failure: unknown) => {
          assert.ok(failure instanceof AccountFailure && failure.code === "not-understood", `${JSON.stringify(spoilt)}: ${failure}`);
        });
      }
    }
    await failsWith("not-understood", call(answering({})));
    await failsWith("not-understood", call(answering([])));
  });
}

test("a phone's id is an id and no address", async () => {
  const phone = { label: null, created_on: "2026-05-14", seen_on: "2026-05-14", current: true };
  await failsWith("not-understood", siteThat([200, { sessions: [{ ...phone, id: "../account" }] }]).calls.phones());
});

/** The value in the place of each part of a whole, one at a time. */
function spoiltWith(whole: unknown, value: unknown): readonly unknown[] {
  if (typeof whole !== "object" || whole === null) return [value];
  const parts = Object.entries(whole).flatMap(([name, part]) =>
    spoiltWith(part, value).map((spoilt) => (Array.isArray(whole) ? whole.with(Number(name), spoilt) : { ...whole, [name]: spoilt })),
  );
  return [value, ...parts];
}

const SPACE = "A".repeat(22);

function siteThat(...answers: readonly (readonly [status: number, body: unknown])[]) {
  const waiting = [...answers];
  const asked: unknown[][] = [];
  const calls = makeCalls(async (address, { method, headers, body }) => {
    const [status, answer] = waiting.shift() ?? assert.fail(`Nobody expected ${method} ${address}`);
    const token = (headers as Record<string, string>)["X-CSRFToken"];
    asked.push([method, address, token, body === undefined ? undefined : JSON.parse(String(body))]);
    if (status === 204) return new Response(null, { status });
    return new Response(typeof answer === "string" ? answer : JSON.stringify(answer), { status });
  });
  return { calls, asked };
}

function failsWith(code: AccountFailureCode, work: Promise<unknown>): Promise<void> {
  return assert.rejects(work, (failure) => failure instanceof AccountFailure && failure.code === code);
}
