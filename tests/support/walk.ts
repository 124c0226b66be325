import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** A field of the graph on the way from a root: how to ask for what lies behind it. */
export type Edge = { coordinate: string; target: GraphQLObjectType; around: (inner: string) => string };

/** What the walker asks with: a question and its answer's text. */
export type Ask = (text: string) => Promise<string>;

type Field = GraphQLField<unknown, unknown>;
type Walk = { schema: GraphQLSchema; ask: Ask; visible: (coordinate: string) => boolean; roots: readonly Root[] };
type Root = { field: string; args: string };

export type Walked = {
  /** Every answer, with the field whose target it shows. */
  answers: { coordinate: string; question: string; text: string }[];
  /** Fields that were refused, by coordinate: their codes. */
  refused: Map<string, string>;
};

const dates: Record<string, string> = { from: '"2020-01-01"', to: '"2020-12-31"', date: '"2020-01-01"', asOf: '"2020-01-01"' };

/** The arguments that a field cannot do without; undefined when they are ids, which nobody can guess. */
function argumentsOf(field: Field): string | undefined {
  const given: string[] = [];
  for (const { name, type, defaultValue } of field.args) {
    if (name === 'first') given.push('first: 250');
    if (!isNonNullType(type) || defaultValue !== undefined) continue;
    const named = getNamedType(type);
    if (named.name === 'Date') given.push(`${name}: ${dates[name] ?? dates.date}`);
    else if (isEnumType(named)) given.push(`${name}: ${named.getValues()[0]?.name}`);
    else return undefined;
  }
  return given.length > 0 ? `(${given.join(', ')})` : '';
}

const isConnection = (type: GraphQLObjectType) => type.name.endsWith('Connection');

/** The entities of a connection stand for it: its counts and cursors are asked for with them. */
function through(type: GraphQLObjectType): { target: GraphQLObjectType; around: (inner: string) => string } | undefined {
  if (!isConnection(type)) return { target: type, around: (inner) => inner };
  const node = getNamedType(type.getFields().nodes?.type);
  const around = (inner: string) => `totalCount pageInfo { hasNextPage startCursor endCursor } edges { cursor } nodes { ${inner} }`;
  return isObjectType(node) ? { target: node, around } : undefined;
}

function edgeOf(parent: { name: string; around: (inner: string) => string }, field: Field, args = argumentsOf(field)): Edge | undefined {
  const type = getNamedType(field.type);
  if (!isObjectType(type) || args === undefined) return undefined;
  const behind = through(type);
  if (!behind) return undefined;
  return {
    coordinate: `${parent.name}.${field.name}`,
    target: behind.target,
    around: (inner) => parent.around(`${field.name}${args} { ${behind.around(inner)} }`),
  };
}

/** Walks every field that can be reached, each once, by the shortest way; asks for all that stands at its end. */
export async function walk({ schema, ask, visible, roots }: Walk): Promise<Walked> {
  const walked: Walked = { answers: [], refused: new Map() };
  const query = schema.getQueryType();
  const seen = new Set<string>(['Query']);
  const queue: Edge[] = roots.flatMap(({ field, args }) => {
    const found = query?.getFields()[field];
    return (found && edgeOf({ name: 'Query', around: (inner) => `{ ${inner} }` }, found, args)) || [];
  });
  for (let edge = queue.shift(); edge; edge = queue.shift()) {
    const { target, around, coordinate } = edge;
    const open = await look({ ask, visible, edge, walked });
    if (!open || seen.has(target.name)) continue;
    seen.add(target.name);
    for (const field of Object.values(target.getFields())) {
      const next = edgeOf({ name: target.name, around }, field);
      if (next && visible(next.coordinate) && next.coordinate !== coordinate) queue.push(next);
    }
  }
  return walked;
}

type Look = { ask: Ask; visible: (coordinate: string) => boolean; edge: Edge; walked: Walked };

/** Asks for every value behind an edge; what is refused is learned, left out, and the rest asked for again. False: nothing can be seen there. */
async function look({ ask, visible, edge, walked }: Look): Promise<boolean> {
  const { target, around, coordinate } = edge;
  const fields = Object.values(target.getFields()).filter((field) => isLeafType(getNamedType(field.type)) && argumentsOf(field) !== undefined);
  for (;;) {
    const asked = fields.filter(({ name }) => visible(`${target.name}.${name}`) && !walked.refused.has(`${target.name}.${name}`));
    const question = around(['__typename', ...asked.map((field) => `${field.name}${argumentsOf(field)}`)].join(' '));
    const text = await ask(question);
    walked.answers.push({ coordinate, question, text });
    const answer: { errors?: { path?: (string | number)[]; message: string; extensions: { code: string } }[] } = JSON.parse(text);
    const [error] = answer.errors ?? [];
    if (!error) return true;
    const last = error.path?.at(-1);
    const leaf = asked.find(({ name }) => name === last);
    walked.refused.set(leaf ? `${target.name}.${leaf.name}` : coordinate, error.extensions.code);
    if (!leaf) return false;
  }
}

/** The roots that need no id. */
export function openRoots(schema: GraphQLSchema, visible: (coordinate: string) => boolean): Root[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const args = argumentsOf(field);
    const type = getNamedType(field.type);
    return args !== undefined && (isObjectType(type) || isInterfaceType(type)) && visible(`Query.${field.name}`) ? [{ field: field.name, args }] : [];
  });
}
