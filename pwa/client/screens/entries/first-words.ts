/** The first words of a text on one line, for lists; the whole text stands where it opens. */

const MOST = 180;

/** At most about 180 characters; where more follow, cut between words if there is a gap to cut at, and ended with "…". */
export function firstWords(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const characters = Array.from(line);
  if (characters.length <= MOST) return line;
  const cut = characters.slice(0, MOST).join("");
  const gap = cut.lastIndexOf(" ");
  const whole = gap > MOST / 2 ? cut.slice(0, gap) : cut.replace(JOINING, "");
  return `${whole}…`;
}

/** What would hang in the air after a cut within a long run of signs: marks, joiners, and what they belong to. */
const JOINING = /(?:.(?:\p{M}|\p{Emoji_Modifier}|\u200d|\ufe0f)+)+$/u;
