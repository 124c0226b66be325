import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;
type Composite = { name: string; getFields(): Record<string, Field> };

/** Random numbers that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Parts = {
  schema: GraphQLSchema;
  /** Ids that exist, by the name of the type. */
  ids: ReadonlyMap<string, readonly string[]>;
  visible?: (coordinate: string) => boolean;
  /** Root fields that are left out. */
  except?: ReadonlySet<string>;
};
type Writing = Parts & { random: () => number; left: number; fragments: string[] };

const some = <Value>(writing: Writing, values: readonly Value[]): Value | undefined => values[Math.floor(writing.random() * values.length)];
const chance = (writing: Writing, of: number): boolean => writing.random() < of;

/** A query over the whole graph: random selections, arguments, aliases and fragments, bounded in depth and size. */
export function operationOf(parts: Parts, seed: number): string {
  const writing: Writing = { ...parts, random: randomOf(seed), left: 60, fragments: [] };
  const query = parts.schema.getQueryType();
  if (!query) throw new Error('no queries');
  const roots = shuffled(writing, Object.values(query.getFields())).filter(({ name }) => seen(writing, 'Query', name) && !parts.except?.has(name));
  const chosen: string[] = [];
  for (const field of roots) {
    if (chosen.length >= 1 + Math.floor(writing.random() * 2)) break;
    const written = selectField(writing, field, { depth: 6, alias: `r${chosen.length}` });
    if (written) chosen.push(written);
  }
  return `query Generated { ${chosen.join(' ')} }\n${writing.fragments.join('\n')}`;
}

const seen = (writing: Writing, type: string, field: string): boolean => writing.visible?.(`${type}.${field}`) ?? true;

function shuffled<Value>(writing: Writing, values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, place: writing.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

function selectField(writing: Writing, field: Field, { depth, alias }: { depth: number; alias?: string }): string | undefined {
  const args = argumentsOf(writing, field);
  if (args === undefined) return undefined;
  const type = getNamedType(field.type);
  const head = `${alias ? `${alias}: ` : ''}${field.name}${args}`;
  if (isLeafType(type)) return head;
  if (depth === 0 || (!isObjectType(type) && !isInterfaceType(type))) return undefined;
  writing.left -= 1;
  return `${head} { ${selectionOf(writing, type, depth - 1)} }`;
}

function selectionOf(writing: Writing, type: Composite, depth: number): string {
  const fields = shuffled(writing, Object.values(type.getFields())).filter(({ name }) => seen(writing, type.name, name));
  const chosen = ['__typename'];
  const wanted = 2 + Math.floor(writing.random() * 4);
  for (const field of fields) {
    if (chosen.length > wanted || writing.left <= 0) break;
    const renamed = chance(writing, 0.15) ? { alias: `a${chosen.length}_${field.name}` } : {};
    const written = selectField(writing, field, { depth, ...renamed });
    if (written) chosen.push(written);
  }
  const half = Math.ceil(chosen.length / 2);
  if (chance(writing, 0.15)) return `${chosen.slice(0, half).join(' ')} ... on ${type.name} { ${chosen.slice(half).join(' ') || '__typename'} }`;
  if (chance(writing, 0.1)) {
    const name = `F${writing.fragments.length}`;
    writing.fragments.push(`fragment ${name} on ${type.name} { ${chosen.join(' ')} }`);
    return `__typename ...${name}`;
  }
  return chosen.join(' ');
}

/** Undefined when an argument is needed that nobody can make up. */
function argumentsOf(writing: Writing, field: Field): string | undefined {
  const given: string[] = [];
  for (const argument of field.args) {
    const needed = isNonNullType(argument.type) && argument.defaultValue === undefined;
    const value = argumentValue(writing, field, argument);
    if (value === undefined && needed) return undefined;
    if (value !== undefined) given.push(`${argument.name}: ${value}`);
  }
  return given.length > 0 ? `(${given.join(', ')})` : '';
}

function argumentValue(writing: Writing, field: Field, { name, type }: GraphQLArgument): string | undefined {
  if (name === 'first') return String(1 + Math.floor(writing.random() * 3));
  if (['last', 'after', 'before'].includes(name)) return undefined;
  if (name === 'filter' || name === 'orderBy') return chance(writing, 0.3) ? literal(writing, type) : undefined;
  if (name === 'id') return quoted(some(writing, writing.ids.get(getNamedType(field.type).name) ?? []));
  if (getNamedType(type).name === 'ID') return quoted(idFor(writing, name));
  if (getNamedType(type).name === 'CurrencyCode') return name === 'from' ? '"USD"' : '"EUR"';
  if (name === 'from') return '"2025-06-01"';
  if (name === 'to') return '"2025-09-30"';
  return literal(writing, type);
}

const quoted = (text: string | undefined): string | undefined => (text === undefined ? undefined : JSON.stringify(text));

/** `projectId` and `projectIds` take ids of projects. */
function idFor(writing: Writing, name: string): string | undefined {
  const entity = name.replace(/Ids?$/, '').toLowerCase();
  const type = [...writing.ids.keys()].find((each) => each.toLowerCase() === entity);
  return some(writing, writing.ids.get(type ?? '') ?? []);
}

function literal(writing: Writing, type: GraphQLInputType, name = ''): string | undefined {
  if (isNonNullType(type)) return literal(writing, type.ofType, name);
  if (isListType(type)) {
    const one = literal(writing, type.ofType, name);
    return one === undefined ? undefined : `[${one}]`;
  }
  if (isEnumType(type)) return some(writing, type.getValues())?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const needed = fields.filter((field) => isNonNullType(field.type));
    const chosen = needed.length > 0 ? needed : shuffled(writing, fields).slice(0, 1);
    const written = chosen.flatMap((field) => {
      const value = literal(writing, field.type, field.name);
      return value === undefined ? [] : [`${field.name}: ${value}`];
    });
    return written.length === 0 || (needed.length > 0 && written.length < needed.length) ? undefined : `{ ${written.join(', ')} }`;
  }
  if (type.name === 'ID') return quoted(idFor(writing, name));
  const plain: Record<string, string> = { Boolean: 'true', Date: '"2025-07-15"', Int: '1', CurrencyCode: '"EUR"', String: '"a"' };
  return plain[type.name];
}
