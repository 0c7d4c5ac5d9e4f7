import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { AccountFailure } from "../../../pwa/client/account/failures.ts";
import { type AskedToMake, makePasskey, provenOutput, showPasskey } from "../../../pwa/client/account/passkeys.ts";
import { toBase64url } from "../../../pwa/client/replica/ids.ts";

const INPUT = new Uint8Array(32).fill(7);
const AT = new Date(2026, 10, 23, 14, 5);
const SECRET = new Uint8Array(32).fill(42);
const ASKED: AskedToMake = {
  challenge: toBase64url(new Uint8Array(32).fill(1)),
  rp: { id: "localhost", name: "Cairn" },
  user: { id: toBase64url(new Uint8Array(16).fill(2)), name: "Cairn", displayName: "Cairn" },
  pubKeyCredParams: [{ type: "public-key", alg: -7 }],
  excludeCredentials: [{ id: "AAAA", type: "public-key" }],
};
const whenAskedTwice = { site: "localhost", input: INPUT, random: (length: number) => new Uint8Array(length) };

const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
afterEach(() => {
  if (before !== undefined) Object.defineProperty(globalThis, "navigator", before);
});

test("options reach the browser as bytes, with the extension added and everything else as the server gave it", async () => {
  const { asked } = browserWith({ create: made({ results: { first: SECRET } }) });
  await makePasskey(ASKED, INPUT, AT);
  const [options] = asked as [PublicKeyCredentialCreationOptions];
  assert.deepEqual(new Uint8Array(options.challenge as ArrayBuffer), new Uint8Array(32).fill(1));
  assert.deepEqual(options.user.id, new Uint8Array(16).fill(2));
  assert.deepEqual(options.excludeCredentials, [{ type: "public-key", id: new Uint8Array(3) }]);
  assert.deepEqual(options.extensions?.prf?.eval?.first, INPUT);
  assert.deepEqual(options.rp, ASKED.rp);
});

test("a passkey goes by the moment it was made, so that two people on one phone tell theirs apart; nobody else is told", async () => {
  const { asked } = browserWith({ create: made({}) });
  const { answer } = await makePasskey(ASKED, INPUT, AT);
  await makePasskey(ASKED, INPUT, new Date(2027, 0, 6, 9, 30));
  const names = (asked as PublicKeyCredentialCreationOptions[]).map(({ user }) => user.name);
  assert.equal(new Set(names).size, 2);
  assert.match(names[0] ?? "", /^Cairn, .*23.*2026.*05/);
  assert.deepEqual(
    (asked as PublicKeyCredentialCreationOptions[]).map(({ user }) => user.displayName),
    names,
  );
  assert.ok(!JSON.stringify(answer).includes("2026"));
});

test("what is sent of a passkey never holds the output, made or shown", async () => {
  browserWith({ create: made({ results: { first: SECRET } }), get: [shown({ first: SECRET })] });
  for (const passkey of [await makePasskey(ASKED, INPUT, AT), await showPasskey({ challenge: ASKED.challenge }, INPUT)]) {
    const sent = JSON.stringify(passkey.answer);
    assert.ok(!sent.includes("results") && !sent.includes(toBase64url(SECRET)) && !sent.includes(SECRET.join()));
    assert.deepEqual(passkey.output, SECRET);
  }
});

test("what is sent of a passkey are the members of the list and no others", async () => {
  browserWith({ create: made({}), get: [shown(undefined)] });
  const { answer } = await makePasskey(ASKED, INPUT, AT);
  assert.deepEqual(Object.keys(answer), ["id", "rawId", "type", "authenticatorAttachment", "response", "clientExtensionResults"]);
  assert.deepEqual(Object.keys(answer.response), ["clientDataJSON", "attestationObject", "transports"]);
  const again = await showPasskey({ challenge: ASKED.challenge }, INPUT);
  assert.deepEqual(Object.keys(again.answer.response), ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
});

test("an output that comes twice the same is proven, whether making gave it or only showing did", async () => {
  for (const [create, get] of [
    [made({ results: { first: SECRET } }), [shown({ first: SECRET })]],
    [made({}), [shown({ first: SECRET }), shown({ first: SECRET })]],
  ] as const) {
    browserWith({ create, get });
    assert.deepEqual(await provenOutput(await makePasskey(ASKED, INPUT, AT), whenAskedTwice), SECRET);
  }
});

test("each question asks that the person is verified: without that an authenticator may answer with another key", async () => {
  const { asked } = browserWith({ create: made({}), get: [shown({ first: SECRET }), shown({ first: SECRET })] });
  await provenOutput(await makePasskey(ASKED, INPUT, AT), whenAskedTwice);
  const [, ...questions] = asked as readonly PublicKeyCredentialRequestOptions[];
  assert.deepEqual(
    questions.map(({ userVerification, rpId, allowCredentials }) => [userVerification, rpId, allowCredentials?.length]),
    [
      ["required", "localhost", 1],
      ["required", "localhost", 1],
    ],
  );
});

test("zeros, two unequal answers, one answer, or no extension prove nothing", async () => {
  const zeros = new Uint8Array(32);
  for (const [create, get] of [
    [made({ results: { first: zeros } }), [shown({ first: zeros })]],
    [made({ results: { first: SECRET } }), [shown({ first: new Uint8Array(32).fill(43) })]],
    [made({ results: { first: SECRET } }), [shown(undefined)]],
    [made({}), [shown(undefined)]],
    [made(null), []],
  ] as const) {
    browserWith({ create, get });
    assert.equal(await provenOutput(await makePasskey(ASKED, INPUT, AT), whenAskedTwice), null);
  }
});

test("where the second question is closed, only that one is asked again", async () => {
  const closed = Promise.reject(new DOMException("", "NotAllowedError"));
  closed.catch(() => undefined);
  const { asked } = browserWith({ create: made({}), get: [shown({ first: SECRET }), closed, shown({ first: SECRET })] });
  const passkey = await makePasskey(ASKED, INPUT, AT);
  await assert.rejects(provenOutput(passkey, whenAskedTwice), AccountFailure);
  assert.deepEqual(await provenOutput(passkey, whenAskedTwice), SECRET);
  assert.equal(asked.length, 4);
});

test("a question that was closed is told from a browser that cannot", async () => {
  for (const [name, code] of [
    ["NotAllowedError", "passkey-declined"],
    ["NotSupportedError", "passkey-not-here"],
  ] as const) {
    browserWith({ create: Promise.reject(new DOMException("", name)) });
    await assert.rejects(makePasskey(ASKED, INPUT, AT), (failure) => failure instanceof AccountFailure && failure.code === code);
  }
});

interface Answers {
  readonly create?: unknown;
  readonly get?: readonly unknown[];
}

/** A browser whose passkeys answer this. Gives what it was asked. */
function browserWith({ create, get = [] }: Answers): { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const waiting = [...get];
  const answer = (options: { readonly publicKey: unknown }, with_: unknown): unknown => {
    asked.push(options.publicKey);
    return with_;
  };
  const credentials = {
    create: async (options: { publicKey: unknown }) => answer(options, create),
    get: async (options: { publicKey: unknown }) => answer(options, waiting.shift()),
  };
  Object.defineProperty(globalThis, "navigator", { value: { credentials }, configurable: true });
  return { asked };
}

function made(prf: { readonly results?: { readonly first: Uint8Array } } | null): unknown {
  const response = { clientDataJSON: buffer(1), attestationObject: buffer(2), getTransports: () => ["internal"] };
  return credential(response, { credProps: { rk: true }, ...(prf === null ? {} : { prf: { enabled: true, ...prf } }) });
}

function shown(results: { readonly first: Uint8Array } | undefined): unknown {
  const response = { clientDataJSON: buffer(1), authenticatorData: buffer(2), signature: buffer(3), userHandle: buffer(4) };
  return credential(response, results === undefined ? {} : { prf: { results } });
}

function credential(response: object, extensions: object): unknown {
  const results = { getClientExtensionResults: () => extensions, toJSON: () => assert.fail("toJSON holds the output") };
  return { id: "AQ", rawId: buffer(1), type: "public-key", authenticatorAttachment: "platform", response, ...results };
}

function buffer(byte: number): ArrayBuffer {
  return new Uint8Array([byte]).buffer;
}
