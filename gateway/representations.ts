import type { TransportAnswer } from '#kernel/transport.ts';

type GraphError = NonNullable<TransportAnswer['errors']>[number];

/** Entities asked for once each, and where the planner wanted them. */
export type Distinct = { representations: Record<string, unknown>[]; places: number[] };

/** The distinct representations of a fetch; undefined when there is nothing to save. */
export function distinct(representations: unknown): Distinct | undefined {
  if (!Array.isArray(representations) || representations.length < 2) return undefined;
  const found = new Map<string, number>();
  const kept: Record<string, unknown>[] = [];
  const places: number[] = [];
  for (const each of representations as Record<string, unknown>[]) {
    const key = JSON.stringify(each);
    let place = found.get(key);
    if (place === undefined) {
      place = kept.push(each) - 1;
      found.set(key, place);
    }
    places.push(place);
  }
  return kept.length === representations.length ? undefined : { representations: kept, places };
}

/** The answer as if each representation had been asked for: entities and their errors at every place. */
export function spread(answer: TransportAnswer, { places }: Distinct): TransportAnswer {
  const entities = answer.data?._entities;
  const data = Array.isArray(entities) ? { ...answer.data, _entities: places.map((place) => entities[place]) } : answer.data;
  const errors = answer.errors?.flatMap((error) => copies(error, places));
  return { data, errors };
}

function copies(error: GraphError, places: readonly number[]): GraphError[] {
  const [root, at] = error.path ?? [];
  if (root !== '_entities' || typeof at !== 'number') return [error];
  const rest = error.path?.slice(2) ?? [];
  return places.flatMap((place, index) => (place === at ? [{ ...error, path: ['_entities', index, ...rest] }] : []));
}
