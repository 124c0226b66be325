import type { AddContractVersionInput } from '#generated/engagements.ts';
import { type Draft, differs, wholeValues } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { addDays } from '#kernel/period.ts';
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
import { type ContentChange, type ContentInput, contentChange, contentFor, draftContent, type LineIds, type Making, newborn } from './content.ts';
import { noContent } from './rows.ts';

type Given<Field extends keyof ContractVersionRow> = { [Name in Field]?: ContractVersionRow[Name] | null | undefined };
export type TermsInput = Given<'rounding' | 'rateCardId' | 'paymentTermDays' | 'endDate'>;

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
  const wanted = { ...start, ...wholeValues(contractVersion, { ...start, ...normalized(terms) }) };
  const row = contract.status === 'DRAFT' ? { ...wanted, effectiveFrom: contract.startDate } : wanted;
  checkDates({ startDate: row.effectiveFrom, endDate: row.endDate });
  const old = before?.content ?? noContent;
  const content = draftContent(context, { contract, version: row, lineIds: lineIdsOf(lines) }, { before: old, input });
  const changed = contentChange(old, content);
  const other = !before || differs(before.row, row);
  if (before && !changed && !other) return { version: before, change: undefined };
  return { version: { row, content }, change: { versions: other ? [{ before: before?.row, row }] : [], content: changed } };
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
    endDate: null,
    reason: null,
  };
}

export type VersionFields = Omit<AddContractVersionInput, 'id' | 'expectedVersion' | 'idempotencyKey'>;
type Succession = { ended: AgreedVersion; next: AgreedVersion; change: VersionChange; removed: Pick<ContentChange, 'gone'> | undefined };

/** A version that ends the newest one the day before. What is not given stays as the newest has it. */
export function succeed(
  context: Making,
  { contract, newest, lines }: { contract: Agreeing; newest: AgreedVersion; lines: readonly NamedLine[] },
  { lines: linesInput, rates, effectiveFrom, reason, ...terms }: VersionFields,
): Succession {
  const why = reason ? checkLines('reason', reason, 1000) : null;
  const successor = { ...newborn(context), number: newest.row.number + 1, effectiveFrom, effectiveTo: null, reason: why };
  const start = { ...newest.row, ...successor };
  const row = { ...start, ...wholeValues(contractVersion, { ...start, ...normalized(terms), ...successor }) };
  const drafted = draftContent(context, { contract, version: row, lineIds: lineIdsOf(lines) }, { before: newest.content, input: { lines: linesInput, rates } });
  const content = contentFor(context, row.id, drafted);
  const ended = { ...newest.row, effectiveTo: addDays(effectiveFrom, -1) };
  const versions = [
    { before: newest.row, row: ended },
    { before: undefined, row },
  ];
  return {
    ended: { ...newest, row: ended },
    next: { row, content },
    change: { versions, content: contentChange(noContent, content) },
    removed: contentChange(newest.content, drafted),
  };
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
