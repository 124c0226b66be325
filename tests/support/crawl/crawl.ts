import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { newId } from '#kernel/ids.ts';
import { argumentsText, type Fill, leastArguments, needsId } from './arguments.ts';

/** A way from a root to a type, and how to ask for what lies there. */
export type Place = { coordinate: string; type: GraphQLCompositeType; around: (inner: string) => string };

/** What the crawler asks with: a text, and its answer's. */
export type Ask = (text: string) => Promise<string>;

export type Crawled = {
  schema: GraphQLSchema;
  /** Every answer, with the field whose target it shows. */
  answers: { coordinate: string; question: string; text: string }[];
  /** Fields that were refused, by coordinate: their codes. */
  refused: Map<string, string>;
  /** The fields that were asked for, by coordinate. */
  asked: Set<string>;
  /** Where the fields of each type were asked for. */
  places: Map<string, Place>;
  /** The types of which something was there. */
  met: Set<string>;
  /** Ids that were seen, by type. */
  ids: Map<string, Set<string>>;
};

type Walk = Crawled & { ask: Ask; queue: Place[]; later: (() => Place)[]; unmet: Map<string, Place>; beyond: boolean };

/** Asks for every field that can be reached in a schema, by the shortest way on which something was there; beyond what was there unless told not to. */
export async function crawl(schema: GraphQLSchema, ask: Ask, { beyond = true } = {}): Promise<Crawled> {
  const query = schema.getQueryType();
  if (!query) throw new Error('the schema has no queries');
  const root: Place = { coordinate: 'Query', type: query, around: (inner) => `{ ${inner} }` };
  const known = { answers: [], refused: new Map(), asked: new Set<string>(), places: new Map(), met: new Set<string>(['Query']), ids: new Map() };
  const walk: Walk = { ...known, schema, ask, queue: [], later: [], unmet: new Map(), beyond };
  expand(walk, root);
  for (let place = next(walk); place; place = next(walk)) await visit(walk, place);
  return walk;
}

/** What is at hand first; then what needs an id, since ids are known by then; then types of which nothing was there, by any way. */
function next(walk: Walk): Place | undefined {
  const place = walk.queue.shift() ?? walk.later.shift()?.();
  if (place) return place;
  const [nowhere] = walk.unmet.values();
  if (!nowhere || !walk.beyond) return undefined;
  expand(walk, nowhere);
  return next(walk);
}

async function visit(walk: Walk, place: Place): Promise<void> {
  const target = through(place);
  const isThere = await look(walk, place, target);
  if (isThere) walk.met.add(target.type.name);
  if (walk.places.has(target.type.name)) return;
  if (isThere) expand(walk, target);
  else if (!walk.unmet.has(target.type.name)) walk.unmet.set(target.type.name, target);
}

function expand(walk: Walk, place: Place): void {
  const { type, coordinate } = place;
  walk.unmet.delete(type.name);
  walk.places.set(type.name, place);
  if (isAbstractType(type)) {
    const around = (name: string) => (inner: string) => place.around(`__typename ... on ${name} { ${inner} }`);
    for (const each of walk.schema.getPossibleTypes(type))
      walk.queue.push({ coordinate: `${coordinate} as ${each.name}`, type: each, around: around(each.name) });
  }
  for (const field of fieldsOf(type)) {
    const below = getNamedType(field.type);
    if (!isCompositeType(below)) continue;
    const make = (): Place => ({
      coordinate: `${type.name}.${field.name}`,
      type: below,
      around: (inner) => place.around(`${field.name}${argumentsText(field, leastArguments(field, ownIds(walk, field)))} { ${inner} }`),
    });
    if (needsId(field)) walk.later.push(make);
    else walk.queue.push(make());
  }
}

/** Fields of a type; a union has none. */
export function fieldsOf(type: GraphQLCompositeType): GraphQLField<unknown, unknown>[] {
  return isUnionType(type) ? [] : Object.values(type.getFields());
}

/** The id of something that was seen and fits an argument by its name; where there is none, one of nobody's. */
export function ownIds({ ids }: Pick<Crawled, 'ids'>, field: GraphQLField<unknown, unknown>): Fill {
  return (name) => {
    const wanted = name === 'id' ? getNamedType(field.type).name : name.replace(/Ids?$/, '').replace(/^./, (letter) => letter.toUpperCase());
    const type = ids.has(wanted) ? wanted : [...ids.keys()].find((each) => each.endsWith(wanted));
    const [own] = (type !== undefined && ids.get(type)) || [];
    return own ?? newId();
  };
}

const isConnection = ({ name }: GraphQLCompositeType) => name.endsWith('Connection');

/** The entities of a connection stand for it: its counts and cursors are asked for with them. */
function through(place: Place): Place {
  const { type, around, coordinate } = place;
  if (!isConnection(type) || !isObjectType(type)) return place;
  const node = getNamedType(type.getFields().nodes?.type);
  if (!isCompositeType(node)) return place;
  return { coordinate, type: node, around: (inner) => around(`${countsOf(type).join(' ')} ${connectionParts} nodes { ${inner} }`) };
}

/** What a connection says of itself: how many there are, or where its end is. */
const countsOf = (type: GraphQLCompositeType): string[] =>
  fieldsOf(type)
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map(({ name }) => name);

const connectionParts = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { __typename } }';

function noteConnection({ asked }: Walk, { type }: Place): void {
  if (!isConnection(type)) return;
  const edge = type.name.replace(/Connection$/, 'Edge');
  for (const name of [...countsOf(type), 'pageInfo', 'edges', 'nodes']) asked.add(`${type.name}.${name}`);
  for (const name of ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor']) asked.add(`PageInfo.${name}`);
  for (const name of ['cursor', 'node']) asked.add(`${edge}.${name}`);
}

type Answer = { errors?: { path?: (string | number)[]; message: string; extensions: { code: string } }[] };

/** Asks for every value at a place; what is refused is learned, left out, and the rest asked for again. True where something was there. */
async function look(walk: Walk, place: Place, { type, around }: Place): Promise<boolean> {
  const leaves = fieldsOf(type).filter((field) => isLeafType(getNamedType(field.type)));
  noteConnection(walk, place);
  if (!place.coordinate.includes(' as ')) walk.asked.add(place.coordinate);
  for (;;) {
    const asked = leaves.filter(({ name }) => !walk.refused.has(`${type.name}.${name}`));
    const texts = asked.map((field) => `${field.name}${argumentsText(field, leastArguments(field, ownIds(walk, field)))}`);
    const question = around(['__typename', ...texts].join(' '));
    const text = await walk.ask(question);
    walk.answers.push({ coordinate: place.coordinate, question, text });
    const answer: Answer = JSON.parse(text);
    for (const { name } of asked) walk.asked.add(`${type.name}.${name}`);
    const [error] = answer.errors ?? [];
    if (!error) return note(walk, answer, type);
    const last = error.path?.at(-1);
    const leaf = asked.find(({ name }) => name === last);
    walk.refused.set(leaf ? `${type.name}.${leaf.name}` : place.coordinate, error.extensions.code);
    if (!leaf) return false;
  }
}

/** Remembers the ids in an answer; true where it holds something of the type. */
function note(walk: Walk, value: unknown, type: GraphQLCompositeType): boolean {
  if (!value || typeof value !== 'object') return false;
  const { __typename: name, id } = value as { __typename?: string; id?: string };
  if (typeof name === 'string' && typeof id === 'string') walk.ids.set(name, (walk.ids.get(name) ?? new Set()).add(id));
  const own = name === undefined ? undefined : walk.schema.getType(name);
  const isThere = name === type.name || (isAbstractType(type) && isObjectType(own) && walk.schema.isSubType(type, own));
  return Object.values(value).reduce<boolean>((found, below) => note(walk, below, type) || found, isThere);
}

/** Every field that can be reached from the queries of a schema, by coordinate. */
export function reachable(schema: GraphQLSchema): Set<string> {
  const fields = new Set<string>();
  const reached = new Set<string>();
  const reach = (type: unknown): void => {
    if (!isCompositeType(type) || reached.has(type.name)) return;
    reached.add(type.name);
    for (const field of fieldsOf(type)) {
      fields.add(`${type.name}.${field.name}`);
      reach(getNamedType(field.type));
    }
    if (isAbstractType(type)) for (const each of schema.getPossibleTypes(type)) reach(each);
  };
  reach(schema.getQueryType());
  return fields;
}
