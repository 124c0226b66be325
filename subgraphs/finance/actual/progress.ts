import { type ContractLineTerms, references as engagements } from '#engagements/published.ts';
import type { BillProgressInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { formatDecimal } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { partId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { portionOf, readMoney } from '#kernel/money.ts';
import { demandCome } from '#kernel/period.ts';
import { wordIn } from '#kernel/read.ts';
import { lockMaking, notFound } from '#kernel/rows.ts';
import { and, eq, isNull, ne, sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { termsOn } from '../billing/price.ts';
import { type BookedContract, booked, demandReference } from '../demand.ts';
import { costOf, percentOf } from '../revenue/measured.ts';
import { actuals } from '../tables.ts';
import { demandSelling } from './assess.ts';
import { postFees } from './fees.ts';

/** Bills what a fixed fee has earned by a day, less what was billed of it before. The same day again gives the same fee. */
export async function billProgress(scope: Scope, input: BillProgressInput): Promise<{ id: string }> {
  demand(scope.actor, 'actual:write');
  const source = checkText('source', input.source);
  demandCome({ date: input.asOf, field: 'asOf' }, scope.now);
  const { contract, line } = await demandLine(scope, input);
  // Two at once would both bill the same share.
  await lockMaking(scope, [{ kind: 'finance progress', id: line.id }]);
  const basisPoints = input.percent ? percentOf(input.percent) : await shareOfCost(scope, input, { contract, line });
  const id = partId(line.id, `progress ${input.asOf}`);
  const earned = portionOf(BigInt(line.amountMinor ?? '0'), basisPoints, termsOn(contract, input.asOf).rounding);
  const { before, same } = await billedBefore(scope, line.id, id);
  const minor = earned - before;
  if (same && same.minor !== minor)
    throw new Refused('GUARD_REFUSED', `By ${input.asOf} another share was billed. Reverse the actual ${same.id} first, or name a later day.`, {
      guard: 'sameContent',
    });
  if (minor <= 0n)
    throw new Refused('GUARD_REFUSED', 'Nothing was earned since progress was last billed. Credit an invoice to take some back.', { guard: 'somethingEarned' });
  const name = `${line.name}, ${formatDecimal(basisPoints, 2)} % complete by ${input.asOf} (${source})`;
  const fee = { id, contractId: input.contractId, contract, contractLineId: line.id, name, dueOn: input.asOf, minor, rule: 'PER_CENT_COMPLETE' } as const;
  const [outcome] = await postFees(scope, [fee], { anew: true });
  if (!outcome || 'refused' in outcome) throw outcome?.refused ?? new Error('a fee without an outcome');
  return { id: outcome.actualIds[0] ?? '' };
}

type Found = { contract: BookedContract; line: ContractLineTerms };

async function demandLine(scope: Scope, { contractId, contractLineId, asOf }: BillProgressInput): Promise<Found> {
  const found = await demandReference(scope, engagements.Contract, { id: contractId, field: 'contractId' });
  if (!sees(scope.actor, found)) throw notFound('Contract', contractId, 'contractId');
  const contract = booked(found);
  if (contract instanceof Refused) throw contract;
  demandSelling(contract);
  const line = termsOn(contract, asOf).lines.find((each) => each.id === contractLineId);
  if (!line) throw notFound('ContractLine', contractLineId, 'contractLineId');
  if (line.method !== 'FIXED_FEE' || line.instalments)
    throw new Refused('GUARD_REFUSED', `Only a fixed fee without instalments is billed by progress; ${line.name} is not.`, { guard: 'billedByProgress' });
  return { contract, line };
}

/** The share of the estimated cost that the line's project has cost by the day, in basis points. */
async function shareOfCost(scope: Scope, { estimatedCost, asOf }: BillProgressInput, { contract, line }: Found): Promise<bigint> {
  if (!estimatedCost) throw new Refused('VALIDATION_FAILED', 'Give percent, or the estimatedCost of the whole project.', { field: 'percent' });
  const estimate = readMoney(estimatedCost, 'estimatedCost');
  if (estimate.currency !== contract.currency) throw new Refused('CURRENCY_MISMATCH', `The contract is in ${contract.currency}.`, { field: 'estimatedCost' });
  const [projectId, ...others] = line.projectIds;
  if (estimate.minor <= 0n || !projectId || others.length > 0)
    throw new Refused('VALIDATION_FAILED', 'A share of the cost needs an estimate of more than zero, and a line of one project.', { field: 'estimatedCost' });
  const cost = await costOf(scope, { projectId, asOf, currency: contract.currency });
  if (cost >= estimate.minor) return 10_000n;
  return cost <= 0n ? 0n : (cost * 10_000n) / estimate.minor;
}

/** What counts of the line's fees beside this one, and this one where it was posted. */
async function billedBefore(scope: Scope, lineId: string, id: string): Promise<{ before: bigint; same: { id: string; minor: bigint } | undefined }> {
  const fees = and(eq(actuals.contractLineId, lineId), wordIn(actuals.sourceType, ['CONTRACT_FEE']), wordIn(actuals.kind, ['UNBILLED_SALES']));
  const counting = and(fees, isNull(actuals.reversesId), isNull(actuals.reversedById));
  const [sum] = await scope.tx
    .select({ minor: sql<string>`coalesce(sum(${actuals.amountMinor}), 0)` })
    .from(actuals)
    .where(and(counting, ne(actuals.sourceId, id)));
  const [same] = await scope.tx
    .select({ id: actuals.id, minor: actuals.amountMinor })
    .from(actuals)
    .where(and(counting, eq(actuals.sourceId, id)));
  return { before: BigInt(sum?.minor ?? '0'), same };
}
