import type { ScheduleRevenueInput } from '#generated/finance.ts';
import { Refused } from '#kernel/errors.ts';
import { type Money, readMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { BookedContract } from '../demand.ts';

/** What a method makes of the input: an event each. */
export type Planned = {
  recognitionDate: CalendarDate;
  amountMinor: bigint;
  explanation: string;
  description: string;
  projectId?: string | null;
  milestoneId?: string | null;
};
export type Asked = { input: ScheduleRevenueInput; contract: BookedContract };

export function invalid(field: string, message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field });
}

/** What the method needs, or a refusal that names it. */
export function needed<Value>(field: string, value: Value | null | undefined, method: string): Value {
  if (value === null || value === undefined) throw invalid(field, `${method} needs ${field}.`);
  return value;
}

export function amountOf({ input, contract }: Asked, field: 'total' | 'estimatedCost'): Money {
  const money = readMoney(needed(field, input[field], input.method), field);
  if (money.currency !== contract.currency) throw new Refused('CURRENCY_MISMATCH', `The contract is in ${contract.currency}.`, { field });
  if (money.minor <= 0n) throw invalid(field, `${field} is more than zero.`);
  return money;
}
