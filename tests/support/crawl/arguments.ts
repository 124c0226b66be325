import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  print,
} from 'graphql';
import { leastInput } from '../leastInput.ts';

type Field = GraphQLField<unknown, unknown>;
type Values = Record<string, unknown>;

/** Says which id of one's own fits an argument or a field of an input. */
export type Fill = (name: string) => string;

/** Where among the arguments of a field something is named: by an id, by an external reference, or by a part of its name. */
export type NamingPlace = { path: readonly string[]; kind: 'id' | 'ref' | 'text'; isList: boolean };

/** Work lies in the past year, and what is asked about days has to meet it. */
const year = new Date().getUTCFullYear() - 1;
const days: Readonly<Record<string, string>> = { from: `${year}-01-01`, to: `${year}-12-31` };

/** The arguments that a field cannot do without, and the largest page. */
export function leastArguments({ args }: Field, fill: Fill): Values {
  const given = args.flatMap(({ name, type, defaultValue }): [string, unknown][] => {
    if (name === 'first') return [[name, 250]];
    if (!isNonNullType(type) || defaultValue !== undefined) return [];
    if (getNamedType(type).name === 'Date' && days[name]) return [[name, days[name]]];
    return [[name, leastInput(type, { id: fill, text: 'x' }, name)]];
  });
  return Object.fromEntries(given);
}

/** Arguments as they stand in a text; empty where there are none. */
export function argumentsText({ args }: Field, values: Values): string {
  const texts = args.flatMap(({ name, type }) => {
    const node = name in values ? astFromValue(values[name], type) : undefined;
    return node ? [`${name}: ${print(node)}`] : [];
  });
  return texts.length > 0 ? `(${texts.join(', ')})` : '';
}

/** True for a field that cannot be asked without an id. */
export function needsId({ args }: Field): boolean {
  return args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined && namesSomething(type));
}

function namesSomething(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return Object.values(named.getFields()).some((field) => isNonNullType(field.type) && getNamedType(field.type).name === 'ID');
  return named.name === 'ID';
}

/** Every place that takes an id, a reference or a part of a name, however deep in inputs and lists. */
export function namingPlaces(args: readonly GraphQLArgument[]): NamingPlace[] {
  return args.flatMap(({ name, type }) => placesIn(type, [name], []));
}

function placesIn(type: GraphQLInputType, path: readonly string[], within: readonly string[]): NamingPlace[] {
  const named = getNamedType(type);
  const isList = isListType(getNullableType(type));
  if (path.at(-1) === 'idempotencyKey' || within.includes(named.name)) return [];
  if (named.name === 'ID') return [{ path, kind: 'id', isList }];
  if (named.name === 'ExternalRefInput') return [{ path, kind: 'ref', isList }];
  if (path.at(-1)?.endsWith('Contains')) return [{ path, kind: 'text', isList }];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => placesIn(field.type, [...path, field.name], [...within, named.name]));
}

/** The least arguments, with a value at a place: inputs on the way there are the least that they may be. */
export function argumentsWith(field: Field, { path, value, fill }: { path: readonly string[]; value: unknown; fill: Fill }): Values {
  const values = leastArguments(field, fill);
  const [first = '', ...rest] = path;
  const type = field.args.find(({ name }) => name === first)?.type;
  return { ...values, [first]: withValue({ type, given: values[first], path: rest, value, fill }) };
}

type Setting = { type: GraphQLInputType | undefined; given: unknown; path: readonly string[]; value: unknown; fill: Fill };

function withValue({ type, given, path, value, fill }: Setting): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const named = getNamedType(type);
  if (!isInputObjectType(named)) throw new Error(`no input holds ${first}`);
  const [present] = Array.isArray(given) ? given : [given];
  const object = (present ?? leastInput(named, { id: fill, text: 'x' })) as Values;
  const inner = { type: named.getFields()[first]?.type, given: object[first], path: rest, value, fill };
  const whole = { ...object, [first]: withValue(inner) };
  return isListType(getNullableType(type)) ? [whole] : whole;
}
