/** Which screen stands at which address. The addresses are those that the server and the worker know too. */
import type { ComponentType } from "preact";
import { parse } from "regexparam";
import addresses from "../../shell/addresses.json" with { type: "json" };

/** What an address says beside its name, such as the day in `/diary/:day`. */
export type Params = Readonly<Record<string, string>>;
export type Screen = ComponentType<{ readonly params: Params }>;

export interface Place {
  readonly name: string;
  readonly params: Params;
}

const patterns = addresses.map(({ name, path }) => ({ name, ...parse(path) }));

/** The screen at a path, or null where there is none. */
export function placeAt(path: string): Place | null {
  for (const { name, keys, pattern } of patterns) {
    const found = pattern.exec(path.length > 1 ? path.replace(/\/$/, "") : path);
    if (found === null) continue;
    return { name, params: Object.fromEntries(keys.map((key, i) => [key, decoded(found[i + 1] ?? "")])) };
  }
  return null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
