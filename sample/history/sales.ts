import { facts } from '#engagements/published.ts';
import type { AgreedVersion } from '#engagements/references.ts';
import type { MilestoneRow } from '#engagements/tables.ts';
import { showMoney } from '#kernel/money.ts';
import { at } from '../calendar.ts';
import type { Random } from '../random.ts';
import { nth } from '../rows.ts';
import type { Client, Deal, Job } from '../sales.ts';
import { later, type Moment, type Stated, stated, system } from './stated.ts';

/** A deal is one business transaction from its contract to the last payment. */
export function correlationOf({ contract }: Deal): string {
  return contract.id;
}

/** A prospect became a customer. */
export function* ofCustomer(random: Random, { id, name, legalEntityId, createdAt }: Client): Iterable<Stated> {
  for (const [version, status] of [
    [1, 'PROSPECT'],
    [2, 'ACTIVE'],
  ] as const) {
    const moment = { at: later(createdAt, (version - 1) * 60), by: system('crm'), correlationId: id };
    const type = version === 1 ? facts.CustomerCreated : facts.CustomerUpdated;
    const keys = { customerId: id, legalEntityId };
    yield stated(type, { id: random.id(moment.at.getTime()), subject: { id, version }, keys, payload: { customerId: id, name, status } }, moment);
  }
}

/** An engagement began, and its contract came into force; the last fact is the one that let projects begin. */
export function ofDeal(random: Random, deal: Deal): Stated[] {
  const { engagement, contract } = deal;
  const { customerId } = engagement;
  const moment = (minutes: number, by: 'crm' | 'erp'): Moment => ({
    at: later(contract.createdAt, minutes),
    by: system(by),
    correlationId: correlationOf(deal),
  });
  const own = (when: Moment, { id }: { id: string }, version: number) => ({ id: random.id(when.at.getTime()), subject: { id, version } });
  const about = { engagementId: engagement.id, customerId, name: engagement.name };
  const keys = { customerId, engagementId: engagement.id };
  const [created, activated] = [moment(0, 'crm'), moment(10, 'crm')];
  const began = [
    stated(facts.EngagementCreated, { ...own(created, engagement, 1), keys, payload: { ...about, status: 'DRAFT' } }, created),
    stated(
      facts.EngagementStatusChanged,
      { ...own(activated, engagement, 2), keys, payload: { ...about, status: 'ACTIVE', previousStatus: 'DRAFT' } },
      activated,
    ),
  ];
  const { legalEntityId } = contract;
  const terms = termsOf(deal, nth(deal.versions, 0));
  const steps = [
    [facts.ContractUpdated, 'DRAFT'],
    [facts.ContractUpdated, 'IN_REVIEW'],
    [facts.ContractConfirmed, 'CONFIRMED'],
  ] as const;
  const concluded = steps.map(([type, status], index) => {
    const when = moment(20 + 120 * index, 'erp');
    return stated(type, { ...own(when, contract, index + 1), keys: { ...keys, legalEntityId }, payload: { ...terms, status } }, when);
  });
  return [...began, ...concluded];
}

function termsOf({ contract }: Deal, { row }: AgreedVersion) {
  const { id: contractId, customerId, engagementId, name, currency, startDate } = contract;
  return { contractId, customerId, engagementId, name, currency, startDate, endDate: row.endDate, versionNumber: row.number, effectiveFrom: row.effectiveFrom };
}

/** What was agreed anew, each version in a fact of its own. */
export function ofAmendments(random: Random, deal: Deal): Stated[] {
  const { id, version, customerId, engagementId, legalEntityId } = deal.contract;
  return deal.versions.slice(1).map((agreed, index) => {
    const moment = { at: agreed.row.createdAt, by: system('erp'), correlationId: correlationOf(deal) };
    const subject = { id, version: version - deal.versions.length + 2 + index };
    const payload = { ...termsOf(deal, agreed), status: 'CONFIRMED' };
    const said = { id: random.id(moment.at.getTime()), subject, keys: { customerId, engagementId, legalEntityId }, payload };
    return stated(facts.ContractUpdated, said, moment);
  });
}

const life = { DRAFT: ['DRAFT'], ACTIVE: ['DRAFT', 'PROVISIONING', 'ACTIVE'], COMPLETED: ['DRAFT', 'PROVISIONING', 'ACTIVE', 'COMPLETED'] } as const;

/** A project of a confirmed contract, from its draft to where it is now, with its tasks and milestones. */
export function* ofJob(random: Random, job: Job, cause: Stated | undefined): Iterable<Stated> {
  const { project, deal } = job;
  const { id, customerId, engagementId, contractId, name, status, createdAt } = project;
  const keys = { customerId, engagementId, projectId: id, legalEntityId: deal.contract.legalEntityId };
  const states = life[status as keyof typeof life];
  for (const [index, state] of states.entries()) {
    const day = state === 'COMPLETED' ? at(job.lastDay, '17:00') : later(createdAt, 30 * index);
    const moment: Moment = { at: day, by: system('psa'), correlationId: correlationOf(deal), cause };
    const payload = { projectId: id, customerId, engagementId, contractId, name, status: state };
    const said = { id: random.id(day.getTime()), subject: { id, version: index + 1 }, keys };
    const before = states[index - 1];
    yield before
      ? stated(facts.ProjectStatusChanged, { ...said, payload: { ...payload, previousStatus: before } }, moment)
      : stated(facts.ProjectCreated, { ...said, payload }, moment);
  }
  yield* ofTasks(random, job);
  for (const milestone of job.milestones) yield* ofMilestone(random, job, milestone);
}

const progress = { NOT_STARTED: ['NOT_STARTED'], IN_PROGRESS: ['NOT_STARTED', 'IN_PROGRESS'], DONE: ['NOT_STARTED', 'IN_PROGRESS', 'DONE'] } as const;

function* ofTasks(random: Random, { project, deal, tasks, lastDay }: Job): Iterable<Stated> {
  const keys = { customerId: project.customerId, engagementId: project.engagementId, projectId: project.id };
  for (const { id, name, customerId, status, createdAt } of tasks) {
    const states = progress[status as keyof typeof progress];
    for (const [index, state] of states.entries()) {
      const day = state === 'DONE' && project.status === 'COMPLETED' ? at(lastDay, '16:00') : later(createdAt, 120 + 30 * index);
      const moment: Moment = { at: day, by: system('psa'), correlationId: correlationOf(deal) };
      const payload = { taskId: id, projectId: project.id, customerId, name, status: state };
      const said = { id: random.id(day.getTime()), subject: { id, version: index + 1 }, keys };
      const before = states[index - 1];
      yield before
        ? stated(facts.TaskStatusChanged, { ...said, payload: { ...payload, previousStatus: before } }, moment)
        : stated(facts.TaskCreated, { ...said, payload }, moment);
    }
  }
}

/** Nothing is told of a milestone until it is reached. */
export function* ofMilestone(random: Random, { project, deal }: Job, milestone: MilestoneRow): Iterable<Stated> {
  const { id, projectId, customerId, contractId, name, amountMinor, currency, reachedOn, acceptedOn } = milestone;
  if (!reachedOn || !acceptedOn) return;
  const keys = { customerId, engagementId: project.engagementId, projectId, legalEntityId: deal.contract.legalEntityId };
  const payload = { milestoneId: id, projectId, customerId, contractId, name, amount: showMoney({ minor: amountMinor, currency }), reachedOn };
  const reached: Moment = { at: at(reachedOn, '15:00'), by: system('psa'), correlationId: correlationOf(deal) };
  const accepted: Moment = { ...reached, at: at(acceptedOn, '11:00') };
  const said = (moment: Moment, version: number) => ({ id: random.id(moment.at.getTime()), subject: { id, version }, keys });
  yield stated(facts.MilestoneReached, { ...said(reached, 2), payload: { ...payload, status: 'REACHED', acceptedOn: null } }, reached);
  yield stated(facts.MilestoneAccepted, { ...said(accepted, 3), payload: { ...payload, status: 'ACCEPTED', acceptedOn } }, accepted);
}
