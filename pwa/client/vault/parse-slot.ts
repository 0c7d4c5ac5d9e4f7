/** Reading a slot of whichever kind. */
import {
  bytesOf,
  DamagedSlot,
  parseAnySlot,
  parseBytes,
  parseDeviceSlot,
  partsOf,
  SALT_LENGTH,
  SLOT_ID_LENGTH,
  type Slot,
} from "./slot.ts";

/** Fewer would make guessing cheap, more would hold up a small phone for half a minute: neither is a slot of ours. */
export const ITERATIONS = { least: 600_000, most: 10_000_000 } as const;

/** Read a slot from what JSON.parse or a database gave. Throws DamagedSlot; NewerFormat, to be left as it is. */
export function parseSlot(json: unknown): Slot {
  const parts = partsOf(json);
  const kind = parts.get("kind");
  if (kind === "device") return parseDeviceSlot(json);
  if (kind === "passphrase") {
    const salt = parseBytes(parts.get("salt"), SALT_LENGTH);
    return { ...parseAnySlot(parts), kind, salt, iterations: parseIterations(parts.get("iterations")) };
  }
  if (kind === "passkey") {
    const id = parseBytes(parts.get("id"), SLOT_ID_LENGTH);
    const salt = parseBytes(parts.get("salt"), SALT_LENGTH);
    const [site, credential] = [parseText(parts.get("site")), parseText(parts.get("credential"))];
    bytesOf(credential);
    return { ...parseAnySlot(parts), kind, id, salt, site, credential };
  }
  throw new DamagedSlot("No such kind of slot.");
}

function parseIterations(count: unknown): number {
  if (typeof count !== "number" || !Number.isSafeInteger(count)) throw new DamagedSlot("Iterations are missing.");
  if (count < ITERATIONS.least || count > ITERATIONS.most) throw new DamagedSlot("Iterations are out of range.");
  return count;
}

function parseText(text: unknown): string {
  if (typeof text !== "string" || text === "") throw new DamagedSlot("A text is missing.");
  return text;
}
