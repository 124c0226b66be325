import { glob, readFile } from 'node:fs/promises';
import { type ObjectExpression, type ObjectProperty, type Program, parseSync } from 'oxc-parser';
import { subgraphNames } from './names.ts';
import type { Output } from './output.ts';

/** The properties of its parent that each resolver reads, by type and field; one that may read any is not there. */
type Reads = Record<string, Record<string, readonly string[]>>;

/** schema/reads.json: what resolvers read of their rows, by subgraph, so that no more columns are read than an answer needs. */
export async function reads(root: string): Promise<Output> {
  const all: Record<string, Reads> = {};
  for (const name of subgraphNames) all[name] = await readsOf(root, name);
  return { path: 'schema/reads.json', content: `${JSON.stringify(all, undefined, 1)}\n` };
}

async function readsOf(root: string, name: string): Promise<Reads> {
  const found: Reads = {};
  for (const file of (await Array.fromAsync(glob(`subgraphs/${name}/**/*esolvers.ts`, { cwd: root }))).sort()) {
    const { program } = parseSync(file, await readFile(`${root}/${file}`, 'utf8'));
    for (const [type, fields] of resolversIn(program)) found[type] = { ...found[type], ...fields };
  }
  return Object.fromEntries(Object.entries(found).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Of every exported object of resolvers, its types with the fields whose resolvers say what they read. */
function resolversIn({ body }: Program): [string, Record<string, readonly string[]>][] {
  return body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration') return [];
    return statement.declaration.declarations.flatMap(({ init }) => {
      const value = init?.type === 'TSSatisfiesExpression' ? init.expression : init;
      return value?.type === 'ObjectExpression' ? propertiesOf(value).flatMap(typeIn) : [];
    });
  });
}

function propertiesOf({ properties }: ObjectExpression): [string, ObjectProperty['value']][] {
  return properties.flatMap((each) => (each.type === 'Property' && each.key.type === 'Identifier' && !each.computed ? [[each.key.name, each.value]] : []));
}

const roots = new Set(['Query', 'Mutation', 'Subscription']);

function typeIn([type, value]: [string, ObjectProperty['value']]): [string, Record<string, readonly string[]>][] {
  if (roots.has(type) || value.type !== 'ObjectExpression') return [];
  const fields = propertiesOf(value).flatMap(([field, resolver]) => {
    if (field.startsWith('__') || (resolver.type !== 'ArrowFunctionExpression' && resolver.type !== 'FunctionExpression')) return [];
    const read = readOf(resolver.params[0]);
    return read ? [[field, read] as const] : [];
  });
  return fields.length > 0 ? [[type, Object.fromEntries(fields)]] : [];
}

/** What a function can read of its first argument: nothing else than what it takes out of it by name. Undefined where it takes it whole. */
function readOf(parameter: { type: string } | undefined): readonly string[] | undefined {
  if (!parameter) return [];
  const pattern = parameter as Parameter;
  if (pattern.type === 'Identifier') return pattern.name === '_' ? [] : undefined;
  if (pattern.type !== 'ObjectPattern') return undefined;
  const names = pattern.properties.map((each) => (each.type === 'Property' && !each.computed && each.key.type === 'Identifier' ? each.key.name : undefined));
  return names.every((name) => name !== undefined) ? names : undefined;
}

type Parameter =
  | { type: 'Identifier'; name: string }
  | { type: 'ObjectPattern'; properties: readonly { type: string; computed?: boolean; key: { type: string; name: string } }[] }
  | { type: 'Other' };
