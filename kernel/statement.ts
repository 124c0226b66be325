import { LRUCache } from 'lru-cache';
import type { Actor } from './actor.ts';
import type { Db } from './db.ts';
import { PgDialect, type SQL, sql } from './sql.ts';

/** A statement whose text is known: ids alone differ from one time to the next. */
export type Statement = { sql: string; params: unknown[] };

const dialect = new PgDialect();

/** Where ids stand that are not known yet, in a statement that is built once. */
export const idsLater: SQL = sql`${sql.placeholder('ids')}`;

/** Builds a statement. drizzle does it in as much time as the server needs for the answer. */
export function built(statement: SQL): Statement {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return { sql: text, params };
}

/** Runs a statement that is built, with these ids in their place. */
export async function rowsOf(db: Db, statement: Statement, ids: readonly string[] = []): Promise<Readonly<Record<string, unknown>>[]> {
  return db._.session.prepareQuery(statement, undefined, undefined, false).execute({ ids: [...ids] }) as Promise<Record<string, unknown>[]>;
}

/** What is asked, of what, and by whom. */
type Question = { of: object; actor: Actor; asked: string };

/** Questions that are remembered, and how long one may be: a list of thousands of ids comes once. */
const remembered = { questions: 2_000, characters: 2_000 };

const known = new LRUCache<string, object>({ max: remembered.questions });
const numbers = new WeakMap<object, number>();
const names = new WeakMap<Actor, string>();
const counted = { things: 0 };

/** What follows from a question and from who asks it, worked out once for all who are the same. It must follow from nothing else. */
export function workedOut<Value extends object>({ of, actor, asked }: Question, work: () => Value): Value {
  if (asked.length > remembered.characters) return work();
  const key = `${numberOf(of)} ${nameOf(actor)} ${asked}`;
  const before = known.get(key) as Value | undefined;
  if (before) return before;
  const value = work();
  known.set(key, value);
  return value;
}

function numberOf(thing: object): number {
  const before = numbers.get(thing);
  if (before !== undefined) return before;
  counted.things += 1;
  numbers.set(thing, counted.things);
  return counted.things;
}

/** Everything of an actor that may decide what it sees; tokens of the same person come and go. */
function nameOf(actor: Actor): string {
  const before = names.get(actor);
  if (before !== undefined) return before;
  const { expiresAt: _, ...rest } = actor;
  const name = JSON.stringify(rest);
  names.set(actor, name);
  return name;
}
