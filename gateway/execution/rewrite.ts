import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isRow, own, put, type Row } from './row.ts';
import { isOfType } from './typeCondition.ts';

const onType = '... on ';

/** Renames and sets what a plan asked for, or gets, under another name than its client's: in place. */
export function rewrite(schema: GraphQLSchema, rewrites: readonly FetchDataRewrite[] | undefined, value: unknown): void {
  for (const each of rewrites ?? []) at(schema, { path: each.path, index: 0, each }, value);
}

type Place = { path: readonly string[]; index: number; each: FetchDataRewrite };

function at(schema: GraphQLSchema, { path, index, each }: Place, value: unknown): void {
  if (Array.isArray(value)) {
    for (const inner of value) at(schema, { path, index, each }, inner);
    return;
  }
  const step = path[index];
  if (!isRow(value) || step === undefined) return;
  if (index === path.length - 1) apply(each, value, step);
  else if (!step.startsWith(onType)) at(schema, { path, index: index + 1, each }, own(value, step));
  else if (isOfType(schema, value, step.slice(onType.length)) !== false) at(schema, { path, index: index + 1, each }, value);
}

function apply(each: FetchDataRewrite, row: Row, name: string): void {
  if (each.kind === 'ValueSetter') {
    put(row, name, each.setValueTo);
    return;
  }
  const value = own(row, name);
  if (value === undefined || value === null) return;
  put(row, each.renameKeyTo, value);
  put(row, name, undefined);
}
