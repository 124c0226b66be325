import { readFile } from 'node:fs/promises';
import { Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { policyNames } from '#gateway/access/holder.ts';
import { accessRulesIn } from '#gateway/access/rules.ts';
import { namedType, sdlOf, subgraphNames, typesOf } from '../support/contract.ts';
import { factCatalogue, listCatalogue, root, sources } from '../support/house.ts';

const rules = accessRulesIn(parse(await readFile(new URL('schema/supergraph.graphql', root), 'utf8')));
const documents = await Promise.all(subgraphNames.map(async (name) => ({ name, document: await sdlOf(name), types: typesOf(await sdlOf(name)) })));
const scopes = (place: string): string[] => rules.fields.get(place)?.scopes.flat() ?? [];

describe.each(documents)('the SDL of $name', ({ document }) => {
  test('says of every root field who may have it', () => {
    const roots = document.definitions.flatMap((each) =>
      (each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION) && /^(Query|Mutation|Subscription)$/.test(each.name.value)
        ? (each.fields ?? []).map((field) => ({ place: `${each.name.value}.${field.name.value}`, directives: field.directives ?? [] }))
        : [],
    );
    expect(roots.length).toBeGreaterThan(10);
    const open = roots.filter(({ directives }) => !directives.some(({ name }) => /^(authenticated|requiresScopes|policy)$/.test(name.value)));
    expect(open.map(({ place }) => place)).toEqual([]);
  });
});

test('rules ask for permissions and policies that there are', async () => {
  const code = (await sources(['kernel', 'subgraphs', 'gateway'])).flatMap(({ text }) => [...text.matchAll(/interface KnownPermissions \{([^}]*)\}/g)]);
  const known = new Set(code.flatMap(([, block = '']) => [...block.matchAll(/'([a-z-]+:[a-z-]+)'/g)].map(([, permission = '']) => permission)));
  const all = [...rules.fields.values(), ...rules.types.values()];
  expect(all.flatMap((rule) => rule.scopes.flat()).filter((scope) => !known.has(scope))).toEqual([]);
  expect(all.flatMap((rule) => rule.policies.flat()).filter((policy) => !policyNames.includes(policy))).toEqual([]);
});

test('what any token may have at a root is said here', () => {
  const open = documents.flatMap(({ types }) =>
    ['Query', 'Mutation', 'Subscription'].flatMap((root) =>
      (types.get(root)?.fields ?? []).map(({ name }) => `${root}.${name}`).filter((place) => !rules.fields.has(place)),
    ),
  );
  // An entity by its id, and that it changed, is for who may see its row; events are for who may see some type of them; the others ask below.
  expect(open.sort()).toEqual([
    'Query.changes',
    'Query.legalEntity',
    'Query.node',
    'Query.nodes',
    'Query.operations',
    'Query.viewer',
    'Subscription.businessEvents',
  ]);
});

test('a subscription to one type of events asks for what its fact asks for', async () => {
  const wrong = (await factCatalogue()).filter(({ type, read }) => scopes(`Subscription.${type.charAt(0).toLowerCase()}${type.slice(1)}`).join() !== read);
  expect(wrong.map(({ type }) => type)).toEqual([]);
});

test('a list below an entity asks for what the list at the root asks for', async () => {
  const lists = new Map((await listCatalogue()).map(({ entity, read }) => [entity === 'Exception' ? 'ProcessException' : entity, read]));
  const below = documents.flatMap(({ types }) =>
    [...types.values()].flatMap(({ name, kind, fields }) =>
      kind.startsWith('Object')
        ? fields.map((field) => ({ place: `${name}.${field.name}`, read: lists.get(namedType(field.type).replace(/Connection$/, '')), field }))
        : [],
    ),
  );
  const asking = below.filter(({ read, field }) => read !== undefined && namedType(field.type).endsWith('Connection'));
  expect(asking.length).toBeGreaterThan(80);
  expect(asking.filter(({ place, read }) => !scopes(place).includes(read ?? '')).map(({ place }) => place)).toEqual([]);
});
