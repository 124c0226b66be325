import { facts as engagements } from '#engagements/published.ts';
import { lendersAmong } from '#finance/intercompany/queries.ts';
import { facts as finance } from '#finance/published.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import type { ErrorCode } from '#kernel/errors.ts';
import type { Schedule } from '#kernel/schedule.ts';
import { type Mended, noteRepairs, retryRepaired, retrySubjects } from '#operations/repair/commands.ts';
import { facts as resources } from '#resources/published.ts';
import { facts as time } from '#time/published.ts';

const mends = [
  time.LaborCategoryAssigned,
  finance.RateCardPublished,
  finance.ExchangeRateSet,
  finance.IntercompanyTermsSet,
  finance.PeriodOpened,
  finance.TaxProfileChanged,
  engagements.CustomerUpdated,
  engagements.ContractConfirmed,
  engagements.ContractUpdated,
  engagements.ProjectStatusChanged,
  engagements.OpportunityUpdated,
  resources.SubcontractConfirmed,
] as const;
type Mend = FactOf<(typeof mends)[number]>;

/** Those that mend what stands open about their very subject. */
const own = { LaborCategoryAssigned: 'LABOR_CATEGORY_MISSING', OpportunityUpdated: 'GUARD_REFUSED' } as const;
type Own = keyof typeof own;
const isOwn = (type: Mend['type']): type is Own => Object.hasOwn(own, type);

/** Which exceptions a fact may have mended the cause of. What was taken back is a decision, and no cause. */
const mendedCodes: Readonly<Record<Exclude<Mend['type'], Own>, readonly ErrorCode[]>> = {
  RateCardPublished: ['RATE_NOT_FOUND', 'CURRENCY_MISMATCH'],
  ExchangeRateSet: ['CURRENCY_MISMATCH'],
  IntercompanyTermsSet: ['RATE_NOT_FOUND', 'CURRENCY_MISMATCH'],
  PeriodOpened: ['PERIOD_CLOSED'],
  TaxProfileChanged: ['TAX_FAILED'],
  CustomerUpdated: ['TAX_FAILED', 'GUARD_REFUSED'],
  ContractConfirmed: ['RATE_NOT_FOUND', 'PROJECT_NOT_BILLABLE', 'CURRENCY_MISMATCH', 'GUARD_REFUSED'],
  ContractUpdated: ['RATE_NOT_FOUND', 'PROJECT_NOT_BILLABLE', 'CURRENCY_MISMATCH', 'GUARD_REFUSED'],
  SubcontractConfirmed: ['RATE_NOT_FOUND', 'CURRENCY_MISMATCH'],
  ProjectStatusChanged: ['PROJECT_NOT_BILLABLE', 'GUARD_REFUSED'],
};

/** Who mends the cause of exceptions need not name them: what waits for it is tried again. */
export const repairedCauses = consumer({
  name: 'repaired-causes',
  facts: mends,
  handle: async (scope, facts) => {
    for (const [type, mending] of Map.groupBy(facts, (fact) => fact.type))
      if (isOwn(type))
        await retrySubjects(
          scope,
          own[type],
          mending.map((fact) => fact.subjectId),
        );
    const opened = facts.flatMap(({ type, keys }) => (type === 'PeriodOpened' ? (keys.legalEntityId ?? []) : []));
    const lenders = await lendersAmong(scope.tx, opened);
    await noteRepairs(
      scope,
      facts.flatMap((fact) => mendedBy(fact, lenders)),
    );
  },
});

/** Books that open let in what waits for them; those of a lender hold up work in the books of others, so that all of it is tried. */
function mendedBy(fact: Mend, lenders: ReadonlySet<string>): Mended[] {
  if (fact.type === 'LaborCategoryAssigned' || fact.type === 'OpportunityUpdated') return [];
  const sole = (ids: readonly string[] | undefined) => (ids?.length === 1 ? ids[0] : undefined);
  const { keys } = fact;
  const isOfBooks = fact.type === 'TaxProfileChanged' || (fact.type === 'PeriodOpened' && !lenders.has(sole(keys.legalEntityId) ?? ''));
  const of = {
    customerId: sole(keys.customerId),
    projectId: sole(keys.projectId),
    legalEntityId: isOfBooks ? sole(keys.legalEntityId) : undefined,
  };
  return mendedCodes[fact.type].map((code) => ({ code, ...of, fact }));
}

/** A mend may concern any number of exceptions: each turn asks for a bounded number of them. */
export const retriedRepairs: Schedule = { name: 'retried-repairs', every: 2, run: retryRepaired };
