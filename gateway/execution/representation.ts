import type { GraphQLSchema } from 'graphql';
import type { Entities, Required } from '../planner/plan.ts';
import { rewrite } from './rewrite.ts';
import { isRow, merge, own, put, type Row } from './row.ts';
import { isOfType } from './typeCondition.ts';

/** What a fetch asks about: each thing once, and which of the entities that were found it stands for. */
export type Wanted = {
  representations: Row[];
  entities: number[][];
  /** Something that is required of an entity is not known, so that it is not asked about. */
  lacks: boolean;
};

type Needs = Pick<Entities, 'requires' | 'inputRewrites'>;
type Projecting = { schema: GraphQLSchema; variables: Readonly<Row>; lacks: boolean };

/** The representations of entities; those that lack what is required are not asked about. */
export function representationsOf(from: Omit<Projecting, 'lacks'>, { requires, inputRewrites }: Needs, found: readonly Row[]): Wanted {
  const places = new Map<string, number>();
  const projecting: Projecting = { schema: from.schema, variables: from.variables, lacks: false };
  const [representations, entities]: [Row[], number[][]] = [[], []];
  for (const [index, entity] of found.entries()) {
    const representation = project(projecting, entity, requires);
    if (!representation?.__typename) continue;
    rewrite(from.schema, inputRewrites, representation);
    const key = JSON.stringify(representation);
    const place = places.get(key);
    if (place !== undefined) {
      entities[place]?.push(index);
      continue;
    }
    places.set(key, representations.push(representation) - 1);
    entities.push([index]);
  }
  return { representations, entities, lacks: projecting.lacks };
}

/** What is required of a thing; null when something of it is not known. */
function project(projecting: Projecting, row: Row, selections: readonly Required[]): Row | null {
  const projected: Row = Object.create(null);
  for (const selection of selections) {
    if (selection.kind === 'Type') {
      if (!applies(projecting, row, selection)) continue;
      const inner = project(projecting, row, selection.selections);
      if (inner) merge(projected, inner);
      continue;
    }
    const value = own(row, selection.from);
    if (value === undefined) {
      projecting.lacks = true;
      return null;
    }
    put(projected, selection.name, selection.below ? below(projecting, value, selection.below) : value);
  }
  return projected;
}

function applies({ schema, variables }: Projecting, row: Row, { type, when, unless }: Extract<Required, { kind: 'Type' }>): boolean {
  if (when !== undefined && own(variables, when) !== true) return false;
  if (unless !== undefined && own(variables, unless) === true) return false;
  return isOfType(schema, row, type) === true;
}

function below(projecting: Projecting, value: unknown, selections: readonly Required[]): unknown {
  if (Array.isArray(value)) return value.map((inner) => below(projecting, inner, selections));
  return isRow(value) ? project(projecting, value, selections) : null;
}
