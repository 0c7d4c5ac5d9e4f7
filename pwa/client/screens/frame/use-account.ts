import { useEffect, useState } from "preact/hooks";
import type { Account } from "../../account/account.ts";
import { useApp } from "./app.ts";

/** What speaks to the site, once its script is here; null for the moment before. */
export function useAccount(): Account | null {
  const app = useApp();
  const [account, take] = useState<Account | null>(null);
  useEffect(() => {
    // Where it cannot be had, the screen that needs it was not fetched either.
    void app.account().then(take, () => undefined);
  }, [app]);
  return account;
}
