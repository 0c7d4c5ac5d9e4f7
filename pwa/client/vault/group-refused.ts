/** Why a group's roll, or an entry to be made for it, is refused. */
export type GroupRefusedCode =
  /** A signature, a right, a key or a parent is not what the group's own members made. */
  | "roll-forged"
  /** The bytes are not those of their id, or malformed. */
  | "roll-damaged"
  /** A phone knows later entries than it was given. */
  | "roll-behind"
  /** Another line than the one that this phone knows. */
  | "roll-forked"
  /** No entry holds a key for this member, or what it holds does not open. */
  | "no-key"
  /** There is no room: sixteen are in the group, or the entry is larger than a revision may be. */
  | "group-full"
  /** Who is to sign it has no right to. */
  | "not-allowed"
  /** Somebody left, and the key has to turn first. */
  | "turn-first";

export class GroupRefused extends Error {
  override readonly name = "GroupRefused";
  readonly code: GroupRefusedCode;

  constructor(code: GroupRefusedCode, options?: ErrorOptions) {
    super(`The group's roll is refused: ${code}.`, options);
    this.code = code;
  }
}
