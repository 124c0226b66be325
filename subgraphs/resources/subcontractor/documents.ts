import type { SubcontractorDocumentInput, SubcontractorDocumentKind } from '#generated/resources.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { type CalendarDate, within } from '#kernel/period.ts';

/** A document, as JSON keeps it. */
export type SubcontractorDocument = { kind: SubcontractorDocumentKind; reference: string; effectiveFrom: CalendarDate; effectiveTo: CalendarDate | null };

/** What the firm must have before it orders anything, and what a sentence calls it. */
const required = {
  MASTER_AGREEMENT: 'master agreement',
  CONFIDENTIALITY: 'confidentiality agreement',
  INSURANCE: 'proof of insurance',
  TAX_FORM: 'tax form',
} as const;

const most = 50;

/** Reads the documents that an input gives whole. */
export function readDocuments(given: readonly SubcontractorDocumentInput[]): SubcontractorDocument[] {
  const field = 'documents';
  if (given.length > most) throw new Refused('VALIDATION_FAILED', `A subcontractor has at most ${most} documents.`, { field });
  return given.map(({ kind, reference, effectiveFrom, effectiveTo = null }) => {
    if (effectiveTo !== null && effectiveTo < effectiveFrom)
      throw new Refused('VALIDATION_FAILED', `The last day ${effectiveTo} of a document is before its first day ${effectiveFrom}.`, { field });
    return { kind, reference: checkText(field, reference), effectiveFrom, effectiveTo };
  });
}

/** What the required documents lack on a day, a sentence each. */
export function missingOn(documents: readonly SubcontractorDocument[], day: CalendarDate): string[] {
  return Object.entries(required).flatMap(([kind, name]) => {
    const own = documents.filter((document) => document.kind === kind);
    if (own.some(({ effectiveFrom: from, effectiveTo: to }) => within(day, { from, to }))) return [];
    const last = own.flatMap(({ effectiveTo }) => (effectiveTo !== null && effectiveTo < day ? [effectiveTo] : [])).sort();
    const next = own.flatMap(({ effectiveFrom }) => (effectiveFrom > day ? [effectiveFrom] : [])).sort();
    const why = next[0] ? `holds from ${next[0]} on` : last.length > 0 ? `ran out on ${last.at(-1)}` : 'is missing';
    return [`The ${name} ${why}.`];
  });
}
