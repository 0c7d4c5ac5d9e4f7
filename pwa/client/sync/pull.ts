/** Pull: what came after the cursor, page by page, each proved, folded and stored with the cursor in one transaction. */
import { toBase64url } from "../replica/ids.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { foldPage, proveContent } from "./proof.ts";
import { reconcile, reconciled } from "./reconcile.ts";
import { takeRollIfNew } from "./roll.ts";
import { complete, placeOf, type Round, sawOf, take } from "./round.ts";

/** So many that were stored while pages came are taken in the same round; else a server could go on for ever. */
const MOST_MEANWHILE = 10_000;

/**
 * Pull all that came. With `mostlyOwn`, the index is read, and of the rest only what is not here is fetched. Throws
 * ServerFailure, StoreFailure, Trouble; NotProved where the server does not agree with itself.
 */
export async function pull(round: Round, state: SyncState, { mostlyOwn = false } = {}): Promise<SyncState> {
  let end: number | null = null;
  for (let now = state; ; ) {
    const isIndex = mostlyOwn || now.isAnew;
    const page = await round.server.pull(now.at.seq, { blobs: !isIndex });
    const folded = await foldPage(placeOf(now), page);
    if (folded === null) {
      now = await reconcile(round, now, page.generation);
      end = null;
      continue;
    }
    end ??= page.head + MOST_MEANWHILE;
    const { to, seen } = folded;
    if (seen !== undefined) {
      const { revisions, roll } = await proveContent(now.space, isIndex ? await complete(round, page.revisions) : page.revisions);
      // What hangs on an end that is not proved yet, or on a past that is still being read, says nothing.
      const saw = now.isAnew || now.first !== null ? now.saw : sawOf(to);
      const at = { seq: to.seq, chain: toBase64url(to.chain) };
      now = await take(round, { revisions, roll: await takeRollIfNew(round, roll), seen, state: { ...now, at, saw } });
    }
    if (page.next !== null) {
      if (to.seq >= end) return now;
      continue;
    }
    if (now.isAnew) now = await reconciled(round, now);
    if (!now.isAnew) return now;
  }
}
