/** The session that a timer becomes. */
import { type Day, dayOf } from "../../domain/day.ts";
import type { DecimalText } from "../../domain/decimal.ts";
import { type Answer, outcome } from "../../domain/outcome.ts";
import type { Ended, Session } from "../../domain/record-types.ts";
import type { Run } from "../../domain/run.ts";
import { phaseAt } from "../../domain/timer.ts";
import { readTypedDecimal, type TypedNumberCode } from "../../domain/typed-number.ts";
import type { Moment } from "../frame/clock.ts";
import type { KeptTimer } from "./kept-timer.ts";

export type SessionRead = { readonly ok: true; readonly session: Session } | { readonly ok: false; readonly code: TypedNumberCode };

/**
 * What is kept of a timer at `moment`, or what needs another look in the field for how much. It belongs to the day on
 * which it ended, not to the one on which somebody said how it was. `turn` is the hour at which a day begins.
 */
export function sessionOf(timer: KeptTimer & { readonly ended: Ended }, moment: Moment, turn: number): SessionRead {
  const { run, ended, howMuch, after } = timer;
  const read = howMuch.trim() === "" ? undefined : readTypedDecimal(howMuch);
  const asks = ended === "went-on" || ended === "stopped-sooner";
  if (asks && read?.ok === false) return read;
  const { name, ...rest } = outcome(run, answerOf(ended, read?.ok ? read.value : undefined));
  return {
    ok: true,
    session: {
      ...(name.trim() === "" ? {} : { name }),
      ...rest,
      ...(after === null ? {} : { after }),
      day: dayEnded(run, moment, turn),
      written: moment.written,
      offset: moment.offset,
    },
  };
}

function answerOf(ended: Ended, amount: DecimalText | undefined): Answer {
  if (ended === "went-on") return amount === undefined ? { ended } : { ended, more: amount };
  if (ended === "stopped-sooner") return amount === undefined ? { ended } : { ended, actual: amount };
  return { ended };
}

function dayEnded(run: Run, { written, offset }: Moment, turn: number): Day {
  const endedAt = phaseAt(run, written).endsAt ?? run.events.at(-1)?.at ?? written;
  return dayOf({ at: Math.min(endedAt, written), offset, turn });
}
