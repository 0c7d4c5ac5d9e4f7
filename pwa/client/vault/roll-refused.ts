/** Why a vault's roll is not believed, opened or continued. */
export type RollRefusedCode =
  /** A signature, a signing key or a parent is not what the vault's own phones made. */
  | "roll-forged"
  /** The bytes are not those of their id, malformed, or hold what does not open. */
  | "roll-damaged"
  /** No slot of the last entry is for this: a slot that was removed, or a passkey that never had one here. */
  | "slot-not-here"
  /** There is a slot of this kind, and it does not open with this. */
  | "slot-wrong-key"
  /** A phone knows later entries than the server has: it sends them again. */
  | "roll-behind"
  /** The server shows another line than the one this phone knows. */
  | "roll-forked"
  /** The entry would leave the vault without a slot. */
  | "last-slot"
  /** No further entry fits: the roll has turned a thousand times, or is 256 KiB. */
  | "roll-full";

/** A roll, or an entry to be made, that is refused. Where an app is too old for it, NewerFormat says so instead. */
export class RollRefused extends Error {
  override readonly name = "RollRefused";
  readonly code: RollRefusedCode;

  constructor(code: RollRefusedCode, options?: ErrorOptions) {
    super(`The vault's roll is refused: ${code}.`, options);
    this.code = code;
  }
}
