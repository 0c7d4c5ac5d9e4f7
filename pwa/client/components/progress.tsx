export interface ProgressProps {
  /** The page one is on, from 1. */
  readonly at: number;
  readonly of: number;
  /** The same in words, such as "Question 2 of 8". */
  readonly text: string;
}

/** How far through the pages of something. */
export function Progress({ at, of, text }: ProgressProps) {
  return (
    <p class="progress">
      <span class="progress-stones" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          <i key={index} class={index + 1 < at ? "is-read" : index + 1 === at ? "is-here" : undefined} />
        ))}
      </span>
      <span>{text}</span>
    </p>
  );
}
