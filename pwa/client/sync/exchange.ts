/**
 * One request and the text of its answer. It is given up when it is not wanted any more, when nothing comes for a while,
 * when it takes far too long in all, and when the answer is longer than any answer is.
 */
import type { World } from "./world.ts";

/** What is left of the world for asking a server. */
export type Line = Pick<World, "fetch" | "after">;

export interface Answer {
  readonly response: Response;
  readonly text: string;
}

/** The answer is longer than any that the documents describe. */
export class AnswerTooLong extends Error {
  override readonly name = "AnswerTooLong";
}

export interface ExchangeOptions {
  /** Not wanted any more. */
  readonly over?: AbortSignal | undefined;
  /** How long nothing may come, in ms. */
  readonly patience?: number | undefined;
}

/** Throws AnswerTooLong; else, where it was given up or nothing came, what the browser throws. */
export async function exchange(
  line: Line,
  address: string,
  init: RequestInit & { readonly body?: string },
  { over, patience = PATIENCE }: ExchangeOptions = {},
): Promise<Answer> {
  const request = new AbortController();
  const giveUp = (): void => request.abort();
  if (over?.aborted) giveUp();
  over?.addEventListener("abort", giveUp);
  const stopTotal = line.after(LONGEST, giveUp);
  // Nothing is heard while a slow line sends.
  let stopIdle = line.after(patience + (init.body?.length ?? 0) / SLOWEST, giveUp);
  const heard = (): void => {
    stopIdle();
    stopIdle = line.after(patience, giveUp);
  };
  try {
    const response = await unlessOver(request.signal, () => line.fetch(address, { ...AS_EVER, ...init, signal: request.signal }));
    heard();
    // The page of a hotel's network, say: this site answers no call with a page.
    if (response.status === 200 && response.headers.get("Content-Type")?.startsWith("text/html"))
      throw new TypeError("A page is no answer.");
    return { response, text: await textOf(response, request.signal, heard) };
  } finally {
    over?.removeEventListener("abort", giveUp);
    stopIdle();
    stopTotal();
  }
}

/** Wait for the work no longer than it is wanted. Throws the signal's reason. */
export function unlessOver<T>(over: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(over.reason);
    if (over.aborted) return leave();
    over.addEventListener("abort", leave);
    work()
      .then(resolve, reject)
      .finally(() => over.removeEventListener("abort", leave));
  });
}

/** Of this site alone, kept nowhere, and from nowhere else. */
const AS_EVER = { credentials: "same-origin", cache: "no-store", redirect: "error" } as const;
/** Nothing came for so long: no line is that slow. */
const PATIENCE = 60_000;
/** Bytes in a ms that the slowest line sends. */
const SLOWEST = 2;
/** One whole request: a full page at the same speed. */
const LONGEST = 15 * 60_000;
/** A page holds 1 MiB of bytes, in base64url, and some words for each of 1,000 rows. */
const LARGEST_ANSWER = 4 * 1024 * 1024;

async function textOf({ body }: Response, over: AbortSignal, heard: () => void): Promise<string> {
  const reader = body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let [text, length] = ["", 0];
  try {
    for (;;) {
      const { done, value } = await unlessOver(over, () => reader.read());
      if (done) return text + decoder.decode();
      heard();
      length += value.length;
      if (length > LARGEST_ANSWER) throw new AnswerTooLong();
      text += decoder.decode(value, { stream: true });
    }
  } catch (cause) {
    // Whatever it says to that: nobody waits for it.
    void reader.cancel().catch(() => undefined);
    throw cause;
  }
}
