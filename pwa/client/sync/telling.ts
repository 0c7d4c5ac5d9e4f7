/** What a person is told of a state, and of a round that failed; and whether it helps to try again. */
import { FORMAT, NewerFormat } from "../replica/header.ts";
import { StoreFailure } from "../store/failures.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { NotProved } from "./proof.ts";
import { Trouble } from "./round.ts";
import { ServerFailure } from "./server.ts";
import type { FirstSync, NeedsYou } from "./status.ts";

export function progressOf(state: SyncState | undefined): FirstSync | null {
  if (!state?.first) return null;
  const { before, end, proved, taken } = state.first;
  if (before !== null || taken === 0) return { step: "records", taken, of: end.seq };
  return { step: "proof", taken: proved.seq, of: end.seq };
}

/** Whether anything may be here that the server has not shown, though nothing is left to be sent. */
export function isUnderWay(state: SyncState | undefined): boolean {
  if (state === undefined || state.isAnew || state.isRollToSend) return true;
  return typeof state.saidUpTo === "number" || (state.unread ?? []).length > 0;
}

/** What stays so until somebody does something. */
export function reasonIn(state: SyncState | undefined): NeedsYou | null {
  if (state === undefined) return null;
  if (state.isFull) return "quota";
  if (state.refused.length > 0) return "refused";
  if (state.isRollToSend && !state.isAnew && state.rollNeeds) return state.rollNeeds === "not-here" ? "roll-lost" : "proof-needed";
  return state.laterThan === FORMAT ? "app-too-old" : null;
}

/** What only the person can help with; null where trying again later does. What nobody foresaw never looks like a backup. */
export function reasonOf(cause: unknown): NeedsYou | null {
  if (cause instanceof Trouble) return cause.reason;
  if (cause instanceof NewerFormat) return "app-too-old";
  if (cause instanceof StoreFailure) return cause.code === "full" ? "phone-full" : cause.code === "later-version" ? "app-too-old" : null;
  if (cause instanceof NotProved) return "server-differs";
  if (!(cause instanceof ServerFailure)) return "unforeseen";
  return ({ "signed-out": "signed-out", "account-deleted": "account-deleted", malformed: "server-differs", "no-answer": null } as const)[
    cause.code
  ];
}

/** Whether it is tried again by itself; what nobody foresaw may have been of a moment. */
export function mayHeal(cause: unknown): boolean {
  if (cause instanceof ServerFailure) return cause.code === "no-answer" || cause.code === "malformed";
  if (cause instanceof StoreFailure) return cause.code !== "gone" && cause.code !== "later-version";
  return !(cause instanceof Trouble || cause instanceof NewerFormat);
}
