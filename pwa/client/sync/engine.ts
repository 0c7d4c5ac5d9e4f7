/**
 * The engine: when the phone syncs, and what a person is told of it.
 *
 * It goes at the start, after each save, when the phone is online again, when the app is looked at, and when the service
 * worker is woken; one tab at a time. After a round that failed it waits, longer each time, but only while somebody looks.
 * Otherwise nothing runs: no timer, no request.
 */
import { signal } from "@preact/signals";
import { writeUnderstood } from "../store/received.ts";
import type { Notice, SyncState } from "../store/sync-rows.ts";
import { readSyncState } from "../store/sync-state.ts";
import { fetchEarlier } from "./earlier.ts";
import { Saws } from "./forks.ts";
import { Outbox } from "./outbox.ts";
import type { Round } from "./round.ts";
import { goRound } from "./round-trip.ts";
import { ServerFailure, serverOf } from "./server.ts";
import type { FirstSync, NeedsYou, Refused, Sync, SyncOptions, SyncStatus } from "./status.ts";
import { isUnderWay, mayHeal, progressOf, reasonIn, reasonOf } from "./telling.ts";
import type { Moment } from "./world.ts";

const NONE: readonly Refused[] = [];
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 15 * 60_000;

/** Start syncing an open diary. It goes on by itself until it is stopped. */
export function startSync({ diary, keys, world }: SyncOptions): Sync {
  const { inside } = diary;
  const { space } = inside.keys;
  const over = new AbortController();
  const server = serverOf(space, world, over.signal);
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
  let wasWoken = false;
  let isAsked = true;
  const saws = new Saws();
  inside.log.onSaw = (saw, row) => saws.hear(saw, row);

  const show = async (state: SyncState | undefined): Promise<void> => {
    const records = await outboxOf.look(state);
    outbox.value = state?.refused ?? NONE;
    notice.value = state?.notice ?? null;
    progress.value = progressOf(state);
    const reason = trouble ?? reasonIn(state);
    if (reason !== null) status.value = { kind: "needs-you", reason, records };
    else if (records > 0 || isUnderWay(state)) status.value = { kind: "waiting", records };
    else status.value = { kind: "backed-up" };
  };

  const look = async (): Promise<SyncState | undefined> => {
    const state = await readSyncState(inside.database, space);
    await show(state);
    return state;
  };

  const goOnce = async (asked: boolean): Promise<void> => {
    const work = async (): Promise<void> => {
      const state = await look();
      const round: Round = {
        server,
        diary,
        keys,
        over: over.signal,
        saws,
        state,
        isReconciled: false,
        tell: () => void look().catch(() => undefined),
      };
      await goRound(round, asked);
    };
    await world.alone(`cairn/sync/${space}`, work, over.signal);
    trouble = null;
    failed = 0;
    wasWoken = false;
  };

  const waitAndGo = (atLeast: number): void => {
    failed += 1;
    // A browser that has a network wakes at once: asked again, it would wake this app without an end.
    if (!wasWoken) world.askToBeWoken();
    if (!world.isVisible()) return;
    const most = Math.min(FIRST_WAIT * 2 ** failed, LONGEST_WAIT);
    stopWaiting = world.after(Math.max(atLeast, most / 2 + (world.chance() * most) / 2), go);
  };

  const goWhileWanted = async (): Promise<void> => {
    while (isWanted && !over.signal.aborted) {
      const asked = isAsked;
      isWanted = isAsked = false;
      try {
        await goOnce(asked);
      } catch (cause) {
        if (over.signal.aborted) return;
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
    if (over.signal.aborted) return;
    stopWaiting();
    isWanted = true;
    running ??= goWhileWanted().finally(() => {
      running = null;
      // What was wanted in the very last moment.
      if (isWanted) go();
    });
  }

  const heed = (moment: Moment): void => {
    if (moment === "hidden") {
      stopWaiting();
      return;
    }
    wasWoken = moment === "woken";
    go();
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
    async fetchEarlier(record) {
      await world.alone(`cairn/sync/${space}`, () => fetchEarlier({ server, diary }, record), over.signal);
    },
    async understood() {
      await writeUnderstood(inside);
      await look();
    },
    async stop() {
      over.abort();
      stopWaiting();
      for (const stop of leave) stop();
      inside.log.onSaw = () => undefined;
      while (running !== null) await running;
    },
  };
}
