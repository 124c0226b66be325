import type { CreateLegalEntityInput, UpdateLegalEntityInput, UpsertLegalEntityItem } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft, wholeValues } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkText, given } from '#kernel/input.ts';
import { checkCountry } from '#kernel/party.ts';
import { published } from '#kernel/reference.ts';
import { absorbReferred, findReferred, loadReferred, type Referred } from '#kernel/referred.ts';
import { demandNamed } from '#kernel/rows.ts';
import { inArray } from '#kernel/sql.ts';
import { legalEntity } from '../entities.ts';
import { references } from '../published.ts';
import { actuals, externalRefs, type LegalEntityRow } from '../tables.ts';
import { type Said, saidOf } from './said.ts';

/** `keepBooks`: legal entities with actuals, whose currency is for life. */
type Loaded = Referred<LegalEntityRow> & { keepBooks: ReadonlySet<string> };

const base = { may: 'reference:write', entities: [legalEntity] } as const;

/** Creates a legal entity and lets the siblings know of it. */
export const createLegalEntity: Command<CreateLegalEntityInput, Loaded> = {
  ...base,
  load: (scope) => load(scope, {}),
  decide: (_, input, context) => decide({ before: undefined, fields: created(input), refs: input.externalRefs }, context),
};

/** Changes a legal entity; its currency stays once it keeps books. */
export const updateLegalEntity: Command<UpdateLegalEntityInput, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { ids: items.map((item) => item.id) }),
  decide: (loaded, input, context) => {
    const before = demandNamed(loaded.rows, { entity: legalEntity.name, id: input.id, expectedVersion: input.expectedVersion }, () => true);
    return decide({ before, fields: changed(loaded, before, input), refs: input.externalRefs }, context);
  },
};

/** Creates or changes legal entities by external reference; unchanged ones keep their version. */
export const upsertLegalEntities: Command<UpsertLegalEntityItem, Loaded> = {
  ...base,
  load: (scope, items) => load(scope, { refs: items.map((item) => item.externalRef) }),
  decide: (loaded, { externalRef, ...item }, context) => {
    const before = findReferred(loaded, externalRef);
    return decide({ before, fields: before ? changed(loaded, before, item) : created(item), refs: [externalRef] }, context);
  },
  source: { refs: externalRefs, entity: legalEntity, of: ({ externalRef }) => externalRef },
  absorb: (loaded, decision, { externalRef }) => absorbReferred(loaded, decision, { entity: legalEntity, ref: externalRef }),
};

async function load(scope: Scope, { ids = [], refs = [] }: { ids?: readonly string[]; refs?: readonly ExternalRefInput[] }): Promise<Loaded> {
  const referred = await loadReferred(scope, legalEntity, { refs: externalRefs, given: refs, ids });
  const found = [...referred.rows.keys()];
  const kept =
    found.length === 0 ? [] : await scope.tx.selectDistinct({ id: actuals.legalEntityId }).from(actuals).where(inArray(actuals.legalEntityId, found));
  return { ...referred, keepBooks: new Set(kept.map((row) => row.id)) };
}

type Fields = Omit<LegalEntityRow, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

const silent = { postalAddress: null, vatId: null, registrationNumber: null, taxNumber: null, bankAccount: null, bic: null };
const blank = { ...silent, contactEmail: null, electronicAddress: null, locale: null };

function created(input: Pick<CreateLegalEntityInput, 'code' | 'name' | 'currency' | 'countryCode'> & Said): Fields {
  const { code, name, currency, countryCode } = input;
  const named = { code: checkText('code', code, 40), name: checkText('name', name), currency, countryCode: checkCountry('countryCode', countryCode) };
  return { ...blank, ...named, ...saidOf(input) };
}

type Changes = {
  code?: string | null | undefined;
  name?: string | null | undefined;
  currency?: string | null | undefined;
  countryCode?: string | null | undefined;
};

function changed({ keepBooks }: Loaded, before: LegalEntityRow, input: Changes & Said): Fields {
  const { code, name, currency, countryCode } = input;
  if (currency && currency !== before.currency && keepBooks.has(before.id))
    throw new Refused('GUARD_REFUSED', 'The currency of a legal entity stays once it keeps books.', { field: 'currency', guard: 'currencyForLife' });
  const fields = given({
    code: code === undefined ? undefined : checkText('code', code, 40),
    name: name === undefined ? undefined : checkText('name', name),
    countryCode: countryCode === undefined ? undefined : checkCountry('countryCode', countryCode),
  });
  if (currency === null) throw new Refused('VALIDATION_FAILED', 'currency must not be null.', { field: 'currency' });
  return { ...before, ...fields, ...saidOf(input), currency: currency ?? before.currency };
}

type Given = { before: LegalEntityRow | undefined; fields: Fields; refs: readonly ExternalRefInput[] | null | undefined };

function decide({ before, fields, refs }: Given, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const values = wholeValues(legalEntity, fields);
  const row = before ? draft.update(legalEntity, before, { changes: values }) : draft.insert(legalEntity, values);
  const { id, version, code, name, currency, countryCode } = row;
  if (row !== before) draft.publish(published(references.LegalEntity, { id, version, data: { code, name, currency, countryCode } }));
  draft.link({ refs: externalRefs, entity: legalEntity, id: row.id }, refs);
  return draft.done(row.id);
}
