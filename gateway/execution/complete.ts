import {
  executeSync,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLList,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Rule } from '../access/rules.ts';
import { type Amount, count } from './amount.ts';
import { isRow, own, put, type Row } from './row.ts';
import type { Selected, Shape, ShapeField } from './shape.ts';

export type Completing = Selected & {
  operation: OperationDefinitionNode;
  /** Subgraphs gave all that they were asked for: what is missing, nobody was asked for. */
  isWhole: boolean;
  /** What the parts before it came to. */
  before: Before;
};

/** `fallen` are the places at which a thing or a list became null in them: it stays null in all parts, whatever they select of it. Undefined where there is one part. */
export type Before = Amount & { fallen: Set<string> | undefined };

/** The name of a place among those that fell. */
export const placeName = (path: readonly (string | number)[]): string => path.join('/');

/** A part of an answer: what is selected of a thing that is there. The first has no label, and is all that is not deferred. */
export type Part = { label: string | undefined; path: readonly (string | number)[]; row: Row; type: GraphQLCompositeType; shape: Shape };

export type Completed = {
  data: Row | null;
  /** Where the subgraphs gave nothing, or nonsense, and the schema has something. */
  faults: GraphQLError[];
  /** Where null stands because the reader lacks what the contract asks for. */
  denials: Denial[];
  /** What the plan has forgotten: a fault of ours. */
  forgotten: GraphQLError[];
  /** What comes later of the things that are in it. */
  later: Part[];
};

export type Denial = { rule: Rule; path: readonly (string | number)[] };

/** Null because of a fault that is told already. */
const nulled = Symbol('nulled');
/** Nothing that may stand where it is: what is around it falls. */
const fallen = Symbol('fallen');

type State = Completing & { faults: GraphQLError[]; denials: Denial[]; forgotten: GraphQLError[]; later: Part[]; path: (string | number)[] };
type Place = { type: GraphQLOutputType; field: ShapeField; parent: GraphQLCompositeType };

/** A part of an answer out of all that its fetches gave: what was selected, in its order, and null up to where null may be, which is the part at most. */
export function complete(completing: Completing, { path, row, type, shape }: Part): Completed {
  const state: State = { ...completing, faults: [], denials: [], forgotten: [], later: [], path: [...path] };
  const data = completeObject(state, { shape, type }, row);
  const { faults, denials, forgotten: all, later } = state;
  return { data: isRow(data) ? data : null, faults, denials, forgotten: all, later };
}

function completeObject(state: State, { shape, type }: { shape: Shape; type: GraphQLCompositeType }, row: Row): Row | typeof nulled {
  count(state.before);
  const before = state.later.length;
  const completed: Row = {};
  for (const field of shape.fieldsOf(type)) {
    const value = completeField(state, { field, type }, row);
    if (value === fallen) {
      state.later.length = before;
      return nulled;
    }
    put(completed, field.name, value === nulled ? null : value);
  }
  for (const { label, shape: below } of shape.laterOf(type)) state.later.push({ label, path: [...state.path], row, type, shape: below });
  return completed;
}

function completeField(state: State, { field, type }: { field: ShapeField; type: GraphQLCompositeType }, row: Row): unknown {
  if (field.type === undefined) {
    const value = metaField(state, field, type);
    return value === undefined ? fallen : value;
  }
  state.path.push(field.name);
  const value = field.denied ? deny(state, field.denied, field.type) : completeValue(state, { type: field.type, field, parent: type }, own(row, field.name));
  state.path.pop();
  return value;
}

/** __typename, and what is asked of the schema itself. */
function metaField(state: State, { name, field, nodes }: ShapeField, type: GraphQLCompositeType): unknown {
  if (field === '__typename') return isObjectType(type) ? type.name : undefined;
  const { schema, operation, fragments, variables } = state;
  const selectionSet = { kind: Kind.SELECTION_SET, selections: nodes } as const;
  const document = { kind: Kind.DOCUMENT, definitions: [{ ...operation, directives: [], selectionSet }, ...Object.values(fragments)] } as const;
  return executeSync({ schema, document, variableValues: variables }).data?.[name] ?? null;
}

function completeValue(state: State, place: Place, value: unknown): unknown {
  const { type } = place;
  if (value === undefined && state.isWhole) return forgotten(state, place);
  if (isNonNullType(type)) {
    const inner = completeValue(state, { ...place, type: type.ofType }, value);
    if (inner !== null && inner !== nulled) return inner;
    if (inner === null) fault(state, `Cannot return null for non-nullable ${said(state, place)}.`);
    return fallen;
  }
  if (!isListType(type) && !isCompositeType(type)) return value === null || value === undefined ? null : isValid(type, value) ? value : invalid(state, place);
  const { fallen: places } = state.before;
  if (!places) return completeWhole(state, { ...place, type }, value);
  const name = placeName(state.path);
  const completed = places.has(name) ? nulled : completeWhole(state, { ...place, type }, value);
  if (completed === nulled || completed === null) places.add(name);
  return completed;
}

type Whole = Place & { type: GraphQLList<GraphQLOutputType> | GraphQLCompositeType };

/** A list or a thing. */
function completeWhole(state: State, place: Whole, value: unknown): unknown {
  const { type } = place;
  if (value === null || value === undefined) return null;
  if (isListType(type)) return Array.isArray(value) ? completeList(state, { ...place, type: type.ofType }, value) : invalid(state, place);
  const { below } = place.field;
  if (!isRow(value) || !below) return invalid(state, place);
  const actual = typeOf(state.schema, type, value);
  if (!actual) return fault(state, `Invalid __typename found for object at ${said(state, place)}.`);
  const rule = state.denied?.types.get(actual.name);
  return rule ? deny(state, rule, actual) : completeObject(state, { shape: below, type: actual }, value);
}

function completeList(state: State, place: Place, values: readonly unknown[]): unknown {
  const completed: unknown[] = [];
  const before = state.later.length;
  let falls = false;
  for (const [index, value] of values.entries()) {
    state.path.push(index);
    const inner = completeValue(state, place, value);
    state.path.pop();
    falls ||= inner === fallen;
    completed.push(inner === nulled || inner === fallen ? null : inner);
  }
  if (falls) state.later.length = before;
  return falls ? nulled : completed;
}

function typeOf(schema: GraphQLSchema, declared: GraphQLCompositeType, row: Row): GraphQLCompositeType | undefined {
  const name = own(row, '__typename');
  if (name === undefined) return declared;
  const type = typeof name === 'string' ? schema.getType(name) : undefined;
  return isCompositeType(type) ? type : undefined;
}

const integer = /^-?\d+$/;

/** A scalar of ours is what its subgraph says; the others are looked at. */
function isValid(type: GraphQLLeafType, value: unknown): boolean {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined;
  if (!isSpecifiedScalarType(type)) return true;
  switch (type.name) {
    case 'Boolean':
      return typeof value === 'boolean';
    case 'Float':
      return typeof value === 'number' && Number.isFinite(value);
    case 'Int':
      return typeof value === 'number' && integer.test(String(value));
    case 'ID':
      return typeof value === 'string' || (typeof value === 'number' && integer.test(String(value)));
    default:
      return typeof value === 'string';
  }
}

function deny({ denials, path }: State, rule: Rule, type: GraphQLOutputType): typeof nulled | typeof fallen {
  denials.push({ rule, path: [...path] });
  return isNonNullType(type) ? fallen : nulled;
}

function invalid(state: State, place: Place): typeof nulled {
  return fault(state, `Invalid value found for ${said(state, place)}.`);
}

function fault({ faults, path }: State, message: string): typeof nulled {
  faults.push(new GraphQLError(message, { path: [...path] }));
  return nulled;
}

function forgotten({ forgotten: all, path }: State, place: Place): typeof nulled | typeof fallen {
  all.push(new GraphQLError(`No subgraph was asked for ${place.parent.name}.${place.field.field}: the plan is wrong.`, { path: [...path] }));
  return isNonNullType(place.type) ? fallen : nulled;
}

function said({ path }: State, { type, field, parent }: Place): string {
  const last = path.at(-1);
  return typeof last === 'number' ? `array element of type ${type} at index ${last}` : `field ${parent.name}.${field.field}`;
}
