import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getDirectiveValues,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { Refused } from './errors.ts';
import { isId } from './ids.ts';
import { keptText, type TextRule, textFault } from './text.ts';

/** Gives every field its arguments as the database keeps them: one id is one id, however its letters are written, and one text one text. */
export function keepArguments(schema: GraphQLSchema): GraphQLSchema {
  const rules: Rules = new Map();
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith('_'))
      for (const field of Object.values(type.getFields())) keep({ schema, rules }, field, type === schema.getMutationType());
  return schema;
}

/** Mutations answer with refusals as data, each item with its own: they find them on their inputs. Elsewhere the field fails. */
function keep(known: Pick<Keeper, 'schema' | 'rules'>, field: GraphQLField<unknown, unknown>, asData: boolean): void {
  const { resolve, args } = field;
  if (!resolve || args.length === 0) return;
  const types = Object.fromEntries(args.map((each) => [each.name, each]));
  field.resolve = (source, given, ...rest) => {
    const keeper: Keeper = { ...known, faults: [] };
    const own = kept(keeper, types, { values: given, path: '' });
    const [first] = keeper.faults;
    if (first && !asData) throw first;
    return resolve(source, own, ...rest);
  };
}

type Rules = Map<GraphQLArgument | GraphQLInputField, TextRule | undefined>;
/** The rules that were read before, and the faults of the inputs that were kept so far. */
type Keeper = { schema: GraphQLSchema; rules: Rules; faults: Refused[] };
type Types = Readonly<Record<string, GraphQLArgument | GraphQLInputField>>;
type Values = { values: Readonly<Record<string, unknown>>; path: string };
type Value = { type: GraphQLInputType; declared: GraphQLArgument | GraphQLInputField; value: unknown; path: string };

function kept(keeper: Keeper, types: Types, { values, path }: Values): Record<string, unknown> {
  const own = Object.entries(values).map(([name, value]) => {
    const declared = types[name];
    return [name, declared ? keptValue(keeper, { type: declared.type, declared, value, path: path === '' ? name : `${path}.${name}` }) : value];
  });
  return Object.fromEntries(own);
}

function keptValue(keeper: Keeper, given: Value): unknown {
  const { type, value, path } = given;
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return keptValue(keeper, { ...given, type: type.ofType });
  if (isListType(type)) return (value as unknown[]).map((each) => keptValue(keeper, { ...given, type: type.ofType, value: each }));
  if (isInputObjectType(type)) return keptInput(keeper, type.getFields(), { values: value as Record<string, unknown>, path });
  if (typeof value !== 'string') return value;
  if (type.name === 'String') return keptOwnText(keeper, given, value);
  // PostgreSQL has ids in lower case and no halves of characters. A key of a call is the caller's own, whatever it looks like.
  const whole = value.toWellFormed();
  return type.name === 'ID' && given.declared.name !== 'idempotencyKey' && isId(whole) ? whole.toLowerCase() : whole;
}

/** An input with what is wrong in it; an item of a call is one of its own, with paths of its own. */
function keptInput(keeper: Keeper, types: Types, { values, path }: Values): Record<string, unknown> {
  const isWhole = path === 'input' || path === 'input.items';
  const own: Keeper = isWhole ? { ...keeper, faults: [] } : keeper;
  const input = kept(own, types, { values, path });
  const [first] = own.faults;
  if (isWhole && first) Object.defineProperty(input, faultOfInput, { value: first });
  return input;
}

const faultOfInput = Symbol('fault');

/** What is wrong with the texts of a mutation's input, or of an item of it: no text of theirs may be used. */
export function faultOf(input: unknown): Refused | undefined {
  const found: unknown = typeof input === 'object' && input !== null && faultOfInput in input ? input[faultOfInput] : undefined;
  return found instanceof Refused ? found : undefined;
}

function keptOwnText({ schema, rules, faults }: Keeper, { declared, path }: Value, value: string): string {
  const text = keptText(value);
  if (!rules.has(declared)) rules.set(declared, ruleOf(schema, declared));
  const rule = rules.get(declared);
  const fault = rule && textFault(text, rule);
  const field = path.replace(/^input\.(items\.)?/, '');
  if (fault) faults.push(new Refused('VALIDATION_FAILED', `${field} ${fault}.`, { field }));
  return text;
}

/** The rule that the SDL declares. */
export function ruleOf(schema: GraphQLSchema, { astNode }: GraphQLArgument | GraphQLInputField): TextRule | undefined {
  const directive = schema.getDirective('text');
  return astNode && directive ? (getDirectiveValues(directive, astNode) as TextRule | undefined) : undefined;
}
