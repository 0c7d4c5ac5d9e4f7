/** The browser's source of chance, in the form that the makers of ids and keys take it. */

/** Give `length` random bytes, at most 65,536. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
