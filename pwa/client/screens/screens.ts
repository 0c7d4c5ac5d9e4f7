/**
 * The screens by the names of their addresses, in three scripts: those that may be the first to show, which come with
 * the app; all others; and those that speak to the site or ask for a way in. A script for each screen would be sixty
 * small ones: they pack badly, and each costs a look into the cache at every start.
 */

import { fetchAccount } from "./fetch-account.ts";
import { fetchOthers } from "./fetch-others.ts";
import { NotFoundScreen } from "./not-found/not-found-screen.tsx";
import type { Screen } from "./routes.ts";
import { TodayScreen } from "./today/today-screen.tsx";
import { TroubleScreen } from "./trouble/trouble-screen.tsx";
import { WelcomeScreen } from "./welcome/welcome-screen.tsx";

export type ScreenName = string;
type Screens = Readonly<Record<ScreenName, Screen>>;

const first: Screens = {
  welcome: WelcomeScreen,
  trouble: TroubleScreen,
  "not-found": NotFoundScreen,
  today: TodayScreen,
};
let others: Screens | null = null;
let withAccount: Screens | null = null;

/** Give the screen of that name: at once if its script is here. */
export function loadScreen(name: ScreenName): Screen | Promise<Screen> {
  const there = first[name] ?? others?.[name] ?? withAccount?.[name];
  if (there !== undefined) return there;
  if (others === null) return loadOthers().then(() => loadScreen(name));
  return withAccount === null ? loadWithAccount().then(() => loadScreen(name)) : NotFoundScreen;
}

/** Fetch all screens that are not here yet, and their words. */
export async function loadOthers(): Promise<Awaited<ReturnType<typeof fetchOthers>>> {
  const script = await fetchOthers();
  others = script.others;
  return script;
}

async function loadWithAccount(): Promise<void> {
  withAccount = (await fetchAccount()).withAccount;
}
