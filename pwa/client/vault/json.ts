/** JSON from a roll, before anything is known of it: members this app does not know stay where they are. */
import { fromBase64url } from "../replica/ids.ts";
import { fromUtf8 } from "../replica/utf8.ts";
import type { Bytes } from "./bytes.ts";

export type JsonMap = Readonly<Record<string, unknown>>;

/** The object that these bytes are in UTF-8, or null. */
export function parseMap(bytes: Uint8Array): JsonMap | null {
  try {
    const json: unknown = JSON.parse(fromUtf8(bytes));
    return isMap(json) ? json : null;
  } catch {
    return null;
  }
}

export function isMap(json: unknown): json is JsonMap {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** The bytes that a member spells in base64url, or null where it is another thing or of another length. */
export function bytesOf(member: unknown, length?: number): Bytes | null {
  if (typeof member !== "string") return null;
  try {
    const bytes = fromBase64url(member);
    return length === undefined || bytes.length === length ? bytes : null;
  } catch {
    return null;
  }
}

/** Whether a member is so many bytes in base64url. */
export function isBytes(member: unknown, length: number): member is string {
  return bytesOf(member, length) !== null;
}
