import type { CreateLaborCategoryInput, UpdateLaborCategoryInput, UpsertLaborCategoryItem } from '#generated/resources.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { absorbRows, type Changes, type Decision, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkRef, type ExternalRefInput, externalKey, findByExternalRefs } from '#kernel/external.ts';
import { checkLines, checkText, given } from '#kernel/input.ts';
import { published } from '#kernel/reference.ts';
import { demandNamed, lockRows } from '#kernel/rows.ts';
import { inArray } from '#kernel/sql.ts';
import { references } from '../published.ts';
import { externalRefs, type LaborCategoryRow, laborCategories, laborCategory } from '../tables.ts';

/** What commands on labor categories judge by. */
export type LoadedLaborCategories = {
  /** Locked rows by id. */
  rows: Map<string, LaborCategoryRow>;
  /** Who has a code, by code. */
  owners: ReadonlyMap<string, string>;
  byRef: ReadonlyMap<string, string>;
  /** Ids and codes that an earlier item of the call wrote. */
  written: Set<string>;
};

type On<Item> = Command<Item, LoadedLaborCategories>;

const base = {
  may: 'labor-category:write' as const,
  entities: [laborCategory],
  absorb: (loaded: LoadedLaborCategories, decision: Decision): void => absorbRows(loaded.rows, decision, laborCategory),
};

/** Creates a labor category, in use. */
export const createLaborCategory: On<CreateLaborCategoryInput> = {
  ...base,
  load: (scope, items) => load(scope, { codes: items.map(({ code }) => code) }),
  decide: (loaded, { code, name, description, externalRefs: refs }, context) => {
    const fields = { code: checkText('code', code, 64), name: checkText('name', name), description: readDescription(description) };
    demandFree(loaded, fields.code, undefined);
    return decideFields({ fields, refs }, context);
  },
};

/** Changes a labor category, or puts it in or out of use. */
export const updateLaborCategory: On<UpdateLaborCategoryInput> = {
  ...base,
  load: (scope, items) => load(scope, { ids: items.map(({ id }) => id), codes: items.map(({ code }) => code ?? '') }),
  decide: (loaded, { id, expectedVersion, code, name, description, active, externalRefs: refs }, context) => {
    const before = demandNamed(loaded.rows, { entity: 'LaborCategory', id, expectedVersion }, () => true);
    if (active === null) throw new Refused('VALIDATION_FAILED', 'active cannot be cleared.', { field: 'active' });
    const fields = {
      code: code === undefined ? undefined : checkText('code', code, 64),
      name: name === undefined ? undefined : checkText('name', name),
      description: readDescription(description),
      active,
    };
    if (fields.code) demandFree(loaded, fields.code, id);
    return decideFields({ before, fields, refs }, context);
  },
};

/** Creates or changes labor categories by external reference, else by code. Unchanged ones keep their version. */
export const upsertLaborCategories: On<UpsertLaborCategoryItem> = {
  ...base,
  load: (scope, items) => load(scope, { codes: items.map(({ code }) => code), refs: items.flatMap(({ externalRef }) => externalRef ?? []), owners: true }),
  source: { refs: externalRefs, entity: laborCategory, of: ({ externalRef }) => externalRef },
  once: ({ externalRef }) => (externalRef ? { field: 'externalRef', key: externalKey(externalRef) } : undefined),
  decide: (loaded, item, context) => {
    if (item.externalRef) checkRef(item.externalRef);
    const fields = {
      code: checkText('code', item.code, 64),
      name: checkText('name', item.name),
      description: readDescription(item.description),
      active: item.active ?? undefined,
    };
    const owner = loaded.owners.get(fields.code);
    const id = (item.externalRef && loaded.byRef.get(externalKey(item.externalRef))) ?? owner;
    demandFree(loaded, fields.code, id);
    if (loaded.written.has(id ?? '') || loaded.written.has(fields.code))
      throw new Refused('VALIDATION_FAILED', `${fields.code} stands in more than one item of this call.`, { field: 'code' });
    return decideFields({ before: loaded.rows.get(id ?? ''), fields, refs: item.externalRef ? [item.externalRef] : [] }, context);
  },
  absorb: (loaded, decision, { code }) => void loaded.written.add(decision.id).add(code.trim()),
};

type Wanted = { codes: readonly string[]; ids?: readonly string[]; refs?: readonly ExternalRefInput[]; owners?: boolean };

/** `owners`: who has one of the codes is to be written, and so locked. */
async function load(scope: Scope, { codes, ids = [], refs = [], owners: lockOwners = false }: Wanted): Promise<LoadedLaborCategories> {
  const byRef = await findByExternalRefs(scope, externalRefs, { entityType: laborCategory.name, refs });
  const wanted = codes.map((code) => code.trim()).filter((code) => code !== '');
  const columns = { id: laborCategories.id, code: laborCategories.code };
  const coded = wanted.length === 0 ? [] : await scope.tx.select(columns).from(laborCategories).where(inArray(laborCategories.code, wanted));
  const rows = await lockRows(scope, laborCategories, [...ids, ...byRef.values(), ...(lockOwners ? coded.map(({ id }) => id) : [])]);
  return { rows, owners: new Map(coded.map(({ id, code }) => [code, id])), byRef, written: new Set() };
}

function demandFree({ owners }: LoadedLaborCategories, code: string, id: string | undefined): void {
  const owner = owners.get(code);
  if (owner && owner !== id) throw new Refused('VALIDATION_FAILED', `Another labor category has the code ${code}.`, { field: 'code' });
}

type Given = { before?: LaborCategoryRow | undefined; fields: Changes<typeof laborCategories>; refs: readonly ExternalRefInput[] | null | undefined };

function decideFields({ before, fields, refs }: Given, context: DecisionContext): Decision {
  const draft = openDraft(context);
  const blank = { code: '', name: '', description: null, active: true };
  const row = before ? draft.update(laborCategory, before, { changes: fields }) : draft.insert(laborCategory, { ...blank, ...given(fields) });
  if (row !== before) draft.publish(published(references.LaborCategory, { id: row.id, version: row.version, data: { code: row.code, name: row.name } }));
  draft.link({ refs: externalRefs, entity: laborCategory, id: row.id }, refs);
  return draft.done(row.id);
}

function readDescription<Text extends string | null | undefined>(description: Text): Text | string {
  return description ? checkLines('description', description, 1000) : description;
}
