import type { ContractLineInput, ContractRateInput } from '#generated/engagements.ts';
import type { DecisionContext } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { readMoney } from '#kernel/money.ts';
import { checkDates } from '../fields.ts';
import type { ContractContent } from '../references.ts';
import type { ContractLineRow, ContractRateRow, ContractRow } from '../tables.ts';
import { billingTermsOf, sayBilling } from './billing.ts';
import { rangesMeet } from './overlap.ts';

export type ContentInput = { lines?: readonly ContractLineInput[] | null | undefined; rates?: readonly ContractRateInput[] | null | undefined };

const mostLines = 100;
const mostRates = 500;

/** The version that content is for. `lineIds` are those of the contract's lines by name, whichever versions hold them. */
export type ContentPlace = { contract: Pick<ContractRow, 'id' | 'customerId' | 'currency'>; version: { id: string; effectiveFrom: string }; lineIds: LineIds };
export type LineIds = ReadonlyMap<string, string>;

/** What new content needs of a decision's context. */
export type Making = Pick<DecisionContext, 'now' | 'newId'>;

/** The columns that a new row has before anybody says anything. */
export function newborn({ now, newId }: Making): { id: string; version: number; createdAt: Date; updatedAt: Date } {
  return { id: newId(), version: 1, createdAt: now, updatedAt: now };
}

/** What a version will hold: given parts replace what is there. A line that keeps its name keeps its id, an equal rate too. */
export function draftContent(context: Making, place: ContentPlace, { before, input }: { before: ContractContent; input: ContentInput }): ContractContent {
  const lines = input.lines
    ? input.lines.map((line, index) => lineRow(context, place, { input: line, index, before }))
    : before.lines.map((line) => inCurrencyOf(context, place, line));
  const ofLines = input.lines
    ? input.lines.flatMap((line, index) => (line.rates ?? []).map((rate) => rateRow(context, place, { input: rate, lineId: lines[index]?.id ?? null })))
    : before.rates.filter((rate) => rate.lineId);
  const own = input.rates ? input.rates.map((rate) => rateRow(context, place, { input: rate, lineId: null })) : before.rates.filter((rate) => !rate.lineId);
  const rates = keepIds([...ofLines, ...own], before.rates);
  checkContent(lines, rates);
  return { lines, rates };
}

/** A line without amounts is in whatever currency its contract is in. */
function inCurrencyOf(context: Making, { contract: { currency } }: ContentPlace, line: ContractLineRow): ContractLineRow {
  const bare = line.amountMinor === null && line.notToExceedMinor === null && line.expenses === null;
  return bare && line.currency !== currency ? { ...line, currency, version: line.version + 1, updatedAt: context.now } : line;
}

type LineDraft = { input: ContractLineInput; index: number; before: ContractContent };

function lineRow(context: Making, { contract, version, lineIds }: ContentPlace, { input, index, before }: LineDraft): ContractLineRow {
  const name = checkText('lines.name', input.name);
  if (input.kinds.length === 0) throw new Refused('VALIDATION_FAILED', `The line ${name} bills no kind.`, { field: 'lines.kinds' });
  checkDates(input);
  const amount = input.amount ? readMoney(input.amount, 'lines.amount') : undefined;
  const limit = input.notToExceed ? readMoney(input.notToExceed, 'lines.notToExceed') : undefined;
  checkAmounts(name, { method: input.method, amount: amount?.minor, limit: limit?.minor });
  if (amount && limit && amount.currency !== limit.currency)
    throw new Refused('CURRENCY_MISMATCH', `The line ${name} has its amount and its limit in different currencies.`, { field: 'lines.notToExceed' });
  const currency = amount?.currency ?? limit?.currency ?? contract.currency;
  const existing = before.lines.find((line) => line.name === name);
  const born = newborn(context);
  const row: ContractLineRow = {
    ...born,
    id: lineIds.get(name) ?? born.id,
    termsId: born.id,
    contractVersionId: version.id,
    contractId: contract.id,
    customerId: contract.customerId,
    place: index,
    name,
    method: input.method,
    kinds: [...new Set(input.kinds)],
    projectIds: [...new Set((input.projectIds ?? []).map((id) => id.toLowerCase()))],
    currency,
    amountMinor: amount?.minor ?? null,
    notToExceedMinor: limit?.minor ?? null,
    ...billingTermsOf(name, input, { amount: amount?.minor, currency }),
    startDate: input.startDate ?? null,
    endDate: input.endDate ?? null,
  };
  if (!existing) return row;
  const same = { ...row, id: existing.id, termsId: existing.termsId, version: existing.version, createdAt: existing.createdAt, updatedAt: existing.updatedAt };
  return lineKey(same) === lineKey(existing) ? existing : { ...same, version: existing.version + 1, updatedAt: context.now };
}

function checkAmounts(name: string, { method, amount, limit }: { method: string; amount: bigint | undefined; limit: bigint | undefined }): void {
  if (method === 'TIME_AND_MATERIALS' && amount !== undefined)
    throw new Refused('VALIDATION_FAILED', `The line ${name} is billed by time and materials: it has no amount, but may have a limit.`, {
      field: 'lines.amount',
    });
  if ((method === 'FIXED_FEE' || method === 'RETAINER') && amount === undefined)
    throw new Refused('VALIDATION_FAILED', `The line ${name} needs an amount.`, { field: 'lines.amount' });
  if (amount !== undefined && amount <= 0n)
    throw new Refused('VALIDATION_FAILED', `The amount of the line ${name} must be positive.`, { field: 'lines.amount' });
  if (limit !== undefined && limit <= 0n)
    throw new Refused('VALIDATION_FAILED', `The limit of the line ${name} must be positive.`, { field: 'lines.notToExceed' });
}

function rateRow(
  context: Making,
  { contract, version }: ContentPlace,
  { input, lineId }: { input: ContractRateInput; lineId: string | null },
): ContractRateRow {
  const { minor, currency } = readMoney(input.rate, 'rates.rate');
  const employeeId = input.employeeId?.toLowerCase() ?? null;
  const laborCategoryId = input.laborCategoryId?.toLowerCase() ?? null;
  if (minor < 0n) throw new Refused('VALIDATION_FAILED', 'A rate must not be negative.', { field: 'rates.rate' });
  if (employeeId && laborCategoryId)
    throw new Refused('VALIDATION_FAILED', 'A rate is for an employee or for a labor category, not for both.', { field: 'rates.laborCategoryId' });
  if (!lineId && !employeeId && !laborCategoryId)
    throw new Refused(
      'VALIDATION_FAILED',
      'A rate of the contract needs employeeId or laborCategoryId. A rate for everybody belongs to a line or to a rate card.',
      { field: 'rates.employeeId' },
    );
  const effectiveFrom = input.effectiveFrom ?? version.effectiveFrom;
  const effectiveTo = input.effectiveTo ?? null;
  if (effectiveTo && effectiveTo < effectiveFrom)
    throw new Refused('VALIDATION_FAILED', `effectiveTo ${effectiveTo} is before effectiveFrom ${effectiveFrom}.`, { field: 'rates.effectiveTo' });
  return {
    ...newborn(context),
    contractVersionId: version.id,
    contractId: contract.id,
    customerId: contract.customerId,
    lineId,
    employeeId,
    laborCategoryId,
    currency,
    rateMinor: minor,
    effectiveFrom,
    effectiveTo,
  };
}

/** Each rate that says the same as one that is there is that one. */
function keepIds(rates: readonly ContractRateRow[], before: readonly ContractRateRow[]): ContractRateRow[] {
  const existing = new Map(before.map((rate) => [rateKey(rate), rate]));
  return rates.map((rate) => existing.get(rateKey(rate)) ?? rate);
}

function checkContent(lines: readonly ContractLineRow[], rates: readonly ContractRateRow[]): void {
  if (lines.length > mostLines) throw new Refused('VALIDATION_FAILED', `A contract has at most ${mostLines} lines.`, { field: 'lines' });
  if (rates.length > mostRates) throw new Refused('VALIDATION_FAILED', `A contract has at most ${mostRates} rates.`, { field: 'rates' });
  const twice = lines.find((line, index) => lines.findIndex((each) => each.name === line.name) !== index);
  if (twice) throw new Refused('VALIDATION_FAILED', `Two lines are called ${twice.name}.`, { field: 'lines.name' });
  const byWhom = Map.groupBy(rates, ({ lineId, employeeId, laborCategoryId }) => [lineId, employeeId ?? laborCategoryId].join());
  for (const same of byWhom.values()) {
    const sorted = same.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
    const clash = sorted.find((rate, index) => index > 0 && rangesMeet(rangeOf(sorted[index - 1]), rangeOf(rate)));
    if (clash)
      throw new Refused('VALIDATION_FAILED', `Two rates for the same hold from ${clash.effectiveFrom} on. End one before the other begins.`, {
        field: 'rates.effectiveFrom',
      });
  }
}

function rangeOf(rate: ContractRateRow | undefined): { from: string | null; to: string | null } {
  return { from: rate?.effectiveFrom ?? null, to: rate?.effectiveTo ?? null };
}

function lineKey(line: ContractLineRow): string {
  const { place, name, method, kinds, projectIds, currency, amountMinor, notToExceedMinor, instalments, retainer, expenses, startDate, endDate } = line;
  return JSON.stringify([
    place,
    name,
    method,
    kinds,
    projectIds,
    currency,
    amountMinor?.toString() ?? null,
    notToExceedMinor?.toString() ?? null,
    sayBilling({ instalments, retainer, expenses }),
    startDate,
    endDate,
  ]);
}

function rateKey({ lineId, employeeId, laborCategoryId, currency, rateMinor, effectiveFrom, effectiveTo }: ContractRateRow): string {
  return JSON.stringify([lineId, employeeId, laborCategoryId, currency, rateMinor.toString(), effectiveFrom, effectiveTo]);
}

/** True when both say the same, whichever rows hold it. */
export function sameContent(one: ContractContent, other: ContractContent): boolean {
  const said = ({ lines, rates }: ContractContent) => [...lines.map((line) => `${line.id} ${lineKey(line)}`), ...rates.map(rateKey).sort()].join();
  return said(one) === said(other);
}

/** The same content as rows of another version. */
export function contentFor(context: Making, contractVersionId: string, { lines, rates }: ContractContent): ContractContent {
  return {
    lines: lines.map((line) => {
      const { id: termsId, ...born } = newborn(context);
      return { ...line, ...born, termsId, contractVersionId };
    }),
    rates: rates.map((rate) => ({ ...rate, ...newborn(context), contractVersionId })),
  };
}

/** The rows to take away and to put so that what was there becomes what was drafted. */
export type ContentChange = { gone: { lines: string[]; rates: string[] }; put: { lines: ContractLineRow[]; rates: ContractRateRow[] } };

/** Compares by identity: `draftContent` gives the very rows of before where nothing changed. */
export function contentChange(before: ContractContent, after: ContractContent): ContentChange | undefined {
  const kept = { lines: new Set(after.lines.map((line) => line.id)), rates: new Set(after.rates.map((rate) => rate.id)) };
  const gone = {
    lines: before.lines.filter((line) => !kept.lines.has(line.id)).map((line) => line.id),
    rates: before.rates.filter((rate) => !kept.rates.has(rate.id)).map((rate) => rate.id),
  };
  const put = { lines: after.lines.filter((line) => !before.lines.includes(line)), rates: after.rates.filter((rate) => !before.rates.includes(rate)) };
  const changes = gone.lines.length + gone.rates.length + put.lines.length + put.rates.length;
  return changes > 0 ? { gone, put } : undefined;
}
