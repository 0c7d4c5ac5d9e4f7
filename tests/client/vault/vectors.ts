/**
 * The test vectors, made by the reference: one vault with everything that is ever sealed in it, from fixed bytes.
 *
 * Any other implementation of docs/envelope-format.md can be held against `vectors.json`. Bytes are hexadecimal.
 */
import * as reference from "./reference.ts";

const vault: reference.VaultKeyParts = {
  vaultKey: countingFrom(0x00, 32),
  space: countingFrom(0x40, 16),
  keyId: countingFrom(0x60, 16),
};
const deviceKey = countingFrom(0x80, 32);
const one = writerId(0xd0);
const two = writerId(0xe0);
const three = writerId(0xf0);

export function makeVectors() {
  return {
    vault: { key: hex(vault.vaultKey), space: hex(vault.space), keyId: hex(vault.keyId) },
    derived: { record: hex(reference.derivedKey("record", vault)), local: hex(reference.derivedKey("local", vault)) },
    revisions: revisions(),
    local: [
      localBlob("a draft", "draft/check-in", '{"note":"Half a sent"}', 0xa0),
      localBlob("a name beyond ASCII", "draft/Höhe", "x", 0xa1),
      localBlob("nothing", "snapshot", "", 0xa2),
    ],
    deviceSlot: { deviceKey: hex(deviceKey), slot: reference.deviceSlot(deviceKey, nonce(0xb0), vault) },
    passphraseSlots: [
      passphraseSlot("plain words", "stone moss dusk", "stone moss dusk"),
      passphraseSlot("words as a phone may type them", " \u{FB01}ve\u{A0} cafe\u{301} \t", "five caf\u{E9}"),
    ],
  };
}

export type Vectors = ReturnType<typeof makeVectors>;

function revisions() {
  const first = revision("a first edit", [], bodyOf("Slept well 🙂", one), 0x90);
  const second = revision("an edit at the same time", [], bodyOf("ظهر", two), 0x91);
  const parents = [first, second].map(({ id }) => Buffer.from(id, "hex"));
  const longer = bodyOf("a".repeat(1000), three, [one, two]);
  return [first, second, revision("an edit of both", parents, longer, 0x92), revision("an empty body", [], null, 0x93)];
}

function revision(name: string, parents: readonly Buffer[], body: string | null, nonceStart: number) {
  const { space, keyId } = vault;
  const header = reference.header({ kind: 1, space, record: countingFrom(0x20, 32), keyId, parents });
  const padded = body === null ? Buffer.alloc(0) : reference.padded(body);
  const blob = reference.seal(reference.derivedKey("record", vault), nonce(nonceStart), padded, header);
  return { name, header: hex(header), body: hex(padded), blob: hex(blob), id: hex(reference.revisionId(header, blob)) };
}

function bodyOf(note: string, writer: string, seen: readonly string[] = []): string {
  const writers = Object.fromEntries([...seen, writer].map((known) => [known, 1]));
  const fields = [["note", writer, 1, note, 1_700_000_000_000 + seen.length]];
  return JSON.stringify({ type: "check-in", saw: null, writers, fields });
}

function localBlob(name: string, keptUnder: string, plain: string, nonceStart: number) {
  const key = reference.derivedKey("local", vault);
  const blob = reference.seal(key, nonce(nonceStart), Buffer.from(plain), Buffer.from(keptUnder));
  return { name, keptUnder, plain: hex(Buffer.from(plain)), blob: hex(blob) };
}

function passphraseSlot(name: string, typed: string, words: string) {
  const stretching = { words, salt: countingFrom(0xc0, 16), iterations: 600_000 };
  return { name, typed, words, slot: reference.passphraseSlot(stretching, nonce(0xb1), vault) };
}

function writerId(start: number): string {
  return countingFrom(start, 12).toString("base64url");
}

function nonce(start: number): Buffer {
  return countingFrom(start, 12);
}

function countingFrom(start: number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, step) => (start + step) % 256));
}

function hex(bytes: Buffer): string {
  return bytes.toString("hex");
}
