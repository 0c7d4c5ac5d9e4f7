/** The server as it ships, on a port and in a folder of its own, with an account that was made over its own interface. */
import { spawn } from "node:child_process";
import { sign as ecdsa, generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeHeader } from "../../../pwa/client/replica/header.ts";
import { makeRecordId } from "../../../pwa/client/replica/ids.ts";
import type { TestVault } from "../vault/vault-of-tests.ts";
import type { Fetch } from "./devices.ts";
import { sha256 } from "./memory-server.ts";

const ROOT = new URL("../../..", import.meta.url);

export interface RealServer {
  readonly address: string;
  stop(): Promise<void>;
}

export async function startServer(): Promise<RealServer> {
  const data = await mkdtemp(join(tmpdir(), "cairn-"));
  const environment = { ...process.env, CAIRN_DATA: data, PORT: "0", HOST: "127.0.0.1", CAIRN_WORKERS: "1" };
  const server = spawn(".venv/bin/python", ["-m", "pwa", "serve"], { cwd: ROOT, env: environment });
  const over = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill();
    await over;
    await rm(data, { recursive: true, force: true });
  };
  let said = "";
  const address = await new Promise<string | undefined>((resolve) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /http:\/\/[\w.]+:\d+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    void over.then(() => resolve(undefined));
  });
  if (address === undefined) {
    await stop();
    throw new Error(`The server did not start: ${said}`);
  }
  return { address, stop };
}

/** A browser's cookies, and its word that a request comes from the site itself. */
export function browserAt(address: string): Fetch {
  const cookies = new Map<string, string>();
  return async (path, init) => {
    const headers = new Headers(init.headers);
    headers.set("Origin", address);
    headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const response = await fetch(address + path, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
}

/** Sign up with a recovery token; what is given signs in with it. */
export async function signUp(browser: Fetch, { space, key }: TestVault): Promise<(other: Fetch) => Promise<void>> {
  const recovery = randomBytes(32).toString("base64url");
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  const header = encodeHeader({
    format: 1,
    kind: "roll",
    owner: "vault",
    space,
    record: makeRecordId((count) => randomBytes(count)),
    keyId: key.id,
    parents: [],
  });
  const blob = Buffer.from(JSON.stringify({ signing: [{ key: point.toString("base64url"), signature: null }], forget_older: false }));
  const id = sha256(header, sha256(blob));
  const signature = ecdsa("sha256", Buffer.concat([Buffer.from("cairn/1/revision"), id]), { key: privateKey, dsaEncoding: "ieee-p1363" });
  const entry = { id: text(id), header: text(header), blob: text(blob), signature: text(signature) };
  await begin(browser, "sign-up", "account", { recovery, space: { id: space, entry } });
  return (other) => begin(other, "sign-in", "sessions", { recovery });
}

async function begin(browser: Fetch, purpose: string, where: string, body: Record<string, unknown>): Promise<void> {
  const { csrf } = (await (await browser("/api/v1/csrf", {})).json()) as { csrf: string };
  const post = async (path: string, content: unknown): Promise<{ challenge: string }> => {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
    const response = await browser(`/api/v1/${path}`, { method: "POST", headers, body: JSON.stringify(content) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { challenge: string };
  };
  const { challenge } = await post("challenges", { purpose });
  await post(where, { challenge, ...body });
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
