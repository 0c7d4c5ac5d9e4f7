import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCalls } from "../../../pwa/client/account/calls.ts";
import { AccountFailure, type AccountFailureCode } from "../../../pwa/client/account/failures.ts";

test("what changes something has a token, fetched once and renewed by the answers that renew it", async () => {
  const site = siteThat([200, { csrf: "one" }], [201, { challenge: "c", publicKey: {} }], [201, { csrf: "two" }], [204, null]);
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

test("each way of not getting an answer has its code", async () => {
  await failsWith("not_recognised", siteThat([200, { csrf: "t" }], [401, { code: "not_recognised" }]).calls.deleteAccount());
  await failsWith("not-understood", siteThat([503, "a proxy's own page"]).calls.phones());
  await failsWith("not-understood", siteThat([500, { code: "nobody knows this one" }]).calls.phones());
  await failsWith("no-connection", makeCalls(() => Promise.reject(new TypeError("Failed to fetch"))).phones());
});

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
