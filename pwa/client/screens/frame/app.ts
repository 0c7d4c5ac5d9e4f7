/** What every screen has at hand. Put together once, in `app.tsx`. */
import type { ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { type Settings, settings as settingsType } from "../../domain/record-types.ts";
import { type ChosenSettings, settingsRecord } from "../../domain/settings.ts";
import type { Installation } from "../../shell/install.ts";
import type { Updates } from "../../shell/update.ts";
import type { Diary } from "../../store/diary.ts";
import type { Backup } from "./backup.ts";
import type { Clock } from "./clock.ts";
import type { ToastLine } from "./toast-line.ts";

export interface App {
  readonly diary: Diary;
  readonly clock: Clock;
  readonly settings: ReadonlySignal<ChosenSettings>;
  readonly toast: ToastLine;
  readonly updates: Updates;
  readonly installation: Installation;
  /** What speaks to the site for this person: made when it is first asked for. Rejects where it cannot be fetched. */
  account(): Promise<Account>;
  readonly backup: Omit<Backup, "follow">;
  /** Forms that hold a draft, each able to keep what is being typed at once. */
  readonly openForms: Set<() => Promise<void>>;
  /** Keep what is being typed in all of them. Rejects where something cannot be kept. */
  keepDrafts(): Promise<void>;
  /** Go to another screen. `replace` leaves no trace of this one in the history. */
  go(path: string, options?: { readonly replace?: boolean }): void;
  /** The day the operator confirmed the help numbers, or null. */
  readonly helpConfirmed: string | null;
  /** Who runs this site, as far as they say. */
  readonly operator: { readonly name: string | null; readonly contact: string | null };
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error("A screen stands outside the app.");
  return app;
}

let changingSettings: Promise<unknown> = Promise.resolve();

/** Change settings, on the one record that carries them; one change after the other, so that two make no second one. */
export function changeSettings(app: Pick<App, "diary">, values: Settings): Promise<void> {
  const changed = changingSettings.then(() => writeSettings(app, values));
  changingSettings = changed.catch(() => undefined);
  return changed;
}

async function writeSettings({ diary }: Pick<App, "diary">, values: Settings): Promise<void> {
  const there = settingsRecord(diary.all(settingsType).peek());
  if (there === undefined) await diary.create(settingsType, values);
  else await diary.change(settingsType, there, values);
}
