import { type DocumentNode, Kind, type ObjectTypeDefinitionNode, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { contracts } from '#gateway/contracts.ts';
import { namedType, sdlOf, subgraphNames, typesOf } from '../support/contract.ts';
import { root } from '../support/house.ts';

const documents = await Promise.all(
  [...subgraphNames, 'kernel'].map(async (name) => ({ name, document: await sdlOf(name), types: typesOf(await sdlOf(name)) })),
);

/** A stub of another subgraph's entity: its owner says what it is. */
const describedByOwner = (type: string): boolean =>
  documents.some(({ document }) =>
    document.definitions.some((each) => each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === type && each.description),
  );

const isStub = ({ directives = [] }: ObjectTypeDefinitionNode): boolean =>
  directives.some(({ arguments: given = [] }) => given.some(({ name }) => name.value === 'resolvable'));
/** An entity that this document declares, and can resolve. */
const owned = (document: DocumentNode, type: string): boolean =>
  document.definitions.some(
    (each) =>
      each.kind === Kind.OBJECT_TYPE_DEFINITION && each.name.value === type && !isStub(each) && each.directives?.some(({ name }) => name.value === 'key'),
  );
/** No entities that siblings name, but things with ids of their own. */
const ownIds: readonly string[] = [
  'ContractLine',
  'ContractRate',
  'Person',
  'EmployeeLaborCategory',
  'RateCardLine',
  'Operations',
  'Delivery',
  'ProcessRun',
  'OwnershipProposal',
  'StuckItem',
  'WebhookDelivery',
  'WebhookEndpoint',
];

describe.each(documents)('the SDL of $name', ({ name, document, types }) => {
  test('describes every type, field, argument, input field and enum value', () => {
    const silent: string[] = [];
    let type = '';
    const stubs = new Set(['id']);
    const check = (node: { description?: unknown; name: { value: string } }) => void (node.description ?? silent.push(`${type}.${node.name.value}`));
    visit(document, {
      enter(node) {
        if (
          node.kind === Kind.OBJECT_TYPE_DEFINITION ||
          node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ||
          node.kind === Kind.ENUM_TYPE_DEFINITION ||
          node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
          node.kind === Kind.SCALAR_TYPE_DEFINITION ||
          node.kind === Kind.UNION_TYPE_DEFINITION
        ) {
          type = node.name.value;
          if (!describedByOwner(type)) check(node);
        }
        if (node.kind === Kind.FIELD_DEFINITION || node.kind === Kind.INPUT_VALUE_DEFINITION || node.kind === Kind.ENUM_VALUE_DEFINITION) {
          if (!(node.kind === Kind.FIELD_DEFINITION && stubs.has(node.name.value))) check(node);
        }
      },
    });
    expect(silent).toEqual([]);
  });

  test('lets an entity of another subgraph be missing from a list: its owner may hide it, and one row costs not the whole list', () => {
    const here = new Set(document.definitions.flatMap((each) => (each.kind === Kind.OBJECT_TYPE_DEFINITION && !isStub(each) ? [each.name.value] : [])));
    const elsewhere = new Set(documents.flatMap((each) => [...each.types.keys()].filter((type) => owned(each.document, type) && !here.has(type))));
    const strict: string[] = [];
    visit(document, {
      ListType: ({ type }) => {
        if (type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.NAMED_TYPE && elsewhere.has(type.type.name.value)) strict.push(type.type.name.value);
      },
    });
    expect(strict).toEqual([]);
  });

  test('gives every mutation one input and an honest payload', () => {
    const broken = (types.get('Mutation')?.fields ?? []).flatMap((field) => {
      const payload = types.get(namedType(field.type))?.fields.map((each) => each.name) ?? [];
      const faults = [];
      if (field.arguments.join() !== 'input') faults.push(`${field.name}(${field.arguments.join()})`);
      for (const needed of ['userErrors', 'replayed']) if (!payload.includes(needed)) faults.push(`${field.name} has no ${needed}`);
      return faults;
    });
    expect(broken).toEqual([]);
  });

  test('demands an idempotency key of whatever creates or posts money or time, and of every bulk form', () => {
    const inputs = new Map<string, string>();
    visit(document, {
      FieldDefinition(node) {
        const input = node.arguments?.find((argument) => argument.name.value === 'input');
        if (input) inputs.set(node.name.value, namedType(JSON.stringify(input.type).match(/"value":"(\w+)"/)?.[1] ?? ''));
      },
    });
    const broken = (types.get('Mutation')?.fields ?? []).flatMap((field) => {
      const fields = types.get(inputs.get(field.name) ?? '')?.fields ?? [];
      const key = fields.find((each) => each.name === 'idempotencyKey')?.type;
      const bulk = fields.some((each) => each.name === 'items');
      const financial = /^(create|record|draft|post|credit|apply|reverse)\w*(Time|Timesheet|Expense|Actual|Invoice|Payment|Journal|Entr)/.test(field.name);
      if (key === undefined) return [`${field.name} takes no idempotencyKey`];
      return (bulk || financial) && key !== 'ID!' ? [`${field.name} does not demand its idempotencyKey`] : [];
    });
    expect(broken).toEqual([]);
  });

  // Relay and its like keep by id alone: a value that shows another thing's id as its own is taken for that thing.
  test('gives an id to nothing but what has one of its own', () => {
    const entity = (type: string) => types.get(type)?.directives.includes('key') === true;
    const own = (type: string) => entity(type) || ownIds.includes(type);
    const bare = [...types.values()].filter(({ kind, fields, name: type }) => /^Object/.test(kind) && fields.some((each) => each.name === 'id') && !own(type));
    expect(bare.map((type) => type.name)).toEqual([]);
  });

  test('makes a connection of every list at the root, with cursors', () => {
    // Changes are read forwards alone, as events are.
    const lists = (types.get('Query')?.fields ?? []).filter(({ name: field }) => field !== 'changes');
    const broken = lists.filter(
      (field) => field.type.endsWith('Connection!') && !['first', 'after', 'last', 'before'].every((each) => field.arguments.includes(each)),
    );
    expect(broken.map((field) => field.name)).toEqual([]);
  });

  test('tags nothing but what a contract includes or excludes, and whose answers may be shared', () => {
    const known = ['shared', ...Object.values(contracts).flatMap(({ include, exclude }): string[] => [include, ...exclude])];
    const tags: string[] = [];
    visit(document, {
      Directive: (node) => void (node.name.value === 'tag' && tags.push(JSON.stringify(node.arguments?.[0]?.value).match(/"value":"(\w+)"/)?.[1] ?? '')),
    });
    expect([...new Set(tags)].filter((tag) => !known.includes(tag))).toEqual([]);
    if (name !== 'kernel') expect(tags.length).toBeGreaterThan(0);
  });
});

test('the runbook has a line for every error code', async () => {
  const { readFile } = await import('node:fs/promises');
  const { errorCodes } = await import('#kernel/errors.ts');
  const runbook = await readFile(new URL('docs/runbook.md', root), 'utf8');
  expect(Object.keys(errorCodes).filter((code) => !runbook.includes(`\`${code}\``))).toEqual([]);
  const kernel = documents.find(({ name }) => name === 'kernel');
  expect(kernel?.types.get('ErrorCode')?.values.sort()).toEqual(Object.keys(errorCodes).sort());
});

test('the runbook says for every code how many exceptions are repaired at once, by mutations that there are', async () => {
  const { readFile } = await import('node:fs/promises');
  const { errorCodes } = await import('#kernel/errors.ts');
  const { curesOf } = await import('#operations/exception/cures.ts');
  const mutations = new Set(documents.flatMap(({ types }) => types.get('Mutation')?.fields.map(({ name }) => name) ?? []));
  const [, section = ''] = (await readFile(new URL('docs/runbook.md', root), 'utf8')).split('## Repair in bulk');
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| ([A-Z_]+) +\| ([^|]*)\| ([^|]*)\|$/gm)];
  expect(rows.map(([, code]) => code).sort()).toEqual(Object.keys(errorCodes).sort());
  const silent = rows.filter(([, , repair = '', look = '']) => {
    const named = [...repair.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    if (repair.startsWith('never on an exception')) return named.length > 0;
    return named.length === 0 || named.some((name) => !mutations.has(name)) || look.trim() === '';
  });
  expect(silent.map(([, code]) => code)).toEqual([]);
  // What cures the cause of one exception is what repairs many, or is named beside it.
  const bare = rows.filter(([line, code]) => {
    const causes = curesOf({ code: code as keyof typeof errorCodes }).filter(({ mutation }) => !/^(retry|dismiss)Exception$/.test(mutation));
    return causes.length > 0 && !causes.some(({ mutation }) => line.includes(`\`${mutation}\``));
  });
  expect(bare.map(([, code]) => code)).toEqual([]);
});

test('the five domains are there, each with its own file', () => {
  for (const { name, types } of documents) if (name !== 'kernel') expect(types.get('Query')?.fields.length, name).toBeGreaterThan(0);
});

test('every mutation that we print carries an idempotency key, so that who runs it twice has one effect', async () => {
  const { readFile, readdir } = await import('node:fs/promises');
  const pages = (await readdir(new URL('docs/', root))).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  const texts = await Promise.all(
    ['README.md', 'roles/welcome.ts', ...pages].map(async (path) => [path, await readFile(new URL(path, root), 'utf8')] as const),
  );
  const printed = texts.flatMap(([path, text]) =>
    [...text.matchAll(/mutation[ \w]*\{ *(\w+)\(input: *\{([^}]*)/g)].map(([, name, input]) => ({ path, name, input })),
  );
  expect(printed.length).toBeGreaterThan(1);
  expect(printed.filter(({ input }) => !input?.includes('idempotencyKey'))).toEqual([]);
});
