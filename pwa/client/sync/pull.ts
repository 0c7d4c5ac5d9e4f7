/** Pull: what came after the cursor, page by page, each proved, folded and stored with the cursor in one transaction. */
import { toBase64url } from "../replica/ids.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { foldPage } from "./proof.ts";
import { reconcile } from "./reconcile.ts";
import { complete, placeOf, prove, type Round, sawOf, take } from "./round.ts";

/**
 * Pull all that came. With `mostlyOwn`, the index is read, and of the rest only what is not here is fetched. Throws
 * ServerFailure, StoreFailure, Trouble; NotProved where the server does not agree with itself.
 */
export async function pull(round: Round, state: SyncState, { mostlyOwn = false } = {}): Promise<SyncState> {
  for (let now = state; ; ) {
    const isIndex = mostlyOwn || now.isAnew;
    const page = await round.server.pull(now.at.seq, { blobs: !isIndex });
    const folded = await foldPage(placeOf(now), page);
    if (folded === null) {
      now = await reconcile(round, now, page.generation);
      continue;
    }
    const proved = await prove(round, isIndex ? await complete(round, page.revisions) : page.revisions);
    const isAnew = now.isAnew && page.next !== null;
    const { to, seen } = folded;
    // What hangs on an end that is not proved yet, or on a past that is still being read, says nothing.
    const saw = isAnew || now.first !== null ? now.saw : sawOf(to);
    const at = { seq: to.seq, chain: toBase64url(to.chain) };
    const isNew = seen !== undefined || isAnew !== now.isAnew;
    if (isNew) now = await take(round, { ...proved, ...(seen === undefined ? {} : { seen }), state: { ...now, at, isAnew, saw } });
    if (page.next === null) return now;
  }
}
