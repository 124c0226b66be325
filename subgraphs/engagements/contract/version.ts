import { isDeepStrictEqual } from 'node:util';
import type { AddContractVersionInput, MoneyInput } from '#generated/engagements.ts';
import { type Draft, differs, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { readMoney } from '#kernel/money.ts';
import { addDays, latestOf } from '#kernel/period.ts';
import { checkDates, normalized } from '../fields.ts';
import type { AgreedVersion } from '../references.ts';
import {
  type ContractLineRow,
  type ContractRow,
  type ContractVersionRow,
  contractLine,
  type contractLineTerms,
  contractRate,
  contractVersion,
  lineTerms,
  type NamedLine,
} from '../tables.ts';
import { type ContentChange, type ContentInput, contentChange, contentFor, draftContent, type LineIds, type Making, newborn, sameContent } from './content.ts';
import { noContent } from './rows.ts';

type Given<Field extends keyof ContractVersionRow> = { [Name in Field]?: ContractVersionRow[Name] | null | undefined };
export type TermsInput = Given<'rounding' | 'rateCardId' | 'paymentTermDays' | 'endDate'> & { notToExceed?: MoneyInput | null | undefined };

/** What a command writes of one contract's versions, each with the row that it stands for. */
export type VersionChange = { versions: readonly { before: ContractVersionRow | undefined; row: ContractVersionRow }[]; content: ContentChange | undefined };

type Agreeing = Pick<ContractRow, 'id' | 'customerId' | 'currency' | 'status' | 'startDate'>;
type VersionBase = { contract: Agreeing; before: AgreedVersion | undefined; lines: readonly NamedLine[] };

/** The one version of a DRAFT as it will be, and what to write for it; given parts replace what is there. */
export function draftVersion(
  context: Making,
  { contract, before, lines }: VersionBase,
  { terms, input }: { terms: TermsInput; input: ContentInput },
): { version: AgreedVersion; change: VersionChange | undefined } {
  const start = before?.row ?? firstVersion(context, contract);
  const wanted = { ...start, ...wholeValues(contractVersion, { ...start, ...termColumns(terms, contract) }) };
  const row = contract.status === 'DRAFT' ? { ...wanted, effectiveFrom: contract.startDate } : wanted;
  checkDates({ startDate: row.effectiveFrom, endDate: row.endDate });
  const old = before?.content ?? noContent;
  const content = draftContent(context, { contract, version: row, lineIds: lineIdsOf(lines) }, { before: old, input });
  const changed = contentChange(old, content);
  const other = !before || differs(before.row, row);
  if (before && !changed && !other) return { version: before, change: undefined };
  return { version: { row, content }, change: { versions: other ? [{ before: before?.row, row }] : [], content: changed } };
}

/** What was given of a version's own terms, as its columns hold it. */
function termColumns({ notToExceed, ...terms }: TermsInput, { currency }: Agreeing) {
  const limit = notToExceed ? readMoney(notToExceed, 'notToExceed') : notToExceed;
  if (limit && limit.currency !== currency) throw new Refused('CURRENCY_MISMATCH', `The contract is in ${currency}.`, { field: 'notToExceed' });
  if (limit && limit.minor <= 0n) throw new Refused('VALIDATION_FAILED', 'notToExceed is more than zero.', { field: 'notToExceed' });
  return { ...normalized(terms), ...(limit === undefined ? {} : { notToExceedMinor: limit?.minor }) };
}

function firstVersion(context: Making, contract: Agreeing): ContractVersionRow {
  return {
    ...newborn(context),
    contractId: contract.id,
    customerId: contract.customerId,
    number: 1,
    effectiveFrom: contract.startDate,
    effectiveTo: null,
    rounding: 'HALF_UP',
    rateCardId: null,
    paymentTermDays: 30,
    notToExceedMinor: null,
    endDate: null,
    reason: null,
  };
}

export type VersionFields = Omit<AddContractVersionInput, 'id' | 'expectedVersion' | 'idempotencyKey'>;

/** Versions that end earlier, those that come instead, and what to write of them. `removed`: what the versions lost that these take the place of. */
export type Succession = { ended: AgreedVersion[]; added: AgreedVersion[]; change: VersionChange; removed: Pick<ContentChange, 'gone'> };

type Standing = { contract: Agreeing; versions: readonly AgreedVersion[]; lines: readonly NamedLine[] };

/**
 * What holds from a day on: the version of that day and each later one end, and one like it with the change comes instead. What is not given stays as each
 * has it; those that come out the same are one.
 */
export function succeed(context: Making, { contract, versions, lines }: Standing, fields: VersionFields): Succession {
  const { effectiveFrom } = fields;
  const standing = versions.filter(({ row }) => !row.effectiveTo || row.effectiveTo >= row.effectiveFrom).toSorted(byFirstDay);
  const touched = standing.filter(({ row }) => !row.effectiveTo || row.effectiveTo >= effectiveFrom);
  const ended = touched.map(({ row, content }): AgreedVersion => {
    const lastDay = addDays(latestOf(row.effectiveFrom, effectiveFrom), -1);
    return { row: { ...row, effectiveTo: lastDay }, content };
  });
  const newest = Math.max(0, ...versions.map(({ row }) => row.number));
  const made = changedVersions(context, { contract, lines, touched }, fields);
  const added = made.map(({ row, content }, index): AgreedVersion => {
    const next = made[index + 1]?.row.effectiveFrom;
    return { row: { ...row, number: newest + 1 + index, effectiveTo: next ? addDays(next, -1) : null }, content };
  });
  const put = { lines: added.flatMap(({ content }) => content.lines), rates: added.flatMap(({ content }) => content.rates) };
  return {
    ended,
    added,
    change: {
      versions: [...ended.map((each, index) => ({ before: touched[index]?.row, row: each.row })), ...added.map(({ row }) => ({ before: undefined, row }))],
      content: contentChange(noContent, put),
    },
    removed: { gone: { lines: made.flatMap(({ gone }) => gone), rates: [] } },
  };
}

type Changed = AgreedVersion & { gone: readonly string[] };

/** Each touched version with the change, from its own first day or from that of the change on. */
function changedVersions(
  context: Making,
  { contract, lines, touched }: { contract: Agreeing; lines: readonly NamedLine[]; touched: readonly AgreedVersion[] },
  { lines: linesInput, rates, effectiveFrom, reason, ...terms }: VersionFields,
): Changed[] {
  const why = reason ? checkLines('reason', reason, 1000) : null;
  const lineIds = new Map(lineIdsOf(lines));
  const made: Changed[] = [];
  for (const base of touched) {
    const successor = { ...newborn(context), number: base.row.number, effectiveFrom: latestOf(base.row.effectiveFrom, effectiveFrom), effectiveTo: null };
    const start = { ...base.row, ...successor, reason: why };
    const row = { ...start, ...wholeValues(contractVersion, { ...start, ...termColumns(terms, contract), ...successor, reason: why }) };
    const place = { contract, version: { id: row.id, effectiveFrom }, lineIds };
    const drafted = draftContent(context, place, { before: base.content, input: { lines: linesInput, rates } });
    for (const { name, id } of drafted.lines) lineIds.set(name, id);
    const last = made.at(-1);
    if (last && saysTheSame(last, { row, content: drafted })) continue;
    made.push({ row, content: contentFor(context, row.id, drafted), gone: contentChange(base.content, drafted)?.gone.lines ?? [] });
  }
  return made;
}

function saysTheSame(one: AgreedVersion, other: AgreedVersion): boolean {
  const termsOf = ({ rounding, rateCardId, paymentTermDays, notToExceedMinor, endDate }: ContractVersionRow) =>
    [rounding, rateCardId, paymentTermDays, notToExceedMinor, endDate] as const;
  return isDeepStrictEqual(termsOf(one.row), termsOf(other.row)) && sameContent(one.content, other.content);
}

function byFirstDay({ row: one }: AgreedVersion, { row: other }: AgreedVersion): number {
  return one.effectiveFrom < other.effectiveFrom ? -1 : 1;
}

/** Writes what changed of a contract's versions; `before` is the content that they stand on. */
export function putVersions(
  draft: Draft,
  { versions, content }: VersionChange,
  { before, lines }: { before: AgreedVersion['content']; lines: readonly NamedLine[] },
): void {
  for (const { before: old, row } of versions) {
    if (old) draft.update(contractVersion, old, { changes: row });
    else draft.insert(contractVersion, row);
  }
  if (!content) return;
  const gone = { lines: new Set(content.gone.lines), rates: new Set(content.gone.rates) };
  for (const rate of before.rates) if (gone.rates.has(rate.id)) draft.remove(contractRate, rate);
  for (const line of before.lines) if (gone.lines.has(line.id)) draft.remove(lineTerms, termsOf(line));
  for (const line of lines) if (gone.lines.has(line.id)) draft.remove(contractLine, line);
  const held = new Map(before.lines.map((line) => [line.termsId, line]));
  const named = new Set(lines.map(({ name }) => name));
  for (const line of content.put.lines) {
    const old = held.get(line.termsId);
    if (!named.has(line.name)) draft.insert(contractLine, { id: line.id, contractId: line.contractId, customerId: line.customerId, name: line.name });
    named.add(line.name);
    if (old) draft.update(lineTerms, termsOf(old), { changes: termsOf(line) });
    else draft.insert(lineTerms, termsOf(line));
  }
  for (const rate of content.put.rates) draft.insert(contractRate, rate);
}

/** The ids of lines by name. */
function lineIdsOf(lines: readonly NamedLine[]): LineIds {
  return new Map(lines.map(({ name, id }) => [name, id]));
}

/** A line of a version as the row that holds its terms. */
function termsOf({ id: lineId, termsId: id, name: _, ...terms }: ContractLineRow): typeof contractLineTerms.$inferSelect {
  return { ...terms, id, lineId };
}
