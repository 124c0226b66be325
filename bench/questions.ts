import { portalBody } from './clients.ts';

/** What is asked of everybody who is measured; PostGraphile makes its names from the tables, and gives money and time as they stand there. */
export type PeerQuestion = { name: string; mutates: boolean; text: string; postgraphile?: string };

const newestEntries = 'orderBy: [WORK_DATE_DESC, ROW_ID_DESC]';
const byName = 'orderBy: [NAME_ASC, ROW_ID_ASC]';

const reads: readonly PeerQuestion[] = [
  {
    name: 'list',
    mutates: false,
    text: 'query List { timeEntries(first: 50) { nodes { id workDate hours status } } }',
    postgraphile: `query List { timeEntries: allTimeTimesheetEntries(first: 50, ${newestEntries}) { nodes { id: rowId workDate hours: seconds status } } }`,
  },
  {
    name: 'deep',
    mutates: false,
    text: `query Deep { timeEntries(first: 10) { nodes { workDate project { name customer { name
      projects(first: 3) { nodes { name timeEntries(first: 3) { nodes { hours employee { name } } } } } } } } } }`,
    postgraphile: `query Deep { timeEntries: allTimeTimesheetEntries(first: 10, ${newestEntries}) { nodes { workDate project { name customer { name
      projects(first: 3, ${byName}) { nodes { name timeEntries(first: 3, ${newestEntries}) { nodes { hours: seconds employee { name } } } } } } } } } }`,
  },
  {
    name: 'large',
    mutates: false,
    text: 'query Large { timeEntries(first: 250) { nodes { id workDate hours status billable employee { id name } project { id name } } } }',
    postgraphile: `query Large { timeEntries: allTimeTimesheetEntries(first: 250, ${newestEntries}) {
      nodes { id: rowId workDate hours: seconds status billable employee { id: rowId name } project { id: rowId name } } } }`,
  },
];

const portalOfTables = `query Portal { customers: allCustomers(first: 50) { nodes { name
  projects(first: 5, ${byName}) { nodes { name status
    assignments(first: 5, orderBy: [FROM_DATE_ASC, ROW_ID_ASC]) { nodes { employee: resourcesEmployeeByEmployeeId { name } } } } }
  timeEntries(first: 10, ${newestEntries}) { nodes { workDate hours: seconds employee { name } } }
  invoices(first: 5, orderBy: [INVOICE_DATE_DESC, ROW_ID_DESC]) { nodes { number status dueDate total: totalMinor currency } } } } }`;

/** The words by which questions are chosen. */
export const questionNames = ['portal', 'list', 'deep', 'large', 'create'] as const;

/** All questions, the README's portal query first, a mutation last. */
export async function peerQuestions(): Promise<PeerQuestion[]> {
  const { query } = JSON.parse(await portalBody());
  const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { userErrors { code } replayed } }';
  return [{ name: 'portal', mutates: false, text: query, postgraphile: portalOfTables }, ...reads, { name: 'create', mutates: true, text: create }];
}

/** What is posted. A mutation is another intent each time. */
export function bodyOf({ text, postgraphile, mutates }: PeerQuestion, { byTables, run }: { byTables: boolean; run: string }): string {
  if (mutates) return JSON.stringify({ query: text, variables: { input: { idempotencyKey: `${run}-{{n}}`, name: 'Of the bench' } } });
  return JSON.stringify({ query: byTables ? postgraphile : text });
}

type Invoice = { total?: unknown; currency?: string };

/** An answer's rows as Accord says them: hours and amounts as decimals. */
export function rowsOf(text: string, { byTables }: { byTables: boolean }): unknown {
  if (!byTables) return JSON.parse(text);
  return JSON.parse(text, (name, value: unknown) => {
    if (name === 'hours') return (Number(value) / 3600).toFixed(2);
    const { total, currency, ...invoice } = (value ?? {}) as Invoice;
    return typeof total === 'string' ? { ...invoice, total: { amount: (Number(total) / 100).toFixed(2), currency } } : value;
  });
}
