import type { CreateCostCenterInput, UpdateCostCenterInput, UpsertCostCenterItem } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { checkText, differs, given } from '#kernel/input.ts';
import { eachItem, type Outcome } from '#kernel/mutation.ts';
import { publish, published } from '#kernel/reference.ts';
import { insertRow, lockRow, notFound, rowsById, saveRow } from '#kernel/rows.ts';
import { references } from '../published.ts';
import { type CostCenterRow, costCenters, externalRefs, legalEntities } from '../tables.ts';

/** Creates a cost center and lets the siblings know of it. */
export async function createCostCenter(scope: Scope, input: CreateCostCenterInput): Promise<CostCenterRow> {
  demand(scope.actor, 'reference:write');
  const { legalEntityId, startDate, endDate } = input;
  if (!(await rowsById(scope.tx, legalEntities, [legalEntityId])).has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  const fields = { code: checkText('code', input.code, 40), name: checkText('name', input.name), startDate, endDate };
  return tell(scope, await insertRow(scope, costCenters, { id: newId(scope.now.getTime()), legalEntityId, ...fields }), input.externalRefs);
}

/** Changes a cost center. */
export async function updateCostCenter(scope: Scope, input: UpdateCostCenterInput): Promise<CostCenterRow> {
  demand(scope.actor, 'reference:write');
  const { id, expectedVersion } = input;
  const before = await lockRow(scope, costCenters, { entity: 'CostCenter', id, expectedVersion });
  return tell(scope, await saveRow(scope, costCenters, { row: before, changes: checked(input) }), input.externalRefs);
}

/** Creates or changes cost centers by external reference; unchanged ones keep their version. */
export async function upsertCostCenters(scope: Scope, items: readonly UpsertCostCenterItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'reference:write');
  const known = await findByExternalRefs(scope, externalRefs, { entityType: 'CostCenter', refs: items.map((item) => item.externalRef) });
  return eachItem(scope, items, async (inner, { externalRef, ...item }) => {
    const id = known.get(externalKey(externalRef));
    const center = id ? await changeIfOther(inner, id, item) : await createCostCenter(inner, { ...item, externalRefs: [externalRef] });
    known.set(externalKey(externalRef), center.id);
    return center;
  });
}

async function changeIfOther(scope: Scope, id: string, item: Omit<UpsertCostCenterItem, 'externalRef'>): Promise<CostCenterRow> {
  const before = await lockRow(scope, costCenters, { entity: 'CostCenter', id });
  if (item.legalEntityId !== before.legalEntityId) {
    throw new Refused('VALIDATION_FAILED', 'A cost center stays with its legal entity.', { field: 'legalEntityId' });
  }
  const fields = checked(item);
  const changed = differs(before, fields);
  return changed ? tell(scope, await saveRow(scope, costCenters, { row: before, changes: fields }), []) : before;
}

type Fields = Partial<Pick<UpdateCostCenterInput, 'code' | 'name' | 'startDate' | 'endDate'>>;

function checked({ code, name, startDate, endDate }: Fields) {
  const texts = { ...(code === undefined ? {} : { code: checkText('code', code, 40) }), ...(name === undefined ? {} : { name: checkText('name', name) }) };
  return { ...texts, ...given({ startDate, endDate }) };
}

async function tell(scope: Scope, center: CostCenterRow, refs: readonly ExternalRefInput[] | null | undefined): Promise<CostCenterRow> {
  const { id, version, code, name, legalEntityId } = center;
  await linkExternalRefs(scope, externalRefs, { entityType: 'CostCenter', links: [{ entityId: id, refs: refs ?? [] }] });
  await publish(scope, [published(references.CostCenter, { id, version, data: { code, name, legalEntityId } })]);
  return center;
}
