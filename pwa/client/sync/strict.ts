/**
 * Reading the JSON of an answer as if the server were an enemy: its shape, lengths, spellings and numbers. What is not as
 * it should be throws MalformedAnswer, and nothing else does.
 */
import { fromBase64url } from "../replica/ids.ts";
import type { Bytes } from "../vault/bytes.ts";

/** An answer that is none. */
export class MalformedAnswer extends Error {
  override readonly name = "MalformedAnswer";
}

/** One text of an answer, or of a problem; "" where there is none. */
export function textIn(text: string, name: string): string {
  try {
    const value = mapOf(JSON.parse(text) as unknown)[name];
    return typeof value === "string" && value.length <= LONGEST_TEXT ? value : "";
  } catch {
    return "";
  }
}

const LONGEST_TEXT = 1_000;

/** What the text says, whatever that is. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new MalformedAnswer("", { cause });
  }
}

export function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new MalformedAnswer();
  return value as Record<string, unknown>;
}

export function listOf(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw new MalformedAnswer();
  return value;
}

export function numberOf(value: unknown, most = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > most) throw new MalformedAnswer();
  return value as number;
}

/** A text no longer than this. */
export function textOf(value: unknown, most: number): string {
  if (typeof value !== "string" || value.length > most) throw new MalformedAnswer();
  return value;
}

/** Bytes of one length, as the text they are written in. */
export function idOf(value: unknown, length: number): string {
  bytesOf(value, length, length);
  return value as string;
}

/** Bytes in their one spelling. */
export function bytesOf(value: unknown, most: number, fewest = 0): Bytes {
  if (typeof value !== "string" || value.length > 2 * most) throw new MalformedAnswer();
  try {
    const bytes = fromBase64url(value);
    if (bytes.length >= fewest && bytes.length <= most) return bytes;
  } catch (cause) {
    throw new MalformedAnswer("", { cause });
  }
  throw new MalformedAnswer();
}
