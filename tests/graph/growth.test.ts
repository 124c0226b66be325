import { createHash } from 'node:crypto';
import { getNamedType, getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType } from 'graphql';
import postgres, { type Sql } from 'postgres';
import { describe, expect, test } from 'vitest';
import { fillGrowthFirm } from '../../bench/growthFirm.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from '../support/constellation.ts';

type Statement = { text: string; parameters: unknown[] };
type Plan = {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
};

/** As the pools of the roles plan (kernel/db.ts): once for all values, which is why a plan made for these values would prove nothing. */
const planning = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off', jit: 'off' };

async function explain(sql: Sql, { text, parameters }: Statement): Promise<Plan> {
  const values = parameters.map((value) => (value === null || value === undefined ? 'null' : `'${literal(value).replaceAll("'", "''")}'`));
  await sql.unsafe(`prepare asked as ${text}`);
  try {
    const [explained] = await sql.unsafe(`explain (analyze, timing off, format json) execute asked${values.length > 0 ? `(${values.join(', ')})` : ''}`);
    return explained?.['QUERY PLAN'][0].Plan;
  } finally {
    await sql.unsafe('deallocate asked');
  }
}

/** A value as PostgreSQL reads it; lists hold ids and words. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `{${value.map((each) => `"${literal(each)}"`).join(',')}}`;
  return value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A firm whose months hold so many entries: people, projects and months are the same in each. */
async function firmOf(entries: number) {
  const statements: Statement[] = [];
  const world = await constellation({ subgraphs, onStatement: (text, parameters) => statements.push({ text, parameters }) });
  await fillGrowthFirm(world.adminUrl, { entries, people: 4, customers: 4, projects: 5 });
  const sql = postgres(world.adminUrl, { max: 1, onnotice: () => undefined, connection: planning });
  /** Rows that the statements of a question look at, by their plans. */
  const rowsFor = async (query: string): Promise<{ rows: number; worst: string }> => {
    statements.length = 0;
    await world.ok(query);
    let rows = 0;
    let most = { rows: -1, text: '' };
    for (const { text, parameters } of statements.filter((each) => /^\s*(select|with)/i.test(each.text) && each.text.includes(' from '))) {
      const explained = await explain(sql, { text, parameters });
      const own = looked(explained);
      rows += own;
      if (own > most.rows) most = { rows: own, text };
    }
    return { rows, worst: `${most.rows} rows: ${most.text}` };
  };
  const [owner] = await world.sql`select id from finance.legal_entity`;
  return {
    rowsFor,
    books: String(owner?.id),
    schema: world.graph.planning().apiSchema,
    [Symbol.asyncDispose]: async () => {
      await sql.end();
      await world[Symbol.asyncDispose]();
    },
  };
}

/** What the leaves of a plan read, found useful or not. */
function looked(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, each) => sum + looked(each), 0);
  if (!/Scan$/.test(plan['Node Type']) || plan.Plans?.length) return below;
  return below + (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0)) * plan['Actual Loops'];
}

/** A page of every root list. */
function rootLists(schema: Awaited<ReturnType<typeof firmOf>>['schema']): string[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const type = getNamedType(field.type);
    const pages = isObjectType(type) && type.name.endsWith('Connection') && field.args.every((arg) => !isNonNullType(arg.type));
    return pages ? [`{ ${field.name}(first: 10) { nodes { __typename } } }`] : [];
  });
}

const summaries = [
  ...['CUSTOMER', 'PROJECT', 'EMPLOYEE', 'STATUS', 'LABOR_CATEGORY', 'MONTH'].map((key) => `{ timeSummary(groupBy: ${key}) { hours } }`),
  '{ timeSummary(groupBy: PROJECT, filter: { workDateFrom: "2022-01-01", workDateTo: "2024-12-31" }) { hours } }',
  '{ actualSummary { amount { amount } } }',
  '{ actualSummary(groupBy: [KIND, CUSTOMER, PROJECT, CONTRACT, MONTH]) { amount { amount } } }',
  '{ actualSummary(groupBy: [PROJECT], filter: { kinds: [UNBILLED_SALES], workDateTo: "2024-12-31" }) { amount { amount } } }',
  ...['CODE', 'CUSTOMER', 'PROCESS', 'OWNER'].map((key) => `{ operations { exceptionSummary(groupBy: ${key}, filter: {}) { count } } }`),
  '{ customers(first: 4) { nodes { timeSummary { hours } actuals(first: 5) { nodes { id } } timeEntries(first: 5) { nodes { id } } receivables { currency } } } }',
  '{ customers(first: 4) { nodes { workInProgress { count oldestWorkDate } contracts(first: 5) { nodes { workInProgress { count } } } } } }',
  '{ projects(first: 5) { nodes { workInProgress { count oldestWorkDate amount { amount } } } } }',
  '{ projects(first: 5) { nodes { timeSummary { hours } actuals(first: 5) { nodes { id } } timeEntries(first: 5) { nodes { id } } invoices(first: 5) { nodes { id } } } } }',
];
/** Pages of every root list by each word that its filter takes, such as a status. */
function byWord(schema: Awaited<ReturnType<typeof firmOf>>['schema']): string[] {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const filter = getNamedType(field.args.find(({ name }) => name === 'filter')?.type);
    if (!isInputObjectType(filter) || !getNamedType(field.type).name.endsWith('Connection') || field.args.some((arg) => isNonNullType(arg.type))) return [];
    return Object.values(filter.getFields()).flatMap((input) => {
      const type = getNamedType(input.type);
      const words = isEnumType(type) && isListType(getNullableType(input.type)) ? type.getValues().map(({ name }) => name) : [];
      return words.map((word) => `{ ${field.name}(first: 10, filter: { ${input.name}: [${word}] }) { nodes { __typename } } }`);
    });
  });
}

const rare = [
  '{ timeEntries(first: 10, filter: { postingStatuses: [EXCEPTION] }) { nodes { id } } }',
  '{ approvedNotPosted(first: 10, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { id } } }',
  '{ actuals(first: 10, filter: { reversed: true }) { nodes { id } } }',
  '{ actuals(first: 10, filter: { sourceTypes: [MILESTONE] }) { nodes { id } } }',
  '{ actuals(first: 10, filter: { classes: [FEE] }) { nodes { id } } }',
  '{ operations { exceptions(first: 10, filter: { statuses: [OPEN] }) { nodes { id } } deliveries(first: 10) { nodes { id } } } }',
];

/** As the firm's rows have them. */
const idOf = (kind: string, number: number) =>
  createHash('md5')
    .update(`${kind} ${number}`)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const measured = ['contractId', 'projectId'].map((name) => `${name}: "${idOf(name.replace('Id', ''), 1)}"`).join(', ');
const money = (amount: string) => `{ amount: "${amount}", currency: "EUR" }`;
const costToCost = `mutation { scheduleRevenue(input: { idempotencyKey: "growth", ${measured}, method: COST_TO_COST, asOf: "2024-05-15", total: ${money('90000000.00')},
  estimatedCost: ${money('80000000.00')} }) { revenueEvents { amount { amount } } userErrors { message } } }`;

const trialBalance = (id: string, asOf?: string) => `{ trialBalance(legalEntityId: "${id}"${asOf ? `, asOf: "${asOf}"` : ''}) { __typename } }`;

describe('what a question reads', () => {
  test('does not grow with the rows of the firm', async () => {
    await using small = await firmOf(4_000);
    await using large = await firmOf(40_000);
    const grown: string[] = [];
    const questions = [
      ...rootLists(large.schema),
      ...byWord(large.schema),
      ...summaries,
      ...rare,
      costToCost,
      trialBalance(large.books),
      trialBalance(large.books, '2024-05-15'),
    ];
    for (const question of questions) {
      const [few, many] = [await small.rowsFor(question), await large.rowsFor(question)];
      if (many.rows > 2 * few.rows + 300) grown.push(`${question}: ${few.rows} rows of the small firm, ${many.rows} of the large one\n  ${many.worst}`);
    }
    expect(grown).toEqual([]);
    const ofOne = `{ actualSummary(filter: { employeeIds: ["${idOf('person', 0)}"] }) { amount { amount } } }`;
    expect((await large.rowsFor(ofOne)).rows, 'what one person did grew tenfold, which the measure must see').toBeGreaterThan(
      5 * (await small.rowsFor(ofOne)).rows,
    );
  });
});
