import type { Scope } from '#kernel/context.ts';
import { checkDates, said } from '../fields.ts';
import { differs, newborn, wholeRow } from '../plan.ts';
import type { AgreedVersion } from '../references.ts';
import { type ContractRow, type ContractVersionRow, contractVersions } from '../tables.ts';
import { type ContentInput, contentChange, draftContent, type LineIds } from './content.ts';
import { noContent, type VersionChange } from './rows.ts';

type Given<Field extends keyof ContractVersionRow> = { [Name in Field]?: ContractVersionRow[Name] | null | undefined };
export type TermsInput = Given<'rounding' | 'rateCardId' | 'paymentTermDays' | 'endDate'>;

type Place = { contract: ContractRow; before: AgreedVersion | undefined; lineIds: LineIds };

/** The one version of a DRAFT as it will be, and what to write for it; given parts replace what is there. */
export function draftVersion(
  scope: Scope,
  { contract, before, lineIds }: Place,
  { terms, input }: { terms: TermsInput; input: ContentInput },
): { version: AgreedVersion; change: VersionChange | undefined } {
  const wanted = wholeRow(contractVersions, { ...(before?.row ?? firstVersion(scope, contract)), ...said(terms) });
  const row = contract.status === 'DRAFT' ? { ...wanted, effectiveFrom: contract.startDate } : wanted;
  checkDates({ startDate: row.effectiveFrom, endDate: row.endDate });
  const old = before?.content ?? noContent;
  const content = draftContent(scope, { contract, version: row, lineIds }, { before: old, input });
  const changed = contentChange(old, content);
  if (before && !changed && !differs(before.row, row)) return { version: before, change: undefined };
  const next = before ? (differs(before.row, row) ? { ...row, version: row.version + 1, updatedAt: scope.now } : before.row) : row;
  return { version: { row: next, content }, change: { versions: next === before?.row ? [] : [next], content: changed, lineIds } };
}

function firstVersion(scope: Scope, contract: ContractRow): ContractVersionRow {
  return {
    ...newborn(scope),
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
