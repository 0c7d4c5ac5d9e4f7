/**
 * What came and is nobody's words, as far as can be told: broken under a key that is here, or under a key of no entry of the
 * roll. A session is enough to send it. It stays where it is; nothing is to be brought elsewhere, or to wait, for its sake.
 */
import { parseHeader } from "../replica/header.ts";
import type { RevisionId } from "../replica/ids.ts";
import type { Database, RevisionRow } from "./database.ts";
import type { Log } from "./log.ts";
import type { Read } from "./reading.ts";
import { rowsOf } from "./received.ts";

/** The made-up ones of these rows. Only what came and is not in `opened` is looked at. */
export async function madeUpOf(log: Log, rows: readonly RevisionRow[], opened: ReadonlySet<RevisionId>): Promise<ReadonlySet<RevisionId>> {
  const looked = new Map(rows.filter(({ id, received }) => received === true && !opened.has(id)).map((row) => [row.id, row]));
  const madeUp = new Set<RevisionId>();
  for (const record of new Set([...looked.values()].map((row) => row.record))) {
    for (const read of await log.history(record)) {
      const row = looked.get(read.id);
      if (row !== undefined && isMadeUp(log, row, read)) madeUp.add(row.id);
    }
  }
  return madeUp;
}

/** Whether any of these waits for a later app, or for a key that something written here needs. */
export async function waitsForWords(log: Log, database: Database, reads: readonly Read[]): Promise<boolean> {
  const waiting = reads.filter(({ verdict }) => verdict === "waiting");
  const rows = await rowsOf(
    database,
    waiting.map(({ id }) => id),
  );
  return waiting.some((read, i) => rows[i] === undefined || !isMadeUp(log, rows[i], read));
}

function isMadeUp({ waitsFor }: Log, { received, record, header }: RevisionRow, { verdict }: Read): boolean {
  if (received !== true) return false;
  if (verdict === "broken") return true;
  // Of a later format nobody can tell what it is about, or which key opens it.
  return verdict === "waiting" && record !== "" && waitsFor.has(parseHeader(header).keyId);
}
