import type { CreateCostCenterInput, UpdateCostCenterInput, UpsertCostCenterItem } from '#generated/finance.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkText, given } from '#kernel/input.ts';
import { demandNotBefore } from '#kernel/period.ts';
import { published } from '#kernel/reference.ts';
import { absorbReferred, findReferred, loadReferred, type Referred } from '#kernel/referred.ts';
import { demandNamed, notFound, rowsById } from '#kernel/rows.ts';
import { costCenter } from '../entities.ts';
import { references } from '../published.ts';
import { type CostCenterRow, externalRefs, type LegalEntityRow, legalEntities } from '../tables.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertCostCenterItem, 'legalEntity'>;

type Loaded = Referred<CostCenterRow> & { legalEntities: ReadonlyMap<string, LegalEntityRow> };

const base = { may: 'reference:write', entities: [costCenter] } as const;

/** Creates a cost center and lets the siblings know of it. */
export const createCostCenter: Command<CreateCostCenterInput, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { legalEntityIds: items.map((item) => item.legalEntityId) }),
  decide: (loaded, input, context) => decide({ before: undefined, fields: create(loaded, input), refs: input.externalRefs }, context),
};

/** Changes a cost center. */
export const updateCostCenter: Command<UpdateCostCenterInput, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { ids: items.map((item) => item.id) }),
  decide: ({ rows }, input, context) => {
    const before = demandNamed(rows, { entity: costCenter.name, id: input.id, expectedVersion: input.expectedVersion }, () => true);
    return decide({ before, fields: { ...before, ...checked(input) }, refs: input.externalRefs }, context);
  },
};

/** Creates or changes cost centers by external reference; unchanged ones keep their version. */
export const upsertCostCenters: Command<Upsert, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { refs: items.map((item) => item.externalRef), legalEntityIds: items.map((item) => item.legalEntityId) }),
  decide: (loaded, { externalRef, ...item }, context) => {
    const before = findReferred(loaded, externalRef);
    if (before && item.legalEntityId !== before.legalEntityId)
      throw new Refused('VALIDATION_FAILED', 'A cost center stays with its legal entity.', { field: 'legalEntityId' });
    const fields = before ? { ...before, ...checked(item) } : create(loaded, item);
    return decide({ before, fields, refs: [externalRef] }, context);
  },
  source: { refs: externalRefs, entity: costCenter, of: ({ externalRef }) => externalRef },
  absorb: (loaded, decision, { externalRef }) => absorbReferred(loaded, decision, { entity: costCenter, ref: externalRef }),
};

type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; legalEntityIds?: readonly string[] };

async function load(scope: Scope, { ids = [], refs = [], legalEntityIds = [] }: Wanted): Promise<Loaded> {
  const referred = await loadReferred(scope, costCenter, { refs: externalRefs, given: refs, ids });
  return { ...referred, legalEntities: await rowsById(scope.tx, legalEntities, legalEntityIds) };
}

type Fields = Pick<CostCenterRow, 'legalEntityId' | 'code' | 'name' | 'startDate' | 'endDate'>;

function create({ legalEntities: known }: Loaded, input: Omit<CreateCostCenterInput, 'idempotencyKey'>): Fields {
  const { legalEntityId, startDate = null, endDate = null } = input;
  if (!known.has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  return { legalEntityId, code: checkText('code', input.code, 40), name: checkText('name', input.name), startDate, endDate };
}

function checked({ code, name, startDate, endDate }: Partial<Pick<UpdateCostCenterInput, 'code' | 'name' | 'startDate' | 'endDate'>>): Partial<Fields> {
  const texts = { ...(code === undefined ? {} : { code: checkText('code', code, 40) }), ...(name === undefined ? {} : { name: checkText('name', name) }) };
  return { ...texts, ...given({ startDate, endDate }) };
}

type Given = { before: CostCenterRow | undefined; fields: Fields; refs: readonly ExternalRefInput[] | null | undefined };

function decide({ before, fields, refs }: Given, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const { legalEntityId, code, name, startDate, endDate } = fields;
  if (startDate && endDate) demandNotBefore({ date: endDate, field: 'endDate' }, { date: startDate, what: 'the first day' });
  const values = { legalEntityId, code, name, startDate, endDate };
  const row = before ? draft.update(costCenter, before, { changes: values }) : draft.insert(costCenter, values);
  if (row !== before) draft.publish(published(references.CostCenter, { id: row.id, version: row.version, data: { code, name, legalEntityId } }));
  draft.link({ refs: externalRefs, entity: costCenter, id: row.id }, refs);
  return draft.done(row.id);
}
