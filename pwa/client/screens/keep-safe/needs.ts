/** Why a backup goes on only when the person does something, as a sentence. */
import type { NeedsYou } from "../../sync/status.ts";
import type { Key } from "../../words/index.ts";

export const NEEDS: Readonly<Record<NeedsYou, Key>> = {
  "signed-out": "needs.signed-out",
  "account-deleted": "needs.account-deleted",
  quota: "needs.quota",
  refused: "needs.refused",
  "server-differs": "needs.server-differs",
  unforeseen: "needs.unforeseen",
  "app-too-old": "needs.app-too-old",
  "roll-forked": "needs.roll-forked",
  "proof-needed": "needs.proof-needed",
  "roll-lost": "needs.roll-lost",
  turned: "needs.turned",
  "keys-spoilt": "needs.keys-spoilt",
  leaving: "phones.half",
  "phone-full": "needs.phone-full",
};
