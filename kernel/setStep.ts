import { demand } from './actor.ts';
import type { Scope } from './context.ts';
import type { EntityTable } from './db.ts';
import { columnsOf, type Entity, type RowOf } from './entity.ts';
import { type ActionName, type AnyMachine, actionOf } from './machine.ts';
import { readerOf } from './read.ts';
import { type SQL, sql } from './sql.ts';

type SetStep<M extends AnyMachine> = {
  machine: M;
  action: ActionName<M>;
  /** Which rows, beside what the machine demands; columns by the alias `own`. */
  where: SQL;
  /** Other columns to set, by their names in the database. */
  set?: Readonly<Record<string, SQL>>;
  /** Each row stays in the state that it is in; the machine must lead from each back to it. */
  stays?: true;
  /** What is joined to the rows, such as `unnest(...) as link(id, ...)`; `where` ties it to them. */
  from?: SQL;
};

/** One action of a machine on a set of rows, in one statement: those in another state, or that a guard refuses, are left out. Gives the rows as they now are. */
export async function stepSet<T extends EntityTable, M extends AnyMachine>(scope: Scope, entity: Entity<T>, step: SetStep<M>): Promise<RowOf<T>[]> {
  const { columns, row: read } = readerOf(entity.table);
  const found = await scope.tx.execute(sql`
    with stepped as (${stepStatement(scope, entity, step)}), noted as (${noteStatement(scope, entity, 'stepped')})
    select ${columns} from stepped order by id`);
  return found.map(read);
}

/** The same as a statement to stand in another one's WITH; it returns the rows. `noteStatement` belongs beside it. */
export function stepStatement<T extends EntityTable, M extends AnyMachine>(scope: Scope, { table }: Entity<T>, step: SetStep<M>): SQL {
  const row = actionOf(step.machine, step.action);
  demand(scope.actor, row.may);
  const stays = step.stays && row.from.every((state) => row.to.includes(state));
  if (typeof row.to !== 'string' && !stays) throw new Error(`${step.action} on ${step.machine.entity} leads to several states: a set cannot tell which`);
  const sets = Object.entries({
    ...step.set,
    status: stays ? sql`own.status` : sql`${row.to}`,
    version: sql`own.version + 1`,
    updated_at: sql`${scope.now.toISOString()}`,
  });
  const from = step.from ? sql`from ${step.from}` : sql``;
  // Behind a CASE the planner does not take the rows to be few and the joined set for the larger side, which is quadratic without statistics.
  const demanded = setCondition(step.machine, step.action);
  const condition = step.from ? sql`case when ${demanded} then true else false end` : demanded;
  return sql`update ${table} as own set ${sql.join(
    sets.map(([name, value]) => sql`${sql.identifier(name)} = ${value}`),
    sql`, `,
  )} ${from} where ${step.where} and ${condition} returning own.*`;
}

/** Notes the rows of another part of the same WITH as changed. */
export function noteStatement<T extends EntityTable>(scope: Scope, { name }: Entity<T>, stepped: string): SQL {
  return sql`insert into log.change_pending (entity, ids, versions, at)
    select ${name}, array_agg(id), array_agg(version), ${scope.now.toISOString()}::timestamptz from ${sql.identifier(stepped)} having count(*) > 0`;
}

/** State and guards of an action as a condition on rows with the alias `own`. */
export function setCondition<M extends AnyMachine>(machine: M, action: ActionName<M>): SQL {
  const row = actionOf(machine, action);
  const column = (name: string) => sql`own.${sql.identifier(name)}`;
  const guards = (row.guards ?? []).map((guard) => {
    if (!guard.holds) throw new Error(`${guard.name} has no form in SQL; ${action} on ${machine.entity} cannot step a set`);
    return sql`(${guard.holds(column)})`;
  });
  return sql.join([sql`own.status = any(${sql.param([...row.from])}::text[])`, ...guards], sql` and `);
}

/** The columns that a set-based step may not set by itself. */
const steppedColumns: ReadonlySet<string> = new Set(['id', 'status', 'version', 'updated_at']);

/** Marks on rows that are no change of theirs, such as how far another subgraph has got with them: the version stays. */
export async function markRows<T extends EntityTable>(
  scope: Scope,
  { table }: Entity<T>,
  { set, where }: { set: Partial<RowOf<T>>; where: SQL },
): Promise<{ id: string; version: number }[]> {
  const marks = columnsOf(table).flatMap(([field, column]) => {
    const value = (set as Record<string, unknown>)[field];
    if (value === undefined) return [];
    if (steppedColumns.has(column.name)) throw new Error(`${column.name} is no mark`);
    return [sql`${sql.identifier(column.name)} = ${sql.param(value, column)}`];
  });
  const found = await scope.tx.execute(sql`
    with chosen as (select own.id from ${table} as own where ${where} order by own.id for no key update)
    update ${table} as own set ${sql.join(marks, sql`, `)} from chosen where own.id = chosen.id returning own.id, own.version`);
  return found.map((row) => ({ id: String(row.id), version: Number(row.version) }));
}
