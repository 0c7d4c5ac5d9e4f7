/** Records by the day they belong to, by a look at every one: what the store's index is held against. */
import { type ByDay, dayGiven } from "../../../pwa/client/domain/diary.ts";
import type { CheckIn } from "../../../pwa/client/domain/record-types.ts";
import type { Recorded } from "../../../pwa/client/domain/schema.ts";

export function byDay<R extends Recorded<Pick<CheckIn, "day" | "written" | "offset">>>(records: readonly R[]): ByDay<R> {
  return {
    days: () => new Set(records.map(({ values }) => dayGiven(values))),
    of: (day) => records.filter(({ values }) => dayGiven(values) === day),
  };
}
