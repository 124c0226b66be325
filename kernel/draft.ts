import { isDeepStrictEqual } from 'node:util';
import type { Actor } from './actor.ts';
import type { Claim, Claimed } from './claim.ts';
import type { Scope } from './context.ts';
import type { EntityTable } from './db.ts';
import { type AnyRow, columnsOf, type Entity, type RowOf } from './entity.ts';
import { Refused } from './errors.ts';
import type { ExternalRefInput, ExternalRefTable } from './external.ts';
import type { FactInput } from './facts.ts';
import { newId } from './ids.ts';
import type { Transition } from './machine.ts';
import type { AnyDocument, Document, FactType } from './published.ts';
import type { Amendment, Published } from './reference.ts';
import type { PgColumn } from './sql.ts';

/** What a decision may know beside what was loaded: nothing of the world but who, when, and a source of ids. */
export type DecisionContext = { readonly actor: Actor; readonly now: Date; newId(): string };

export function decisionContext(scope: Pick<Scope, 'actor' | 'now'>): DecisionContext {
  const { actor, now } = scope;
  return { actor, now, newId: () => newId(now.getTime()) };
}

/** One thing that a decision wants written. */
export type Effect =
  | { does: 'insert'; entity: Entity; row: AnyRow; by: Transition | undefined; instead?: boolean }
  | { does: 'update'; entity: Entity; before: AnyRow; row: AnyRow; by: Transition | undefined }
  | { does: 'delete'; entity: Entity; row: AnyRow; refs: ExternalRefTable | undefined }
  | { does: 'state'; fact: FactType<unknown>; input: FactInput<unknown> }
  | { does: 'publish'; entry: Published }
  | { does: 'amend'; amendment: Amendment }
  | { does: 'claim'; claim: Claimed }
  | { does: 'link'; refs: ExternalRefTable; entityType: string; entityId: string; given: readonly ExternalRefInput[]; delivered?: boolean };

/** What one item leads to. */
export type Decision = { id: string; effects: readonly Effect[] };

type Kept = 'id' | 'version' | 'createdAt' | 'updatedAt' | 'status';

/** The columns that a command sets; identity, version, instants and status are not among them. */
export type Values<T extends EntityTable> = Omit<RowOf<T>, Kept> & { id?: string };
export type Changes<T extends EntityTable> = { [Name in keyof Omit<RowOf<T>, Kept>]?: Omit<RowOf<T>, Kept>[Name] | undefined };

type StatusOf<T extends EntityTable> = RowOf<T> extends { status: infer Status extends string } ? Status : never;
/** A table with a status needs the transition that set it. */
type Begins<T extends EntityTable> = [StatusOf<T>] extends [never] ? [] : [by: Transition<StatusOf<T>>];
type Update<T extends EntityTable> = {
  changes?: Changes<T>;
  by?: Transition<StatusOf<T>>;
  /** Something that belongs to the row changed: its version moves on even if no column does. */
  touch?: boolean | undefined;
};

/** Collects what a decision wants written. Nothing is: the writer does that for all decisions of a call together. */
export type Draft = {
  readonly context: DecisionContext;
  /** A new row; gives it as it will stand. */
  insert<T extends EntityTable>(entity: Entity<T>, values: Values<T>, ...by: Begins<T>): RowOf<T>;
  /** The same for a row that takes the place of rows that the call takes away: written once they are gone. */
  insertInstead<T extends EntityTable>(entity: Entity<T>, values: Values<T>, ...by: Begins<T>): RowOf<T>;
  /** The next version of a locked row; without a difference and without a transition it is given back as it is. */
  update<T extends EntityTable>(entity: Entity<T>, before: RowOf<T>, update: Update<T>): RowOf<T>;
  /** Takes a row away, with its external references where the table of them is given. */
  remove<T extends EntityTable>(entity: Entity<T>, row: RowOf<T>, refs?: ExternalRefTable): void;
  state<Payload>(fact: FactType<Payload>, input: FactInput<Payload>): void;
  publish(entry: Published): void;
  /** Changes the documents of all rows below the parent of that id. */
  amend<Data>(below: { document: Document<Data>; parent: PgColumn; id: string }, data: Partial<Data>): void;
  /** Takes hold of a locked claim on an entity, or lets go of it. */
  claim(entityType: string, entityId: string, claim: Claim): void;
  link(to: { refs: ExternalRefTable; entity: Entity; id: string }, given: readonly ExternalRefInput[] | null | undefined): void;
  /** Ends the decision: what it is about. */
  done(id: string): Decision;
};

export function openDraft(context: DecisionContext): Draft {
  const effects: Effect[] = [];
  const stamp = context.now;
  return {
    context,
    insert(entity, values, ...[by]) {
      const row = newRow(values, by);
      effects.push({ does: 'insert', entity, row, by });
      return row as never;
    },
    insertInstead(entity, values, ...[by]) {
      const row = newRow(values, by);
      effects.push({ does: 'insert', entity, row, by, instead: true });
      return row as never;
    },
    update(entity, before, { changes = {}, by, touch = false }) {
      const old = before as never as AnyRow;
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      if (!by && !touch && !differs(old, given)) return before;
      const row = { ...old, ...given, ...statusOf(by), version: old.version + (isMaking(old, by) ? 0 : 1), updatedAt: stamp };
      effects.push({ does: 'update', entity, before: old, row, by });
      return row as never;
    },
    remove: (entity, row, refs) => void effects.push({ does: 'delete', entity, row: row as never as AnyRow, refs }),
    state: (fact, input) => void effects.push({ does: 'state', fact: fact as FactType<unknown>, input }),
    publish: (entry) => void effects.push({ does: 'publish', entry }),
    amend: ({ document, ...below }, data) => void effects.push({ does: 'amend', amendment: { document: document as AnyDocument, ...below, data } }),
    claim: (entityType, entityId, claim) => void effects.push({ does: 'claim', claim: { entityType, entityId, ...claim } }),
    link({ refs, entity, id }, given) {
      if (given && given.length > 0) effects.push({ does: 'link', refs, entityType: entity.name, entityId: id, given });
    },
    done: (id) => ({ id, effects }),
  };

  function newRow({ id, ...values }: { id?: string }, by: Transition | undefined): AnyRow {
    return { ...values, ...statusOf(by), id: id ?? context.newId(), version: 1, createdAt: stamp, updatedAt: stamp };
  }

  /** What this very call made is not changed by it, but made so: its first version, unless its status moves on. */
  function isMaking(old: AnyRow, by: Transition | undefined): boolean {
    return old.version === 1 && old.createdAt === stamp && (!by || by.status === old.status);
  }
}

function statusOf(by: Transition | undefined): { status?: string } {
  return by ? { status: by.status } : {};
}

/** What the writer sets by itself. */
const kept: ReadonlySet<string> = new Set(['id', 'version', 'createdAt', 'updatedAt', 'status']);

/** Reads what was given as the columns of a whole row: refuses null where the table takes none, before the database would refuse the whole call. */
export function wholeValues<T extends EntityTable>({ table }: Entity<T>, given: { [Name in keyof RowOf<T>]?: RowOf<T>[Name] | null | undefined }): Values<T> {
  const fields = new Map<string, unknown>(Object.entries(given));
  for (const [field, column] of columnsOf(table)) {
    if (column.notNull && !kept.has(field) && (fields.get(field) ?? null) === null)
      throw new Refused('VALIDATION_FAILED', `${field} must not be null.`, { field });
  }
  return Object.fromEntries([...fields].filter(([field]) => !kept.has(field))) as never;
}

/** True when one of the given fields is not what the row holds. */
export function differs(row: object, fields: Readonly<Record<string, unknown>>): boolean {
  const held = new Map<string, unknown>(Object.entries(row));
  return Object.entries(fields).some(([name, value]) => value !== undefined && !isDeepStrictEqual(held.get(name), value));
}

/** A row as a decision found and leaves it: `before` is absent of a new one, `row` of a removed one. */
type Turned<Row> = { id: string; before: Row | undefined; row: Row | undefined };

/** The rows of one entity that a decision writes, in its order. For commands whose items see each other. */
export function rowsIn<T extends EntityTable>(decision: Decision, entity: Entity<T>): Turned<RowOf<T>>[] {
  return decision.effects.flatMap((effect): Turned<RowOf<T>>[] => {
    if (!('entity' in effect) || effect.entity !== entity) return [];
    const row = effect.row as never as RowOf<T>;
    if (effect.does === 'delete') return [{ id: effect.row.id, before: row, row: undefined }];
    return [{ id: effect.row.id, before: effect.does === 'update' ? (effect.before as never as RowOf<T>) : undefined, row }];
  });
}

/** Brings loaded rows up to date with a decision. */
export function absorbRows<T extends EntityTable>(rows: Map<string, RowOf<T>>, decision: Decision, entity: Entity<T>): void {
  for (const { id, row } of rowsIn(decision, entity)) {
    if (row) rows.set(id, row);
    else rows.delete(id);
  }
}
