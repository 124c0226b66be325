import type { SubcontractLineInput } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import { type Draft, differs, type Values } from '#kernel/draft.ts';
import { readSeconds, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { readMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { demandOnce } from '../employee/parts.ts';
import { checkTerm } from '../hours.ts';
import { type SubcontractLineRow, subcontractLine, type subcontractLines } from '../tables.ts';

/** A line of an input, whoever named what it points to. */
export type GivenLine = Meant<SubcontractLineInput, 'project', 'employee' | 'laborCategory'>;
/** An input with its lines as commands take them. */
export type Ordering<Input> = Omit<Input, 'lines'> & { lines?: readonly GivenLine[] | null | undefined };
export type LineFields = Omit<Values<typeof subcontractLines>, 'id' | 'subcontractId' | 'legalEntityId'>;

const most = 100;
const highest = 9999;

/** Reads the lines that an input gives whole, by number. */
export function readLines(given: readonly GivenLine[], currency: string): LineFields[] {
  const field = 'lines';
  if (given.length > most) throw new Refused('VALIDATION_FAILED', `An order has at most ${most} lines; make another order.`, { field });
  demandOnce(given, ({ number }) => String(number), { field, what: 'The line' });
  return given.map((line) => readLine(line, currency)).toSorted((a, b) => a.number - b.number);
}

function readLine(line: GivenLine, currency: string): LineFields {
  const { number, projectId, employeeId = null, laborCategoryId = null, startDate, endDate } = line;
  if (number < 1 || number > highest) throw refusal(line, `a number is 1 to ${highest}`, 'number');
  if ((employeeId === null) === (laborCategoryId === null)) throw refusal(line, 'give a person or a labor category, one of both', 'employeeId');
  checkTerm(line);
  const limitSeconds = readSeconds(line, 'limitHours') ?? null;
  if (limitSeconds !== null && limitSeconds <= 0n) throw refusal(line, 'a limit is above zero', timeField(line, 'limitHours'));
  return {
    ...{ number, projectId, employeeId, laborCategoryId, currency, startDate, endDate, limitSeconds },
    unitRateMinor: amountOf(line, 'unitRate', currency) ?? 0n,
    limitMinor: amountOf(line, 'limitAmount', currency),
  };
}

function amountOf(line: GivenLine, field: 'unitRate' | 'limitAmount', currency: string): bigint | null {
  const given = line[field];
  if (!given) return null;
  const money = readMoney(given, `lines.${field}`);
  if (money.currency !== currency)
    throw new Refused('CURRENCY_MISMATCH', `The order is in ${currency}, and line ${line.number} says ${money.currency}.`, { field: `lines.${field}` });
  if (money.minor <= 0n) throw refusal(line, `${field} is above zero`, field);
  return money.minor;
}

function refusal({ number }: { number: number }, message: string, field: string): Refused {
  return new Refused('VALIDATION_FAILED', `Line ${number}: ${message}.`, { field: `lines.${field}` });
}

type Replacing = { held: readonly SubcontractLineRow[]; wanted: readonly LineFields[] };

/** Puts whole lines in place of those held; a line keeps its id by its number. True when something is not as it was. */
export function replaceLines(draft: Draft, order: { id: string; legalEntityId: string }, { held, wanted }: Replacing): boolean {
  const owned = { subcontractId: order.id, legalEntityId: order.legalEntityId };
  const gone = held.filter(({ number }) => !wanted.some((line) => line.number === number));
  for (const row of gone) draft.remove(subcontractLine, row);
  const changed = wanted.map((line) => {
    const before = held.find(({ number }) => number === line.number);
    if (!before) return draft.insert(subcontractLine, { ...line, ...owned });
    return differs(before, line) ? draft.update(subcontractLine, before, { changes: line }) : undefined;
  });
  return gone.length > 0 || changed.some((row) => row !== undefined);
}

/** True when the given lines are those that are held. */
export function sameLines({ held, wanted }: Replacing): boolean {
  return held.length === wanted.length && wanted.every((line) => held.some((row) => row.number === line.number && !differs(row, line)));
}

export type Paying = Pick<SubcontractLineRow, 'number' | 'projectId' | 'employeeId' | 'laborCategoryId' | 'startDate' | 'endDate'>;
/** An order with its lines; a closed one pays no further than its last day. */
export type Order = { name: string; closedOn: CalendarDate | null; lines: readonly Paying[] };

/** Which lines of an order would pay the same hour as another line of it, or of another order of the same subcontractor. */
export function clashesOf(own: Order, others: readonly Order[]): string[] {
  const within = own.lines.flatMap((line, index) =>
    own.lines.slice(index + 1).flatMap((other) => (clash(line, other, null) ? [`The lines ${line.number} and ${other.number} pay the same work.`] : [])),
  );
  const across = own.lines.flatMap((line) =>
    others.flatMap(({ name, closedOn, lines }) =>
      lines.flatMap((other) => (clash(line, other, closedOn) ? [`Line ${line.number} pays the same work as line ${other.number} of ${name}.`] : [])),
    ),
  );
  return [...within, ...across];
}

function clash(a: Paying, b: Paying, closedOn: CalendarDate | null): boolean {
  const end = closedOn !== null && closedOn < b.endDate ? closedOn : b.endDate;
  const sameWork = a.projectId === b.projectId && a.employeeId === b.employeeId && a.laborCategoryId === b.laborCategoryId;
  return sameWork && a.startDate <= end && b.startDate <= a.endDate;
}
