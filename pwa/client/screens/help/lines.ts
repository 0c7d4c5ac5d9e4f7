/** Who can be called or texted in the United Kingdom. The address of each is made of the number that is shown. */
import { type Key, t } from "../../words/index.ts";

export interface Line {
  /** As people read it, with spaces. */
  readonly number: string;
  /** Says who answers; fills in `{number}`. */
  readonly text: Key;
  /** What to send, where it is a line to text to and not to call. */
  readonly message?: Key;
}

export const EMERGENCY: Line = { number: "999", text: "help.call-emergency" };

export const TO_TALK: readonly Line[] = [
  { number: "111", text: "help.call-nhs" },
  { number: "116 123", text: "help.call-samaritans" },
  { number: "0808 164 0123", text: "help.call-samaritans-welsh" },
  { number: "85258", text: "help.text-shout", message: "help.shout" },
  { number: "0800 132 737", text: "help.call-wales" },
];

/** The address that makes the phone call or write. https://www.rfc-editor.org/rfc/rfc3966, https://www.rfc-editor.org/rfc/rfc5724 */
export function addressOf({ number, message }: Line): string {
  const digits = number.replaceAll(" ", "");
  return message === undefined ? `tel:${digits}` : `sms:${digits}?body=${encodeURIComponent(t(message))}`;
}
