import { firmAt } from '../support/firmAt.ts';
import type { Graph, Json } from '../support/graph.ts';
import { untilTrue } from '../support/program.ts';

type Wish = NonNullable<Parameters<typeof firmAt>[1]>;

/** 19 %, as most of the public cases have it. */
export const vat = [{ basisPoints: 1900, effectiveFrom: '2020-01-01' }];

export type Story = Awaited<ReturnType<typeof storyAt>>;

/** A legal entity, customer, contract, project, people and rates of its own, and the steps that cases are told in. Answers are words for the table. */
export async function storyAt(graph: Graph, wish: Wish = {}) {
  const currency = wish.currency ?? 'EUR';
  const firm = await firmAt(graph, { costRate: '40.00', taxRates: vat, periodsOf: 2024, years: 4, ...wish });
  const { done, mutate, ok, made } = graph;
  const money = (amount: string) => ({ amount, currency });

  const entered = async (workDate: string, more: Record<string, unknown> = {}) => {
    const input = { employeeId: firm.employeeId, projectId: firm.projectId, workDate, ...('duration' in more ? {} : { hours: '8' }), ...more };
    return (await done('recordTimeEntry', input, { select: 'timeEntry { id timesheet { id } }' })).timeEntry as { id: string; timesheet: { id: string } };
  };
  const submitted = async (workDate: string, more: Record<string, unknown> = {}) => {
    const entry = await entered(workDate, more);
    await done('submitTimesheet', { id: entry.timesheet.id });
    return entry;
  };
  /** Approved work of one day: its id. */
  const worked = async (workDate: string, more: Record<string, unknown> = {}) => {
    const { id, timesheet } = await submitted(workDate, more);
    await done('approveTimesheet', { id: timesheet.id, approverId: firm.approverId });
    return id;
  };
  /** What became of approved work: what it sells for, or the code of its exception. */
  const outcome = async (id: string): Promise<string> => {
    const query = `query ($id: ID!) { timeEntry(id: $id) { postingStatus exceptions(first: 9, filter: { statuses: [OPEN] }) { nodes { code } }
      actuals { kind status amount { amount } reverses { id } reversedBy { id } } } }`;
    let entry: Json;
    await untilTrue(`the work ${id} is posted or an exception`, async () => {
      entry = (await ok(query, { id })).timeEntry;
      return entry.postingStatus === 'POSTED' || entry.exceptions.nodes.length > 0;
    });
    const standing = entry.actuals.filter(({ kind, reverses, reversedBy }: Json) => kind === 'UNBILLED_SALES' && !reverses && !reversedBy);
    const [exception] = entry.exceptions.nodes;
    return exception ? exception.code : standing.map(({ amount, status }: Json) => `${amount.amount} ${status}`).join(', ');
  };
  const drafted = async (cutOffDate = '2026-12-31', more: Record<string, unknown> = {}) => {
    const select = 'results { invoice { id subtotal { amount } } userErrors { code message } }';
    const { results } = await done('draftInvoices', { cutOffDate, contractIds: [firm.contractId], ...more }, { select });
    return results.map(({ invoice }: Json) => invoice) as { id: string; subtotal: { amount: string } }[];
  };
  const invoiceFields = 'id number status subtotal { amount } tax { amount } total { amount } open { amount }';
  const postedInvoice = async (id: string, invoiceDate = '2026-10-31'): Promise<Json> => {
    await done('updateInvoice', { id, invoiceDate });
    await done('validateInvoice', { id });
    return (await done('postInvoice', { id, invoiceDate }, { select: `invoice { ${invoiceFields} }` })).invoice;
  };
  /** All that is ready, on one posted invoice. */
  const billed = async (invoiceDate?: string): Promise<Json> => {
    await graph.posted(firm.customerId);
    const [invoice] = await drafted();
    return postedInvoice(invoice?.id ?? '', invoiceDate);
  };
  const invoice = async (id: string): Promise<Json> => (await ok(`query ($id: ID!) { invoice(id: $id) { ${invoiceFields} } }`, { id })).invoice;
  /** Work in progress, as the project has it. */
  const wip = async (): Promise<string> => {
    const { project } = await ok('query ($id: ID!) { project(id: $id) { workInProgress { amount { amount } } } }', { id: firm.projectId });
    return project.workInProgress.map(({ amount }: Json) => amount.amount).join(', ') || '0';
  };
  const received = async (amount: string, receivedOn = '2026-11-10') =>
    made('recordPayment', 'payment', { customerId: firm.customerId, legalEntityId: firm.legalEntityId, amount: money(amount), receivedOn });
  /** Ready work of any amount, as another system sends it. */
  const actual = async (key: string, amount: string, more: Record<string, unknown> = {}) => {
    const item = { externalRef: { system: 'story', externalId: `${key} ${firm.projectId}` }, kind: 'UNBILLED_SALES', transactionClass: 'TIME' };
    const { contract } = await ok('query ($id: ID!) { contract(id: $id) { lines { id } } }', { id: firm.contractId });
    const items = [
      { ...item, contractLineId: contract.lines[0].id, projectId: firm.projectId, workDate: '2026-10-05', hours: '1', amount: money(amount), ...more },
    ];
    return done('recordActuals', { items }, { select: 'results { actual { id status } userErrors { code message } }' });
  };
  const project = async (name: string, contractId = firm.contractId, engagementId = firm.engagementId) => {
    const id = await made('createProject', 'project', { engagementId, contractId, name, managerId: firm.approverId, selfAssignable: true });
    for (const action of ['provisionProject', 'activateProject']) await done(action, { id });
    return id;
  };
  const period = async (startDate: string): Promise<string> => {
    const query = 'query ($id: ID!) { legalEntity(id: $id) { fiscalPeriods(first: 99) { nodes { id startDate } } } }';
    const { nodes } = (await ok(query, { id: firm.legalEntityId })).legalEntity.fiscalPeriods;
    return nodes.find((each: Json) => each.startDate === startDate).id;
  };
  /** A mutation in one word: done, or why not. */
  const attempt = async (name: string, input: Record<string, unknown>, wish?: Parameters<Graph['ask']>[2]): Promise<string> => {
    const payload = await mutate(name, { idempotencyKey: crypto.randomUUID(), ...input }, wish ? { wish } : {}).catch((error: Error) => error);
    if (payload instanceof Error) return /"code": "(\w+)"/.exec(payload.message)?.[1] ?? payload.message;
    return refusalOf(payload) ?? 'done';
  };
  return {
    ...firm,
    graph,
    money,
    entered,
    submitted,
    worked,
    outcome,
    drafted,
    postedInvoice,
    billed,
    invoice,
    wip,
    received,
    actual,
    project,
    period,
    attempt,
  };
}

/** Why a mutation was refused: its code, and the guard that did. */
export function refusalOf({ userErrors = [], results = [] }: Json): string | undefined {
  const [first] = [...userErrors, ...results.flatMap((each: Json) => each.userErrors ?? [])];
  return first && [first.code, first.guard].filter(Boolean).join(' ');
}
