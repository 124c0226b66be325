import { type Fact, toFact } from '#kernel/facts.ts';

type Wish = { type?: string; customerIds?: readonly string[]; projectIds?: readonly string[] };

/** A fact as the log gives it, at a position. */
export function factAt(position: number, { type = 'CustomerUpdated', customerIds = [], projectIds = [] }: Wish = {}): Fact {
  return toFact({
    ...{ position: String(position), id: `f${position}`, type, version: 1, subgraph: 'engagements', subject_type: 'Customer', subject_id: 's' },
    ...{ keys: { customerId: customerIds, projectId: projectIds }, payload: {}, occurred_at: '2026-01-01T00:00:00Z' },
  });
}

export const positionsOf = (facts: readonly Fact[]): number[] => facts.map(({ position }) => Number(position));
