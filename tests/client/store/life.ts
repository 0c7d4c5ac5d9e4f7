/** A random life of one phone: what may happen on it, and what was typed. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { checkIn, goal, type TypeName, win } from "../../../pwa/client/domain/record-types.ts";
import type { Diary } from "../../../pwa/client/store/diary.ts";
import { StoreFailure } from "../../../pwa/client/store/failures.ts";
import type { Kept } from "../../../pwa/client/store/records.ts";
import { FAULTS, plan } from "./faults.ts";
import { catchUp, DAY, daysAgo, type Phone } from "./phone.ts";

const MOST_TABS = 4;

/** All that a run must meet, counted when it has happened, not when it was drawn. */
export const KINDS = [
  "create",
  "change",
  "a stale editor",
  "move",
  "trash",
  "put back",
  "both change",
  "a text in several versions",
  "save many",
  "save a draft",
  "keep a draft half written",
  "rest",
  "wait for all",
  "reload",
  "go deaf",
  "lose the snapshot",
  "turn the clock",
  "a save that failed",
  ...FAULTS.map((fault) => `fault: ${fault}` as const),
] as const;
export type Kind = (typeof KINDS)[number];

const TYPES = { "check-in": [checkIn, "note"], win: [win, "words"], goal: [goal, "words"] } as const;
type Writable = keyof typeof TYPES & TypeName;

const tab = fc.nat(MOST_TABS - 1);
const type = fc.constantFrom<Writable>("check-in", "win", "goal");
const which = fc.nat(1_000);
/** Days ago; most within the last weeks, some in months long past. */
const age = fc.oneof(fc.nat(20), fc.nat(900));

export const steps = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("create" as const), tab, type, age }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant("change" as const), tab, type, which, isStale: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("move" as const), tab, which, age }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("trash" as const), tab, type, which }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("put back" as const), tab, which }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("both change" as const), tab, which, with: tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("save many" as const), tab, age, count: fc.integer({ min: 5, max: 25 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("save a draft" as const), tab, isSaved: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("rest" as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("wait for all" as const), tab }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("reload" as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("go deaf" as const), tab, isDeaf: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("lose the snapshot" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("turn the clock" as const), years: fc.integer({ min: -10, max: 10 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("fail" as const),
      tab,
      type,
      fault: fc.constantFrom(...FAULTS),
      at: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 5 })),
    }),
  },
);
export type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

/** One phone's life: its tabs, and what was typed on it. */
export class Life {
  readonly phone: Phone;
  readonly tabs: (Diary | null)[] = Array.from({ length: MOST_TABS }, () => null);
  /** Every text whose save was confirmed. */
  readonly written = new Set<string>();
  readonly drafts = new Set<string>();
  readonly met: Map<Kind, number>;
  #typed = 0;
  #remembered: Kept<typeof checkIn> | null = null;

  constructor(phone: Phone, met: Map<Kind, number>) {
    this.phone = phone;
    this.met = met;
  }

  async live(step: Step): Promise<void> {
    if (step.do === "lose the snapshot") {
      await this.phone.forgetSnapshot();
      return this.#count(step.do);
    }
    if (step.do === "turn the clock") {
      this.phone.clock += step.years * 365 * DAY;
      return this.#count(step.do);
    }
    if (step.do === "reload") {
      await this.#reload(step.tab);
      return this.#count(step.do);
    }
    const diary = await this.tab(step.tab);
    switch (step.do) {
      case "create":
        await this.#save(diary, step.type, { day: daysAgo(step.age) });
        this.#count(step.do);
        break;
      case "change": {
        const type = step.isStale ? "check-in" : step.type;
        const stale = step.isStale ? this.#remembered : null;
        const kept = stale ?? this.#pick(diary, type, step.which);
        if (kept !== null) {
          await this.#change(diary, type, kept);
          this.#count(stale === null ? step.do : "a stale editor");
        }
        if (type === "check-in") this.#remembered = this.#pick(diary, type, step.which + 1);
        break;
      }
      case "move": {
        const kept = this.#pick(diary, "check-in", step.which);
        if (kept === null) break;
        await diary.change(checkIn, kept, { day: daysAgo(step.age) });
        this.#count(step.do);
        break;
      }
      case "trash": {
        const kept = this.#pick(diary, step.type, step.which);
        if (kept === null) break;
        await diary.trash(TYPES[step.type][0], kept as never);
        this.#count(step.do);
        break;
      }
      case "put back": {
        const trashed = diary.trashed([checkIn, win, goal]).value;
        const one = trashed[step.which % Math.max(1, trashed.length)];
        if (one === undefined) break;
        await diary.putBack(one.type, one.kept.id);
        this.#count(step.do);
        break;
      }
      case "both change": {
        const other = await this.tab(step.with);
        const kept = this.#pick(diary, "check-in", step.which);
        if (kept === null) break;
        await Promise.all([this.#change(diary, "check-in", kept), this.#change(other, "check-in", kept)]);
        this.#count(step.do);
        await catchUp(diary);
        if ((diary.one(checkIn, kept.id)?.texts("note").length ?? 0) > 1) this.#count("a text in several versions");
        break;
      }
      case "save many": {
        const texts = Array.from({ length: step.count }, () => this.#type());
        await diary.save(texts.map((note) => ({ type: checkIn, id: diary.newId(), values: { note, day: daysAgo(step.age) } })));
        for (const text of texts) this.written.add(text);
        this.#count(step.do);
        break;
      }
      case "save a draft": {
        const draft = await diary.draft("check-in");
        const note = this.#type();
        await draft.keep({ note });
        this.drafts.delete((draft.left as { note: string } | null)?.note ?? "");
        this.drafts.add(note);
        if (step.isSaved) {
          await diary.create(checkIn, { note }, { draft });
          this.drafts.delete(note);
          this.written.add(note);
        }
        draft.release();
        this.#count(step.isSaved ? step.do : "keep a draft half written");
        break;
      }
      case "rest":
        await diary.rest();
        this.#count(step.do);
        break;
      case "wait for all":
        await diary.whole();
        this.#count(step.do);
        break;
      case "go deaf":
        this.phone.setDeaf(diary, step.isDeaf);
        this.#count(step.do);
        break;
      case "fail": {
        const planned = plan({ fault: step.fault, at: step.at });
        try {
          await this.#save(diary, step.type, {});
        } catch (cause) {
          assert.ok(cause instanceof StoreFailure, String(cause));
          this.#count("a save that failed");
        } finally {
          planned.end();
          if (planned.isMet) this.#count(`fault: ${step.fault}`);
        }
        break;
      }
    }
  }

  async tab(number: number): Promise<Diary> {
    const diary = this.tabs[number] ?? (await this.phone.open());
    if (diary.phase.value === "new") await diary.begin();
    this.tabs[number] = diary;
    assert.equal(diary.phase.value, "open");
    return diary;
  }

  get open(): readonly Diary[] {
    return this.tabs.filter((diary) => diary !== null);
  }

  async #reload(number: number): Promise<void> {
    const diary = this.tabs[number];
    if (diary) this.phone.close(diary);
    this.tabs[number] = null;
    await this.tab(number);
  }

  async #save(diary: Diary, of: Writable, values: object): Promise<void> {
    const text = this.#type();
    const [recordType, field] = TYPES[of];
    await diary.save([{ type: recordType, id: diary.newId(), values: { ...values, [field]: text } }]);
    this.written.add(text);
  }

  async #change(diary: Diary, of: Writable, kept: Kept<typeof checkIn>): Promise<void> {
    const text = this.#type();
    const [recordType, field] = TYPES[of];
    await diary.save([{ type: recordType, kept: kept as never, values: { [field]: text } }]);
    this.written.add(text);
  }

  #pick(diary: Diary, of: Writable, number: number): Kept<typeof checkIn> | null {
    const all = diary.all(TYPES[of][0]).value;
    return (all[number % Math.max(1, all.length)] as unknown as Kept<typeof checkIn>) ?? null;
  }

  #type(): string {
    return `text ${++this.#typed}`;
  }

  #count(what: Kind): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  }
}
