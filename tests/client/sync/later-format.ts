/** What a later app wrote, as a server shows it to this one. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Home } from "./devices.ts";
import { sha256 } from "./memory-server.ts";

/** Put it behind the log; gives its id. */
export function addLaterFormat({ server: { rows } }: Home): string {
  const [header, blob] = [Buffer.concat([Buffer.from([2]), randomBytes(80)]), randomBytes(300)];
  const blobHash = sha256(blob);
  const id = sha256(header, blobHash);
  const last = rows.at(-1);
  assert.ok(last);
  rows.push({
    ...last,
    seq: last.seq + 1,
    id: id.toString("base64url"),
    record: "",
    isRoll: false,
    isSuperseded: false,
    parents: [],
    signature: undefined,
    header: header.toString("base64url"),
    blob: blob.toString("base64url"),
    blobHash: blobHash.toString("base64url"),
    chain: sha256(last.chain, id),
  });
  return id.toString("base64url");
}
