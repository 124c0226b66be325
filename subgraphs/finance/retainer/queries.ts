import { references as engagements } from '#engagements/published.ts';
import { may } from '#kernel/actor.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { and, inArray, isNull, sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { drawsOf } from '../actual/limits.ts';
import { retainerFeeId } from '../billing/fees.ts';
import { balancesOf, type Draw, type PeriodBalance, type Retainer, retainersOf, roomOn } from '../billing/retainer.ts';
import { actuals } from '../tables.ts';

/** A retainer with what became of its periods. */
export type RetainerStatement = { retainer: Retainer; currency: string; balanceMinor: bigint; periods: (PeriodBalance & { invoicedMinor: bigint })[] };

/** The retainers of contracts, by contract: three statements, however many. */
export const retainerStatements: Batch<RetainerStatement[]> = async (context, contractIds) => {
  if (!may(context.actor, 'actual:read') && !may(context.actor, 'invoice:read')) return new Map();
  const today = dateOf(context.clock());
  const contracts = await references(context.unconfined, engagements.Contract, contractIds);
  const found = [...contracts].flatMap(([contractId, contract]) =>
    sees(context.actor, contract) ? retainersOf(contract, today).map((retainer) => ({ contractId, currency: contract.currency, retainer })) : [],
  );
  const lineIds = found.map(({ retainer }) => retainer.lineId);
  const draws = await drawsOf(context.unconfined, lineIds);
  const invoiced = await invoicedOf(context, lineIds);
  return Map.groupBy(
    found.map((each) => ({ ...each, ...statementOf(each.retainer, { draws: draws.get(each.retainer.lineId) ?? [], invoiced, today }) })),
    ({ contractId }) => contractId,
  );
};

type Books = { draws: readonly Draw[]; invoiced: ReadonlyMap<string, bigint>; today: CalendarDate };

function statementOf(retainer: Retainer, { draws, invoiced, today }: Books) {
  const periods = balancesOf(retainer, draws, today).map((period) => ({
    ...period,
    invoicedMinor: invoiced.get(retainerFeeId(retainer.lineId, period.number)) ?? 0n,
  }));
  return { balanceMinor: roomOn(retainer, draws, today), periods };
}

/** What stands on posted invoices, by fee. */
async function invoicedOf(context: Context, lineIds: readonly string[]): Promise<Map<string, bigint>> {
  if (lineIds.length === 0) return new Map();
  const billed = sql`kind = 'UNBILLED_SALES' and status = 'BILLED' and source_type = 'CONTRACT_FEE'`;
  const rows = await context.unconfined
    .select({ id: actuals.sourceId, minor: actuals.amountMinor })
    .from(actuals)
    .where(and(inArray(actuals.contractLineId, [...lineIds]), billed, isNull(actuals.reversesId), isNull(actuals.reversedById)));
  return new Map(rows.map(({ id, minor }) => [id, minor]));
}
