/** What the second reader, in Python, made for both (tests/vectors/README.md says what stands where). */
import { readFileSync } from "node:fs";
import type { RevisionId, Writer } from "../../../pwa/client/replica/ids.ts";
import { fromBase64url, parseRevisionId } from "../../../pwa/client/replica/ids.ts";
import type { Entry, State } from "../../../pwa/client/replica/state.ts";
import type { Value } from "../../../pwa/client/replica/values.ts";
import { importPrivate, type KeyPair } from "../../../pwa/client/vault/p256.ts";
import type { RollEntry } from "../../../pwa/client/vault/roll-entry.ts";

export type Bytes = Uint8Array<ArrayBuffer>;
export type Listed = [field: string, writer: Writer, n: number, value: Value, at: number];
export type Said = { readonly writers: Record<string, number>; readonly fields: readonly Listed[] };

/** A revision as a page of a pull has it. */
export type Row = {
  readonly id: string;
  readonly header: string;
  readonly blob?: string;
  readonly blob_hash?: string;
  readonly signature?: string;
};

export function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}`, import.meta.url), "utf8")) as T;
}

export function fromHex(hex: string): Bytes {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function stateOf({ writers, fields }: Said): State {
  return { writers, entries: fields.map(entryOf) };
}

export function entryOf([field, writer, n, value, at]: Listed): Entry {
  return { field, writer, n, value, at };
}

/** A revision with its blob, as it is opened. */
export function sealedOf(row: Row): { id: RevisionId; header: Bytes; blob: Bytes } {
  if (row.blob === undefined) throw new Error("This is a stub.");
  return { id: parseRevisionId(row.id), header: fromBase64url(row.header), blob: fromBase64url(row.blob) };
}

/** An entry of a roll, or its stub. */
export function entryOfRoll(row: Row): RollEntry {
  const signed = { id: parseRevisionId(row.id), header: fromBase64url(row.header), signature: fromBase64url(row.signature ?? "") };
  if (row.blob !== undefined) return { ...signed, blob: fromBase64url(row.blob) };
  return { ...signed, blobHash: fromBase64url(row.blob_hash ?? "") };
}

export async function pairOf({ public: point, private: scalar }: { public: string; private: string }): Promise<KeyPair> {
  return { public: fromHex(point), privateKey: await importPrivate("ECDH", fromHex(scalar), fromHex(point)) };
}
