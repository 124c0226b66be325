import type { Refused } from '#kernel/errors.ts';
import type { CalendarDate } from '#kernel/period.ts';
import type { PriceExplanation } from '../billing/price.ts';
import type { ActualRow } from '../tables/ledger.ts';

export type RerateOutcome = 'REPRICED' | 'DRAFTED' | 'INVOICED' | 'REFUSED';

type Price = { minor: bigint; currency: string; explanation: PriceExplanation };

/** What becomes of one piece of work at other terms: its cost says what was done, its sale what it is sold for. */
export type RerateLine = {
  cost: ActualRow;
  /** What it is sold for: the part of it that stands on an invoice, if one does; and all parts with their sum. */
  sale: ActualRow | undefined;
  parts: readonly ActualRow[];
  soldMinor: bigint;
  outcome: RerateOutcome;
  after: Price | undefined;
  /** The day that its closed period calls for; it is the line's own while that is open. */
  adjustmentDate: CalendarDate | undefined;
  accountingDate: CalendarDate | undefined;
  hold: string | undefined;
  refused: Refused | undefined;
};

/** Sums over lines, by what they are of. */
export type RerateSum = { entries: number; seconds: bigint; before: bigint; after: bigint; currency: string };
