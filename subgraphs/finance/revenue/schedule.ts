import { references as engagements } from '#engagements/published.ts';
import type { ScheduleRevenueInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { formatDecimal } from '#kernel/decimal.ts';
import { decisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { begin } from '#kernel/machine.ts';
import { type Money, readMoney } from '#kernel/money.ts';
import { addDays, type CalendarDate, inMonths } from '#kernel/period.ts';
import { notFound } from '#kernel/rows.ts';
import { and, eq, lte, notInArray, sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { write } from '#kernel/write.ts';
import { termsOn } from '../billing/price.ts';
import { costToCost, straightLine } from '../billing/recognition.ts';
import { type BookedContract, booked, demandReference } from '../demand.ts';
import { revenueEvent } from '../entities.ts';
import { actuals, costBalances, type RevenueEventRow, revenueEvents } from '../tables.ts';
import { revenueEventMachine } from './machine.ts';

/** What a method makes of the input: an event each. */
type Planned = {
  recognitionDate: CalendarDate;
  amountMinor: bigint;
  explanation: string;
  description: string;
  projectId?: string | null;
  milestoneId?: string | null;
};
type Asked = { input: ScheduleRevenueInput; contract: BookedContract };

const plans = { STRAIGHT_LINE: planStraightLine, MILESTONE: planMilestone, COST_TO_COST: planCostToCost } as const;

/** Creates SCHEDULED events by a method. */
export async function scheduleRevenue(scope: Scope, input: ScheduleRevenueInput): Promise<RevenueEventRow[]> {
  demand(scope.actor, 'revenue:write');
  const found = await demandReference(scope, engagements.Contract, { id: input.contractId, field: 'contractId' });
  if (!sees(scope.actor, found)) throw notFound('Contract', input.contractId, 'contractId');
  const contract = booked(found);
  if (contract instanceof Refused) throw contract;
  if (input.method === 'AS_BILLED') throw invalid('method', 'AS_BILLED is made by posting an invoice.');
  if (input.projectId) await demandProject(scope, input.projectId, input.contractId);
  const description = input.description ? checkText('description', input.description) : undefined;
  const planned = await plans[input.method](scope, { input, contract });
  const { customerId, engagementId, legalEntityId, currency } = contract;
  const owner = { customerId, engagementId, legalEntityId, currency, contractId: input.contractId, method: input.method };
  const draft = openDraft(decisionContext(scope));
  const events = planned.map((event) => {
    const where = { projectId: input.projectId ?? null, milestoneId: null, invoiceId: null, journalEntryId: null };
    return draft.insert(revenueEvent, { ...where, ...owner, ...event, description: description ?? event.description }, begin(revenueEventMachine, 'SCHEDULED'));
  });
  await write(scope, [revenueEvent], draft.done(input.contractId).effects);
  return events;
}

function invalid(field: string, message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field });
}

/** What the method needs, or a refusal that names it. */
function needed<Value>(field: string, value: Value | null | undefined, method: string): Value {
  if (value === null || value === undefined) throw invalid(field, `${method} needs ${field}.`);
  return value;
}

async function demandProject(scope: Scope, projectId: string, contractId: string): Promise<void> {
  const project = await demandReference(scope, engagements.Project, { id: projectId, field: 'projectId' });
  if (project.contractId !== contractId) throw invalid('projectId', `${project.name} is not of that contract.`);
}

function amountOf({ input, contract }: Asked, field: 'total' | 'estimatedCost'): Money {
  const money = readMoney(needed(field, input[field], input.method), field);
  if (money.currency !== contract.currency) throw new Refused('CURRENCY_MISMATCH', `The contract is in ${contract.currency}.`, { field });
  if (money.minor <= 0n) throw invalid(field, `${field} is more than zero.`);
  return money;
}

async function planStraightLine(_scope: Scope, asked: Asked): Promise<Planned[]> {
  const { startDate, endDate, method } = asked.input;
  const term = { from: needed('startDate', startDate, method), to: needed('endDate', endDate, method) };
  if (term.to < term.from || term.to > addDays(term.from, 3660)) throw invalid('endDate', 'The term ends on or after its first day, at most ten years later.');
  const { minor } = amountOf(asked, 'total');
  const events = straightLine(minor, term).filter((instalment) => instalment.amountMinor !== 0n);
  return events.map(({ date, days, amountMinor }) => {
    const explanation = `${days} days of the term from ${term.from} to ${term.to}.`;
    return { recognitionDate: date, amountMinor, explanation, description: `${asked.contract.name}, ${date.slice(0, 7)}` };
  });
}

async function planMilestone(scope: Scope, { input, contract }: Asked): Promise<Planned[]> {
  const id = needed('milestoneId', input.milestoneId, input.method);
  const milestone = await demandReference(scope, engagements.Milestone, { id, field: 'milestoneId' });
  if (milestone.contractId !== input.contractId) throw invalid('milestoneId', `${milestone.name} is not of that contract.`);
  if (milestone.status !== 'ACCEPTED' || !milestone.acceptedOn) {
    throw new Refused('GUARD_REFUSED', `${milestone.name} is ${milestone.status}. Its revenue is earned when it is accepted.`, { guard: 'milestoneAccepted' });
  }
  if (milestone.currency !== contract.currency) {
    throw new Refused('CURRENCY_MISMATCH', `${milestone.name} has no amount in ${contract.currency}.`, { field: 'milestoneId' });
  }
  const explanation = `The amount of a milestone that was accepted on ${milestone.acceptedOn}.`;
  const about = { explanation, description: milestone.name, projectId: milestone.projectId, milestoneId: id };
  return [{ recognitionDate: milestone.acceptedOn, amountMinor: BigInt(milestone.amountMinor), ...about }];
}

async function planCostToCost(scope: Scope, asked: Asked): Promise<Planned[]> {
  const { input, contract } = asked;
  const projectId = needed('projectId', input.projectId, input.method);
  const asOf = needed('asOf', input.asOf, input.method);
  const { minor: totalMinor } = amountOf(asked, 'total');
  const { minor: estimatedCostMinor } = amountOf(asked, 'estimatedCost');
  // Two at once would both recognize the same share.
  await scope.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`revenue of ${projectId}`}, 0))`);
  const costToDateMinor = await costOf(scope, { projectId, asOf, currency: contract.currency });
  const recognizedBeforeMinor = await recognizedBefore(scope, projectId);
  const amountMinor = costToCost({ totalMinor, costToDateMinor, estimatedCostMinor, recognizedBeforeMinor, rounding: termsOn(contract, asOf).rounding });
  if (amountMinor === 0n) throw new Refused('GUARD_REFUSED', 'Nothing was earned since it was last measured.', { guard: 'somethingEarned' });
  const permyriad = costToDateMinor >= estimatedCostMinor ? 10_000n : (costToDateMinor * 10_000n) / estimatedCostMinor;
  const explanation = `${formatDecimal(permyriad, 2)} % of the estimated cost was incurred by ${asOf}, less what was recognized before.`;
  return [{ recognitionDate: asOf, amountMinor, explanation, description: `${contract.name}, by cost to ${asOf}` }];
}

/** All cost of a project by the books to a day: whole months from the balances, the days after them from the ledger. */
async function costOf(scope: Scope, { projectId, asOf, currency }: { projectId: string; asOf: CalendarDate; currency: string }): Promise<bigint> {
  const { months, edges } = inMonths(undefined, asOf);
  const before = and(eq(costBalances.projectId, projectId), months?.to ? lte(costBalances.month, months.to) : sql`false`);
  const within = edges.map(
    ({ from, to }) => sql`
    select currency, amount_minor from ${actuals} where project_id = ${projectId}::uuid and kind = 'COST' and accounting_date between ${from} and ${to}`,
  );
  const source = sql.join([sql`select currency, amount_minor from ${costBalances} where ${before ?? sql`false`}`, ...within], sql` union all `);
  const rows = await scope.tx.execute<{ currency: string; minor: string }>(sql`
    select currency, sum(amount_minor)::text as minor from (${source}) as each group by currency`);
  const other = rows.find((row) => row.currency !== currency);
  if (other) throw new Refused('CURRENCY_MISMATCH', `The project has cost in ${other.currency}; the contract is in ${currency}.`, { field: 'projectId' });
  return BigInt(rows[0]?.minor ?? '0');
}

async function recognizedBefore(scope: Scope, projectId: string): Promise<bigint> {
  const [row] = await scope.tx
    .select({ minor: sql<string>`coalesce(sum(${revenueEvents.amountMinor}), 0)` })
    .from(revenueEvents)
    .where(and(eq(revenueEvents.projectId, projectId), eq(revenueEvents.method, 'COST_TO_COST'), notInArray(revenueEvents.status, ['REVERSED', 'CANCELLED'])));
  return BigInt(row?.minor ?? '0');
}
