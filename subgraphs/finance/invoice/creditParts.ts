import type { CreditInvoiceInput, CreditInvoiceLineInput } from '#generated/finance.ts';
import { divideRounded } from '#kernel/decimal.ts';
import { readSeconds, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { readMoney, sayMoney } from '#kernel/money.ts';
import { notFound } from '#kernel/rows.ts';
import { type Creditable, leftOf } from '../billing/credit.ts';
import { invoiceLine } from '../entities.ts';
import type { ActualRow, InvoiceLineRow } from '../tables.ts';

/** Lines, and pieces of work of each, that one call names at most. */
export const partLimit = 1_000;

/** A line of an invoice with what notes gave back of it so far, above zero. */
export type StandingLine = InvoiceLineRow & Creditable & { credited: { minor: bigint; taxMinor: bigint; seconds: bigint; notes: number } };

/** What a note gives back of a line: all above zero on a line that asked for money. */
export type CreditPart = {
  line: StandingLine;
  minor: bigint;
  seconds: bigint | null;
  /** The sales that stand for it, if it is whole pieces of work. */
  work: readonly ActualRow[];
  /** True of all that is left of a line, not of an amount that happens to be as much. */
  rest: boolean;
};

/** Lines with what stands credited of each, by the lines of the notes. */
export function standingLines(lines: readonly InvoiceLineRow[], noteLines: readonly InvoiceLineRow[]): StandingLine[] {
  const byLine = Map.groupBy(noteLines, (line) => line.creditsLineId);
  return lines.map((line) => {
    const own = byLine.get(line.id) ?? [];
    const sum = (of: (each: InvoiceLineRow) => bigint | null) => own.reduce((total, each) => total - (of(each) ?? 0n), 0n);
    const credited = { minor: sum((each) => each.amountMinor), taxMinor: sum((each) => each.taxMinor), seconds: sum((each) => each.seconds) };
    return { ...line, credited: { ...credited, notes: own.length } };
  });
}

type Standing = { lines: readonly StandingLine[]; billed: ReadonlyMap<string, readonly ActualRow[]> };

/** Pure: what a credit is to give back, line by line; all that is left where no lines are named. */
export function partsOf(standing: Standing, { lines: asked, rebill }: CreditInvoiceInput): CreditPart[] {
  if (!asked) return standing.lines.filter(isLeft).map((line) => restOf(standing, line));
  if (asked.length === 0 || asked.length > partLimit)
    throw new Refused('VALIDATION_FAILED', `Name 1 to ${partLimit} lines, or leave lines out for all that is left.`, { field: 'lines' });
  const seen = new Set<string>();
  return asked.map((each, index) => {
    const field = `lines.${index}`;
    if (seen.has(each.lineId)) throw new Refused('VALIDATION_FAILED', `The line ${each.lineId} is named twice.`, { field: `${field}.lineId` });
    seen.add(each.lineId);
    const line = standing.lines.find(({ id }) => id === each.lineId);
    if (!line) throw notFound(invoiceLine.name, each.lineId, `${field}.lineId`);
    if (line.amountMinor <= 0n)
      throw new Refused('VALIDATION_FAILED', `Line ${line.position} asks for nothing. It is credited with all that is left of the invoice.`, {
        field: `${field}.lineId`,
      });
    const part = partOf(standing, line, { asked: each, field });
    if (rebill && !part.rest && part.work.length === 0 && workOf(standing, line).length > 0) throw notWhole(field);
    return part;
  });
}

function isLeft(line: StandingLine): boolean {
  return leftOf(line) !== 0n || (line.amountMinor === 0n && line.credited.notes === 0);
}

function notWhole(field: string): Refused {
  const why = 'A part of a piece of work is not billed again by itself: name whole ones (actualIds), or give it as a concession (rebill: false).';
  return new Refused('VALIDATION_FAILED', why, { field });
}

function workOf({ billed }: Standing, line: StandingLine): readonly ActualRow[] {
  return (billed.get(line.id) ?? []).filter(({ kind }) => kind === 'UNBILLED_SALES');
}

function restOf(standing: Standing, line: StandingLine): CreditPart {
  const seconds = line.seconds === null ? null : line.seconds - line.credited.seconds;
  return { line, minor: leftOf(line), seconds, work: workOf(standing, line), rest: true };
}

type Part = Omit<CreditPart, 'line' | 'rest'>;
type Asking = { asked: CreditInvoiceLineInput; field: string };

function partOf(standing: Standing, line: StandingLine, { asked, field }: Asking): CreditPart {
  const { amount, actualIds } = asked;
  const time = readSeconds(asked);
  if (amount && (time !== undefined || actualIds))
    throw new Refused('VALIDATION_FAILED', 'Give an amount, or hours or actualIds, not both.', { field: `${field}.amount` });
  const work = actualIds ? named(workOf(standing, line), actualIds, `${field}.actualIds`) : undefined;
  const share = work && shareOf(standing, line, work);
  if (time !== undefined) return within(line, timePart(line, { time, share, asked, field }), `${field}.${timeField(asked)}`);
  if (share && work) return within(line, { ...share, work }, `${field}.actualIds`);
  if (!amount) {
    if (isLeft(line)) return restOf(standing, line);
    throw new Refused('VALIDATION_FAILED', `Nothing is left of line ${line.position}.`, { field: `${field}.lineId` });
  }
  const { minor, currency } = readMoney(amount, `${field}.amount`);
  if (currency !== line.currency) throw new Refused('CURRENCY_MISMATCH', `The invoice is in ${line.currency}.`, { field: `${field}.amount` });
  return within(line, { minor, seconds: null, work: [] }, `${field}.amount`);
}

function named(work: readonly ActualRow[], ids: readonly string[], field: string): ActualRow[] {
  if (ids.length === 0 || ids.length > partLimit)
    throw new Refused('VALIDATION_FAILED', `Name 1 to ${partLimit} pieces of work, or leave actualIds out.`, { field });
  const there = new Set(work.map((row) => row.id));
  const missing = ids.find((id) => !there.has(id));
  if (missing) throw new Refused('NOT_FOUND', `The line bills no sale with the id ${missing}, or it was credited already.`, { field });
  const wanted = new Set(ids);
  return work.filter((row) => wanted.has(row.id));
}

type Share = { minor: bigint; seconds: bigint | null };

/** What was asked for pieces of work: by what was billed of each, where a discount of the line made it less than it was sold for. */
function shareOf({ billed }: Standing, line: StandingLine, work: readonly ActualRow[]): Share {
  const sources = new Set(work.map((row) => row.sourceId));
  const twins = (billed.get(line.id) ?? []).filter((row) => row.kind === 'BILLED_SALES' && sources.has(row.sourceId));
  const sum = (rows: readonly ActualRow[], of: (row: ActualRow) => bigint) => rows.reduce((total, row) => total + of(row), 0n);
  return { minor: sum(twins, (row) => row.amountMinor), seconds: line.seconds === null ? null : sum(work, (row) => row.seconds ?? 0n) };
}

/** Hours at what an hour of the line, or of the pieces of work named, came to. */
function timePart(line: StandingLine, { time, share, asked, field }: Asking & { time: bigint; share: Share | undefined }): Part {
  const whole = share ?? { minor: line.amountMinor, seconds: line.seconds };
  const at = `${field}.${timeField(asked)}`;
  if (!whole.seconds) throw new Refused('VALIDATION_FAILED', `Line ${line.position} bills no time.`, { field: at });
  const left = (line.seconds ?? 0n) - line.credited.seconds;
  const most = whole.seconds < left ? whole.seconds : left;
  if (time <= 0n || time > most) throw new Refused('VALIDATION_FAILED', `More than no time and at most what is left: ${most} seconds.`, { field: at });
  return { minor: divideRounded(whole.minor * time, whole.seconds, 'HALF_UP'), seconds: time, work: [] };
}

function within(line: StandingLine, part: Part, field: string): CreditPart {
  const left = leftOf(line);
  if (part.minor <= 0n || part.minor > left) {
    const { currency } = line;
    throw new Refused(
      'VALIDATION_FAILED',
      `Line ${line.position} has ${sayMoney({ minor: left, currency })} left; a part is more than nothing and at most that.`,
      {
        field,
      },
    );
  }
  return { ...part, line, rest: false };
}
