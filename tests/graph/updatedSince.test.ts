import { type GraphQLField, getNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';
import { firmAt } from '../support/firmAt.ts';
import { graphAt, type Json } from '../support/graph.ts';

const texts: string[] = [];
let world: Awaited<ReturnType<typeof constellation>>;
let graph: ReturnType<typeof graphAt>;
beforeAll(async () => {
  world = await constellation({ subgraphs, onStatement: (text) => texts.push(text) });
  graph = graphAt({ url: world.url, token: world.issuer.token });
  const firms = [await firmAt(graph), await firmAt(graph, { name: 'Other' })];
  for (const { customerId, projectId, employeeId } of firms) {
    await graph.done('updateCustomer', { id: customerId, billingAddress: 'Elsewhere' });
    await graph.done('createTask', { projectId, name: 'Design' });
    await graph.done('createAssignment', { employeeId, projectId, startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '1' });
  }
  const [firm] = firms;
  if (firm) await graph.done('recordTimeEntry', { employeeId: firm.employeeId, projectId: firm.projectId, workDate: '2026-03-03', hours: '1' });
});
afterAll(() => world[Symbol.asyncDispose]());

type Field = GraphQLField<unknown, unknown>;

const fieldsOf = (field: Field, argument: string): string[] => {
  const type = getNamedType(field.args.find(({ name }) => name === argument)?.type);
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
};

/** The root lists whose rows say when they last changed. */
function lists(): Field[] {
  const query = world.graph.planning().apiSchema.getQueryType();
  return Object.values(query?.getFields() ?? {}).filter(({ type }) => {
    const connection = getNamedType(type);
    const node = isObjectType(connection) ? getNamedType(connection.getFields().nodes?.type) : undefined;
    return isObjectType(node) && 'updatedAt' in node.getFields();
  });
}

function ordersOf(field: Field): string[] {
  const order = getNamedType(field.args.find(({ name }) => name === 'orderBy')?.type);
  const by = isInputObjectType(order) ? getNamedType(order.getFields().field?.type) : undefined;
  return isEnumType(by) ? by.getValues().map(({ name }) => name) : [];
}

const filterType = (field: Field) => String(field.args.find(({ name }) => name === 'filter')?.type);

/** All rows in the order of their changes, read in pages of two. */
async function changes(field: Field, since: string | null): Promise<Json[]> {
  const text = `query ($filter: ${filterType(field)}, $after: Cursor) {
    page: ${field.name}(first: 2, after: $after, filter: $filter, orderBy: { field: UPDATED_AT, direction: ASC }) { nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }`;
  const rows: Json[] = [];
  for (let after: string | null = null; ; ) {
    const { page } = await graph.ok(text, { filter: { updatedSince: since }, after });
    rows.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return rows;
    after = page.pageInfo.endCursor;
  }
}

describe('every list whose rows say when they changed', () => {
  test('can be read by that', () => {
    expect(lists().length).toBeGreaterThan(18);
    const lacking = lists().filter((field) => !fieldsOf(field, 'filter').includes('updatedSince') || !ordersOf(field).includes('UPDATED_AT'));
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });

  test('gives all of them in that order, page by page, and from an instant on those that changed then or later', async () => {
    let filled = 0;
    for (const field of lists()) {
      const all = await changes(field, null);
      expect(all, field.name).toEqual([...all].sort((a, b) => (a.updatedAt === b.updatedAt ? (a.id < b.id ? -1 : 1) : a.updatedAt < b.updatedAt ? -1 : 1)));
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      const middle: string = all[Math.floor(all.length / 2)]?.updatedAt ?? new Date(0).toISOString();
      expect(await changes(field, middle), field.name).toEqual(all.filter(({ updatedAt }) => updatedAt >= middle));
      expect(await changes(field, '2999-01-01T00:00:00.000Z'), field.name).toEqual([]);
      if (all.length > 1) filled += 1;
    }
    expect(filled).toBeGreaterThan(10);
  });

  test('has an index that gives them in that order', async () => {
    const tables = new Set<string>();
    for (const field of lists()) {
      texts.length = 0;
      await changes(field, '2999-01-01T00:00:00.000Z');
      const found = texts.flatMap(
        (text) =>
          text
            .match(/from "(\w+)"\."(\w+)" where .*order by "\w+"\."\w+"\."updated_at"/)
            ?.slice(1, 3)
            .join('.') ?? [],
      );
      expect(found.length, field.name).toBeGreaterThan(0);
      for (const table of found) tables.add(table);
    }
    const indexed = await world.sql`select schemaname || '.' || tablename as name from pg_indexes where indexdef like '%(updated_at, id)'`;
    expect([...tables].filter((table) => !indexed.some(({ name }) => name === table))).toEqual([]);
  });
});

test('every sum that takes the filter heeds it', async () => {
  const future = '{ updatedSince: "2999-01-01T00:00:00.000Z" }';
  const past = '{ updatedSince: "2000-01-01T00:00:00.000Z" }';
  const ask = async (filter: string) => {
    const data = await graph.ok(`{ timeSummary(groupBy: PROJECT, filter: ${filter}) { entries hours }
      actualSummary(groupBy: [KIND], filter: ${filter}) { currency } approvedNotPostedSummary(filter: ${filter}) { entries }
      projects(first: 5) { nodes { timeSummary(filter: ${filter}) { entries } } } }`);
    return { ...data, projects: data.projects.nodes.reduce((sum: number, { timeSummary }: Json) => sum + timeSummary.entries, 0) };
  };
  expect(await ask(future)).toEqual({ timeSummary: [], actualSummary: [], approvedNotPostedSummary: { entries: 0 }, projects: 0 });
  expect(await ask(past)).toMatchObject({ timeSummary: [{ entries: 1 }], projects: 1 });
});
