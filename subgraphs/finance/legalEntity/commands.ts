import type { CreateLegalEntityInput, UpdateLegalEntityInput, UpsertLegalEntityItem } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import type { ExternalRefInput } from '#kernel/external.ts';
import { checkText, given } from '#kernel/input.ts';
import { published } from '#kernel/reference.ts';
import { absorbReferred, findReferred, loadReferred, type Referred } from '#kernel/referred.ts';
import { demandVersion, notFound } from '#kernel/rows.ts';
import { inArray } from '#kernel/sql.ts';
import { legalEntity } from '../entities.ts';
import { references } from '../published.ts';
import { actuals, externalRefs, type LegalEntityRow } from '../tables.ts';

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
    const before = loaded.rows.get(input.id);
    if (!before) throw notFound(legalEntity.name, input.id);
    demandVersion(legalEntity.name, before, input.expectedVersion);
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

type Fields = Pick<LegalEntityRow, 'code' | 'name' | 'currency' | 'countryCode'>;

function created({ code, name, currency, countryCode }: Fields): Fields {
  return { code: checkText('code', code, 40), name: checkText('name', name), currency, countryCode: checkCountry(countryCode) };
}

type Changes = { [Name in keyof Fields]?: Fields[Name] | null | undefined };

function changed({ keepBooks }: Loaded, before: LegalEntityRow, { code, name, currency, countryCode }: Changes): Fields {
  if (currency && currency !== before.currency && keepBooks.has(before.id))
    throw new Refused('GUARD_REFUSED', 'The currency of a legal entity stays once it keeps books.', { field: 'currency', guard: 'currencyForLife' });
  const fields = given({
    code: code === undefined ? undefined : checkText('code', code, 40),
    name: name === undefined ? undefined : checkText('name', name),
    countryCode: countryCode === undefined ? undefined : checkCountry(countryCode),
  });
  if (currency === null) throw new Refused('VALIDATION_FAILED', 'currency must not be null.', { field: 'currency' });
  return { ...before, ...fields, currency: currency ?? before.currency };
}

function checkCountry(code: string | null): string {
  if (code !== null && /^[A-Z]{2}$/.test(code)) return code;
  throw new Refused('VALIDATION_FAILED', 'countryCode must be two capital letters of ISO 3166-1.', { field: 'countryCode' });
}

type Given = { before: LegalEntityRow | undefined; fields: Fields; refs: readonly ExternalRefInput[] | null | undefined };

function decide({ before, fields: { code, name, currency, countryCode }, refs }: Given, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const data = { code, name, currency, countryCode };
  const row = before ? draft.update(legalEntity, before, { changes: data }) : draft.insert(legalEntity, data);
  if (row !== before) draft.publish(published(references.LegalEntity, { id: row.id, version: row.version, data }));
  draft.link({ refs: externalRefs, entity: legalEntity, id: row.id }, refs);
  return draft.done(row.id);
}
