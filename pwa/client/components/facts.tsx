export interface FactsProps {
  readonly facts: readonly { readonly name: string; readonly words: string }[];
}

/** Questions, each with what the person answered. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl class="facts">
      {facts.map(({ name, words }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="words" dir="auto">
            {words}
          </dd>
        </div>
      ))}
    </dl>
  );
}
