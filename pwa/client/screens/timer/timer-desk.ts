/**
 * The timer as this window has it. Every event is kept on the phone before anything else happens, so a reload, a closed
 * window or an empty battery take nothing away. It is in one window at a time; another can ask for it.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { reopenRun } from "../../domain/run.ts";
import type { Draft } from "../../store/draft.ts";
import { StoreFailure, type StoreFailureCode } from "../../store/failures.ts";
import { useApp } from "../frame/app.ts";
import { beforeThePageGoes } from "../frame/last-moment.ts";
import { holdTimer } from "./hold-timer.ts";
import { type KeptTimer, parseKeptTimer } from "./kept-timer.ts";

export type Desk =
  | { readonly at: "looking" }
  | {
      readonly at: "elsewhere";
      /** It was asked for and did not come. */
      readonly isStuck: boolean;
      bringHere(): void;
    }
  | {
      readonly at: "here";
      readonly timer: KeptTimer | null;
      /** Why it could not be kept, until it is. */
      readonly trouble: StoreFailureCode | null;
      /** Go on with this timer, and keep it. */
      keep(timer: KeptTimer): void;
      /**
       * Keep it in the diary by `save`, which drops the draft, and again what is answered meanwhile; `save` gives false
       * for what needs another look. Resolves with whether all of it is there; called twice, it is done once.
       */
      finish(save: (timer: KeptTimer, draft: Draft | undefined) => Promise<boolean>): Promise<boolean>;
      /** The person has gone to another screen. */
      isGone(): boolean;
    };

/** A message between windows: let go of the timer, another one asks for it. */
const LET_GO = "let-go";
/** How often to look whether the other window has let go. */
const TRIES_WHEN_ASKED = 16;

export function useTimerDesk(): Desk {
  const { diary, clock, openForms } = useApp();
  const [at, setAt] = useState<Desk["at"]>("looking");
  const [isStuck, setStuck] = useState(false);
  const [timer, show] = useState<KeptTimer | null>(null);
  const [trouble, tell] = useState<StoreFailureCode | null>(null);
  const [draftTrouble, tellOfDraft] = useState<StoreFailureCode | null>(null);
  const here = useRef({ draft: null as Draft | null, timer: null as KeptTimer | null, isGone: false, isTaking: false });
  // Never fails.
  const saving = useRef<Promise<unknown> | null>(null);
  const written = useRef<Promise<void>>(Promise.resolve());
  const channel = useRef<BroadcastChannel | null>(null);

  const writeLatest = useCallback(async (isGoing = false): Promise<void> => {
    // What is saved takes along what it says, and a draft written meanwhile would go with it or outlive it.
    while (saving.current !== null) await saving.current;
    const { draft, timer: latest } = here.current;
    if (draft !== null && latest !== null) await (isGoing ? draft.keepAtOnce(latest) : draft.keep(latest));
  }, []);

  const write = useCallback((): Promise<void> => {
    if (here.current.draft === null || here.current.timer === null) return Promise.resolve();
    const writing = writeLatest();
    written.current = writing.then(
      () => tellOfDraft(null),
      (cause: unknown) => tellOfDraft(codeOf(cause)),
    );
    return writing;
  }, []);

  const keep = useCallback((next: KeptTimer): void => {
    here.current.timer = next;
    show(next);
    write().catch(() => undefined);
  }, []);

  const take = useCallback(async (tries?: number): Promise<boolean> => {
    const state = here.current;
    if (state.isTaking || state.draft !== null) return state.draft !== null;
    state.isTaking = true;
    const draft = await holdTimer(diary, tries).finally(() => {
      state.isTaking = false;
    });
    if (state.isGone) draft?.release();
    if (draft === null || state.isGone) {
      setAt("elsewhere");
      return false;
    }
    state.draft = draft;
    const left = parseKeptTimer(draft.left);
    const run = left && reopenRun(left.run, clock.now());
    state.timer = left && run && { ...left, run };
    show(state.timer);
    setStuck(false);
    setAt("here");
    if (run !== left?.run) write().catch(() => undefined);
    return true;
  }, []);

  const letGo = useCallback(async (): Promise<void> => {
    await saving.current;
    await written.current;
    const { draft } = here.current;
    here.current.draft = null;
    draft?.release();
  }, []);

  useEffect(() => {
    const state = here.current;
    state.isGone = false;
    channel.current = new BroadcastChannel("cairn/timer");
    channel.current.onmessage = ({ data }) => {
      if (data === LET_GO && state.draft !== null && saving.current === null)
        void letGo().then(() => state.draft === null && setAt("elsewhere"));
    };
    const lookAgain = (): void => {
      if (document.visibilityState === "visible") void take(1).catch((cause: unknown) => tellOfDraft(codeOf(cause)));
    };
    void take().catch((cause: unknown) => {
      tellOfDraft(codeOf(cause));
      setAt("here");
    });
    document.addEventListener("visibilitychange", lookAgain);
    openForms.add(write);
    const stay = beforeThePageGoes(() => void writeLatest(true).catch(() => undefined));
    return () => {
      state.isGone = true;
      channel.current?.close();
      document.removeEventListener("visibilitychange", lookAgain);
      openForms.delete(write);
      stay();
      void letGo();
    };
  }, []);

  const bringHere = useCallback((): void => {
    setStuck(false);
    channel.current?.postMessage(LET_GO);
    void take(TRIES_WHEN_ASKED).then(
      (isHere) => setStuck(!isHere),
      (cause: unknown) => tellOfDraft(codeOf(cause)),
    );
  }, []);

  const finish = useCallback(async (save: (timer: KeptTimer, draft: Draft | undefined) => Promise<boolean>): Promise<boolean> => {
    const state = here.current;
    const saveAll = async (): Promise<boolean> => {
      for (let saved: KeptTimer | null = null; saved !== state.timer && state.timer !== null; ) {
        saved = state.timer;
        state.draft?.giveWay();
        if (!(await save(saved, state.draft ?? undefined))) return false;
      }
      state.timer = null;
      return true;
    };
    if (saving.current !== null || state.timer === null) return false;
    const all = saveAll().finally(() => {
      saving.current = null;
      // What is not saved may be in no draft: it was held up, or gave way.
      written.current = writeLatest().catch(() => undefined);
    });
    saving.current = all.catch(() => undefined);
    try {
      const isSaved = await all;
      if (!isSaved) return false;
      show(null);
      tell(null);
      tellOfDraft(null);
      return true;
    } catch (cause) {
      tell(codeOf(cause));
      return false;
    }
  }, []);
  const isGone = useCallback(() => here.current.isGone, []);

  if (at === "looking") return { at };
  if (at === "elsewhere") return { at, isStuck, bringHere };
  return { at, timer, trouble: trouble ?? draftTrouble, keep, finish, isGone };
}

function codeOf(cause: unknown): StoreFailureCode {
  return cause instanceof StoreFailure ? cause.code : "not-kept";
}
