import { type Actor, demand, may, type Permission } from './actor.ts';
import type { Batch } from './context.ts';
import type { EntityTable } from './db.ts';
import type { RowOf } from './entity.ts';
import { Refused } from './errors.ts';
import { isId } from './ids.ts';
import { readerOf } from './read.ts';
import type { Settings } from './session.ts';
import { and, getTableName, not, type PgColumn, type PgTable, type SQL, sql } from './sql.ts';
import { built, idsLater, rowsOf, workedOut } from './statement.ts';

/** For whom rows are: the firm's own people and systems, its clients, and the partners who work for it. */
export type Audience = 'FIRM' | 'CLIENT' | 'PARTNER';

export function audienceOf({ kind }: Pick<Actor, 'kind'>): Audience {
  if (kind === 'CLIENT_PORTAL') return 'CLIENT';
  return kind === 'PARTNER' ? 'PARTNER' : 'FIRM';
}

/** Somebody who does not belong to the firm. */
export function isOutside(actor: Pick<Actor, 'kind'>): boolean {
  return audienceOf(actor) !== 'FIRM';
}

/** Somebody who sees a part of the firm only. */
export function isConfined(actor: Actor): boolean {
  return isOutside(actor) || actor.customerIds !== undefined || actor.legalEntityIds !== undefined;
}

/** What is the whole firm's, such as how far consumers have read, is not for somebody who sees a part of it. */
export function demandWholeFirm(actor: Actor, what: string): void {
  if (isConfined(actor)) throw new Refused('FORBIDDEN', `${what} is the whole firm’s; this token sees a part of it.`);
}

/** Who reads, as SQL: lists of ids. */
export type Reader = {
  customers: SQL;
  legalEntities: SQL;
  /** The persons whom a partner sends. */
  employees: SQL;
  /** Where these persons have confirmed work. */
  assigned: (what: Assigned) => SQL;
};

/** What an assignment leads to. */
export type Assigned = 'projectId' | 'contractId' | 'engagementId' | 'customerId';

/** How a row belongs to somebody: by a column, or by a condition over `own`, which says that a column holds one of the reader's ids. */
export type Owner = PgColumn | ((own: (column: PgColumn) => SQL, reader: Reader) => SQL);

/** What an audience sees beside ownership: all, nothing, or what meets a condition. */
export type Rule = boolean | ((reader: Reader) => SQL);

/** Who may see the rows of a table, said once. Lists, reads by id and the database's policies follow from it. */
export type Visibility = {
  /** Whose customer's rows they are; `anyone`: they belong to no customer and are no secret; `firm`: nobody who is confined to customers sees them. */
  customer: Owner | 'anyone' | 'firm';
  /** Whose legal entity's rows they are; a row without one is everybody's. `none`: no row has one; `firm`: nobody who is confined to legal entities sees them. */
  legalEntity: Owner | 'none' | 'firm';
  client: Rule;
  partner: Rule;
  /** Rows that need a permission of their own, whoever asks. */
  secret?: { permission: Permission; rows: SQL };
  /** What a colleague sees who lacks the permission: what is their own. */
  colleague?: { unless: Permission; rows: (reader: Reader) => SQL };
};

/** Rows that say something of another entity, whose type they name, are seen with it. */
type Following = { follows: Readonly<Record<string, PgTable & { id: PgColumn }>>; type: PgColumn; id: PgColumn };

/** What is declared of a table never changes. */
const declared = new WeakMap<PgTable, Visibility | Following>();

/** Declares who may see the rows of a table; it stands beside the table. */
export function visible(table: PgTable, visibility: Visibility | Following): void {
  declared.set(table, visibility);
}

export function visibilityOf(table: PgTable): Visibility | Following | undefined {
  return declared.get(table);
}

/** The condition under which an actor sees a row; undefined when it sees every one. */
export function visibleTo(actor: Actor, table: PgTable): SQL | undefined {
  const visibility = declared.get(table);
  if (!visibility) throw new Error(`${getTableName(table)} does not say who may see its rows`);
  // Whoever found the entity may see what follows it; the database sees to the rest.
  if ('follows' in visibility) return undefined;
  const { customer, legalEntity, secret, colleague } = visibility;
  const hidden = secret && !may(actor, secret.permission) ? not(secret.rows) : undefined;
  const reader = whoReads(actor);
  const own = colleague && seesOwnOnly(actor, colleague.unless) ? colleague.rows(reader) : undefined;
  if (!isConfined(actor)) return and(own, hidden);
  return and(
    actor.customerIds ? ofCustomers(customer, reader) : undefined,
    actor.legalEntityIds ? ofLegalEntities(legalEntity, reader) : undefined,
    ruleFor(visibility, audienceOf(actor), reader),
    own,
    hidden,
  );
}

/** One of the firm's people who sees of some things only their own. */
export function seesOwnOnly(actor: Actor, unless: Permission): boolean {
  return actor.kind === 'STAFF' && !may(actor, unless);
}

function whoReads(actor: Actor): Reader {
  const { customerIds, legalEntityIds } = actor;
  const employees = idList(personsOf(actor));
  return { customers: idList(customerIds ?? []), legalEntities: idList(legalEntityIds ?? []), employees, assigned: (what) => assignedTo(employees, what) };
}

/** Whom a token speaks for: the employee of a colleague, or all those whom a partner sends. */
export function personsOf({ employeeId, employeeIds }: Actor): readonly string[] {
  return employeeIds ?? (employeeId ? [employeeId] : []);
}

function idList(ids: readonly string[]): SQL {
  return sql`${sql.param([...ids])}::uuid[]`;
}

function assignedTo(employees: SQL, what: Assigned): SQL {
  return sql`(select log.assigned(${employees}, ${sql.raw(`'${what}'`)}))::uuid[]`;
}

function ofCustomers(owner: Visibility['customer'], reader: Reader): SQL | undefined {
  if (owner === 'anyone') return undefined;
  if (owner === 'firm') return sql`false`;
  const own = (column: PgColumn) => sql`${column} = any(${reader.customers})`;
  return typeof owner === 'function' ? owner(own, reader) : own(owner);
}

function ofLegalEntities(owner: Visibility['legalEntity'], reader: Reader): SQL | undefined {
  if (owner === 'none') return undefined;
  if (owner === 'firm') return sql`false`;
  const own = (column: PgColumn) =>
    column.notNull ? sql`${column} = any(${reader.legalEntities})` : sql`(${column} is null or ${column} = any(${reader.legalEntities}))`;
  return typeof owner === 'function' ? owner(own, reader) : own(owner);
}

function ruleFor(visibility: Visibility, audience: Audience, reader: Reader): SQL | undefined {
  if (audience === 'FIRM') return undefined;
  const rule = audience === 'CLIENT' ? visibility.client : visibility.partner;
  if (typeof rule === 'function') return rule(reader);
  return rule ? undefined : sql`false`;
}

/** The reader as the database knows it from the settings of the transaction; each list is made once per statement. */
const setReader: Reader = {
  customers: sql`(select log.customers())::uuid[]`,
  legalEntities: sql`(select log.legal_entities())::uuid[]`,
  employees: sql`(select log.employees())::uuid[]`,
  assigned: (what) => assignedTo(sql`log.employees()`, what),
};

/** The same declaration as a policy's condition. Without settings nothing is true. */
export function policyOf(visibility: Visibility | Following): SQL {
  if ('follows' in visibility) return followingPolicy(visibility);
  const { customer, legalEntity, client, partner } = visibility;
  const customers = ofCustomers(customer, setReader) ?? sql`(select log.is_known())`;
  const legalEntities = ofLegalEntities(legalEntity, setReader);
  const rules = [
    ['client', client],
    ['partner', partner],
  ] as const;
  const special = rules.filter(([, rule]) => rule !== true);
  const cases = special.map(([name, rule]) => sql`when ${sql.raw(`'${name}'`)} then ${typeof rule === 'function' ? rule(setReader) : sql`false`}`);
  const parts = [
    sql`((select log.every_customer()) or ${customers})`,
    ...(legalEntities ? [sql`((select log.every_legal_entity()) or ${legalEntities})`] : []),
    ...(special.length > 0 ? [sql`case (select log.audience()) ${sql.join(cases, sql` `)} else true end`] : []),
  ];
  return sql.join(parts, sql` and `);
}

function followingPolicy({ follows, type, id }: Following): SQL {
  const cases = Object.entries(follows).map(([name, table]) => sql`when ${sql.raw(`'${name}'`)} then exists (select from ${table} where ${table.id} = ${id})`);
  return sql`(select log.whole_firm()) or case ${type} ${sql.join(cases, sql` `)} else false end`;
}

/** What the database is told of a reader. */
export function settingsOf(actor: Actor): Settings {
  const list = (ids: readonly string[] | undefined) => (ids ? `{${ids.join(',')}}` : '');
  return {
    scope: audienceOf(actor).toLowerCase(),
    customers: list(isOutside(actor) ? (actor.customerIds ?? []) : actor.customerIds),
    legal_entities: list(actor.legalEntityIds),
    employees: list(personsOf(actor)),
  };
}

/** Rows by id, as far as the actor may know of them; what is no id finds nothing. */
export function visibleById<T extends EntityTable>(table: T, permission: Permission): Batch<RowOf<T>> {
  return async (context, ids) => {
    demand(context.actor, permission);
    const wanted = ids.filter(isId);
    if (wanted.length === 0) return new Map();
    const { columns, row } = readerOf(table);
    const { statement } = workedOut({ of: table, actor: context.actor, asked: 'by id' }, () => {
      const condition = and(sql`${table.id} = any(${idsLater}::uuid[])`, visibleTo(context.actor, table));
      return { statement: built(sql`select ${columns} from ${table} where ${condition}`) };
    });
    const rows = await rowsOf(context.db, statement, wanted);
    return new Map(rows.map((raw) => [String(raw.id), row(raw) as RowOf<T>]));
  };
}

/** What may own a row that is at hand; a key that is not there is not judged. */
export type Owned = { readonly customerId?: string | null | undefined; readonly legalEntityId?: string | null | undefined };

/** Whether a loaded row, or a sibling's reference, is one that the actor may know of: for commands, which load all. A row without a legal entity is everybody's. */
export function sees(actor: Actor, { customerId, legalEntityId }: Owned): boolean {
  if (actor.customerIds && customerId !== undefined && !(customerId && actor.customerIds.includes(customerId))) return false;
  return !actor.legalEntityIds || !legalEntityId || actor.legalEntityIds.includes(legalEntityId);
}
