/** The screens that nobody opens first, in one script: see `screens.ts`. A new screen takes its place here. */
import { learnDrawings } from "../components/drawings.ts";
import { LATER } from "../components/later-drawings.ts";
import { AboutScreen } from "./about/about-screen.tsx";
import { ActivityScreen } from "./activity/activity-screen.tsx";
import { CheckInScreen } from "./check-in/check-in-screen.tsx";
import { DayScreen } from "./day/day-screen.tsx";
import { DiaryScreen } from "./diary/diary-screen.tsx";
import { EarlierScreen } from "./earlier/earlier-screen.tsx";
import { GoalScreen } from "./goal/goal-screen.tsx";
import { GroupScreen } from "./group/group-screen.tsx";
import { HelpScreen } from "./help/help-screen.tsx";
import { MoreScreen } from "./more/more-screen.tsx";
import { PlansScreen } from "./plans/plans-screen.tsx";
import { RoughDayScreen } from "./rough-day/rough-day-screen.tsx";
import type { Screen } from "./routes.ts";
import { SettingsScreen } from "./settings/settings-screen.tsx";
import { TimerScreen } from "./timer/timer-screen.tsx";
import { TrashScreen } from "./trash/trash-screen.tsx";
import { WinScreen } from "./wins/win-screen.tsx";
import { WinsScreen } from "./wins/wins-screen.tsx";

/** For browsers that store no key. */
export { beginWithWords } from "../store/words-door.ts";
export { ChooseWords } from "./choose-words/choose-words.tsx";
/** From when the diary is open: the lock is no part of opening it. */
export { followLock } from "./lock/watch.ts";
/** Welcome reads a saved file back, too; only then are the rules for it needed. */
export { readFileBack } from "./take-with-me/reading-back.ts";

learnDrawings(LATER);

export const others: Readonly<Record<string, Screen>> = {
  "check-in": CheckInScreen,
  "check-in-entry": CheckInScreen,
  diary: DiaryScreen,
  day: DayScreen,
  wins: WinsScreen,
  win: WinScreen,
  plans: PlansScreen,
  activity: ActivityScreen,
  goal: GoalScreen,
  timer: TimerScreen,
  trash: TrashScreen,
  earlier: EarlierScreen,
  "rough-day": RoughDayScreen,
  group: GroupScreen,
  more: MoreScreen,
  settings: SettingsScreen,
  help: HelpScreen,
  about: AboutScreen,
};
