import type { InvoiceAge, InvoiceFilter, InvoiceGroup, InvoiceSummaryOrder } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLists } from '#kernel/input.ts';
import { showMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { and, type SQL, sql } from '#kernel/sql.ts';
import { visibleTo } from '#kernel/visibility.ts';
import { readLegalEntity } from '../legalEntity/queries.ts';
import { type InvoiceRow, invoices } from '../tables.ts';
import { invoiceList, owedColumns } from './queries.ts';

/** Rows that a summary gives at most. */
const rowLimit = 10_000;

type Asked = {
  groupBy: readonly InvoiceGroup[];
  filter?: InvoiceFilter | null | undefined;
  asOf?: CalendarDate | null | undefined;
  orderBy?: InvoiceSummaryOrder | null | undefined;
};

/** Days past the due date, in the steps that people know; what is not due, or asks for nothing, is not late. */
function ageOn(date: CalendarDate, open: SQL): SQL {
  const late = sql`(${date}::date - ${invoices.dueDate})`;
  return sql`case when ${late} <= 0 or ${open} = 0 then 'NOT_LATE' when ${late} <= 30 then 'DAYS_1_TO_30' when ${late} <= 60 then 'DAYS_31_TO_60'
    when ${late} <= 90 then 'DAYS_61_TO_90' else 'OVER_90_DAYS' end`;
}

const orders = { OPEN: sql`open`, TOTAL: sql`total`, COUNT: sql`n`, MONTH: sql`month` };

type Row = {
  status: InvoiceRow['status'] | null;
  kind: InvoiceRow['kind'] | null;
  customer_id: string | null;
  legal_entity_id: string | null;
  month: string | null;
  age: InvoiceAge | null;
  currency: string;
  n: string;
  total: string;
  open: string;
};

/** Sums by currency and the asked groups, in one statement. */
export async function invoiceSummary(context: Context, { groupBy, filter, asOf, orderBy }: Asked) {
  demand(context.actor, 'invoice:read');
  checkLists('filter', filter);
  const asked = new Set(groupBy);
  const { status, open } = owedColumns(context.actor);
  const column = (group: InvoiceGroup, name: SQL, none: string) => (asked.has(group) ? name : sql.raw(`null::${none}`));
  const where = and(visibleTo(context.actor, invoices), ...(filter ? invoiceList.filter(filter, context.actor) : []));
  const order = orderBy ? sql`${orders[orderBy.field]} ${sql.raw(orderBy.direction === 'ASC' ? 'asc' : 'desc')} nulls last, ` : sql``;
  const rows = await context.db.execute<Row>(sql`
    select * from (
      select ${column('STATUS', status, 'text')} as status, ${column('KIND', sql`${invoices.kind}`, 'text')} as kind,
        ${column('CUSTOMER', sql`${invoices.customerId}`, 'uuid')} as customer_id, ${column('LEGAL_ENTITY', sql`${invoices.legalEntityId}`, 'uuid')} as legal_entity_id,
        ${column('MONTH', sql`date_trunc('month', ${invoices.invoiceDate})::date`, 'date')} as month,
        ${column('AGE', ageOn(asOf ?? dateOf(context.clock()), open), 'text')} as age, ${invoices.currency} as currency,
        count(*) as n, sum(${invoices.totalMinor}) as total, sum(${open}) as open
      from ${invoices} where ${where ?? sql`true`} group by 1, 2, 3, 4, 5, 6, 7) as each
    order by ${order}status, kind, customer_id, legal_entity_id, month, age, currency limit ${rowLimit + 1}`);
  if (rows.length > rowLimit) throw new Refused('COST_LIMIT', `The summary has more than ${rowLimit} rows. Narrow the filter or ask for fewer groups.`);
  return Promise.all(rows.map((row) => shown(context, row)));
}

async function shown(context: Context, { status, kind, customer_id, legal_entity_id, month, age, currency, n, total, open }: Row) {
  return {
    ...{ status, kind, startDate: month, age, currency, count: Number(n) },
    customer: customer_id ? { id: customer_id } : null,
    legalEntity: legal_entity_id ? ((await readLegalEntity(context, legal_entity_id)) ?? null) : null,
    ...{ total: showMoney({ minor: BigInt(total), currency }), open: showMoney({ minor: BigInt(open), currency }) },
  };
}
