import type { Sql } from 'postgres';
import { amending } from './amending.ts';
import { dealAt } from './deals.ts';
import { type Firm, firmAt } from './firmAt.ts';
import type { Graph, Json } from './graph.ts';
import { adjustedDraft, latePayer, monthEnd } from './moneyChapters.ts';
import { overbooked, staffed } from './peopleChapters.ts';
import { untilTrue } from './program.ts';

export type Telling = {
  graph: Graph;
  sql: Sql;
  /** Waits until all that happened has had its effects. */
  rest: () => Promise<void>;
  say: (line: string) => void;
};

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const results = 'results { userErrors { code field message } }';

/** What a firm does in a quarter, told through the graph alone: each journey once, with its repairs. Every call carries a key, so that it can be sent until it is answered. */
export async function wholeStory(telling: Telling): Promise<void> {
  const { say } = telling;
  say('a firm, and a deal that is won');
  const firm = await firmAt(telling.graph);
  await wonDeal(telling, firm);
  say('time, expenses and a milestone');
  await workDone(telling, firm);
  say('invoices, payments, refunds, a credit');
  await cashed(telling, firm);
  say('work that comes back');
  await takenBack(telling, firm);
  say('exceptions and their repairs');
  await repaired(telling);
  say('an amendment that prices work anew');
  await amended(telling);
  say('a system that wants what another owns');
  await proposed(telling, firm);
  say('people who leave, and the end of the month');
  await ended(telling, firm);
  say('a request for people, and time off that leaves too few hours');
  await overbooked(telling, await staffed(telling, firm));
  say('a run of billing, a client who pays late, a draft that is changed');
  await latePayer(telling, await monthEnd(telling));
  await adjustedDraft(telling);
}

async function wonDeal({ graph, rest }: Telling, firm: Firm): Promise<void> {
  const deal = await dealAt({ graph }, {}, firm);
  await graph.done('upsertOpportunities', { items: [{ ...deal.item, win: true }] }, { select: results, wish: deal.crm });
  await rest();
}

async function expense({ graph }: Telling, firm: Firm, amount: string): Promise<string> {
  const cost = { category: 'TRAVEL', workDate: '2026-02-12', amount: eur(amount) };
  const id = await graph.made('recordExpense', 'expense', { employeeId: firm.employeeId, projectId: firm.projectId, ...cost });
  await graph.done('submitExpense', { id });
  await graph.done('approveExpense', { id, approverId: firm.approverId });
  return id;
}

async function workDone(telling: Telling, firm: Firm): Promise<void> {
  const { graph, rest } = telling;
  await firm.approved(['2026-02-09', '2026-02-10']);
  await expense(telling, firm, '50.00');
  const lines = [{ name: 'Fees', method: 'MILESTONE', kinds: ['FEE'] }];
  const billed = await firmAt(graph, { name: 'Milestones', terms: { lines } });
  const milestone = { projectId: billed.projectId, name: 'Go live', plannedOn: '2026-02-20', amount: eur('1000.00') };
  const id = await graph.made('createMilestone', 'milestone', milestone);
  await graph.done('reachMilestone', { id });
  await graph.done('acceptMilestone', { id });
  await rest();
}

/** Drafts what is ready, and posts it: the invoice and its total. */
async function posted({ graph }: Telling, firm: Firm): Promise<{ id: string; total: string }> {
  const wish = { cutOffDate: '2026-12-31', contractIds: [firm.contractId], invoiceDate: '2026-02-28' };
  const { results: drafts } = await graph.done('draftInvoices', wish, { select: 'results { invoice { id } userErrors { code } }' });
  const { id } = drafts[0].invoice;
  await graph.done('validateInvoice', { id });
  const { invoice } = await graph.done('postInvoice', { id, invoiceDate: '2026-02-28' }, { select: 'invoice { total { amount } }' });
  return { id, total: invoice.total.amount };
}

async function cashed(telling: Telling, firm: Firm): Promise<void> {
  const { graph, rest } = telling;
  const { id: invoiceId, total } = await posted(telling, firm);
  await rest();
  await graph.done('acknowledgeInvoiceDelivery', { id: invoiceId, channel: 'EMAIL', reference: 'Sent' }, { wish: { role: 'finance' } });
  const received = { customerId: firm.customerId, legalEntityId: firm.legalEntityId, receivedOn: '2026-03-10', amount: eur(String(Number(total) + 10)) };
  const payment = await graph.made('recordPayment', 'payment', received);
  const applications = [{ invoiceId, amount: eur(total) }];
  await graph.done('applyPayment', { id: payment, applications, appliedOn: '2026-03-10' });
  await graph.done('unapplyPayment', { id: payment, invoiceIds: [invoiceId], reason: 'Meant another', unappliedOn: '2026-03-11' });
  await graph.done('refundPayment', { id: payment, amount: eur('10.00'), reason: 'Paid too much', refundedOn: '2026-03-12' });
  await graph.done('applyPayment', { id: payment, applications, appliedOn: '2026-03-12' });
  await rest();
  const credit = { id: invoiceId, reason: 'Wrong price', creditDate: '2026-03-15', unapplyPayments: true };
  await graph.done('creditInvoice', credit);
  await rest();
  await posted(telling, firm);
  await rest();
}

async function takenBack(telling: Telling, firm: Firm): Promise<void> {
  const { graph, sql, rest } = telling;
  const [entry] = await firm.approved(['2026-03-02', '2026-03-03']);
  const cost = await expense(telling, firm, '20.00');
  await rest();
  await graph.done('requestTimeEntryRecall', { id: entry, reason: 'Wrong project' });
  await graph.done('approveTimeEntryRecall', { id: entry, approverId: firm.approverId });
  await graph.done('requestExpenseRecall', { id: cost, reason: 'Wrong month' });
  await graph.done('approveExpenseRecall', { id: cost, approverId: firm.approverId });
  await rest();
  await firm.approved(['2026-03-09']);
  await rest();
  const [actual] = await sql`select id from finance.actual where customer_id = ${firm.customerId} and kind = 'UNBILLED_SALES' and status = 'READY'
    and transaction_class = 'TIME' and reverses_id is null and reversed_by_id is null order by work_date desc limit 1`;
  await graph.done('reverseActuals', { items: [{ id: actual?.id, reason: 'Not ours' }] }, { select: 'results { userErrors { code } }' });
  await rest();
  const [left] = await sql`select id from operations.exception where code = 'ACTUAL_REVERSED' and status = 'OPEN'`;
  await graph.done('retryExceptions', { items: [{ id: left?.id }] }, { select: 'results { userErrors { code } }' });
  await rest();
}

async function repaired({ graph, sql, rest }: Telling): Promise<void> {
  const uncategorised = await firmAt(graph, { name: 'Newcomers' });
  const [id] = await uncategorised.approved(['2026-02-09'], { employeeId: await uncategorised.person('Newcomer', false) });
  const rateless = await firmAt(graph, { name: 'Rateless', cards: false });
  await rateless.approved(['2026-02-09', '2026-02-10']);
  const untaxed = await firmAt(graph, { name: 'Untaxed', taxRates: [{ basisPoints: 2100, effectiveFrom: '2030-01-01' }] });
  await untaxed.approved(['2026-02-09']);
  await rest();
  const wish = { cutOffDate: '2026-12-31', contractIds: [untaxed.contractId], invoiceDate: '2026-02-28' };
  const { results: drafts } = await graph.done('draftInvoices', wish, { select: 'results { invoice { id } userErrors { code } }' });
  await graph.mutate('validateInvoice', { id: drafts[0].invoice.id });
  await rest();
  await graph.done('assignLaborCategory', { items: [{ id, laborCategoryId: uncategorised.categoryId }] }, { select: 'succeeded' });
  await rateless.publishCards();
  await graph.done('updateTaxProfile', { id: untaxed.taxProfileId, rates: [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }] });
  await untilTrue('no exception is open', async () => (await sql`select from operations.exception where status in ('OPEN', 'RETRYING')`).length === 0);
  await rest();
}

async function amended({ graph, sql, rest }: Telling): Promise<void> {
  const firm = await firmAt(graph, { name: 'Amended' });
  await firm.approved(['2026-02-09', '2026-02-10']);
  await rest();
  const rates = [{ laborCategoryId: firm.categoryId, rate: eur('120.00') }];
  const { amended: bring, rerated } = amending({ graph, sql }, firm);
  const id = await bring({ effectiveFrom: '2026-02-10', changes: { rates } }, 'APPLIED');
  await untilTrue('the work is priced anew', async () => (await rerated(id))?.finishedAt);
  await rest();
}

async function proposed({ graph, sql, rest }: Telling, firm: Firm): Promise<void> {
  await graph.mutate('updateCustomer', { id: firm.customerId, name: 'Acme of the PSA' }, { wish: { role: 'psa', system: 'psa' } });
  const [proposal] = await sql`select id from log.proposal where status = 'OPEN' limit 1`;
  await graph.done('acceptProposal', { id: proposal?.id }, { wish: { role: 'crm', system: 'crm' } });
  await rest();
}

async function ended({ graph, rest }: Telling, firm: Firm): Promise<void> {
  const leaver = await firm.person('Leaver', true);
  const term = { startDate: '2026-01-01', endDate: '2026-12-31', weeklyHours: '8' };
  const assignment = await graph.made('createAssignment', 'assignment', { employeeId: leaver, projectId: firm.projectId, ...term });
  await graph.done('confirmAssignment', { id: assignment });
  await graph.done('scheduleEmployeeTermination', { id: leaver, terminatedOn: '2030-06-30' });
  await rest();
  const query = 'query ($id: ID!) { fiscalPeriods(first: 1, filter: { legalEntityIds: [$id], activeOn: "2026-01-15" }) { nodes { id } } }';
  const { id } = (await graph.ok(query, { id: firm.legalEntityId })).fiscalPeriods.nodes[0];
  await graph.done('closeFiscalPeriod', { id });
  await graph.done('lockFiscalPeriod', { id });
  await rest();
}

/** What the story leaves behind, as figures that no id is in: two tellings leave the same. */
export async function figuresOf(sql: Sql): Promise<Json> {
  return {
    actuals: await sql`select kind, transaction_class, status, reverses_id is not null as reversal, reversed_by_id is not null as reversed, count(*)::int as n,
      sum(amount_minor)::text as minor, sum(seconds)::text as seconds from finance.actual group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    books: await sql`select source, account, count(*)::int as n, sum(debit_minor)::text as debit, sum(credit_minor)::text as credit
      from finance.journal_line line join finance.journal_entry entry on entry.id = line.journal_entry_id group by 1, 2 order by 1, 2`,
    invoices:
      await sql`select kind, status, count(*)::int as n, sum(total_minor)::text as total, sum(paid_minor)::text as paid from finance.invoice group by 1, 2 order by 1, 2`,
    payments: await sql`select status, count(*)::int as n, sum(amount_minor)::text as minor from finance.payment group by 1 order by 1`,
    time: await sql`select status, posting_status, count(*)::int as n, sum(seconds)::text as seconds from time.timesheet_entry group by 1, 2 order by 1, 2`,
    expenses: await sql`select status, posting_status, count(*)::int as n, sum(amount_minor)::text as minor from time.expense_item group by 1, 2 order by 1, 2`,
    exceptions: await sql`select code, status, count(*)::int as n from operations.exception
      where code not in ('PAYMENT_UNMATCHED', 'DISPUTE_UNRESOLVED') group by 1, 2 order by 1, 2`,
    runs: await sql`select process, state, count(*)::int as n from log.process_run group by 1, 2 order by 1, 2`,
    made: await sql`select (select count(*)::int from engagements.customer) as customers, (select count(*)::int from engagements.project) as projects,
      (select count(*)::int from engagements.contract) as contracts, (select count(*)::int from resources.employee) as employees,
      (select count(*)::int from resources.assignment) as assignments, (select count(*)::int from log.proposal) as proposals`,
    // How often an obstacle is met before it is gone, is chance; and so is whether it was time to look for what is late.
    facts:
      await sql`select type, count(*)::int as n from log.fact where type not like 'Exception%' and type not in ('InvoiceOverdue', 'InvoiceDunned') group by 1 order by 1`,
  };
}
