/**
 * UTF-8, by the encoders that every browser, worker and Node has as globals (WHATWG Encoding). They
 * are no part of the language's own library, so their types are stated here.
 */
type Encodings = {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
  readonly TextDecoder: new (label: "utf-8", options: { fatal: true }) => { decode(bytes: Uint8Array): string };
};

const { TextEncoder, TextDecoder } = globalThis as unknown as Encodings;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Throws TypeError where the bytes are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
