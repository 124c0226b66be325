import type { QueryRateForArgs } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { Refused, toUserError } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { showMoney } from '#kernel/money.ts';
import { attempt } from '#kernel/outcome.ts';
import { notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { seesCost } from '../visibility.ts';
import { costsOf, demandOpenProject, type Sale, saleOf } from './assess.ts';
import { type Pricing, readPricing } from './pricing.ts';
import { type Work, workOfTime } from './work.ts';

const oneHour = 3600n;

/** The rate search for one hour, as posting would do it now; nothing is written. */
export async function rateFor(context: Context, args: QueryRateForArgs) {
  demand(context.actor, 'rate:read');
  if (args.kind === 'TRANSFER') throw new Refused('VALIDATION_FAILED', 'What an hour is lent for is its COST in the books of the project.', { field: 'kind' });
  if (args.kind === 'COST' && !seesCost(context.actor)) throw new Refused('FORBIDDEN', 'Cost rates need the permission cost:read.');
  const wrong = (['projectId', 'employeeId', 'laborCategoryId'] as const).find((field) => !isId(args[field]));
  if (wrong) return quoteOf(context, new Refused('VALIDATION_FAILED', `${wrong} is no id.`, { field: wrong }));
  const work = hourOf(args);
  const pricing = await readPricing(context.unconfined, [work], { known: args.knownAt ?? undefined });
  return quoteOf(context, saleFor(context, { work, pricing, cost: args.kind === 'COST' }));
}

type Quote = ReturnType<typeof quoteOf>;
export type QuotedHour = Pick<QueryRateForArgs, 'employeeId' | 'projectId' | 'laborCategoryId' | 'workDate'>;

/** Batch: the sales rates of hours, by their JSON; of what is no hour of anybody there is none. */
export const quotesOfHours: Batch<Quote> = async (context, keys) => {
  demand(context.actor, 'rate:read');
  const works = keys.map((key) => [key, hourOf(JSON.parse(key))] as const);
  const pricing = await readPricing(
    context.unconfined,
    works.map(([, work]) => work),
  );
  return new Map(works.map(([key, work]) => [key, quoteOf(context, saleFor(context, { work, pricing, cost: false }))]));
};

function quoteOf(context: Context, sale: Sale | Refused) {
  if (sale instanceof Refused)
    return { rate: null, explanation: null, contractLineId: null, billingMethod: null, refused: toUserError(sale, context.trace.correlationId) };
  const { price, line } = sale;
  const explanation = price?.explanation ?? null;
  const rate = price && (explanation?.rateMinor || explanation?.intercompanyTermsId) ? showMoney(price) : null;
  return { rate, explanation, contractLineId: line?.id ?? null, billingMethod: line?.method ?? null, refused: null };
}

type Asked = { work: Work; pricing: Pricing; cost: boolean };

function saleFor({ actor }: Context, { work, pricing, cost }: Asked): Sale | Refused {
  const project = pricing.project(work.projectId);
  if (!project || !sees(actor, project)) return notFound('Project', work.projectId, 'projectId');
  return attempt((): Sale | Refused => {
    const legalEntity = demandOpenProject(project, pricing);
    if (!cost) return saleOf(work, { project, legalEntity, pricing });
    const costs = costsOf(work, legalEntity, pricing);
    return costs instanceof Refused ? costs : { contractId: null, line: null, caps: [], price: costs.cost };
  });
}

function hourOf({ employeeId, projectId, workDate, laborCategoryId }: QuotedHour): Work {
  const nobody = { customerId: '', engagementId: '', taskId: null };
  return workOfTime({ id: projectId, version: 1, ...nobody, employeeId, projectId, workDate, laborCategoryId, seconds: oneHour, billable: true });
}
