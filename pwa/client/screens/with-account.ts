/**
 * Everything that speaks to the site, in one script, and the screens for it: see `screens.ts`. It comes after the second
 * script, whose words and parts it uses.
 */
import "./others.ts";
import { KeepSafeScreen } from "./keep-safe/keep-safe-screen.tsx";
import { PhonesScreen } from "./keep-safe/phones-screen.tsx";
import { SignOutScreen } from "./keep-safe/sign-out-screen.tsx";
import { TakeBackScreen } from "./keep-safe/take-back-screen.tsx";
import type { Screen } from "./routes.ts";
import { SignInScreen } from "./sign-in/sign-in-screen.tsx";

export { makeAccount } from "../account/account.ts";

export const withAccount: Readonly<Record<string, Screen>> = {
  "keep-safe": KeepSafeScreen,
  phones: PhonesScreen,
  "sign-out": SignOutScreen,
  "take-back": TakeBackScreen,
  "sign-in": SignInScreen,
};
