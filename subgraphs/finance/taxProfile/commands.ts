import type { CreateTaxProfileInput, UpdateTaxProfileInput, UpsertTaxProfileItem } from '#generated/finance.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import { published } from '#kernel/reference.ts';
import { absorbReferred, findReferred, loadReferred, type Referred } from '#kernel/referred.ts';
import { demandNamed, notFound, rowsById } from '#kernel/rows.ts';
import { taxProfile } from '../entities.ts';
import { facts, references } from '../published.ts';
import { externalRefs, type LegalEntityRow, legalEntities, type TaxProfileRow } from '../tables.ts';
import { checkRates } from './rates.ts';

/** An item, whoever named what it points to. */
type Upsert = Meant<UpsertTaxProfileItem, 'legalEntity'>;

type Loaded = Referred<TaxProfileRow> & { legalEntities: ReadonlyMap<string, LegalEntityRow> };

const base = { may: 'reference:write', entities: [taxProfile] } as const;

/** Creates a tax profile and lets the siblings know of it. */
export const createTaxProfile: Command<CreateTaxProfileInput, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { legalEntityIds: items.map((item) => item.legalEntityId) }),
  decide: (loaded, input, context) => decide({ before: undefined, fields: created(loaded, input), refs: input.externalRefs }, context),
};

/** Changes a tax profile. Invoices that are posted keep the tax that they were posted with. */
export const updateTaxProfile: Command<UpdateTaxProfileInput, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { ids: items.map((item) => item.id) }),
  decide: ({ rows }, input, context) => {
    const before = demandNamed(rows, { entity: taxProfile.name, id: input.id, expectedVersion: input.expectedVersion }, () => true);
    return decide({ before, fields: { ...before, ...checked(input) }, refs: input.externalRefs }, context);
  },
};

/** Creates or changes tax profiles by external reference; unchanged ones keep their version. */
export const upsertTaxProfiles: Command<Upsert, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { refs: items.map((item) => item.externalRef), legalEntityIds: items.map((item) => item.legalEntityId) }),
  decide: (loaded, { externalRef, ...item }, context) => {
    const before = findReferred(loaded, externalRef);
    if (before && item.legalEntityId !== before.legalEntityId)
      throw new Refused('VALIDATION_FAILED', 'A tax profile stays with its legal entity.', { field: 'legalEntityId' });
    const fields = before ? { ...before, ...checked(item) } : created(loaded, item);
    return decide({ before, fields, refs: [externalRef] }, context);
  },
  source: { refs: externalRefs, entity: taxProfile, of: ({ externalRef }) => externalRef },
  absorb: (loaded, decision, { externalRef }) => absorbReferred(loaded, decision, { entity: taxProfile, ref: externalRef }),
};

type Wanted = { ids?: readonly string[]; refs?: readonly ExternalRefInput[]; legalEntityIds?: readonly string[] };

async function load(scope: Scope, { ids = [], refs = [], legalEntityIds = [] }: Wanted): Promise<Loaded> {
  const referred = await loadReferred(scope, taxProfile, { refs: externalRefs, given: refs, ids });
  return { ...referred, legalEntities: await rowsById(scope.tx, legalEntities, legalEntityIds) };
}

type Fields = Pick<TaxProfileRow, 'legalEntityId' | 'code' | 'name' | 'exempt' | 'category' | 'note' | 'rates'>;

function created({ legalEntities: known }: Loaded, input: Omit<CreateTaxProfileInput, 'idempotencyKey'>): Fields {
  const { legalEntityId } = input;
  if (!known.has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  return {
    exempt: false,
    category: null,
    note: null,
    rates: [],
    legalEntityId,
    code: checkText('code', input.code, 40),
    name: checkText('name', input.name),
    ...checked(input),
  };
}

type Said = Partial<Pick<UpdateTaxProfileInput, 'code' | 'name' | 'exempt' | 'category' | 'note' | 'rates'>>;

function checked(said: Said): Partial<Omit<Fields, 'legalEntityId'>> {
  return {
    ...(said.code === undefined ? {} : { code: checkText('code', said.code, 40) }),
    ...(said.name === undefined ? {} : { name: checkText('name', said.name) }),
    ...(said.exempt === undefined ? {} : { exempt: said.exempt ?? false }),
    ...(said.category === undefined ? {} : { category: said.category }),
    ...(said.note === undefined ? {} : { note: said.note === null ? null : checkLines('note', said.note, 1000) }),
    ...(said.rates === undefined ? {} : { rates: checkRates(said.rates ?? []) }),
  };
}

type Given = { before: TaxProfileRow | undefined; fields: Fields; refs: readonly ExternalRefInput[] | null | undefined };

function decide({ before, fields, refs }: Given, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const { legalEntityId, code, name, exempt, category, note, rates } = fields;
  const values = { legalEntityId, code, name, exempt, category, note, rates };
  demandCategory(values);
  const row = before ? draft.update(taxProfile, before, { changes: values }) : draft.insert(taxProfile, values);
  if (row !== before) draft.state(facts.TaxProfileChanged, { subject: row, keys: { legalEntityId }, payload: { taxProfileId: row.id, legalEntityId, code } });
  if (row !== before) draft.publish(published(references.TaxProfile, { id: row.id, version: row.version, data: { code, legalEntityId } }));
  draft.link({ refs: externalRefs, entity: taxProfile, id: row.id }, refs);
  return draft.done(row.id);
}

/** Only what is taxed at a rate charges. */
function demandCategory({ category, exempt }: Pick<Fields, 'category' | 'exempt'>): void {
  if (category === null || (category === 'STANDARD') !== exempt) return;
  const what = exempt ? 'STANDARD is taxed at a rate: exempt must be false.' : `${category} charges nothing: exempt must be true.`;
  throw new Refused('VALIDATION_FAILED', what, { field: 'category' });
}
