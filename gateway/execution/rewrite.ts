import type { GraphQLSchema } from 'graphql';
import type { Place, Rewrite } from '../planner/plan.ts';
import { isRow, own, put, type Row } from './row.ts';
import { isOfTypes } from './typeCondition.ts';

/** Renames and sets what a plan asked for, or gets, under another name than its client's: in place. */
export function rewrite(schema: GraphQLSchema, rewrites: readonly Rewrite[], value: unknown): void {
  for (const change of rewrites) at(schema, { path: change.path, index: 0, change }, value);
}

type Changing = { path: Place; index: number; change: Rewrite };

function at(schema: GraphQLSchema, { path, index, change }: Changing, value: unknown): void {
  if (Array.isArray(value)) {
    for (const inner of value) at(schema, { path, index, change }, inner);
    return;
  }
  const step = path[index];
  if (!isRow(value) || step === undefined) return;
  if (typeof step === 'object') {
    if (isOfTypes(schema, value, step.types) !== false) at(schema, { path, index: index + 1, change }, value);
  } else if (index === path.length - 1) apply(change, value, step);
  else at(schema, { path, index: index + 1, change }, own(value, step));
}

function apply(change: Rewrite, row: Row, name: string): void {
  if (change.kind === 'Set') {
    put(row, name, change.value);
    return;
  }
  const value = own(row, name);
  if (value === undefined || value === null) return;
  put(row, change.name, value);
  put(row, name, undefined);
}
