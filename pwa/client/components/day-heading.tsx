export interface DayHeadingProps {
  /** The day as `<time>` writes it: 2026-05-14. */
  readonly day: string;
  /** The day as the person's language writes it. */
  readonly text: string;
  /** Where the day opens. */
  readonly href?: string | undefined;
}

/** The name of a day in the diary, as a heading. */
export function DayHeading({ day, text, href }: DayHeadingProps) {
  const time = <time dateTime={day}>{text}</time>;
  return <h2 class="day-heading">{href === undefined ? time : <a href={href}>{time}</a>}</h2>;
}
