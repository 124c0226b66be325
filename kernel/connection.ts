import { type Actor, demand, type Permission } from './actor.ts';
import { type Batch, type Context, listedLimit } from './context.ts';
import { type Cursor, keysetAfter, readCursor, writeCursor } from './cursor.ts';
import type { EntityTable } from './db.ts';
import { Refused } from './errors.ts';
import { checkLists } from './input.ts';
import { narrowReader, type Reader } from './read.ts';
import { and, asc, desc, getTableColumns, type InferSelectModel, type PgColumn, type SQL, sql } from './sql.ts';
import { built, idsLater, rowsOf, workedOut } from './statement.ts';
import { visibleTo } from './visibility.ts';
import { columnsFor } from './wanted.ts';

type Order<Field extends string> = { field: Field; direction: 'ASC' | 'DESC' };

export type PageArgs<Filter, Field extends string> = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: Filter | null | undefined;
  orderBy?: Order<Field> | null | undefined;
};

export type Connection<Row> = {
  edges: { cursor: string; node: Row }[];
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Counted only when it is asked for, and no further than the cap. */
  totalCount: () => Promise<number>;
  /** True when there are more than that. */
  totalCountCapped: () => Promise<boolean>;
};

/** Rows that a count goes through at most: nobody reads on, and counting millions costs as much as reading them. */
export const countLimit = 10_000;

/** The two counts of a connection out of one statement, which counts one row more than the cap. */
function counts(count: () => Promise<number>): Pick<Connection<unknown>, 'totalCount' | 'totalCountCapped'> {
  let counted: Promise<number> | undefined;
  const once = () => {
    counted ??= count();
    return counted;
  };
  return { totalCount: async () => Math.min(await once(), countLimit), totalCountCapped: async () => (await once()) > countLimit };
}

/** One list of the contract: which table, which orders, which filters, and what it is about. */
export type List<T extends EntityTable, Filter, Field extends string> = {
  table: T;
  /** The permission to read it. */
  read: Permission;
  /** Only NOT NULL columns: a keyset cursor cannot stand on a null. */
  orders: Readonly<Record<Field, PgColumn>>;
  defaultOrder: Order<Field>;
  filter: (filter: Filter, actor: Actor) => (SQL | undefined)[];
  /** What the list is about, where it is not the whole table. Who may see which rows is declared beside the table. */
  only?: SQL;
};

/** How rows hang below a parent: the column that holds its id, or a condition on its id, such as a table between. */
export type Below = PgColumn | ((parentId: SQL) => SQL);

const isBelow = (below: Below, parentId: SQL): SQL => (typeof below === 'function' ? below(parentId) : sql`${below} = ${parentId}`);

/** A list below a parent. */
export type ChildList<T extends EntityTable, Filter, Field extends string> = List<T, Filter, Field> & {
  parent: Below;
  pages: Batch<Connection<InferSelectModel<T>>>;
};

/** Rows in a page at most, and when nothing is said. */
export const pageLimit = 250;
const pageDefault = 50;

/** How many rows a page takes, and from which end. */
type Size = { limit: number; backwards: boolean };

/** Reads how large a page is wanted; `usual` is for when nothing is said. */
export function pageSize({ first, last }: Pick<PageArgs<never, never>, 'first' | 'last'>, usual = pageDefault): Size {
  const backwards = last !== null && last !== undefined;
  if (backwards && first !== null && first !== undefined)
    throw new Refused('VALIDATION_FAILED', 'Ask for first or for last, not for both.', { field: 'first' });
  const limit = (backwards ? last : first) ?? usual;
  const field = backwards ? 'last' : 'first';
  if (!Number.isInteger(limit) || limit < 0 || limit > pageLimit) throw new Refused('VALIDATION_FAILED', `${field} must be 0 to ${pageLimit}.`, { field });
  return { limit, backwards };
}

/** A page as it was read; `continued` where it begins at a cursor. */
type Shape<Row> = Size & { continued: boolean; cursorOf: (row: Row) => string };

type Plan<Row> = Shape<Row> & { order: readonly [SQL, SQL]; keyset: SQL | undefined };

/** A page of a root list. */
export async function page<T extends EntityTable, Filter, Field extends string>(
  context: Context,
  list: List<T, Filter, Field>,
  args: PageArgs<Filter, Field>,
): Promise<Connection<InferSelectModel<T>>> {
  const columns = columnsOf(context, list, args);
  const { plan, where, statement } = workedOut({ of: list, actor: context.actor, asked: JSON.stringify({ args, columns }) }, () => {
    const plan = planPage(list, args);
    const where = visible(context.actor, list, args.filter);
    return { plan, where, statement: built(pageQuery(list.table, { ...plan, columns }, where)) };
  });
  const { row } = narrowReader(list.table, columns);
  const rows = await rowsOf(context.db, statement);
  context.listed(rows.length);
  const count = async () => {
    const [counted] = await context.db.execute(countQuery(list.table, where));
    return Number(counted?.n ?? 0);
  };
  return connection(rows.map(row), plan, count);
}

/** Counts the rows that meet a condition, up to one more than the cap. */
export function countQuery(table: EntityTable, where: SQL | undefined): SQL {
  return sql`select count(*) as n from (select from ${table} where ${where ?? sql`true`} limit ${sql.raw(String(countLimit + 1))}) as counted`;
}

/** Limits that statements name, rather than each its own: the plan must know how few rows are wanted, and a text for every page size would be a plan each. */
const limits = [6, 11, 21, 26, 51, 101, pageLimit + 1];

/** Columns by their names in code; undefined for all. */
type Columns = readonly string[] | undefined;

/** The columns that a page needs: what the document reads, and what its cursors are made of. */
function columnsOf<T extends EntityTable, Filter, Field extends string>(
  context: Context,
  list: List<T, Filter, Field>,
  args: PageArgs<Filter, Field>,
): Columns {
  return context.wanted && columnsFor(list.table, context.wanted, propertyOf(list, args));
}

/** One row more than the page at least, which tells whether there is another page. */
function pageQuery(table: EntityTable, plan: Pick<Plan<never>, 'limit' | 'keyset' | 'order'> & { columns: Columns }, where: SQL | undefined): SQL {
  const condition = and(where, plan.keyset) ?? sql`true`;
  const limit = limits.find((each) => each > plan.limit) ?? pageLimit + 1;
  return sql`select ${narrowReader(table, plan.columns).columns} from ${table} where ${condition} order by ${plan.order[0]}, ${plan.order[1]} limit ${sql.raw(String(limit))}`;
}

/** Makes a list that can be asked for below many parents at once. */
export function childList<T extends EntityTable, Filter, Field extends string>(list: List<T, Filter, Field>, parent: Below): ChildList<T, Filter, Field> {
  const ownCounts: Batch<number> = (context, parentIds, variant) =>
    countsByParent(context, { list, parent, parentIds, filter: JSON.parse(variant) as Filter | null });
  // Of its own: the same list stands below several parents.
  const of = {};
  const pages: Batch<Connection<InferSelectModel<T>>> = async (context, parentIds, variant) => {
    const { plan, statement, reader, countVariant } = workedOut({ of, actor: context.actor, asked: variant }, () => {
      const { args, columns } = JSON.parse(variant) as Variant<PageArgs<Filter, Field>>;
      const plan = planPage(list, args);
      const below = { list, parent, plan: { ...plan, columns }, filter: args.filter };
      const statement = built(belowQuery(context.actor, below));
      return { plan, statement, reader: narrowReader(list.table, columns), countVariant: JSON.stringify(args.filter ?? null) };
    });
    const read = await rowsOf(context.db, statement, parentIds);
    context.listed(read.length);
    const rows = groupedRows(reader, read);
    return new Map(
      parentIds.map((id) => {
        const own = rows.get(id) ?? [];
        return [id, connection(own, plan, async () => (await context.load(ownCounts, id, countVariant)) ?? 0)];
      }),
    );
  };
  return { ...list, parent, pages };
}

/** The page below one parent; all parents of a tick that ask with the same arguments share one statement. */
export async function pageOf<T extends EntityTable, Filter, Field extends string>(
  context: Context,
  list: ChildList<T, Filter, Field>,
  { parentId, args }: { parentId: string; args: PageArgs<Filter, Field> },
): Promise<Connection<InferSelectModel<T>>> {
  const variant: Variant<typeof args> = { args, columns: columnsOf(context, list, args) };
  const found = await context.load(list.pages, parentId, JSON.stringify(variant));
  return found ?? connection<InferSelectModel<T>>([], planPage(list, args), async () => 0);
}

type Variant<Args> = { args: Args; columns: Columns };

type ByParent<T extends EntityTable, Filter, Field extends string> = {
  list: List<T, Filter, Field>;
  parent: Below;
  parentIds: readonly string[];
  filter: Filter | null | undefined;
};

/** No column has this name. */
const parentKey = '@parent';

/**
 * LATERAL with a LIMIT reads a page per parent off the index; a window function would read every child. It goes parent by parent, so that nothing is sorted
 * again, and stops where there are too many.
 */
function belowQuery<T extends EntityTable, Filter, Field extends string>(
  actor: Actor,
  { list, parent, plan, filter }: Omit<ByParent<T, Filter, Field>, 'parentIds'> & { plan: Plan<InferSelectModel<T>> & { columns: Columns } },
): SQL {
  const child = pageQuery(list.table, plan, and(isBelow(parent, sql`parent.id`), visible(actor, list, filter)));
  return sql`
    select child.*, parent.id as ${sql.identifier(parentKey)}
    from unnest(${idsLater}::uuid[]) as parent(id) cross join lateral (${child}) as child
    limit ${sql.raw(String(listedLimit + 1))}`;
}

function groupedRows<Row>(reader: Reader<Row>, rows: readonly Readonly<Record<string, unknown>>[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const raw of rows) {
    const id = String(raw[parentKey]);
    const own = grouped.get(id);
    if (own) own.push(reader.row(raw));
    else grouped.set(id, [reader.row(raw)]);
  }
  return grouped;
}

async function countsByParent<T extends EntityTable, Filter, Field extends string>(
  context: Context,
  wanted: ByParent<T, Filter, Field>,
): Promise<Map<string, number>> {
  const { list, parent } = wanted;
  const child = countQuery(list.table, and(isBelow(parent, sql`parent.id`), visible(context.actor, list, wanted.filter)));
  const rows = await context.db.execute(
    sql`select parent.id, child.n from unnest(${sql.param([...wanted.parentIds])}::uuid[]) as parent(id) cross join lateral (${child}) as child`,
  );
  return new Map(rows.map((row) => [String(row.id), Number(row.n)]));
}

function visible<T extends EntityTable, Filter, Field extends string>(
  actor: Actor,
  list: List<T, Filter, Field>,
  filter: Filter | null | undefined,
): SQL | undefined {
  demand(actor, list.read);
  return and(visibleTo(actor, list.table), list.only, ...(filter ? list.filter(filter, actor) : []));
}

function planPage<T extends EntityTable, Filter, Field extends string>(list: List<T, Filter, Field>, args: PageArgs<Filter, Field>): Plan<InferSelectModel<T>> {
  checkLists('filter', args.filter);
  const { limit, backwards } = pageSize(args);
  const order = args.orderBy ?? list.defaultOrder;
  const column = list.orders[order.field];
  const ascending = (order.direction === 'ASC') !== backwards;
  const name = `${order.field} ${order.direction}`;
  const cursors: Cursor = { name, columns: [column, list.table.id], ascending };
  const from = backwards ? args.before : args.after;
  const beyond = backwards ? args.after : args.before;
  const bounds = [
    from ? keysetAfter(cursors, readCursor(name, from)) : undefined,
    beyond ? keysetAfter({ ...cursors, ascending: !ascending }, readCursor(name, beyond)) : undefined,
  ];
  const way = ascending ? asc : desc;
  const property = propertyOf(list, args);
  return {
    limit,
    backwards,
    order: [way(column), way(list.table.id)],
    keyset: and(...bounds),
    cursorOf: (row: Record<string, unknown>) => writeCursor(name, [row[property], row.id]),
    continued: Boolean(from),
  };
}

/** The column that orders a page, by its name in code. */
function propertyOf<T extends EntityTable, Filter, Field extends string>(list: List<T, Filter, Field>, { orderBy }: PageArgs<Filter, Field>): string {
  const { name } = list.orders[(orderBy ?? list.defaultOrder).field];
  return (Object.entries(getTableColumns(list.table)) as [string, PgColumn][]).find(([, each]) => each.name === name)?.[0] ?? 'id';
}

/** A page out of rows in the order in which they were read, from its near end: one more than its limit tells whether there is another page. */
export function connection<Row>(rows: readonly Row[], { limit, backwards, continued, cursorOf }: Shape<Row>, count: () => Promise<number>): Connection<Row> {
  const more = rows.length > limit;
  const nodes = rows.slice(0, limit);
  if (backwards) nodes.reverse();
  const edges = nodes.map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: backwards ? continued : more,
      hasPreviousPage: backwards ? more : continued,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    ...counts(count),
  };
}
