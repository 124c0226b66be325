import { inArray } from 'drizzle-orm';
import type { CreateLaborCategoryInput, UpdateLaborCategoryInput, UpsertLaborCategoryItem } from '#generated/resources.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { checkText, given } from '#kernel/input.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { publish, published } from '#kernel/reference.ts';
import { insertRow, insertRows, lockRow, lockRows, saveEach, saveRow } from '#kernel/rows.ts';
import { accepted, decide, differs, onceEach } from '../bulk.ts';
import { references } from '../published.ts';
import { externalRefs, type LaborCategoryRow, laborCategories } from '../tables.ts';

/** Creates a labor category, in use. */
export async function createLaborCategory(scope: Scope, input: CreateLaborCategoryInput): Promise<LaborCategoryRow> {
  demand(scope.actor, 'labor-category:write');
  const { idempotencyKey: _, externalRefs: refs, ...fields } = input;
  await demandFreeCode(scope, checkText('code', fields.code, 64));
  const category = await insertRow(scope, laborCategories, {
    id: newId(scope.now.getTime()),
    ...fields,
    code: fields.code.trim(),
    name: checkText('name', fields.name),
  });
  await link(scope, [{ entityId: category.id, refs: refs ?? [] }]);
  await tell(scope, [category]);
  return category;
}

/** Changes a labor category, or puts it in or out of use. */
export async function updateLaborCategory(scope: Scope, input: UpdateLaborCategoryInput): Promise<LaborCategoryRow> {
  demand(scope.actor, 'labor-category:write');
  const { idempotencyKey: _, id, expectedVersion, externalRefs: refs, ...fields } = input;
  const before = await lockRow(scope, laborCategories, { entity: 'LaborCategory', id, expectedVersion });
  if (fields.code !== undefined) fields.code = checkText('code', fields.code, 64);
  if (fields.code) await demandFreeCode(scope, fields.code, id);
  if (fields.name !== undefined) fields.name = checkText('name', fields.name);
  const category = await saveRow(scope, laborCategories, { row: before, changes: given(fields) });
  await link(scope, [{ entityId: id, refs: refs ?? [] }]);
  await tell(scope, [category]);
  return category;
}

type Decision = { row: LaborCategoryRow; how: 'new' | 'changed' | 'same'; refs: ExternalRefInput[] };

/** Creates or changes labor categories by external reference, else by code. Unchanged ones keep their version. */
export async function upsertLaborCategories(scope: Scope, items: readonly UpsertLaborCategoryItem[]): Promise<Outcome[]> {
  demand(scope.actor, 'labor-category:write');
  const refs = items.flatMap((item) => item.externalRef ?? []);
  const byRef = await findByExternalRefs(scope, externalRefs, { entityType: 'LaborCategory', refs });
  const codes = items.map((item) => item.code.trim());
  const coded = await scope.tx.select({ id: laborCategories.id }).from(laborCategories).where(inArray(laborCategories.code, codes));
  const rows = await lockRows(scope, laborCategories, [...byRef.values(), ...coded.map(({ id }) => id)]);
  const decisions = decide(items, decider(scope, rows, byRef));
  const done = accepted(decisions);
  const created = await insertRows(
    scope,
    laborCategories,
    done.filter(({ how }) => how === 'new').map(({ row }) => row),
  );
  const changed = await saveEach(
    scope,
    laborCategories,
    done.filter(({ how }) => how === 'changed').map(({ row }) => row),
  );
  await link(
    scope,
    done.map((decision) => ({ entityId: decision.row.id, refs: decision.refs })),
  );
  await tell(scope, [...created, ...changed]);
  return decisions.map((decision) => (decision instanceof Refused ? { refused: decision } : { id: decision.row.id }));
}

function decider(scope: Scope, rows: ReadonlyMap<string, LaborCategoryRow>, byRef: ReadonlyMap<string, string>) {
  const owners = new Map([...rows.values()].map((row) => [row.code, row.id]));
  const seen = new Set<string>();
  const once = onceEach();
  return (item: UpsertLaborCategoryItem): Decision => {
    const code = checkText('code', item.code, 64);
    const name = checkText('name', item.name);
    if (item.externalRef) once(item.externalRef);
    const id = (item.externalRef && byRef.get(externalKey(item.externalRef))) ?? owners.get(code);
    const owner = owners.get(code);
    if (owner && owner !== id) throw codeTaken(code);
    if (seen.has(id ?? code) || seen.has(code)) throw new Refused('VALIDATION_FAILED', `${code} stands in more than one item of this call.`, { field: 'code' });
    const fields = { code, name, ...given({ description: item.description }), ...(typeof item.active === 'boolean' ? { active: item.active } : {}) };
    const refs = item.externalRef ? [item.externalRef] : [];
    const before = id ? rows.get(id) : undefined;
    seen.add(id ?? code).add(code);
    if (before) return { row: { ...before, ...fields }, how: differs(before, fields) ? 'changed' : 'same', refs };
    const fresh = { id: newId(scope.now.getTime()), version: 1, createdAt: scope.now, updatedAt: scope.now, description: null, active: true };
    return { row: { ...fresh, ...fields }, how: 'new', refs };
  };
}

async function demandFreeCode(scope: Scope, code: string, id?: string): Promise<void> {
  const [taken] = await scope.tx
    .select({ id: laborCategories.id })
    .from(laborCategories)
    .where(inArray(laborCategories.code, [code]));
  if (taken && taken.id !== id) throw codeTaken(code);
}

function codeTaken(code: string): Refused {
  return new Refused('VALIDATION_FAILED', `Another labor category has the code ${code}.`, { field: 'code' });
}

function link(scope: Scope, links: readonly { entityId: string; refs: readonly ExternalRefInput[] }[]): Promise<void> {
  return linkExternalRefs(scope, externalRefs, { entityType: 'LaborCategory', links });
}

function tell(scope: Scope, rows: readonly LaborCategoryRow[]): Promise<void> {
  return publish(
    scope,
    rows.map(({ id, version, code, name }) => published(references.LaborCategory, { id, version, data: { code, name } })),
  );
}
