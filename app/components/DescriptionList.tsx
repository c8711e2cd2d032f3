import type { ReactNode } from "react";

/** Terms and what they stand for; an entry whose description is null or false is left out. */
export function DescriptionList({
  items,
}: {
  items: readonly (readonly [term: string, description: ReactNode])[];
}) {
  return (
    <dl className="facts">
      {items.map(([term, description]) =>
        description === null || description === undefined || description === false ? null : (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{description}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
