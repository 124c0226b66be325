import { readFile } from 'node:fs/promises';
import { getNamedType, isLeafType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractFields, contractNames } from '#gateway/contracts.ts';
import { roles } from '#gateway/roles.ts';
import { newId } from '#kernel/ids.ts';
import { type NodeType, nodesShown, nodeTypes } from '#operations/node/nodeTypes.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { root } from '../support/house.ts';
import { type TwoClients, twoClients } from '../support/twoClients.ts';

let world: TwoClients;
type Known = { id: string; type: NodeType };
/** Up to three of each type of each client and of the firm: with their ids. */
let some: Known[];
beforeAll(async () => {
  world = await twoClients();
  const rows =
    await world.sql`select id, type from (select *, row_number() over (partition by type order by id) as up, row_number() over (partition by type order by id desc) as down
    from log.known_entity where type is not null) as entity where up <= 3 or down <= 3 order by type, id`;
  some = rows.map(({ id, type }) => ({ id: String(id), type: type as NodeType }));
});
afterAll(() => world?.[Symbol.asyncDispose]());

const pages = (rows: readonly Known[], size = 25) =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));

/** Fields of the graph that find by id, by the type that they find. */
function finders(): Map<string, string> {
  const fields = Object.values(world.schema.getQueryType()?.getFields() ?? {});
  const byId = fields.filter(({ args }) => args.length === 1 && args[0]?.name === 'id');
  return new Map(byId.flatMap(({ name, type }) => (isObjectType(getNamedType(type)) ? [[getNamedType(type).name, name]] : [])));
}

/** A field of a type that its own subgraph has to be asked for, of those that somebody is shown. */
function fieldOf(type: string, shown: ReadonlySet<string> | undefined): string {
  const found = world.schema.getType(type);
  const fields = isObjectType(found) ? Object.values(found.getFields()) : [];
  const leaves = fields.filter(({ name, type: own }) => name !== 'id' && isLeafType(getNamedType(own)) && (!shown || shown.has(`${type}.${name}`)));
  return leaves[0]?.name ?? 'id';
}

/** Which of the ids somebody is told of. */
async function toldOf(wish: TokenWish): Promise<Set<string>> {
  const told = new Set<string>();
  for (const page of pages(some, 250)) {
    const { nodes } = await world.ok('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids: page.map(({ id }) => id) }, wish);
    for (const [index, node] of nodes.entries()) {
      if (node) expect(node).toEqual({ __typename: page[index]?.type, id: page[index]?.id });
      if (node) told.add(node.id);
    }
  }
  return told;
}

const portal = () => world.portal('a');
const partner = () => ({ role: 'partner', customerIds: [world.clients.a.id, world.clients.b.id], employeeIds: [world.firm.people.only.a.id] });
const others = Object.keys(roles).filter((role) => role !== 'portal' && role !== 'partner');
const callers: [string, () => TokenWish][] = [
  ['portal', portal],
  ['partner', partner],
  ...others.map((role): [string, () => TokenWish] => [role, () => ({ role, employeeId: world.firm.people.only.a.id })]),
  ['a confined analyst', () => ({ role: 'analyst', customerIds: [world.clients.a.id] })],
  ['a colleague elsewhere', () => ({ role: 'admin', legalEntityIds: [newId()] })],
];

describe.each(callers)('node(id) as %s', (who, wish) => {
  test('finds what the field of its type finds, and nothing else', async () => {
    const byId = finders();
    const told = await toldOf(wish());
    const found = new Set<string>();
    for (const page of pages(some.filter(({ type }) => byId.has(type)))) {
      const fields = page.map(({ id, type }, index) => `a${index}: ${byId.get(type)}(id: "${id}") { id }`);
      const { data } = await world.ask(`{ ${fields.join(' ')} }`, {}, wish());
      for (const row of Object.values(data ?? {}) as ({ id: string } | null)[]) if (row) found.add(row.id);
    }
    const comparable = some.filter(({ type }) => byId.has(type) && (nodesShown[who] ?? [type]).includes(type));
    const differing = comparable.filter(({ id }) => told.has(id) !== found.has(id));
    // A contract has no field for some of what it shows.
    if (nodesShown[who]) expect(differing.filter(({ id }) => found.has(id))).toEqual([]);
    else expect(differing).toEqual([]);
  });

  test('leads to its own subgraph, which knows it too', async () => {
    const told = await toldOf(wish());
    const known = some.filter(({ id }) => told.has(id));
    expect(known.length).toBeGreaterThan(who.includes('elsewhere') ? 0 : 10);
    const lost: string[] = [];
    const shown = who === 'portal' || who === 'partner' ? contractFields(world.graph.planning().supergraphSchema, who) : undefined;
    for (const page of pages(known)) {
      const fields = page.map(({ id, type }, index) => `a${index}: node(id: "${id}") { ... on ${type} { ${fieldOf(type, shown)} } }`);
      const { data, errors = [] } = await world.ask(`{ ${fields.join(' ')} }`, {}, wish());
      for (const [index, { type }] of page.entries()) if (!data?.[`a${index}`]) lost.push(type);
      for (const { extensions } of errors) lost.push(extensions.code);
    }
    expect(lost).toEqual([]);
  });
});

test('what is no id, and what nobody has, is null in its place', async () => {
  const { id } = world.clients.a;
  const ids = [newId(), id.toUpperCase(), '__proto__', '', world.firm.people.boss.id];
  const { nodes } = await world.ok('query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Customer { name } } }', { ids });
  expect(nodes).toEqual([null, { id, name: 'Aldermoor Group' }, null, null, { id: ids[4] }]);
  const { errors } = await world.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 251 }, () => newId()) });
  expect(errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
});

test('there is a row of the table for every type of the graph that is found by its id, and for each contract those that it shows', async () => {
  const implementing = (text: string) => [...text.matchAll(/^type (\w+) implements [^{]*\bNode\b/gm)].map(([, type]) => type).sort();
  for (const name of contractNames) {
    const shown = implementing(await readFile(new URL(`schema/contracts/${name}.graphql`, root), 'utf8'));
    expect([name, (nodesShown[name] ?? Object.keys(nodeTypes)).toSorted()]).toEqual([name, shown]);
  }
  const types = await world.sql`select distinct type from log.known_entity where type is not null`;
  expect(types.filter(({ type }) => !Object.hasOwn(nodeTypes, type))).toEqual([]);
});
