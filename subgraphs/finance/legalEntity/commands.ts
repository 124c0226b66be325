import { eq } from 'drizzle-orm';
import type { CreateLegalEntityInput, UpdateLegalEntityInput, UpsertLegalEntityItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { checkText, differs, given } from '#kernel/input.ts';
import { eachItem, type Outcome } from '#kernel/mutation.ts';
import { publish, published } from '#kernel/reference.ts';
import { insertRow, lockRow, saveRow } from '#kernel/rows.ts';
import { references } from '../published.ts';
import { actuals, externalRefs, type LegalEntityRow, legalEntities } from '../tables.ts';

/** Creates a legal entity and lets the siblings know of it. */
export async function createLegalEntity(scope: Scope, input: CreateLegalEntityInput): Promise<LegalEntityRow> {
  demand(scope.actor, 'reference:write');
  const { idempotencyKey: _, externalRefs: refs, ...fields } = input;
  const legalEntity = await insertRow(scope, legalEntities, { id: newId(scope.now.getTime()), ...fields, ...checked(fields) });
  return tell(scope, legalEntity, refs);
}

/** Changes a legal entity; its currency stays once it keeps books. */
export async function updateLegalEntity(scope: Scope, input: UpdateLegalEntityInput): Promise<LegalEntityRow> {
  demand(scope.actor, 'reference:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockRow(scope, legalEntities, { entity: 'LegalEntity', id, expectedVersion });
  if (fields.currency && fields.currency !== before.currency) await demandNoBooks(scope, id);
  return tell(scope, await saveRow(scope, legalEntities, { row: before, changes: { ...given(fields), ...checked(fields) } }), refs);
}

/** Creates or changes legal entities by external reference; unchanged ones keep their version. */
export async function upsertLegalEntities(scope: Scope, items: readonly UpsertLegalEntityItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'reference:write');
  const known = await findByExternalRefs(scope, externalRefs, { entityType: 'LegalEntity', refs: items.map((item) => item.externalRef) });
  return eachItem(scope, items, async (inner, { externalRef, ...fields }) => {
    const id = known.get(externalKey(externalRef));
    const legalEntity = id ? await changeIfOther(inner, id, fields) : await createLegalEntity(inner, { ...fields, externalRefs: [externalRef] });
    known.set(externalKey(externalRef), legalEntity.id);
    return legalEntity;
  });
}

async function changeIfOther(scope: Scope, id: string, fields: Omit<UpdateLegalEntityInput, 'id'>): Promise<LegalEntityRow> {
  const before = await lockRow(scope, legalEntities, { entity: 'LegalEntity', id });
  const changed = differs(before, fields);
  return changed ? updateLegalEntity(scope, { id, ...fields }) : before;
}

type Fields = { code?: string | null | undefined; name?: string | null | undefined; countryCode?: string | null | undefined };

function checked(fields: Fields): { code?: string; name?: string; countryCode?: string } {
  const clean: { code?: string; name?: string; countryCode?: string } = {};
  if (fields.code !== undefined) clean.code = checkText('code', fields.code, 40);
  if (fields.name !== undefined) clean.name = checkText('name', fields.name);
  if (fields.countryCode !== undefined) {
    if (!/^[A-Z]{2}$/.test(fields.countryCode ?? ''))
      throw new Refused('VALIDATION_FAILED', 'countryCode must be two capital letters of ISO 3166-1.', { field: 'countryCode' });
    clean.countryCode = fields.countryCode ?? '';
  }
  return clean;
}

async function demandNoBooks(scope: Scope, id: string): Promise<void> {
  const posted = await scope.tx.select({ id: actuals.id }).from(actuals).where(eq(actuals.legalEntityId, id)).limit(1);
  if (posted.length > 0)
    throw new Refused('GUARD_REFUSED', 'The currency of a legal entity stays once it keeps books.', { field: 'currency', guard: 'currencyForLife' });
}

async function tell(scope: Scope, legalEntity: LegalEntityRow, refs: readonly ExternalRefInput[] | null | undefined): Promise<LegalEntityRow> {
  const { id, version, code, name, currency, countryCode } = legalEntity;
  await linkExternalRefs(scope, externalRefs, { entityType: 'LegalEntity', links: [{ entityId: id, refs: refs ?? [] }] });
  await publish(scope, [published(references.LegalEntity, { id, version, data: { code, name, currency, countryCode } })]);
  return legalEntity;
}
