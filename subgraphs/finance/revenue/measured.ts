import type { Scope } from '#kernel/context.ts';
import { formatDecimal, parseDecimal } from '#kernel/decimal.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { portionOf, sayMoney } from '#kernel/money.ts';
import { type CalendarDate, inMonths } from '#kernel/period.ts';
import { and, eq, isNull, lte, notInArray, sql } from '#kernel/sql.ts';
import { drawsOf } from '../actual/limits.ts';
import { termsOn } from '../billing/price.ts';
import { costToCost } from '../billing/recognition.ts';
import { earnedBy, retainersOf } from '../billing/retainer.ts';
import { actuals, costBalances, revenueEvents } from '../tables.ts';
import type { RevenueMethod } from './machine.ts';
import { type Asked, amountOf, invalid, needed, type Planned } from './planned.ts';

/** The share of the estimated cost that was incurred. */
export async function planCostToCost(scope: Scope, asked: Asked): Promise<Planned[]> {
  const { input, contract } = asked;
  const projectId = needed('projectId', input.projectId, input.method);
  const asOf = needed('asOf', input.asOf, input.method);
  const { minor: totalMinor } = amountOf(asked, 'total');
  const { minor: estimatedCostMinor } = amountOf(asked, 'estimatedCost');
  await alone(scope, projectId);
  const costToDateMinor = await costOf(scope, { projectId, asOf, currency: contract.currency });
  const recognizedBeforeMinor = await recognizedBefore(scope, { method: 'COST_TO_COST', contractId: input.contractId, projectId });
  const amountMinor = costToCost({ totalMinor, costToDateMinor, estimatedCostMinor, recognizedBeforeMinor, rounding: termsOn(contract, asOf).rounding });
  demandEarned(amountMinor);
  const permyriad = costToDateMinor >= estimatedCostMinor ? 10_000n : (costToDateMinor * 10_000n) / estimatedCostMinor;
  const explanation = `${formatDecimal(permyriad, 2)} % of the estimated cost was incurred by ${asOf}, less what was recognized before.`;
  return [{ recognitionDate: asOf, amountMinor, explanation, description: `${contract.name}, by cost to ${asOf}` }];
}

/** All cost of a project by the books to a day: whole months from the balances, the days after them from the ledger. */
export async function costOf(scope: Scope, { projectId, asOf, currency }: { projectId: string; asOf: CalendarDate; currency: string }): Promise<bigint> {
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

type Measured = { method: RevenueMethod; contractId: string; projectId: string | null };

/** What was recognized, or is planned, by a method for a project, or for a contract as a whole. */
async function recognizedBefore(scope: Scope, { method, contractId, projectId }: Measured): Promise<bigint> {
  const about = and(eq(revenueEvents.contractId, contractId), projectId === null ? isNull(revenueEvents.projectId) : eq(revenueEvents.projectId, projectId));
  const [row] = await scope.tx
    .select({ minor: sql<string>`coalesce(sum(${revenueEvents.amountMinor}), 0)` })
    .from(revenueEvents)
    .where(and(about, eq(revenueEvents.method, method), notInArray(revenueEvents.status, ['REVERSED', 'CANCELLED'])));
  return BigInt(row?.minor ?? '0');
}

/** Two at once would both recognize the same share. */
async function alone(scope: Scope, of: string): Promise<void> {
  await scope.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`revenue of ${of}`}, 0))`);
}

function demandEarned(minor: bigint): void {
  if (minor === 0n) throw new Refused('GUARD_REFUSED', 'Nothing was earned since it was last measured.', { guard: 'somethingEarned' });
}

/** The share of a sum that somebody says is done, less what was recognized before. */
export async function planPercentComplete(scope: Scope, asked: Asked): Promise<Planned[]> {
  const { input, contract } = asked;
  const asOf = needed('asOf', input.asOf, input.method);
  const basisPoints = percentOf(needed('percent', input.percent, input.method));
  const source = checkText('source', needed('source', input.source, input.method));
  const { minor: total } = amountOf(asked, 'total');
  const projectId = input.projectId ?? null;
  await alone(scope, projectId ?? input.contractId);
  const before = await recognizedBefore(scope, { method: 'PERCENT_COMPLETE', contractId: input.contractId, projectId });
  const amountMinor = portionOf(total, basisPoints, termsOn(contract, asOf).rounding) - before;
  demandEarned(amountMinor);
  const explanation = `${formatDecimal(basisPoints, 2)} % complete by ${asOf}, as ${source} says, less what was recognized before.`;
  return [{ recognitionDate: asOf, amountMinor, explanation, description: `${contract.name}, by progress to ${asOf}` }];
}

/** Hundredths of a per cent of what somebody says is complete. */
export function percentOf(percent: string): bigint {
  const basisPoints = parseDecimal(percent, 2);
  if (basisPoints === undefined || basisPoints < 0n || basisPoints > 10_000n)
    throw invalid('percent', 'percent is 0 to 100, with at most two fraction digits.');
  return basisPoints;
}

/** What approved work drew from the contract's retainers, and what expired, less what was recognized before. */
export async function planRetainer(scope: Scope, { input, contract }: Asked): Promise<Planned[]> {
  const asOf = needed('asOf', input.asOf, input.method);
  const retainers = retainersOf(contract, asOf);
  if (retainers.length === 0) throw new Refused('GUARD_REFUSED', `No line of ${contract.name} is a retainer that is drawn.`, { guard: 'hasRetainer' });
  await alone(scope, input.contractId);
  const draws = await drawsOf(
    scope.tx,
    retainers.map(({ lineId }) => lineId),
  );
  const earned = retainers.reduce((sum, retainer) => sum + earnedBy(retainer, draws.get(retainer.lineId) ?? [], asOf), 0n);
  const amountMinor = earned - (await recognizedBefore(scope, { method: 'RETAINER', contractId: input.contractId, projectId: null }));
  demandEarned(amountMinor);
  const explanation = `${sayMoney({ minor: earned, currency: contract.currency })} were drawn or expired by ${asOf}, less what was recognized before.`;
  return [{ recognitionDate: asOf, amountMinor, explanation, description: `${contract.name}, retainer to ${asOf}`, projectId: null }];
}
