/** The vault's roll: taking it from the server as whole as it is there, and sending what a server that was put back lacks. */
import { parseHeader } from "../replica/header.ts";
import { rollRows } from "../store/received.ts";
import type { RollRow } from "../store/sync-rows.ts";
import { NotProved, proveContent } from "./proof.ts";
import { type Round, Trouble } from "./round.ts";
import type { RollEntry } from "./status.ts";
import type { Page } from "./wire.ts";

/**
 * Have the roll verified by whoever keeps the keys, and give it to be stored. Throws Trouble where it is refused,
 * NotProved, ServerFailure.
 */
export async function takeRoll(round: Round): Promise<readonly RollRow[]> {
  const roll = await rollOnServer(round);
  if ((await round.keys.takeRoll(roll.map(entryOf))) === "refused") throw new Trouble("roll-forked");
  return roll;
}

/** The same where one of these entries is not on this phone yet; else nothing is to be stored. */
export async function takeRollIfNew(round: Round, entries: readonly RollRow[]): Promise<readonly RollRow[]> {
  if (entries.length === 0) return [];
  const known = new Set((await rollRows(round.diary.inside.database)).map(({ id }) => id));
  return entries.every(({ id }) => known.has(id)) ? [] : takeRoll(round);
}

/**
 * Send the entries that go on from the server's last, up to the last that this phone met. Where the server's roll went on
 * in another way meanwhile, there are none. It takes them from whoever has just shown a passkey or the code. Throws Trouble.
 */
export async function sendRoll(round: Round): Promise<void> {
  const top = (await rollOnServer(round)).at(-1)?.id;
  for (const { id, header, blob = null, signature = null } of lineFrom(top, await rollRows(round.diary.inside.database))) {
    const [result] = await round.server.push([{ id, header, blob, signature }]);
    if (result?.status === "rejected") throw new Trouble(result.code === "proof_needed" ? "proof-needed" : "roll-forked");
  }
}

async function rollOnServer({ server, diary }: Round): Promise<readonly RollRow[]> {
  const roll: RollRow[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Page = await server.roll(after);
    const rows = await proveContent(diary.inside.keys.space, page.revisions);
    const isOnwards = page.next === null || (page.next > after && page.revisions.length > 0);
    if (rows.revisions.length > 0 || !isOnwards) throw new NotProved();
    roll.push(...rows.roll);
    after = page.next;
  }
  return roll;
}

/** From the entry after `top` to the last that was met, each on the one before. */
function lineFrom(top: string | undefined, met: readonly RollRow[]): readonly RollRow[] {
  const byId = new Map<string, RollRow>(met.map((row) => [row.id, row]));
  const line: RollRow[] = [];
  for (let row = met.at(-1); row !== undefined && row.id !== top; row = byId.get(parentOf(row) ?? "")) line.unshift(row);
  const isOnTop = line[0] !== undefined && parentOf(line[0]) === top;
  return isOnTop && line.every(({ blob }) => blob !== undefined) ? line : [];
}

function parentOf({ header }: RollRow): string | undefined {
  return parseHeader(header).parents[0];
}

function entryOf({ id, header, blob, blobHash, signature }: RollRow): RollEntry {
  return { id, header, blob: blob ?? null, blobHash, signature: signature ?? null };
}
