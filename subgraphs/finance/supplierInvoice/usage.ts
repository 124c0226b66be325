import type { Batch } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { showSeconds } from '#kernel/duration.ts';
import { priceOfSeconds, sayMoney, showMoney } from '#kernel/money.ts';
import { among } from '#kernel/read.ts';
import { sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import type { PurchaseLine } from '../billing/subcontract.ts';
import type { Invoiced } from '../billing/threeWay.ts';
import { actuals } from '../tables.ts';
import { invoicedBy } from './held.ts';
import { ordersOf } from './load.ts';

type Usage = ReturnType<typeof usageOf>;

/** Batch: how far lines of orders are used, of those whose orders the actor may know of. */
export const usageBatch: Batch<Usage> = async ({ actor, unconfined }, ids) => {
  const orders = await ordersOf(unconfined, ids);
  const rows = await unconfined.execute(sql`
    select subcontract_line_id as id, sum(seconds)::text as seconds from ${actuals}
    where ${among(actuals.subcontractLineId, ids)} and subcontract_line_id is not null and reverses_id is null and reversed_by_id is null group by 1`);
  const worked = new Map(rows.map((row) => [String(row.id), BigInt(String(row.seconds ?? 0))]));
  const invoiced = await invoicedBy(unconfined, ids, []);
  const own = [...orders].filter(([, { legalEntityId }]) => actor.customerIds === undefined && sees(actor, { legalEntityId }));
  return new Map(own.map(([id, order]) => [id, usageOf(order, worked.get(id) ?? 0n, invoiced.get(id) ?? { seconds: 0n, minor: 0n })]));
};

function usageOf(order: PurchaseLine, seconds: bigint, invoiced: Invoiced) {
  const { currency } = order;
  const minor = priceOfSeconds(BigInt(order.rateMinor), seconds, 'HALF_UP');
  return {
    ...showSeconds('hours', seconds),
    ...showSeconds('invoicedHours', invoiced.seconds),
    amount: showMoney({ minor, currency }),
    invoicedAmount: showMoney({ minor: invoiced.minor, currency }),
    warnings: warningsOf(order, { seconds, minor }),
  };
}

function warningsOf({ limitSeconds, limitMinor, currency }: PurchaseLine, { seconds, minor }: Invoiced): string[] {
  const hours = limitSeconds !== null && seconds > BigInt(limitSeconds);
  const money = limitMinor !== null && minor > BigInt(limitMinor);
  return [
    ...(hours ? [`${hoursOfSeconds(seconds)} h are approved, of ${hoursOfSeconds(BigInt(limitSeconds))} h that were ordered at most.`] : []),
    ...(money ? [`The approved hours come to ${sayMoney({ minor, currency })}, of ${sayMoney({ minor: BigInt(limitMinor), currency })} at most.`] : []),
  ];
}
