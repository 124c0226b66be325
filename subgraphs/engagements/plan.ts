import { getTableColumns } from 'drizzle-orm';
import { seesCustomer } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { EntityTable } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { type ExternalRefInput, externalKey, findByExternalRefs, linkExternalRefs } from '#kernel/external.ts';
import { newId } from '#kernel/ids.ts';
import { type ActionName, type AnyMachine, stepTo } from '#kernel/machine.ts';
import { asRefused, type Outcome } from '#kernel/mutation.ts';
import { checkDates } from './fields.ts';
import type { Owned, Store } from './sight.ts';
import { externalRefs } from './tables.ts';

type Stated = Owned & { status: string; updatedAt: Date };

/** What a command will write of one entity: the versions that it goes through, judged before anything is written. */
export type Plan<Row> = { before: Row | undefined; versions: Row[]; refs: readonly ExternalRefInput[] };

/** One version of one entity, as facts see it. */
export type Change<Row> = { row: Row; before: Row | undefined };

/** How plans of one entity become rows, references and facts. */
export type Kit<Row extends Owned> = {
  store: Store<Row>;
  /** Writes what hangs below new and changed rows, before anybody is told. */
  below?: (scope: Scope) => Promise<void>;
  /** Publishes the rows and states what happened, a statement for all. */
  tell: (scope: Scope, changes: readonly Change<Row>[]) => Promise<void>;
};

/** The columns that a new row has before anybody says anything. */
export function newborn(scope: Scope): { id: string; version: number; createdAt: Date; updatedAt: Date } {
  return { id: newId(scope.now.getTime()), version: 1, createdAt: scope.now, updatedAt: scope.now };
}

/** A plan for `row`: creation, a change of `before`, or nothing when they say the same (and nothing below it changed). */
export function planned<Row extends Stated>(
  scope: Scope,
  { before, row, below = false }: { before: Row | undefined; row: Row; below?: boolean },
  refs?: readonly ExternalRefInput[] | null,
): Plan<Row> {
  const plan: Plan<Row> = { before, versions: [], refs: refs ?? [] };
  if (!before) plan.versions.push(row);
  else if (below || differs(before, row)) plan.versions.push({ ...row, version: before.version + 1, updatedAt: scope.now });
  return plan;
}

/** The entity as the plan leaves it. */
export function outcomeOf<Row>(plan: Plan<Row>): Row {
  const row = plan.versions.at(-1) ?? plan.before;
  if (row === undefined) throw new Error('a plan without an entity');
  return row;
}

type Subject<M extends AnyMachine> = Parameters<typeof stepTo<M>>[1]['subject'];
type Act<M extends AnyMachine, Row> = { machine: M; action: ActionName<M>; subject: (row: Row) => Subject<M> };
type Walk<M extends AnyMachine, Row> = Omit<Act<M, Row>, 'action'> & { path: readonly ActionName<M>[] };

/** Adds one action, judged by the machine. */
export function act<M extends AnyMachine, Row extends Stated>(scope: Scope, plan: Plan<Row>, { machine, action, subject }: Act<M, Row>): Plan<Row> {
  const row = outcomeOf(plan);
  const status = stepTo(machine, { subject: subject(row), action, actor: scope.actor });
  plan.versions.push({ ...row, status, version: row.version + 1, updatedAt: scope.now });
  return plan;
}

/** Adds those actions of `path` that start where the entity then stands. */
export function walk<M extends AnyMachine, Row extends Stated>(scope: Scope, plan: Plan<Row>, { machine, path, subject }: Walk<M, Row>): Plan<Row> {
  for (const action of path) {
    if (machine.actions[action]?.from.includes(outcomeOf(plan).status)) act(scope, plan, { machine, action, subject });
  }
  return plan;
}

/** Writes plans set by set: all first versions, then all second ones. */
export async function carryOut<Row extends Owned>(scope: Scope, kit: Kit<Row>, plans: readonly Plan<Row>[]): Promise<void> {
  const longest = Math.max(0, ...plans.map((plan) => plan.versions.length));
  for (let stage = 0; stage < longest; stage += 1) {
    const changes = plans.flatMap((plan) => {
      const row = plan.versions[stage];
      return row ? [{ row, before: stage === 0 ? plan.before : plan.versions[stage - 1] }] : [];
    });
    await kit.store.put(
      scope,
      changes.map((change) => change.row),
    );
    if (stage === 0) await kit.below?.(scope);
    await kit.tell(scope, changes);
  }
  const links = plans.map((plan) => ({ entityId: outcomeOf(plan).id, refs: plan.refs }));
  await linkExternalRefs(scope, externalRefs, { entityType: kit.store.entity, links });
}

type Keyed = { externalRef: ExternalRefInput };

/** The rows that items mean by their external references, locked; by `externalKey`. */
export async function lockReferred<Row extends Owned>(scope: Scope, store: Store<Row>, items: readonly Keyed[]): Promise<Map<string, Row>> {
  const ids = await findByExternalRefs(scope, externalRefs, { entityType: store.entity, refs: items.map((item) => item.externalRef) });
  const rows = await store.lock(scope, [...ids.values()]);
  const found = new Map<string, Row>();
  for (const [key, id] of ids) {
    const row = rows.get(id);
    if (row) found.set(key, row);
  }
  return found;
}

/** Judges each item, carries out those that may be, in a fixed number of statements, and says what became of each. */
export async function upsertAll<Row extends Owned, Item extends Keyed>(
  scope: Scope,
  kit: Kit<Row>,
  work: { items: readonly Item[]; known: ReadonlyMap<string, Row>; plan: (item: Item, before: Row | undefined) => Plan<Row> },
): Promise<Outcome[]> {
  const seen = new Set<string>();
  const judged = work.items.map((item) => {
    try {
      const key = externalKey(item.externalRef);
      if (seen.has(key)) throw new Refused('VALIDATION_FAILED', `${key} stands in this call twice.`, { field: 'externalRef' });
      seen.add(key);
      const before = work.known.get(key);
      if (before && !seesCustomer(scope.actor, before.customerId))
        throw new Refused('DUPLICATE_EXTERNAL_REF', 'Another entity already has this external reference.', { field: 'externalRef' });
      checkRef(item.externalRef);
      return work.plan(item, before);
    } catch (error) {
      return asRefused(error);
    }
  });
  await carryOut(
    scope,
    kit,
    judged.filter((each): each is Plan<Row> => !(each instanceof Refused)),
  );
  return judged.map((each) => (each instanceof Refused ? { refused: each } : { id: outcomeOf(each).id }));
}

/** One item's bad reference must not refuse the whole call. */
function checkRef({ system, externalId }: ExternalRefInput): void {
  if ([system, externalId].some((text) => text.trim() === '' || text.length > 255)) {
    throw new Refused('VALIDATION_FAILED', 'externalRef needs a system and an externalId of 1 to 255 characters each.', { field: 'externalRef' });
  }
}

type Raw<Row> = { [Name in keyof Row]?: Row[Name] | null | undefined };

/** Reads what was given as a row: refuses null where the table takes none, and dates in the wrong order, before the database would refuse the whole call. */
export function wholeRow<Row extends Record<string, unknown>>(table: EntityTable & { $inferSelect: Row }, row: Raw<Row>): Row {
  for (const [field, column] of Object.entries(getTableColumns(table))) {
    if (column.notNull && (row[field] === null || row[field] === undefined)) throw new Refused('VALIDATION_FAILED', `${field} must not be null.`, { field });
  }
  checkDates(row);
  return row as Row;
}

export function differs(before: object, row: object): boolean {
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries(row).some(([name, value]) => old.get(name) !== value && name !== 'version' && name !== 'updatedAt');
}
