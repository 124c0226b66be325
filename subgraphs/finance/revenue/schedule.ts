import { references as engagements } from '#engagements/published.ts';
import type { ScheduleRevenueInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { decisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { begin } from '#kernel/machine.ts';
import { addDays } from '#kernel/period.ts';
import { notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { write } from '#kernel/write.ts';
import { straightLine } from '../billing/recognition.ts';
import { booked, demandReference } from '../demand.ts';
import { revenueEvent } from '../entities.ts';
import type { RevenueEventRow } from '../tables.ts';
import { revenueEventMachine } from './machine.ts';
import { planCostToCost, planPercentComplete, planRetainer } from './measured.ts';
import { type Asked, amountOf, invalid, needed, type Planned } from './planned.ts';

const plans = {
  STRAIGHT_LINE: planStraightLine,
  MILESTONE: planMilestone,
  COST_TO_COST: planCostToCost,
  PERCENT_COMPLETE: planPercentComplete,
  RETAINER: planRetainer,
} as const;

/** Creates SCHEDULED events by a method. */
export async function scheduleRevenue(scope: Scope, input: ScheduleRevenueInput): Promise<RevenueEventRow[]> {
  demand(scope.actor, 'revenue:write');
  const found = await demandReference(scope, engagements.Contract, { id: input.contractId, field: 'contractId' });
  if (!sees(scope.actor, found)) throw notFound('Contract', input.contractId, 'contractId');
  const contract = booked(found);
  if (contract instanceof Refused) throw contract;
  if (input.method === 'AS_BILLED') throw invalid('method', 'AS_BILLED is made by posting an invoice.');
  if (input.method === 'ACCRUED') throw invalid('method', 'ACCRUED is made by accrueRevenue.');
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

async function demandProject(scope: Scope, projectId: string, contractId: string): Promise<void> {
  const project = await demandReference(scope, engagements.Project, { id: projectId, field: 'projectId' });
  if (project.contractId !== contractId) throw invalid('projectId', `${project.name} is not of that contract.`);
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
