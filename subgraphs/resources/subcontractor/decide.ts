import type { CreateSubcontractorInput, UpdateSubcontractorInput } from '#generated/resources.ts';
import type { Actor } from '#kernel/actor.ts';
import { customerScope } from '#kernel/actor.ts';
import { type DecisionContext, type Draft, differs, type Values, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkEmail, checkText, given } from '#kernel/input.ts';
import { dateOf } from '#kernel/period.ts';
import { published } from '#kernel/reference.ts';
import { demandNamed, type Named, notFound } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { type FactName, facts, references } from '../published.ts';
import { type SubcontractorRow, subcontractor, type subcontractors } from '../tables.ts';
import { missingOn, readDocuments } from './documents.ts';
import type { LoadedSubcontractors } from './load.ts';
import type { SubcontractorSubject } from './machine.ts';

type Given<Input> = { [Name in keyof Input]?: Input[Name] | null | undefined };
type Fields = Given<Pick<CreateSubcontractorInput & UpdateSubcontractorInput, 'name' | 'legalEntityId' | 'currency' | 'taxNumber' | 'email' | 'documents'>>;

/** The columns that an input changes: absent ones stay, null clears where nothing may stand. */
export function columnsOf({ name, legalEntityId, currency, taxNumber, email, documents }: Fields) {
  return given({
    name: name === undefined ? undefined : checkText('name', name),
    legalEntityId: legalEntityId ?? undefined,
    currency: currency ?? undefined,
    taxNumber: taxNumber ? checkText('taxNumber', taxNumber, 50) : taxNumber,
    email: email ? checkEmail('email', email) : email,
    documents: documents === undefined ? undefined : readDocuments(documents ?? []),
  });
}
export type Columns = ReturnType<typeof columnsOf>;

/** A new subcontractor, whole; throws when it points to nothing. */
export function drafted(loaded: LoadedSubcontractors, columns: Columns, actor: Actor): Values<typeof subcontractors> {
  demandWholeFirm(actor);
  const nothing = { taxNumber: null, email: null, documents: [], submittedBy: null, approvedBy: null, decisionNote: null };
  const whole = wholeValues(subcontractor, { ...nothing, ...columns });
  demandEntity(loaded, whole.legalEntityId, actor);
  return whole;
}

/** Refuses what would move orders to other books or another currency. */
export function checkChange(loaded: LoadedSubcontractors, before: SubcontractorRow, { columns, actor }: { columns: Columns; actor: Actor }): void {
  const field = (['legalEntityId', 'currency'] as const).find((name) => differs(before, given({ [name]: columns[name] })));
  if (field && before.status !== 'DRAFT')
    throw new Refused('VALIDATION_FAILED', `${field} changes only while the subcontractor is a DRAFT. Record another one.`, { field });
  if (columns.legalEntityId && columns.legalEntityId !== before.legalEntityId) demandEntity(loaded, columns.legalEntityId, actor);
}

function demandEntity({ legalEntities }: LoadedSubcontractors, id: string, actor: Actor): void {
  if (!legalEntities.has(id) || !sees(actor, { legalEntityId: id })) throw notFound('LegalEntity', id, 'legalEntityId');
}

/** Whom the firm buys from is no customer's affair: who is confined to some neither sees nor changes it. */
export function demandWholeFirm(actor: Actor): void {
  if (customerScope(actor)) throw new Refused('FORBIDDEN', 'Subcontractors belong to no customer. An actor who is confined to customers cannot change them.');
}

/** A locked subcontractor that the actor may know of. */
export function demandSubcontractor(
  { rows }: Pick<LoadedSubcontractors, 'rows'>,
  { id, expectedVersion }: Named,
  { actor }: DecisionContext,
): SubcontractorRow {
  demandWholeFirm(actor);
  return demandNamed(rows, { entity: subcontractor.name, id, expectedVersion }, (row) => sees(actor, row));
}

/** A subcontractor as its machine judges it. */
export function subjectOf(row: SubcontractorRow, confirmed: readonly string[], now: Date): SubcontractorSubject {
  return { status: row.status, submittedBy: row.submittedBy, missing: missingOn(row.documents, dateOf(now)), confirmed };
}

type SubcontractorFact = Extract<FactName, `Subcontractor${string}`>;

/** Publishes what a subcontractor is now, and states facts about it. */
export function stateSubcontractor(draft: Draft, emits: readonly SubcontractorFact[], row: SubcontractorRow): void {
  const { id, version, name, status, legalEntityId, currency } = row;
  draft.publish(published(references.Subcontractor, { id, version, data: { name, status, legalEntityId, currency } }));
  const payload = { subcontractorId: id, name, status };
  for (const fact of emits) draft.state(facts[fact], { subject: row, keys: { legalEntityId }, payload });
}
