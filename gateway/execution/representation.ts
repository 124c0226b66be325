import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { rewrite } from './rewrite.ts';
import { isRow, merge, own, put, type Row } from './row.ts';
import { isOfType } from './typeCondition.ts';

/** What a fetch asks about: each thing once, and which of the entities that were found it stands for. */
export type Wanted = { representations: Row[]; entities: number[][] };

type Needs = Pick<FetchNode, 'requires' | 'inputRewrites'>;

/** The representations of entities; those that lack what is required are not asked about. */
export function representationsOf(schema: GraphQLSchema, { requires = [], inputRewrites }: Needs, found: readonly Row[]): Wanted {
  const places = new Map<string, number>();
  const wanted: Wanted = { representations: [], entities: [] };
  for (const [index, entity] of found.entries()) {
    const representation = project(schema, entity, requires);
    if (!representation?.__typename) continue;
    rewrite(schema, inputRewrites, representation);
    const key = JSON.stringify(representation);
    const place = places.get(key);
    if (place !== undefined) {
      wanted.entities[place]?.push(index);
      continue;
    }
    places.set(key, wanted.representations.push(representation) - 1);
    wanted.entities.push([index]);
  }
  return wanted;
}

/** What is required of a thing; null when something of it is not known. */
function project(schema: GraphQLSchema, row: Row, selections: readonly QueryPlanSelectionNode[]): Row | null {
  const projected: Row = Object.create(null);
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      if (!selection.typeCondition || !isOfType(schema, row, selection.typeCondition)) continue;
      const inner = project(schema, row, selection.selections);
      if (inner) merge(projected, inner);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const value = own(row, name);
    if (value === undefined) return null;
    put(projected, name, selection.selections ? below(schema, value, selection.selections) : value);
  }
  return projected;
}

function below(schema: GraphQLSchema, value: unknown, selections: readonly QueryPlanSelectionNode[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => below(schema, inner, selections));
  return isRow(value) ? project(schema, value, selections) : null;
}
