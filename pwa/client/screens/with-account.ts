/**
 * Everything that speaks to the site or asks for what opens the diary, in one script, and the screens for it: see
 * `screens.ts`. It comes after the second script, whose words and parts it uses.
 */
import "./others.ts";
import { AddPasskeyScreen } from "./keep-safe/add-passkey-screen.tsx";
import { KeepSafeScreen } from "./keep-safe/keep-safe-screen.tsx";
import { NewCodeScreen } from "./keep-safe/new-code-screen.tsx";
import { PhonesScreen } from "./keep-safe/phones-screen.tsx";
import { SignOutScreen } from "./keep-safe/sign-out-screen.tsx";
import { TakeBackScreen } from "./keep-safe/take-back-screen.tsx";
import { Told } from "./keep-safe/told.tsx";
import { LockScreen } from "./lock/lock-screen.tsx";
import type { Screen } from "./routes.ts";
import { SignInScreen } from "./sign-in/sign-in-screen.tsx";
import { TakeWithMeScreen } from "./take-with-me/take-with-me-screen.tsx";
import { UnlockScreen } from "./unlock/unlock-screen.tsx";

export { makeAccount } from "../account/account.ts";
/** What Today has room for beside the line that it draws itself. */
export { Told };

export const withAccount: Readonly<Record<string, Screen>> = {
  "keep-safe": KeepSafeScreen,
  phones: PhonesScreen,
  "new-code": NewCodeScreen,
  "add-passkey": AddPasskeyScreen,
  "sign-out": SignOutScreen,
  "take-back": TakeBackScreen,
  "sign-in": SignInScreen,
  lock: LockScreen,
  "take-with-me": TakeWithMeScreen,
  unlock: UnlockScreen,
};
