/** Pull: what came after the cursor, page by page, each proved, folded and stored with the cursor in one transaction. */
import { toBase64url } from "../replica/ids.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { foldPage, proveContent } from "./proof.ts";
import { reconcile } from "./reconcile.ts";
import { takeRollIfNew } from "./roll.ts";
import { complete, placeOf, type Round, sawOf, take } from "./round.ts";

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
    const { to, seen } = folded;
    const { revisions, roll } = await proveContent(now.space, isIndex ? await complete(round, page.revisions) : page.revisions);
    const content = { revisions, roll: await takeRollIfNew(round, roll), ...(seen === undefined ? {} : { seen }) };
    const isAnew = now.isAnew && page.next !== null;
    // What hangs on an end that is not proved yet, or on a past that is still being read, says nothing.
    const saw = isAnew || now.first !== null ? now.saw : sawOf(to);
    const at = { seq: to.seq, chain: toBase64url(to.chain) };
    const isNew = seen !== undefined || isAnew !== now.isAnew;
    if (isNew) now = await take(round, { ...content, state: { ...now, at, isAnew, saw } });
    if (page.next === null) return now;
  }
}
