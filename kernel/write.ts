import { noteChanges } from './change.ts';
import { keepClaims } from './claim.ts';
import type { Scope } from './context.ts';
import type { Effect } from './draft.ts';
import { type AnyRow, columnsOf, type Entity, recordset } from './entity.ts';
import { Refused } from './errors.ts';
import { type ExternalRefTable, linkExternalRefs } from './external.ts';
import { recordAll } from './facts.ts';
import { amend, type Published, publish } from './reference.ts';
import { sql } from './sql.ts';

type Of<Does extends Effect['does']> = Extract<Effect, { does: Does }>;
type Upsert = Of<'insert'> | Of<'update'>;

/**
 * Writes what decisions want, in a number of statements that does not grow with them: removals, rows in the order of `entities`, references, facts, links.
 * The statements go out one behind the other, without a pause: the connection runs them in this order.
 */
export async function write(scope: Scope, entities: readonly Entity[], effects: readonly Effect[]): Promise<void> {
  if (effects.length === 0) return;
  demandOrder(entities, effects);
  demandStated(effects);
  const stages = stagesOf(effects);
  const removals = effects.filter((effect): effect is Of<'delete'> => effect.does === 'delete');
  const of = <Each extends { entity: Entity }>(list: readonly Each[], entity: Entity): Each[] => list.filter((each) => each.entity === entity);
  await allInOrder([
    ...entities.toReversed().map((entity) => removeRows(scope, entity, of(removals, entity))),
    ...stages.flatMap(({ inserts, updates }) =>
      entities.flatMap((entity) => [
        insertRows(
          scope,
          entity,
          of(inserts, entity).map(({ row }) => row),
        ),
        updateRows(scope, entity, of(updates, entity)),
      ]),
    ),
    noteChanges(
      scope,
      entities.map((entity) => ({ entity: entity.name, rows: changedIn(entity, stages, removals) })),
    ),
    publish(scope, lastOfEach(effects.flatMap((effect) => (effect.does === 'publish' ? [effect.entry] : [])))),
    amend(
      scope,
      effects.flatMap((effect) => (effect.does === 'amend' ? [effect.amendment] : [])),
    ),
    keepClaims(
      scope,
      effects.flatMap((effect) => (effect.does === 'claim' ? [effect.claim] : [])),
    ),
    recordAll(
      scope,
      effects.flatMap((effect) => (effect.does === 'state' ? [effect] : [])),
    ),
  ]);
  await linkAll(scope, effects);
}

/** Waits for all; of several failures the first statement's is the cause, whichever is heard first. */
async function allInOrder(statements: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(statements)) if (outcome.status === 'rejected') throw outcome.reason;
}

/** The last version of each row that was written; of a removed one, the version that nobody will see. */
function changedIn(entity: Entity, stages: readonly Stage[], removals: readonly Of<'delete'>[]): { id: string; version: number }[] {
  const last = new Map<string, number>();
  for (const { inserts, updates } of stages) for (const { entity: own, row } of [...inserts, ...updates]) if (own === entity) last.set(row.id, row.version);
  for (const { entity: own, row } of removals) if (own === entity) last.set(row.id, row.version + 1);
  return [...last].map(([id, version]) => ({ id, version }));
}

/** One statement may touch a document once: the last one is what the call leaves. */
function lastOfEach(entries: readonly Published[]): Published[] {
  return [...new Map(entries.map((entry) => [`${entry.type} ${entry.id}`, entry])).values()];
}

function demandOrder(entities: readonly Entity[], effects: readonly Effect[]): void {
  for (const effect of effects) {
    if ('entity' in effect && !entities.includes(effect.entity)) throw new Error(`${effect.entity.name} is written by a command that does not name it`);
  }
}

/** What a machine's row says it states, the decision states: the table is what runs. */
function demandStated(effects: readonly Effect[]): void {
  const stated = new Set(effects.flatMap((effect) => (effect.does === 'state' ? [effect.fact.type] : [])));
  for (const effect of effects) {
    if (!('by' in effect) || !effect.by || effect.by.emits.length === 0) continue;
    const { entity, action, emits } = effect.by;
    if (!emits.some((fact) => stated.has(fact))) throw new Error(`${action} on ${entity} states ${emits.join(' or ')}, and the command did not`);
  }
}

type Stage = { inserts: { entity: Entity; row: AnyRow }[]; updates: Changed[] };
type Changed = { entity: Entity; from: AnyRow; row: AnyRow };

/** Versions of one row: the last one counts, or each in a stage of its own where the entity goes stepwise. What stands instead of other rows comes after them. */
function stagesOf(effects: readonly Effect[]): Stage[] {
  const upserts = effects.filter((effect): effect is Upsert => effect.does === 'insert' || effect.does === 'update');
  const gone = new Set(effects.flatMap((effect) => (effect.does === 'delete' ? [effect.row.id] : [])));
  const stages: Stage[] = [];
  const at = (index: number): Stage => {
    while (stages.length <= index) stages.push({ inserts: [], updates: [] });
    return stages[index] as Stage;
  };
  for (const versions of Map.groupBy(upserts, ({ entity, row }) => `${entity.name} ${row.id}`).values()) {
    const [first] = versions;
    const last = versions.at(-1);
    if (!first || !last || gone.has(first.row.id)) continue;
    const start = first.does === 'insert' && first.instead ? 1 : 0;
    if (first.entity.stepwise) versions.forEach((each, index) => void put(at(start + index), each, each));
    else put(at(start), first, last);
  }
  return stages;
}

function put(stage: Stage, first: Upsert, last: Upsert): void {
  if (first.does === 'insert') stage.inserts.push({ entity: first.entity, row: last.row });
  else stage.updates.push({ entity: first.entity, from: first.before, row: last.row });
}

/** Rows of one statement at most: it stays under the limits of one parameter, and of patience. */
const bite = 5_000;

async function insertRows(scope: Scope, { table }: Entity, rows: readonly AnyRow[]): Promise<void> {
  const columns = columnsOf(table);
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  await inBites(rows, (some) => {
    const given = recordset(some, columns);
    return scope.tx.execute(sql`insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, ${given}::jsonb)`);
  });
}

/** Starts all statements at once, so that those of the next entity come behind all of these. */
async function inBites<Row, Answer>(rows: readonly Row[], run: (some: readonly Row[]) => Promise<Answer>): Promise<Answer[]> {
  const running: Promise<Answer>[] = [];
  for (let start = 0; start < rows.length; start += bite) running.push(run(rows.slice(start, start + bite)));
  return Promise.all(running);
}

/** Whole rows stand in memory, so that only columns in which some row differs are written. */
async function updateRows(scope: Scope, { name, table }: Entity, changed: readonly Changed[]): Promise<void> {
  const written = await inBites(changed, (part) => {
    const columns = columnsOf(table).filter(([field]) => field !== 'id' && part.some(({ from, row }) => from[field] !== row[field]));
    const sets = columns.map(([, column]) => sql`${sql.identifier(column.name)} = given.${sql.identifier(column.name)}`);
    const shape = columns.map(([, column]) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`);
    const rows = part.map(({ from, row }) => ({ ...row, fromVersion: from.version }));
    const given = recordset(rows, [['id', { name: 'id' }], ['fromVersion', { name: 'from_version' }], ...columns]);
    return scope.tx.execute(sql`
      update ${table} as own set ${sql.join(sets, sql`, `)}
      from jsonb_to_recordset(${given}::jsonb) as given(id uuid, from_version integer, ${sql.join(shape, sql`, `)})
      where own.id = given.id and own.version = given.from_version returning own.id`);
  });
  if (written.reduce((sum, rows) => sum + rows.length, 0) < changed.length)
    throw new Refused('STALE_VERSION', `Somebody else changed ${name} meanwhile. Read it again, then decide.`, { field: 'expectedVersion' });
}

async function removeRows(scope: Scope, { name, table }: Entity, removals: readonly Of<'delete'>[]): Promise<void> {
  if (removals.length === 0) return;
  for (const [refs, own] of Map.groupBy(removals, (removal) => removal.refs)) {
    const ids = sql.param(own.map(({ row }) => row.id));
    if (refs) await scope.tx.execute(sql`delete from ${refs} where entity_type = ${name} and entity_id = any(${ids}::uuid[])`);
    await scope.tx.execute(sql`delete from ${table} where id = any(${ids}::uuid[])`);
  }
}

async function linkAll(scope: Scope, effects: readonly Effect[]): Promise<void> {
  const links = effects.filter((effect): effect is Of<'link'> => effect.does === 'link');
  const byTable = Map.groupBy(links, ({ refs }) => refs);
  for (const [refs, own] of byTable as Map<ExternalRefTable, Of<'link'>[]>) {
    for (const [entityType, same] of Map.groupBy(own, (link) => link.entityType)) {
      await linkExternalRefs(scope, refs, { entityType, links: same.map(({ entityId, given, delivered }) => ({ entityId, refs: given, delivered })) });
    }
  }
}
