/**
 * What a passkey gives beside its signature: 32 bytes that only it can give, by the `prf` extension.
 *
 *     eval.first   = SHA-256("cairn/1/prf"), always
 *     wrapping key = HKDF(output, salt, "cairn/1/slot/passkey" ‖ SHA-256(site) ‖ space ‖ slot), AES-256-GCM
 *
 * https://www.w3.org/TR/webauthn-3/#prf-extension. The output is a key: it is never stored or sent, and wiped after use.
 */
import type { SpaceId } from "../replica/ids.ts";
import { toUtf8 } from "../replica/utf8.ts";
import { type Bytes, deriveSealingKey, labelled, sha256 } from "./bytes.ts";

export const PRF_OUTPUT_LENGTH = 32;

/** A passkey whose outputs make no key: it may sign in, and opens nothing. */
export class PasskeyMakesNoKey extends Error {
  override readonly name = "PasskeyMakesNoKey";
  readonly code: "prf-none" | "prf-zeros" | "prf-unequal";

  constructor(code: "prf-none" | "prf-zeros" | "prf-unequal") {
    super(`The passkey gives no key: ${code}.`);
    this.code = code;
  }
}

/** The input every passkey is asked with: what `prf.eval.first` takes. */
export function prfInput(): Promise<Bytes> {
  return sha256(labelled("cairn/1/prf"));
}

/**
 * See that a passkey, asked twice at enrolment, gave the same 32 bytes, and not zeros. Throws PasskeyMakesNoKey:
 * `prf-none` (one of them is missing or of another length), `prf-zeros`, `prf-unequal`.
 */
export function verifyPrfOutputs(first: Uint8Array | undefined, second: Uint8Array | undefined): void {
  if (first?.length !== PRF_OUTPUT_LENGTH || second?.length !== PRF_OUTPUT_LENGTH) throw new PasskeyMakesNoKey("prf-none");
  if (!first.some(Boolean) || !second.some(Boolean)) throw new PasskeyMakesNoKey("prf-zeros");
  if (first.some((byte, place) => byte !== second[place])) throw new PasskeyMakesNoKey("prf-unequal");
}

export interface PasskeyOutput {
  /** What the passkey answered, 32 bytes. */
  readonly output: Bytes;
  /** The relying party's id. */
  readonly site: string;
}

/** The key that seals and opens a passkey's slot. `salt` and `slot` are those of the slot. */
export async function derivePasskeyKey({
  output,
  site,
  salt,
  space,
  slot,
}: PasskeyOutput & { readonly salt: Bytes; readonly space: SpaceId; readonly slot: string }): Promise<CryptoKey> {
  return deriveSealingKey(output, salt, labelled("cairn/1/slot/passkey", await sha256(toUtf8(site)), space, slot));
}
