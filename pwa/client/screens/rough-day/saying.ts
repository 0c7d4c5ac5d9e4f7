/** Saying how it is: every tap is kept at once, all taps of one sitting in one record. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { type RoughDay, roughDay, settings as settingsType } from "../../domain/record-types.ts";
import { isLowEnergy, ROUGH_DAY_BEGINS, SHOW_EVERYTHING } from "../../domain/rough-day.ts";
import { settingsRecord } from "../../domain/settings.ts";
import type { Save, SaveOptions } from "../../store/diary.ts";
import type { Kept } from "../../store/records.ts";
import { type App, changeSettings, useApp } from "../frame/app.ts";
import { isOfThisSitting, recordOfThisSitting } from "./sitting.ts";

type KeptRoughDay = Kept<typeof roughDay>;
/** What is said, of one field or of both; undefined takes it back. */
export type Said = { readonly [F in "how" | "word"]?: RoughDay[F] | undefined };

export interface Saying {
  /** What this sitting has said so far; undefined before the first tap. */
  readonly kept: KeptRoughDay | undefined;
  /** The same at this very moment, for after an act. */
  current(): KeptRoughDay | undefined;
  /** Keep it. `shown` is the record as it was when the person began to write. Throws StoreFailure. */
  say(said: Said, options?: SaveOptions, shown?: KeptRoughDay): Promise<void>;
  /** Take back what was done last; null while there is nothing. Throws StoreFailure. */
  readonly undo: (() => Promise<void>) | null;
  /** Show everything again. Throws StoreFailure. */
  showEverything(): Promise<void>;
}

/** `isWriting` says that a word is being written: then the sitting goes on, however long that takes. */
export function useSaying(isWriting: boolean): Saying {
  const app = useApp();
  const { diary, clock } = app;
  const [id, begin] = useState(() => recordOfThisSitting(diary.all(roughDay).peek(), clock.now())?.id ?? null);
  const [undo, offerUndo] = useState<(() => Promise<void>) | null>(null);
  const here = useRef({ id, isWriting, queue: Promise.resolve() });
  here.current.isWriting = isWriting;

  const goOnWith = useCallback((next: typeof id): void => {
    here.current.id = next;
    begin(next);
  }, []);

  const there = useCallback((): KeptRoughDay | undefined => {
    const kept = here.current.id === null ? undefined : diary.one(roughDay, here.current.id);
    return kept !== undefined && (here.current.isWriting || isOfThisSitting(kept.values, clock.now())) ? kept : undefined;
  }, []);

  useEffect(() => {
    const lookAgain = (): void => {
      if (there() !== undefined) return;
      goOnWith(null);
      offerUndo(null);
    };
    document.addEventListener("visibilitychange", lookAgain);
    return () => document.removeEventListener("visibilitychange", lookAgain);
  }, []);

  /** One after the other: the second tap is to find the record that the first one makes. */
  const inTurn = useCallback((work: () => Promise<void>): Promise<void> => {
    const turn = here.current.queue.then(work, work);
    here.current.queue = turn.catch(() => undefined);
    return turn;
  }, []);

  const say: Saying["say"] = useCallback((said, options, shown) => {
    return inTurn(async () => {
      const before = there();
      const wasLow = isLowEnergy(app.settings.peek());
      const recordId = before?.id ?? diary.newId();
      const save: Save =
        before === undefined
          ? { type: roughDay, id: recordId, values: { ...clock.moment(), ...said } }
          : { type: roughDay, kept: shown?.id === before.id ? shown : before, values: said };
      // Low energy begins with the first thing said, and in the same act: opening this screen, by a slip of the finger
      // or to see what it is, changes nothing; and once something is kept, nobody is left in the bright diary.
      await diary.save(wasLow ? [save] : [save, lowEnergyBegins(app)], options);
      goOnWith(recordId);
      offerUndo(() => () => inTurn(() => takeBack(said, before, wasLow)));
    });
  }, []);

  const takeBack = async (said: Said, before: KeptRoughDay | undefined, wasLow: boolean): Promise<void> => {
    const now = here.current.id === null ? undefined : diary.one(roughDay, here.current.id);
    if (now !== undefined && before !== undefined) {
      const values = Object.fromEntries(Object.keys(said).map((field) => [field, before.values[field as keyof Said]]));
      await diary.change(roughDay, now, values);
    } else if (now !== undefined) {
      await diary.trash(roughDay, now);
      goOnWith(null);
    }
    if (!wasLow) await changeSettings(app, SHOW_EVERYTHING);
    offerUndo(null);
  };

  const kept = id === null ? undefined : diary.one(roughDay, id);
  return { kept, current: there, say, undo, showEverything: () => inTurn(() => changeSettings(app, SHOW_EVERYTHING)) };
}

function lowEnergyBegins({ diary }: App): Save {
  const kept = settingsRecord(diary.all(settingsType).peek());
  return kept === undefined
    ? { type: settingsType, id: diary.newId(), values: ROUGH_DAY_BEGINS }
    : { type: settingsType, kept, values: ROUGH_DAY_BEGINS };
}
