import type { Scope } from './context.ts';
import type { Db } from './db.ts';
import { demandKept } from './event.ts';
import { sql } from './sql.ts';

/** That a row now stands at a version. Unlike a fact it says neither what happened nor why: caches and delta readers live on it. */
export type Change = { position: bigint; entity: string; id: string; version: number; at: Date };

/** Rows of one entity that were written, with their new versions. */
export type Note = { entity: string; rows: readonly { id: string; version: number }[] };

/** Notes rows that were written, in the transaction that wrote them: one insert, however many rows and entities. */
export async function noteChanges(scope: Scope, notes: readonly Note[]): Promise<void> {
  const given = notes.flatMap(({ entity, rows }) =>
    rows.length > 0 ? [{ entity, ids: rows.map((row) => row.id), versions: rows.map((row) => row.version) }] : [],
  );
  if (given.length === 0) return;
  await scope.tx.execute(sql`
    insert into log.change_pending (entity, ids, versions, at) select entity, ids, versions, ${scope.now.toISOString()}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as note(entity text, ids uuid[], versions integer[])`);
}

export type ChangeSlice = {
  after: bigint;
  entities?: readonly string[] | undefined;
  limit: number;
  /** Positions that one statement looks at, where a row takes longer to judge. */
  window?: bigint;
};

/** Positions that one statement looks at, so that a rare entity in a long stream never makes a long statement. */
const usualWindow = 20_000n;

/** The next changes in order of position, and the position up to which the stream has been read with them. */
export async function readChanges(
  db: Db,
  { after, entities, limit, window = usualWindow }: ChangeSlice,
): Promise<{ changes: Change[]; to: bigint; head: bigint }> {
  const { head, tail } = await changeBounds(db);
  demandKept(after, { head, tail });
  const whole = after + window > head;
  const upTo = whole ? head : after + window;
  const most = Math.min(limit, 5000);
  const only = entities ? sql`and entity = any(${sql.param([...entities])}::text[])` : sql``;
  const rows = await db.execute(sql`
    select position, entity, id, version, at from log.change where position > ${after.toString()}::bigint and position <= ${upTo.toString()}::bigint ${only} order by position limit ${most}`);
  const changes = rows.map(toChange);
  return { changes, to: changes.length < most ? upTo : (changes.at(-1)?.position ?? upTo), head };
}

/** The last position given in the stream of changes, and the first one still kept. */
export async function changeBounds(db: Db): Promise<{ head: bigint; tail: bigint }> {
  const [row] = await db.execute(sql`select change_position, change_oldest from log.head`);
  return { head: BigInt(String(row?.change_position ?? 0)), tail: BigInt(String(row?.change_oldest ?? 1)) };
}

function toChange(row: Record<string, unknown>): Change {
  return {
    position: BigInt(String(row.position)),
    entity: String(row.entity),
    id: String(row.id),
    version: Number(row.version),
    at: new Date(String(row.at)),
  };
}
