/**
 * The drawings of the icons: 24 units, strokes of 1.75 with round ends, no fills. Drawn for Cairn.
 *
 * They are part of the script and not a file of their own: Firefox before 132 takes a `<use>` from another file for
 * something that `img-src` does not allow, and a drawing that is here needs no network and comes with the first paint.
 * Those that no first screen shows come with the second script, which has them learnt here.
 */
const FIRST = {
  back: "M14.6 5.2 7.9 12l6.7 6.8",
  cairn:
    "M4 18.2c0-1.7 1-2.6 3-2.7 3.3-.3 6.7-.3 10 0 2 .1 3 1 3 2.7 0 1.4-.9 2.2-2.7 2.3-3.5.2-7 .2-10.6 0C4.9 20.4 4 19.6 4 18.2ZM6.8 13c-.1-1.5.8-2.4 2.5-2.5 1.9-.2 3.7-.1 5.6.1 1.5.2 2.3 1 2.3 2.4s-.8 2.3-2.3 2.4c-1.9.2-3.9.2-5.8 0-1.5-.1-2.2-.9-2.3-2.4ZM9.2 7.1c-.1-2 1-3.5 2.9-3.6 1.8 0 2.9 1.3 2.9 3.3 0 2.2-.9 3.6-2.8 3.7-1.9 0-2.9-1.3-3-3.4Z",
  check: "M4.8 12.7l4.7 4.7L19.2 7",
  clock: "M3.3 12a8.7 8.7 0 1 0 17.4 0a8.7 8.7 0 1 0-17.4 0M12 7.3V12l3.2 2.2",
  close: "M6 6l12 12M18 6 6 18",
  diary: "M7.2 3.4h9.6a2 2 0 0 1 2 2v13.2a2 2 0 0 1-2 2H7.2a2 2 0 0 1-2-2V5.4a2 2 0 0 1 2-2ZM8.8 3.4v17.2M12 8.3h3.5M12 12h3.5",
  forward: "M9.4 5.2 16.1 12l-6.7 6.8",
  goals: "M11.5 3.4V21M11.5 5.2h6.4l2.7 2.7-2.7 2.7h-6.4M11.5 12.4H6.1l-2.3 2.2 2.3 2.2h5.4M8.2 21h6.6",
  group:
    "M5.6 8.6a3.1 3.1 0 1 0 6.2 0a3.1 3.1 0 1 0-6.2 0M2.9 19.3c.4-3.5 2.7-5.4 5.8-5.4s5.4 1.9 5.8 5.4M15.4 5.7a3.1 3.1 0 0 1 0 5.8M17.3 14.2c2.2.7 3.5 2.5 3.8 5.1",
  help: "M3.3 12a8.7 8.7 0 1 0 17.4 0a8.7 8.7 0 1 0-17.4 0M9.5 9.7a2.55 2.55 0 1 1 3.7 2.3c-.8.4-1.2 1-1.2 1.9M12 16.9v.01",
  more: "M3.4 6.9c2.9-.5 5.7-.5 8.6 0s5.7.5 8.6 0M3.4 12.3c2.9-.5 5.7-.5 8.6 0s5.7.5 8.6 0M3.4 17.7c2.9-.5 5.7-.5 8.6 0",
  pencil: "M4.4 19.6l.9-4.1L15.6 5.2a2.25 2.25 0 0 1 3.2 3.2L8.5 18.7l-4.1.9ZM13.6 7.2l3.2 3.2",
  phone: "M8.3 2.9h7.4a2 2 0 0 1 2 2v14.2a2 2 0 0 1-2 2H8.3a2 2 0 0 1-2-2V4.9a2 2 0 0 1 2-2ZM10.8 18h2.4",
  rough: "M15.3 3.9a6.1 6.1 0 1 0 4.5 8.7 4.9 4.9 0 0 1-4.5-8.7ZM3 20.3h4.5m3 0H21",
  today: "M2.8 18.5h18.4M6.9 18.5a5.1 5.1 0 0 1 10.2 0M12 9.4V6.2M5.3 12.2 3.6 10.6m15.1 1.6 1.7-1.6",
  undo: "M8.3 5 4 9.3l4.3 4.3M4.3 9.3h9.6a5.1 5.1 0 0 1 0 10.2h-3.3",
} as const;

export type IconName = keyof typeof FIRST | keyof typeof import("./later-drawings.ts").LATER;

const drawings: Partial<Record<IconName, string>> = { ...FIRST };

/** The path of a drawing; undefined while the script it comes with is not here. */
export function drawingOf(name: IconName): string | undefined {
  return drawings[name];
}

/** Take in more drawings. */
export function learnDrawings(more: Partial<Record<IconName, string>>): void {
  Object.assign(drawings, more);
}
