import type { QueryRateForArgs } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { Refused, toUserError } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { showMinor } from '#kernel/money.ts';
import { attempt } from '#kernel/outcome.ts';
import { notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { seesCost } from '../visibility.ts';
import { costOf, demandOpenProject, type Priced, type Sale, saleOf } from './assess.ts';
import { readPricing } from './pricing.ts';
import { type Work, workOfTime } from './work.ts';

const oneHour = 3600n;

/** The rate search for one hour, as posting would do it now; nothing is written. */
export async function rateFor(context: Context, args: QueryRateForArgs) {
  demand(context.actor, 'rate:read');
  if (args.kind === 'COST' && !seesCost(context.actor)) throw new Refused('FORBIDDEN', 'Cost rates need the permission cost:read.');
  const sale = await saleFor(context, args);
  if (sale instanceof Refused)
    return { rate: null, explanation: null, contractLineId: null, billingMethod: null, refused: toUserError(sale, context.trace.correlationId) };
  const { price, line } = sale;
  const explanation = price?.explanation ?? null;
  const rate = explanation?.rateMinor ? showMinor(BigInt(explanation.rateMinor), explanation.currency) : null;
  return { rate, explanation, contractLineId: line?.id ?? null, billingMethod: line?.method ?? null, refused: null };
}

async function saleFor(context: Context, args: QueryRateForArgs): Promise<Sale | Refused> {
  const wrong = (['projectId', 'employeeId', 'laborCategoryId'] as const).find((field) => !isId(args[field]));
  if (wrong) return new Refused('VALIDATION_FAILED', `${wrong} is no id.`, { field: wrong });
  const work = hourOf(args);
  const pricing = await readPricing(context.unconfined, [work], { known: args.known ?? undefined });
  const project = pricing.project(work.projectId);
  if (!project || !sees(context.actor, project)) return notFound('Project', work.projectId, 'projectId');
  return attempt((): Sale | Refused => {
    const legalEntity = demandOpenProject(project, pricing);
    if (args.kind !== 'COST') return saleOf(work, { project, legalEntity, pricing });
    const price: Priced | Refused = costOf(work, legalEntity, pricing);
    return price instanceof Refused ? price : { contractId: null, line: null, caps: [], price };
  });
}

function hourOf({ employeeId, projectId, workDate, laborCategoryId }: QueryRateForArgs): Work {
  const nobody = { customerId: '', engagementId: '', taskId: null };
  return workOfTime({ id: projectId, version: 1, ...nobody, employeeId, projectId, workDate, laborCategoryId, seconds: oneHour, billable: true });
}
