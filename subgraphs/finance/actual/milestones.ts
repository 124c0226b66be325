import { references as engagements, type MilestoneReference } from '#engagements/published.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { attempt } from '#kernel/outcome.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { explainAmount, termsOn, underOf } from '../billing/price.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { demandOpenProject, demandSelling } from './assess.ts';
import { accepted } from './decide.ts';
import { type ActualDraft, enterAll } from './ledger.ts';
import { type Pricing, readPricing } from './pricing.ts';
import { postedBefore } from './sources.ts';
import type { PostingOutcome } from './work.ts';

/** Posts the fees of accepted milestones as UNBILLED_SALES. Posting one again gives the same actual; one that was taken back is posted `anew` only. */
export async function postAcceptedMilestones(scope: Scope, milestoneIds: readonly string[], { anew = false } = {}): Promise<PostingOutcome[]> {
  demand(scope.actor, 'actual:post');
  const works = milestoneIds.map((sourceId) => ({ sourceId, sourceVersion: 1 }));
  const postings = await postedBefore(scope, { sourceType: 'MILESTONE', works, anew });
  const milestones = await references(scope.tx, engagements.Milestone, milestoneIds);
  const pricing = await readPricing(
    scope.tx,
    [...milestones.values()].map(({ projectId, acceptedOn }) => ({ projectId, employeeId: null, laborCategoryId: null, workDate: acceptedOn ?? '1970-01-01' })),
  );
  const periods = await holdPeriods(
    scope,
    [...milestones.values()].flatMap((milestone) => dayOf(milestone, pricing)),
  );
  const plans = works.map((work) => {
    const before = postings.of(work);
    if (before.state === 'POSTED') return { sourceId: work.sourceId, actualIds: before.actualIds };
    if (before.state === 'REFUSED') return { sourceId: work.sourceId, refused: before.refused, ...(before.atRisk ? { atRisk: before.atRisk } : {}) };
    const fee = { id: work.sourceId, milestone: milestones.get(work.sourceId), pricingRevision: before.revision };
    return attempt(() => feeOf(scope, fee, { pricing, periods }));
  });
  await enterAll(scope, { drafts: accepted(plans).filter((plan) => 'amountMinor' in plan) });
  return plans.map((plan, index): PostingOutcome => {
    const sourceId = milestoneIds[index] ?? '';
    if (plan instanceof Refused) return { sourceId, refused: plan };
    return 'amountMinor' in plan ? { sourceId, actualIds: [plan.id] } : plan;
  });
}

function dayOf({ projectId, acceptedOn }: MilestoneReference, pricing: Pricing) {
  const project = pricing.project(projectId);
  const books = project && pricing.legalEntity(project);
  return books && acceptedOn ? [{ legalEntityId: books.id, date: acceptedOn }] : [];
}

function feeOf(
  scope: Scope,
  { id, milestone, pricingRevision }: { id: string; milestone: MilestoneReference | undefined; pricingRevision: number },
  { pricing, periods }: { pricing: Pricing; periods: PeriodJudge },
): ActualDraft {
  if (!milestone) throw notFound('Milestone', id);
  const { projectId, contractId, contractLineId, acceptedOn, currency, name } = milestone;
  if (milestone.status !== 'ACCEPTED' || !acceptedOn)
    throw new Refused('GUARD_REFUSED', `The milestone ${name} is ${milestone.status}; it is billed when it is ACCEPTED.`, { guard: 'accepted' });
  const project = pricing.project(projectId);
  if (!project) throw notFound('Project', projectId);
  const legalEntity = demandOpenProject(project, pricing);
  const contract = pricing.contract(contractId);
  if (!contract || !contractId) throw new Refused('PROJECT_NOT_BILLABLE', `The milestone ${name} stands under no contract that is known.`);
  demandSelling(contract);
  if (currency !== contract.currency) throw new Refused('CURRENCY_MISMATCH', `The milestone ${name} is in ${currency}, its contract in ${contract.currency}.`);
  const under = underOf({ contractId, contract: termsOn(contract, acceptedOn) });
  demandOpen(periods, { legalEntityId: legalEntity.id, date: acceptedOn });
  return {
    id: newId(scope.now.getTime()),
    kind: 'UNBILLED_SALES',
    transactionClass: 'FEE',
    status: 'READY',
    sourceType: 'MILESTONE',
    sourceId: id,
    sourceVersion: 1,
    pricingRevision,
    legalEntityId: legalEntity.id,
    customerId: project.customerId,
    engagementId: project.engagementId,
    contractId,
    contractLineId,
    projectId,
    workDate: acceptedOn,
    accountingDate: acceptedOn,
    amountMinor: BigInt(milestone.amountMinor),
    currency,
    description: name,
    priceExplanation: explainAmount('MILESTONE_AMOUNT', currency, { under, contractLineId }),
  };
}
