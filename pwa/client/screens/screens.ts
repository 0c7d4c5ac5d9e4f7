/**
 * The screens by the names of their addresses, in two scripts: those that may be the first to show, which come with the
 * app, and all others. A script for each screen would be sixty small ones: they pack badly, and each costs a look into
 * the cache at every start.
 */

import { fetchOthers } from "./fetch-others.ts";
import { NotFoundScreen } from "./not-found/not-found-screen.tsx";
import type { Screen } from "./routes.ts";
import { TodayScreen } from "./today/today-screen.tsx";
import { TroubleScreen } from "./trouble/trouble-screen.tsx";
import { UnlockScreen } from "./unlock/unlock-screen.tsx";
import { WelcomeScreen } from "./welcome/welcome-screen.tsx";

export type ScreenName = string;
type Screens = Readonly<Record<ScreenName, Screen>>;

const first: Screens = {
  welcome: WelcomeScreen,
  unlock: UnlockScreen,
  trouble: TroubleScreen,
  "not-found": NotFoundScreen,
  today: TodayScreen,
};
let others: Screens | null = null;

/** Give the screen of that name: at once if its script is here. */
export function loadScreen(name: ScreenName): Screen | Promise<Screen> {
  const there = first[name] ?? others?.[name];
  if (there !== undefined) return there;
  return others === null ? loadOthers().then(() => loadScreen(name)) : NotFoundScreen;
}

/** Fetch all screens that are not here yet, and their words. */
export async function loadOthers(): Promise<void> {
  others = (await fetchOthers()).others;
}
