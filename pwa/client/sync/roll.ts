/** The vault's roll: taking it from the server as whole as it is there, and sending what a server that was put back lacks. */
import type { RevisionId } from "../replica/ids.ts";
import { rollRows } from "../store/received.ts";
import type { RollRow } from "../store/sync-rows.ts";
import { unlessOver } from "./exchange.ts";
import { NotProved, proveContent } from "./proof.ts";
import { lineOf, parentOf } from "./roll-line.ts";
import { type Round, Trouble, take } from "./round.ts";

/**
 * Have the roll verified by whoever keeps the keys, and give it to be stored. Asked for after `met` was: what the server
 * showed there and leaves out here, it hides. Throws Trouble where it is refused, NotProved, ServerFailure.
 */
export async function takeRoll(round: Round, met: readonly RevisionId[]): Promise<readonly RollRow[]> {
  const roll = await rollOnServer(round);
  const given = new Set(roll.map(({ id }) => id));
  if (met.some((id) => !given.has(id))) throw new NotProved();
  const { keys, over } = round;
  // It may have to wait for a person, in another tab.
  const said = await unlessOver(over, () => keys.takeRoll(roll));
  if (said !== "taken") throw new Trouble(said === "refused" ? "roll-forked" : said);
  return roll;
}

/**
 * The same where one of these entries is not on this phone yet; else nothing is to be stored. Where the roll is not taken,
 * that they were shown is kept: nothing is sent before they are read.
 */
export async function takeRollIfNew(round: Round, met: readonly RollRow[]): Promise<readonly RollRow[]> {
  if (met.length === 0) return [];
  const shown = met.map(({ id }) => id);
  const unread = await notHere(round, shown);
  if (unread.length === 0) return [];
  try {
    return await takeRoll(round, shown);
  } catch (cause) {
    const { state } = round;
    if (state !== undefined) {
      const all = [...new Set([...(state.unread ?? []), ...unread])].slice(-MOST_UNREAD);
      // Where that is not kept either, the next round is shown them again.
      await take(round, { state: { ...state, unread: all } }).catch(() => undefined);
    }
    throw cause;
  }
}

/** Those of these entries that are not on this phone. */
export async function notHere({ diary }: Round, entries: readonly RevisionId[]): Promise<readonly RevisionId[]> {
  const here = new Set((await rollRows(diary.inside.database)).map(({ id }) => id));
  return entries.filter((id) => !here.has(id));
}

/** Of more, any would hold back the same. */
const MOST_UNREAD = 100;

/**
 * Send the entries that go on from the server's last, up to the last that this phone met. Where the server's roll went on
 * in another way meanwhile, there are none. It takes them from whoever has just shown a passkey or the code. Gives what
 * it needs, null where nothing; `not-here`: one of them came here as a stub, so none can go, and a phone that has it whole
 * sends it. Throws Trouble; NotProved where what it takes is not shown.
 */
export async function sendRoll(round: Round): Promise<"proof-needed" | "not-here" | null> {
  const top = (await rollOnServer(round)).at(-1)?.id;
  const onTop = lineOf(await rollRows(round.diary.inside.database), top);
  const line = onTop[0] !== undefined && parentOf(onTop[0]) === top ? onTop : [];
  if (line.some(({ blob }) => blob === undefined)) return "not-here";
  for (const { id, header, blob = null, signature = null } of line) {
    const [result] = await round.server.push([{ id, header, blob, signature }]);
    if (result?.status !== "rejected") continue;
    if (result.code === "proof_needed") return "proof-needed";
    throw new Trouble("roll-forked");
  }
  const there = new Set(line.length === 0 ? [] : (await rollOnServer(round)).map(({ id }) => id));
  if (line.some(({ id }) => !there.has(id))) throw new NotProved();
  return null;
}

async function rollOnServer({ server, diary }: Round): Promise<readonly RollRow[]> {
  const { revisions, roll } = await proveContent(diary.inside.keys.space, await server.roll());
  if (revisions.length > 0) throw new NotProved();
  return roll;
}
