/** A passkey that is synced to all phones of a test, and what their browsers answer with it. */
import { randomBytes } from "node:crypto";
import { fromBase64url } from "../../../pwa/client/replica/ids.ts";

export const PASSKEY = "AQ";

/** What a browser is asked with, as the site would. */
export const ASKED = {
  challenge: "AAAA",
  rp: { id: "cairn.example", name: "Cairn" },
  rpId: "cairn.example",
  user: { id: "AAAA", name: "Cairn", displayName: "Cairn" },
  pubKeyCredParams: [],
};

export interface SyncedPasskey {
  /** Whoever is asked to show it closes the question. */
  isClosed: boolean;
  /** How often it was shown, or asked for. */
  asked: number;
}

/** The passkey of all browsers, from now to the end of the test. */
export function withPasskey(context: { after(work: () => void): void }): SyncedPasskey {
  const passkey = { isClosed: false, asked: 0 };
  const first = randomBytes(32);
  const answer = () => ({
    id: PASSKEY,
    rawId: fromBase64url(PASSKEY).buffer,
    type: "public-key",
    authenticatorAttachment: null,
    response: { clientDataJSON: bytes(), authenticatorData: bytes(), signature: bytes(), userHandle: null },
    getClientExtensionResults: () => ({ prf: { enabled: true, results: { first: Uint8Array.from(first) } } }),
  });
  const show = async () => {
    passkey.asked++;
    if (passkey.isClosed) throw new DOMException("", "NotAllowedError");
    return answer();
  };
  const before = Object.getOwnPropertyDescriptor(globalThis.navigator, "credentials");
  Object.defineProperty(globalThis.navigator, "credentials", { configurable: true, value: { create: async () => answer(), get: show } });
  context.after(() => {
    if (before !== undefined) Object.defineProperty(globalThis.navigator, "credentials", before);
    else Reflect.deleteProperty(globalThis.navigator, "credentials");
  });
  return passkey;
}

function bytes(): ArrayBuffer {
  return new Uint8Array(randomBytes(16)).buffer;
}
