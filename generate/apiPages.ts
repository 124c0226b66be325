import { readFile } from 'node:fs/promises';
import { type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind, parse, print, type TypeNode } from 'graphql';
import type { AnyFactType } from '#kernel/published.ts';
import { commandsIn, factsIn, listsIn, machinesIn } from './catalogues.ts';
import { subgraphNames } from './names.ts';
import type { Output } from './output.ts';

/** What a mutation asks for and may be refused by, as far as machines and commands declare it. */
type Asked = { may: string; guards: readonly string[] };
type Known = { mutations: ReadonlyMap<string, Asked>; reads: ReadonlyMap<string, string>; facts: readonly AnyFactType[] };
type Page = { name: string; fields: ReadonlyMap<string, FieldDefinitionNode[]>; inputs: ReadonlyMap<string, readonly string[]> };

/** docs/api/*.md: the roots of each subgraph, with what they take, ask for and belong to. */
export async function apiPages(root: string, note: string): Promise<Output[]> {
  const known = await knownIn(root);
  return Promise.all(
    subgraphNames.map(async (name) => {
      const files = [`${name}.graphql`, ...(name === 'operations' ? ['operations.events.graphql'] : [])];
      const texts = await Promise.all(files.map((file) => readFile(`${root}/schema/${file}`, 'utf8')));
      return { path: `docs/api/${name}.md`, content: apiPage(name, { documents: texts.map((text) => parse(text)), known, note }) };
    }),
  );
}

async function knownIn(root: string): Promise<Known> {
  const mutations = new Map<string, Asked>((await commandsIn(root)).map(({ name, may }) => [name, { may, guards: [] }]));
  for (const { machine } of await machinesIn(root))
    for (const { by, may, guards = [] } of Object.values(machine.actions)) mutations.set(by, { may, guards: guards.map((guard) => guard.name) });
  const reads = new Map((await listsIn(root)).map(({ entity, read }) => [entity, read]));
  return { mutations, reads, facts: await factsIn(root) };
}

type Sources = { documents: readonly DocumentNode[]; known: Known; note: string };

const queryHeads = ['Query', 'Arguments', 'Gives', 'Permission', 'Contracts', ''];
const mutationHeads = ['Mutation', 'Input', 'Permission', 'Guards', 'Contracts', ''];
const subscriptionHeads = ['Subscription', ...queryHeads.slice(1)];
const refusals =
  'Any of them may be refused with `VALIDATION_FAILED`, `FORBIDDEN`, `NOT_FOUND`, `OWNERSHIP_VIOLATION`, `IDEMPOTENCY_KEY_REUSED` and `IDEMPOTENCY_IN_PROGRESS`, one that takes `expectedVersion` with `STALE_VERSION`, an action of a ' +
  'lifecycle with `INVALID_TRANSITION`, and by its guards with `GUARD_REFUSED` ([runbook](../runbook.md)).';
const expiry = 'Payloads: [facts](../facts.md). `CURSOR_EXPIRED` says that the log no longer has what followed `after`.';

/** One page, from the SDL of a subgraph. */
export function apiPage(name: string, { documents, known, note }: Sources): string {
  const page = read(name, documents);
  const parts = [
    `# ${name[0]?.toUpperCase()}${name.slice(1)}`,
    note,
    'What each type and field means is said in the schema itself: GraphiQL shows it, and `/schema.graphql`. An argument or field with `!` must be given. A permission is named where one decides alone. `firm` is the whole graph, for staff and ' +
      'integrations; the other contracts are parts of it ([contracts](../adr/0014-contracts-by-tags.md)).',
    ...table({ title: 'Queries', heads: queryHeads, rows: fieldsOf(page, 'Query').map((field) => queryRow(field, known)) }),
    ...(page.fields.has('Mutation')
      ? table({ title: 'Mutations', text: refusals, heads: mutationHeads, rows: fieldsOf(page, 'Mutation').map((field) => mutationRow(field, page, known)) })
      : []),
    ...(page.fields.has('Subscription')
      ? table({ title: 'Subscriptions', text: expiry, heads: subscriptionHeads, rows: fieldsOf(page, 'Subscription').map((field) => queryRow(field, known)) })
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function read(name: string, documents: readonly DocumentNode[]): Page {
  const fields = new Map<string, FieldDefinitionNode[]>();
  const inputs = new Map<string, readonly string[]>();
  for (const node of documents.flatMap((document) => document.definitions)) {
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
      inputs.set(
        node.name.value,
        (node.fields ?? []).map((field) => (namedType(field.type).endsWith('Item') ? `${field.name.value} of ${namedType(field.type)}` : marked(field))),
      );
    if ((node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) && node.fields)
      fields.set(node.name.value, [...(fields.get(node.name.value) ?? []), ...node.fields]);
  }
  return { name, fields, inputs };
}

const fieldsOf = ({ fields }: Page, type: string): readonly FieldDefinitionNode[] => fields.get(type) ?? [];

type Table = { title: string; text?: string; heads: readonly string[]; rows: readonly string[] };

function table({ title, text, heads, rows }: Table): string[] {
  return [`## ${title}`, ...(text ? [text] : []), [`| ${heads.join(' | ')} |`, `|${heads.map(() => '---|').join('')}`, ...rows].join('\n')];
}

function queryRow(field: FieldDefinitionNode, { reads, facts }: Known): string {
  const type = namedType(field.type);
  const may = facts.find((fact) => fact.type === type)?.read ?? reads.get(type.replace(/Connection$/, ''));
  return row([
    code(field.name.value),
    names((field.arguments ?? []).map(marked)),
    code(print(field.type)),
    may ? code(may) : '',
    contractsOf(field),
    said(field),
  ]);
}

function mutationRow(field: FieldDefinitionNode, { inputs }: Page, { mutations }: Known): string {
  const asked = mutations.get(field.name.value) ?? twinOf(field.name.value, mutations);
  const given = inputs.get(namedType(field.arguments?.[0]?.type)) ?? [];
  const itemType = given.find((each) => each.startsWith('items of '))?.slice('items of '.length);
  const item = itemType ? `; each item: ${names(inputs.get(itemType) ?? [])}` : '';
  const input = `${names(given.map((each) => (each.startsWith('items of ') ? 'items!' : each)))}${item}`;
  return row([code(field.name.value), input, asked ? code(asked.may) : '', names(asked?.guards ?? []), contractsOf(field), said(field)]);
}

/** One item, several, and all that meet a filter ask for the same. */
function twinOf(name: string, mutations: Known['mutations']): Asked | undefined {
  const stem = (each: string) =>
    each
      .replace(/Where$/, '')
      .replace(/ies$/, 'y')
      .replace(/s$/, '');
  return [...mutations].find(([other]) => stem(other) === stem(name))?.[1];
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const code = (text: string) => `\`${text}\``;
const names = (list: readonly string[]) => list.map(code).join(', ');
const said = ({ description }: FieldDefinitionNode) => (description?.value ?? '').replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');

/** A name, with a mark where it must be given. */
function marked({ name, type, defaultValue }: { name: { value: string }; type: TypeNode; defaultValue?: unknown }): string {
  return `${name.value}${type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined ? '!' : ''}`;
}

function namedType(type: TypeNode | undefined): string {
  if (type === undefined) return '';
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function contractsOf({ directives = [] }: FieldDefinitionNode): string {
  return ['firm', ...directives.flatMap(tagOf)].join(', ');
}

/** What a contract leaves out, and whose answers may be shared. */
const noContract: ReadonlySet<string> = new Set(['firm', 'shared']);

function tagOf({ name, arguments: given = [] }: ConstDirectiveNode): string[] {
  const value = given[0]?.value;
  return name.value === 'tag' && value?.kind === Kind.STRING && !noContract.has(value.value) ? [value.value] : [];
}
