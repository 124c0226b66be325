import type { Sql } from 'postgres';
import { words } from './twoClients.ts';

/** Texts that must not stand in an answer. */
export type Canaries = readonly string[];

type Column = { table: string; name: string };

/** Ids, words and odd figures of a customer's rows, which the other customer's rows do not have. */
export async function canariesOf(sql: Sql, customerId: string, word: string): Promise<Canaries> {
  const ids = new Set<string>([customerId]);
  const columns = await sql<Column[]>`select table_schema || '.' || table_name as table, column_name as name from information_schema.columns
    where table_schema in ('engagements', 'resources', 'time', 'finance', 'operations') and column_name = 'customer_id'`;
  for (const { table } of columns) {
    const rows = await sql.unsafe(`select id from ${table} where customer_id = $1`, [customerId]).catch(() => []);
    for (const { id } of rows) ids.add(String(id));
  }
  const alone = await sql`select employee.id, person_id from resources.employee where employee.name ilike ${`%${word}%`}`;
  for (const row of alone) for (const id of [row.id, row.person_id]) ids.add(String(id));
  const sheets = await sql`select timesheet_id from time.timesheet_entry group by 1 having bool_and(customer_id = ${customerId})`;
  for (const row of sheets) ids.add(String(row.timesheet_id));
  const figures = await figuresOf(sql, customerId);
  return [word.toLowerCase(), ...ids, ...figures.map((figure) => `"${figure}"`)];
}

/** Amounts and hours of the customer that nobody else has, and sums over all customers. */
async function figuresOf(sql: Sql, customerId: string): Promise<string[]> {
  const of = (column: string, table: string, unit: number) =>
    `select customer_id, ${column}::numeric / ${unit} as figure from ${table} where customer_id is not null`;
  const sources = [
    of('amount_minor', 'finance.actual', 100),
    of('seconds', 'finance.actual', 3600),
    of('amount_minor', 'finance.invoice_line', 100),
    of('total_minor', 'finance.invoice', 100),
    of('paid_minor', 'finance.invoice', 100),
    of('amount_minor', 'finance.payment', 100),
    of('amount_minor', 'time.expense_item', 100),
    of('seconds', 'time.timesheet_entry', 3600),
    of('amount_minor', 'engagements.milestone', 100),
  ];
  const found: string[] = [];
  for (const source of sources) {
    const rows = await sql.unsafe(
      `with rows as (${source}) select distinct round(figure, 2)::text as figure from rows where customer_id = $1 and figure not in (select figure from rows where customer_id <> $1 and figure is not null)
       union select round(sum(figure), 2)::text from rows where figure is not null`,
      [customerId],
    );
    found.push(...rows.map(({ figure }) => String(figure)).filter((figure) => figure.length > 3));
  }
  return [...new Set(found)];
}

/** What is the firm's own: its word, and all that tells costs, rates, books and repairs. */
export async function firmCanaries(sql: Sql): Promise<Canaries> {
  const tables = [
    'finance.cost_center',
    'finance.rate_card',
    'finance.rate_card_version',
    'finance.rate_card_line',
    'finance.journal_entry',
    'finance.journal_line',
  ];
  const more = ['finance.revenue_event', 'finance.actual', 'finance.tax_profile', 'finance.fiscal_period', 'operations.exception', 'resources.person'];
  const ids: string[] = [];
  for (const table of [...tables, ...more]) ids.push(...(await sql.unsafe(`select id from ${table}`)).map(({ id }) => String(id)));
  const costs = await sql`select distinct round(amount_minor::numeric / 100, 2)::text as figure from finance.actual where kind = 'COST'
    and amount_minor not in (select amount_minor from finance.actual where kind <> 'COST')
    union select round(sum(amount_minor)::numeric / 100, 2)::text from finance.actual where kind = 'COST'`;
  return [words.firm.toLowerCase(), '"61.37"', ...ids, ...costs.map(({ figure }) => `"${figure}"`)];
}

/** The canaries that an answer holds, also within cursors. */
export function sung(text: string, canaries: Canaries): string[] {
  const whole = `${text} ${cursorsIn(text)}`.toLowerCase();
  return canaries.filter((canary) => whole.includes(canary));
}

function cursorsIn(text: string): string {
  return [...text.matchAll(/"(?:cursor|startCursor|endCursor)":"([\w=-]+)"/g)]
    .map(([, cursor]) => Buffer.from(cursor ?? '', 'base64url').toString('utf8'))
    .join(' ');
}
