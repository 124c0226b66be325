import { hoursOfSeconds } from '#kernel/decimal.ts';
import { priceOfSeconds, sayMoney } from '#kernel/money.ts';
import { type CalendarDate, within } from '#kernel/period.ts';
import { lastDayOf, type PurchaseLine } from './subcontract.ts';

export type DifferenceCode = 'CURRENCY_DIFFERS' | 'RATE_DIFFERS' | 'AMOUNT_DIFFERS' | 'OUTSIDE_TERM' | 'MORE_HOURS_THAN_APPROVED' | 'OVER_LIMIT';
/** What a line differs in, as JSON keeps it; `minor` is what hangs on it, in the currency of the line. */
export type Difference = { code: DifferenceCode; message: string; minor: string };

/** Approved time by a line of an order: what of it other invoices hold is not free. */
export type Receipt<Source> = { source: Source; sourceId: string; workDate: CalendarDate; seconds: bigint; held: bigint };
/** What other invoices ask for by the same line of an order. */
export type Invoiced = { seconds: bigint; minor: bigint };
export type InvoicedLine = {
  position: number;
  startDate: CalendarDate;
  endDate: CalendarDate;
  seconds: bigint;
  rateMinor: bigint;
  amountMinor: bigint;
  currency: string;
};
export type Take<Source> = { source: Source; seconds: bigint };
export type Matched<Source> = { takes: Take<Source>[]; differences: Difference[] };

type Against<Source> = { order: PurchaseLine; receipts: readonly Receipt<Source>[]; invoiced: Invoiced };

/** Compares a line with its order and with the approved time of its days: the oldest that is free first, and no more than it asks for. */
export function matchLine<Source>(line: InvoicedLine, { order, receipts, invoiced }: Against<Source>): Matched<Source> {
  const free = receipts
    .filter(({ workDate, seconds, held }) => within(workDate, { from: line.startDate, to: line.endDate }) && seconds > held)
    .toSorted((a, b) => (a.workDate === b.workDate ? (a.sourceId < b.sourceId ? -1 : 1) : a.workDate < b.workDate ? -1 : 1));
  const takes: Take<Source>[] = [];
  let left = line.seconds;
  for (const { source, seconds, held } of free) {
    const taken = leastOf(seconds - held, left);
    if (taken > 0n) takes.push({ source, seconds: taken });
    left -= taken;
  }
  return { takes, differences: [...ofOrder(line, order), ...ofTime(line, order, left), ...ofLimits(line, order, invoiced)] };
}

function ofOrder(line: InvoicedLine, order: PurchaseLine): Difference[] {
  const { amountMinor, currency, seconds, rateMinor } = line;
  const last = lastDayOf(order);
  const differences: Difference[] = [];
  const say = (minor: bigint) => sayMoney({ minor, currency });
  if (line.startDate < order.startDate || line.endDate > last)
    differences.push(differ('OUTSIDE_TERM', `It is for ${line.startDate} to ${line.endDate}; the order covers ${order.startDate} to ${last}.`, amountMinor));
  if (currency !== order.currency) return [differ('CURRENCY_DIFFERS', `It is in ${currency}; the order is in ${order.currency}.`, amountMinor), ...differences];
  const tolerance = BigInt(order.toleranceMinor);
  const ordered = BigInt(order.rateMinor);
  const more = priceOfSeconds(rateMinor, seconds, 'HALF_UP') - priceOfSeconds(ordered, seconds, 'HALF_UP');
  if (rateMinor !== ordered && size(more) > tolerance) {
    differences.push(differ('RATE_DIFFERS', `It asks for ${say(rateMinor)} an hour; ${say(ordered)} was ordered.`, more));
  }
  const worth = priceOfSeconds(rateMinor, seconds, 'HALF_UP');
  if (size(amountMinor - worth) > tolerance)
    differences.push(
      differ('AMOUNT_DIFFERS', `${hoursOfSeconds(seconds)} h at ${say(rateMinor)} are ${say(worth)}; it asks for ${say(amountMinor)}.`, amountMinor - worth),
    );
  return differences;
}

/** `missing` is what it asks for and nobody approved, or another invoice holds. */
function ofTime(line: InvoicedLine, order: PurchaseLine, missing: bigint): Difference[] {
  if (missing === 0n) return [];
  const found = hoursOfSeconds(line.seconds - missing);
  const asked = `It asks for ${hoursOfSeconds(line.seconds)} h; ${found} h are approved in its days and held by no other invoice.`;
  const rate = line.currency === order.currency ? BigInt(order.rateMinor) : line.rateMinor;
  return [differ('MORE_HOURS_THAN_APPROVED', asked, priceOfSeconds(rate, missing, 'HALF_UP'))];
}

function ofLimits(line: InvoicedLine, order: PurchaseLine, { seconds, minor }: Invoiced): Difference[] {
  const { currency, amountMinor, rateMinor } = line;
  const differences: Difference[] = [];
  const over = order.limitSeconds === null ? 0n : seconds + line.seconds - BigInt(order.limitSeconds);
  if (over > 0n) {
    const message = `With it ${hoursOfSeconds(seconds + line.seconds)} h are invoiced; ${hoursOfSeconds(BigInt(order.limitSeconds ?? 0))} h were ordered at most.`;
    differences.push(differ('OVER_LIMIT', message, priceOfSeconds(rateMinor, leastOf(over, line.seconds), 'HALF_UP')));
  }
  const beyond = order.limitMinor === null || currency !== order.currency ? 0n : minor + amountMinor - BigInt(order.limitMinor);
  if (beyond > 0n) {
    const most = sayMoney({ minor: BigInt(order.limitMinor ?? 0), currency });
    const message = `With it ${sayMoney({ minor: minor + amountMinor, currency })} are invoiced; ${most} were ordered at most.`;
    differences.push(differ('OVER_LIMIT', message, leastOf(beyond, amountMinor)));
  }
  return differences;
}

function differ(code: DifferenceCode, message: string, minor: bigint): Difference {
  return { code, message, minor: minor.toString() };
}

/** The lesser of two amounts: Math.min takes no bigint. */
export function leastOf(one: bigint, other: bigint): bigint {
  if (one < other) return one;
  return other;
}

function size(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
