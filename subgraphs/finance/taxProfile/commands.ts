import type { CreateTaxProfileInput, UpdateTaxProfileInput, UpsertTaxProfileItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { checkText, differs } from '#kernel/input.ts';
import { eachItem, type Outcome } from '#kernel/mutation.ts';
import { publish, published } from '#kernel/reference.ts';
import { insertRow, lockRow, notFound, rowsById, saveRow } from '#kernel/rows.ts';
import { references } from '../published.ts';
import { externalRefs, legalEntities, type TaxProfileRow, taxProfiles } from '../tables.ts';
import { checkRates } from './rates.ts';

/** Creates a tax profile and lets the siblings know of it. */
export async function createTaxProfile(scope: Scope, input: CreateTaxProfileInput): Promise<TaxProfileRow> {
  demand(scope.actor, 'reference:write');
  const { legalEntityId } = input;
  if (!(await rowsById(scope.tx, legalEntities, [legalEntityId])).has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  const fields = { code: checkText('code', input.code, 40), name: checkText('name', input.name), ...checked(input) };
  return tell(scope, await insertRow(scope, taxProfiles, { id: newId(scope.now.getTime()), legalEntityId, ...fields }), input.externalRefs);
}

/** Changes a tax profile. Invoices that are posted keep the tax that they were posted with. */
export async function updateTaxProfile(scope: Scope, input: UpdateTaxProfileInput): Promise<TaxProfileRow> {
  demand(scope.actor, 'reference:write');
  const { id, expectedVersion } = input;
  const before = await lockRow(scope, taxProfiles, { entity: 'TaxProfile', id, expectedVersion });
  return tell(scope, await saveRow(scope, taxProfiles, { row: before, changes: checked(input) }), input.externalRefs);
}

/** Creates or changes tax profiles by external reference; unchanged ones keep their version. */
export async function upsertTaxProfiles(scope: Scope, items: readonly UpsertTaxProfileItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'reference:write');
  const known = await findByExternalRefs(scope, externalRefs, { entityType: 'TaxProfile', refs: items.map((item) => item.externalRef) });
  return eachItem(scope, items, async (inner, { externalRef, ...item }) => {
    const id = known.get(externalKey(externalRef));
    const profile = id ? await changeIfOther(inner, id, item) : await createTaxProfile(inner, { ...item, externalRefs: [externalRef] });
    known.set(externalKey(externalRef), profile.id);
    return profile;
  });
}

async function changeIfOther(scope: Scope, id: string, item: Omit<UpsertTaxProfileItem, 'externalRef'>): Promise<TaxProfileRow> {
  const before = await lockRow(scope, taxProfiles, { entity: 'TaxProfile', id });
  if (item.legalEntityId !== before.legalEntityId) {
    throw new Refused('VALIDATION_FAILED', 'A tax profile stays with its legal entity.', { field: 'legalEntityId' });
  }
  const fields = checked(item);
  const changed = differs(before, fields);
  return changed ? tell(scope, await saveRow(scope, taxProfiles, { row: before, changes: fields }), []) : before;
}

type Fields = Partial<Pick<UpdateTaxProfileInput, 'code' | 'name' | 'exempt' | 'note' | 'rates'>>;

function checked(fields: Fields): { code?: string; name?: string; exempt?: boolean; note?: string | null; rates?: ReturnType<typeof checkRates> } {
  return {
    ...(fields.code === undefined ? {} : { code: checkText('code', fields.code, 40) }),
    ...(fields.name === undefined ? {} : { name: checkText('name', fields.name) }),
    ...(fields.exempt === undefined ? {} : { exempt: fields.exempt ?? false }),
    ...(fields.note === undefined ? {} : { note: fields.note === null ? null : checkText('note', fields.note, 1000) }),
    ...(fields.rates === undefined ? {} : { rates: checkRates(fields.rates ?? []) }),
  };
}

async function tell(scope: Scope, profile: TaxProfileRow, refs: readonly ExternalRefInput[] | null | undefined): Promise<TaxProfileRow> {
  const { id, version, code, legalEntityId } = profile;
  await linkExternalRefs(scope, externalRefs, { entityType: 'TaxProfile', links: [{ entityId: id, refs: refs ?? [] }] });
  await publish(scope, [published(references.TaxProfile, { id, version, data: { code, legalEntityId } })]);
  return profile;
}
