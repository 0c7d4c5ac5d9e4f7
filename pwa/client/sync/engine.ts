/**
 * The engine: when the phone syncs, and what a person is told of it.
 *
 * It goes at the start, after each save, when the phone is online again, when the app is looked at, and when the service
 * worker is woken; one tab at a time. After a round that failed it waits, longer each time, but only while somebody looks.
 * Otherwise nothing runs: no timer, no request.
 */
import { signal } from "@preact/signals";
import { FORMAT, NewerFormat } from "../replica/header.ts";
import { StoreFailure } from "../store/failures.ts";
import { writeReceived } from "../store/received.ts";
import type { SyncState } from "../store/sync-rows.ts";
import { readSyncState } from "../store/sync-state.ts";
import { Outbox } from "./outbox.ts";
import { NotProved } from "./proof.ts";
import { type Round, Trouble } from "./round.ts";
import { goRound } from "./round-trip.ts";
import { ServerFailure, serverOf } from "./server.ts";
import type { FirstSync, NeedsYou, Notice, Refused, Sync, SyncOptions, SyncStatus } from "./status.ts";
import type { Moment } from "./world.ts";

const NONE: readonly Refused[] = [];
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 15 * 60_000;

/** Start syncing an open diary. It goes on by itself until it is stopped. */
export function startSync({ diary, keys, world }: SyncOptions): Sync {
  const { inside } = diary;
  const { space } = inside.keys;
  const server = serverOf(space, world);
  const outboxOf = new Outbox(inside.database);
  const status = signal<SyncStatus>({ kind: "on-this-phone" });
  const progress = signal<FirstSync | null>(null);
  const notice = signal<Notice | null>(null);
  const outbox = signal<readonly Refused[]>([]);
  let trouble: NeedsYou | null = null;
  let failed = 0;
  let stopWaiting: () => void = () => undefined;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isAsked = true;
  let isOver = false;
  const saws: Round["saws"] = [];
  inside.log.onSaw = (saw) => void saws.push(saw);

  const show = async (state: SyncState | undefined): Promise<void> => {
    const waiting = await outboxOf.look(state?.sentUpTo ?? 0);
    outbox.value = state?.refused ?? NONE;
    notice.value = state?.notice ?? null;
    progress.value = progressOf(state);
    const reason = trouble ?? reasonIn(state);
    const records = waiting + outbox.value.length;
    if (reason !== null) status.value = { kind: "needs-you", reason, records };
    else if (waiting > 0 || state === undefined || state.isAnew) status.value = { kind: "waiting", records };
    else status.value = { kind: "backed-up" };
  };

  const look = async (): Promise<SyncState | undefined> => {
    const state = await readSyncState(inside.database, space);
    await show(state);
    return state;
  };

  const goOnce = async (asked: boolean): Promise<void> => {
    await world.alone(`cairn/sync/${space}`, async () => {
      if (isOver) return;
      const state = await look();
      const round: Round = {
        server,
        diary,
        keys,
        saws,
        state,
        isReconciled: false,
        tell: () => void show(round.state).catch(() => undefined),
      };
      await goRound(round, asked);
    });
    trouble = null;
    failed = 0;
  };

  const waitAndGo = (atLeast: number): void => {
    failed += 1;
    world.askToBeWoken();
    if (!world.isVisible() || isOver) return;
    const most = Math.min(FIRST_WAIT * 2 ** failed, LONGEST_WAIT);
    stopWaiting = world.after(Math.max(atLeast, most / 2 + (world.chance() * most) / 2), go);
  };

  const goWhileWanted = async (): Promise<void> => {
    while (isWanted && !isOver) {
      const asked = isAsked;
      isWanted = isAsked = false;
      try {
        await goOnce(asked);
      } catch (cause) {
        trouble = reasonOf(cause);
        // Only who asked meanwhile is answered at once: they may have signed in.
        isWanted = isAsked;
        isAsked ||= asked;
        if (!isWanted && mayHeal(cause)) waitAndGo(cause instanceof ServerFailure ? cause.wait : 0);
      }
      await look().catch(() => undefined);
    }
  };

  function go(): void {
    if (isOver) return;
    stopWaiting();
    isWanted = true;
    running ??= goWhileWanted().finally(() => {
      running = null;
      // What was wanted in the very last moment.
      if (isWanted) go();
    });
  }

  const heed = (moment: Moment): void => {
    if (moment === "hidden") stopWaiting();
    else go();
  };

  const leave = [
    world.follow(heed),
    diary.follow((whose) => {
      if (whose === "own") go();
      void look().catch(() => undefined);
    }),
  ];
  if (world.isVisible()) go();
  else void look().catch(() => undefined);

  return {
    status,
    progress,
    notice,
    outbox,
    async now() {
      isAsked = true;
      failed = 0;
      go();
      while (running !== null) await running;
    },
    async understood() {
      notice.value = null;
      await world.alone(`cairn/sync/${space}`, async () => {
        const state = await readSyncState(inside.database, space);
        if (state !== undefined) await show(await writeReceived(inside, { state: { ...state, notice: null } }));
      });
    },
    async stop() {
      isOver = true;
      stopWaiting();
      for (const stop of leave) stop();
      inside.log.onSaw = () => undefined;
      while (running !== null) await running;
    },
  };
}

function progressOf(state: SyncState | undefined): FirstSync | null {
  if (!state?.first) return null;
  const { before, end, proved, taken } = state.first;
  if (before !== null || taken === 0) return { step: "records", taken, of: end.seq };
  return { step: "proof", taken: proved.seq, of: end.seq };
}

/** What stays so until somebody does something. */
function reasonIn(state: SyncState | undefined): NeedsYou | null {
  if (state === undefined) return null;
  if (state.refused.length > 0) return "refused";
  if (state.isRollToSend && !state.isAnew) return "proof-needed";
  return state.laterThan === FORMAT ? "app-too-old" : null;
}

/** What only the person can help with; null where trying again later does. What nobody foresaw never looks like a backup. */
function reasonOf(cause: unknown): NeedsYou | null {
  if (cause instanceof Trouble) return cause.reason;
  if (cause instanceof NewerFormat) return "app-too-old";
  if (cause instanceof StoreFailure) return cause.code === "full" ? "phone-full" : cause.code === "later-version" ? "app-too-old" : null;
  if (!(cause instanceof ServerFailure)) return "server-differs";
  return ({ "signed-out": "signed-out", "account-deleted": "account-deleted", malformed: "server-differs", "no-answer": null } as const)[
    cause.code
  ];
}

function mayHeal(cause: unknown): boolean {
  if (cause instanceof ServerFailure) return cause.code === "no-answer" || cause.code === "malformed";
  return cause instanceof NotProved || (cause instanceof StoreFailure && cause.code !== "gone" && cause.code !== "later-version");
}
