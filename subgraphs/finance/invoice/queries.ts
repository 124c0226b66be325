import type { InvoiceFilter, InvoiceLineFilter, InvoiceLineOrderField, InvoiceOrderField } from '#generated/finance.ts';
import { type Actor, demand } from '#kernel/actor.ts';
import { childList, type List, pageLimit, pageSize } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { externalRefFilter, externalRefsOf } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import type { Money } from '#kernel/money.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { changedSince, idIn, readerOf, wordIn } from '#kernel/read.ts';
import { rowsById } from '#kernel/rows.ts';
import { and, eq, gte, inArray, isNotNull, isNull, lt, lte, or, type SQL, sql } from '#kernel/sql.ts';
import { isOutside, sees, visibleById } from '#kernel/visibility.ts';
import type { Conversion } from '../billing/exchange.ts';
import type { LineRates } from '../billing/lines.ts';
import { groupsOf, type TaxGroup } from '../billing/tax.ts';
import {
  type ActualRow,
  actuals,
  disputes,
  externalRefs,
  type InvoiceLineRow,
  type InvoiceRow,
  invoiceDocuments,
  invoiceDunnings,
  invoiceLines,
  invoices,
  unbilled,
} from '../tables.ts';
import type { InvoiceStatus } from './machine.ts';
import { ratesIn } from './rates.ts';

const invoicesById = visibleById(invoices, 'invoice:read');

/** An invoice, if there is one that the actor may know of. */
export function readInvoice(context: Context, id: string): Promise<InvoiceRow | undefined> {
  return context.load(invoicesById, id);
}

const linesById = visibleById(invoiceLines, 'invoice:read');

/** An invoice line, if there is one that the actor may know of. */
export function readInvoiceLine(context: Context, id: string): Promise<InvoiceLineRow | undefined> {
  return context.load(linesById, id);
}

export const invoiceRefs = externalRefsOf(externalRefs, 'Invoice');

/** An invoice as its customer knows it: what the firm wrote off is owed all the same, and nobody outside hears of it. */
export function asOwed<Known extends Pick<InvoiceRow, 'status' | 'paidMinor'>>(invoice: Known, actor: Actor): Known {
  if (invoice.status !== 'WRITTEN_OFF' || !isOutside(actor)) return invoice;
  return { ...invoice, status: invoice.paidMinor > 0n ? 'PARTLY_PAID' : 'POSTED' };
}

const owedStatus = sql`case when ${invoices.paidMinor} > 0 then 'PARTLY_PAID' else 'POSTED' end`;

/** The states as stored that somebody means who knows them by `asOwed`. */
function inStates(states: readonly InvoiceStatus[], actor: Actor): SQL | undefined {
  const known = isOutside(actor) ? states.filter((each) => each !== 'WRITTEN_OFF') : states;
  const stored = wordIn(invoices.status, known);
  return isOutside(actor) ? or(stored, and(wordIn(invoices.status, ['WRITTEN_OFF']), wordIn(owedStatus, known))) : stored;
}

/** What says how much of an invoice is open. */
type Owed = Pick<InvoiceRow, 'kind' | 'status' | 'totalMinor' | 'creditedMinor' | 'paidMinor'>;

/** What is to be paid of an invoice now. */
export function openMinor(invoice: Owed): bigint {
  const asks = invoice.kind === 'INVOICE' && (invoice.status === 'POSTED' || invoice.status === 'PARTLY_PAID');
  return asks ? invoice.totalMinor - invoice.creditedMinor - invoice.paidMinor : 0n;
}

/** True when something is open after the due date. */
export function isOverdue(invoice: Owed & Pick<InvoiceRow, 'dueDate'>, today: CalendarDate): boolean {
  return openMinor(invoice) > 0n && invoice.dueDate < today;
}

const isOpen = sql`${invoices.kind} = 'INVOICE' and ${invoices.status} in ('POSTED', 'PARTLY_PAID')`;
const isOwed = sql`${invoices.kind} = 'INVOICE' and ${invoices.status} in ('POSTED', 'PARTLY_PAID', 'WRITTEN_OFF')`;
const isOpenTo = (actor: Actor): SQL => (isOutside(actor) ? isOwed : isOpen);

/** What an invoice asks for and nobody has paid or given back, of the row that a statement reads. */
export const leftToPay = sql.raw('total_minor - credited_minor - paid_minor');

/** State and open amount of rows that are summed, as `asOwed` and `openMinor` say them of one. */
export function owedColumns(actor: Actor): { status: SQL; open: SQL } {
  const status = isOutside(actor) ? sql`case when ${invoices.status} = 'WRITTEN_OFF' then ${owedStatus} else ${invoices.status} end` : sql`${invoices.status}`;
  return { status, open: sql`case when ${isOpenTo(actor)} then ${leftToPay} else 0 end` };
}

/** Of what is open: the level that reminding has come to. */
const atLevels = (levels: readonly number[]): SQL => sql`${isOpen} and coalesce((select ${invoiceDunnings.level} from ${invoiceDunnings}
  where ${invoiceDunnings.invoiceId} = ${invoices.id}), 0) = any(${sql.param([...levels])}::int[])`;

const isDisputed = sql`exists (select from ${disputes} where ${disputes.invoiceId} = ${invoices.id} and ${disputes.status} = 'OPEN')`;

const isUndelivered = sql`exists (select from ${invoiceDocuments} where ${invoiceDocuments.invoiceId} = ${invoices.id} and ${invoiceDocuments.status} <> 'DELIVERED')`;

function onProjects(projectIds: readonly string[] | null | undefined): SQL | undefined {
  if (!projectIds) return undefined;
  return sql`exists (select from ${invoiceLines} where ${invoiceLines.invoiceId} = ${invoices.id} and ${idIn(invoiceLines.projectId, projectIds)})`;
}

const choices = (filter: InvoiceFilter, actor: Actor) => [
  filter.statuses ? inStates(filter.statuses, actor) : undefined,
  wordIn(invoices.kind, filter.kinds),
  idIn(invoices.customerId, filter.customerIds),
  idIn(invoices.contractId, filter.contractIds),
  idIn(invoices.engagementId, filter.engagementIds),
  idIn(invoices.legalEntityId, filter.legalEntityIds),
  filter.currencies ? inArray(invoices.currency, [...filter.currencies]) : undefined,
  filter.numbers ? and(inArray(invoices.number, [...filter.numbers]), sql`${invoices.number} <> ''`) : undefined,
  onProjects(filter.projectIds),
  externalRefFilter({ table: externalRefs, entityType: 'Invoice', id: invoices.id }, filter.externalRefs),
];

const bounds = (filter: InvoiceFilter, actor: Actor) => [
  filter.invoiceDateFrom ? gte(invoices.invoiceDate, filter.invoiceDateFrom) : undefined,
  filter.invoiceDateTo ? lte(invoices.invoiceDate, filter.invoiceDateTo) : undefined,
  filter.dueDateFrom ? gte(invoices.dueDate, filter.dueDateFrom) : undefined,
  filter.dueDateTo ? lte(invoices.dueDate, filter.dueDateTo) : undefined,
  filter.overdueOn ? and(isOpenTo(actor), lt(invoices.dueDate, filter.overdueOn)) : undefined,
  filter.dunningLevels ? atLevels(filter.dunningLevels) : undefined,
  typeof filter.disputed === 'boolean' ? sql`(${isDisputed}) = ${filter.disputed}` : undefined,
  typeof filter.undelivered === 'boolean' ? sql`(${isUndelivered}) = ${filter.undelivered}` : undefined,
  typeof filter.open === 'boolean' ? sql`(${isOpenTo(actor)}) = ${filter.open}` : undefined,
  typeof filter.taxFailed === 'boolean' ? (filter.taxFailed ? isNotNull(invoices.taxFailedAt) : isNull(invoices.taxFailedAt)) : undefined,
];

export const invoiceList: List<typeof invoices, InvoiceFilter, InvoiceOrderField> = {
  table: invoices,
  read: 'invoice:read',
  orders: {
    UPDATED_AT: invoices.updatedAt,
    INVOICE_DATE: invoices.invoiceDate,
    DUE_DATE: invoices.dueDate,
    NUMBER: invoices.number,
    TOTAL: invoices.totalMinor,
    CREATED_AT: invoices.createdAt,
  },
  defaultOrder: { field: 'INVOICE_DATE', direction: 'DESC' },
  filter: (filter, actor) => [changedSince(invoices, filter.updatedSince), ...choices(filter, actor), ...bounds(filter, actor)],
};

export const invoicesOfCustomer = childList(invoiceList, invoices.customerId);
export const invoicesOfContract = childList(invoiceList, invoices.contractId);
export const invoicesOfEngagement = childList(invoiceList, invoices.engagementId);
export const creditNotesOfInvoice = childList(invoiceList, invoices.creditsId);
export const invoicesOfProject = childList(
  invoiceList,
  (projectId) => sql`exists (select from ${invoiceLines} where ${invoiceLines.invoiceId} = ${invoices.id} and ${invoiceLines.projectId} = ${projectId})`,
);

const invoiceLineList: List<typeof invoiceLines, InvoiceLineFilter, InvoiceLineOrderField> = {
  table: invoiceLines,
  read: 'invoice:read',
  orders: { POSITION: invoiceLines.position, AMOUNT: invoiceLines.amountMinor },
  defaultOrder: { field: 'POSITION', direction: 'ASC' },
  filter: (filter) => [idIn(invoiceLines.projectId, filter.projectIds), wordIn(invoiceLines.kind, filter.kinds)],
};

export const linesOfInvoice = childList(invoiceLineList, invoiceLines.invoiceId);

/** Batch: what each invoice taxes at which rate. Whoever sees an invoice sees its lines. */
export const taxesOfInvoices: Batch<TaxGroup[]> = async (context, invoiceIds) => {
  const { invoiceId, amountMinor, taxMinor, taxBasisPoints } = invoiceLines;
  const rows = await context.db
    .select({ invoiceId, taxBasisPoints, amountMinor: sql<string>`sum(${amountMinor})`, taxMinor: sql<string>`sum(${taxMinor})` })
    .from(invoiceLines)
    .where(and(inArray(invoiceId, [...invoiceIds]), isNotNull(taxBasisPoints)))
    .groupBy(invoiceId, taxBasisPoints);
  const groups = rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor), taxMinor: BigInt(row.taxMinor) }));
  return new Map([...Map.groupBy(groups, (row) => row.invoiceId)].map(([id, own]) => [id, groupsOf(own)]));
};

/** Batch: what credit notes gave back of each line, without tax. */
export const creditedOfLines: Batch<bigint> = async (context, lineIds) => {
  const { creditsLineId, amountMinor } = invoiceLines;
  const rows = await context.db
    .select({ id: creditsLineId, minor: sql<string>`-sum(${amountMinor})` })
    .from(invoiceLines)
    .where(inArray(creditsLineId, [...lineIds]))
    .groupBy(creditsLineId);
  return new Map(rows.map(({ id, minor }) => [id ?? '', BigInt(minor)]));
};

export type BilledArgs = { first?: number | null | undefined; after?: string | null | undefined };

/** Batch: the unbilled sales actuals that each line bills, by work date; the variant is the page. */
export const actualsOfLines: Batch<ActualRow[]> = async (context, lineIds, variant) => {
  demand(context.actor, 'actual:read');
  const { columns, row } = readerOf(actuals);
  const args: BilledArgs = JSON.parse(variant);
  const found = await billedPages(context, lineIds, { args, select: columns, place: sql`id`, of: sql`true` });
  return grouped(found, row);
};

/** Batch: ids of the entries or expenses behind each line; the variant is their type and the page. Whoever sees the line may know what it is for. */
export const sourcesOfLines: Batch<{ id: string }[]> = async (context, lineIds, variant) => {
  const { sourceType, ...args }: BilledArgs & { sourceType: string } = JSON.parse(variant);
  const found = await billedPages(context, lineIds, { args, select: sql`source_id`, place: sql`source_id`, of: sql`source_type = ${sourceType}` });
  return new Map([...grouped(found, (raw) => String(raw.source_id))].map(([id, sources]) => [id, [...new Set(sources)].map((source) => ({ id: source }))]));
};

/** Batch: what priced the actuals behind each line. */
export const ratesOfLines: Batch<LineRates> = (context, lineIds) => ratesIn(context.db, lineIds);

/** Batch: what of each line was in other currencies, by how it was converted. The parts of a split sale tell of all of it, once. */
export const conversionsOfLines: Batch<Conversion[]> = async (context, lineIds) => {
  const rows = await context.db.execute<{ line_id: string; how: Omit<Conversion, 'minor'>; minor: string }>(sql`
    select line_id, how, sum(minor)::text as minor from (
      select distinct invoice_line_id as line_id, source_id, (price_explanation -> 'conversion') - 'minor'::text as how, (price_explanation -> 'conversion' ->> 'minor')::numeric * case when reverses_id is null then 1 else -1 end as minor
      from ${actuals} where invoice_line_id = any(${sql.param([...lineIds])}::uuid[]) and kind = 'UNBILLED_SALES' and price_explanation ? 'conversion') as converted
    group by line_id, how order by how ->> 'currency', how #>> '{legs,0,effectiveOn}', how::text`);
  const shown = Map.groupBy(rows, (row) => row.line_id);
  return new Map([...shown].map(([lineId, own]) => [lineId, own.map(({ how, minor }) => ({ ...how, minor }))]));
};

type Billed = { args: BilledArgs; select: SQL; place: SQL; of: SQL };

/** A page below each line, read off the index; `place` is the column that `after` names a row by. */
function billedPages(context: Context, lineIds: readonly string[], { args, select, place, of }: Billed): Promise<Record<string, unknown>[]> {
  const { limit } = pageSize({ first: args.first }, pageLimit);
  if (args.after && !isId(args.after)) throw new Refused('VALIDATION_FAILED', 'after is no id.', { field: 'after' });
  const ofLine = sql`invoice_line_id = line.id and kind = 'UNBILLED_SALES' and ${of}`;
  const beyond = args.after
    ? sql`and (work_date, id) > (select work_date, id from ${actuals} where ${ofLine} and ${place} = ${args.after} order by work_date, id limit 1)`
    : sql``;
  return context.db.execute(sql`
    select line.id as line_id, billed.* from unnest(${sql.param([...lineIds])}::uuid[]) with ordinality as line(id, at) cross join lateral (
      select ${select} from ${actuals} where ${ofLine} ${beyond} order by work_date, id limit ${limit}) as billed
    order by line.at`);
}

function grouped<Value>(rows: readonly Record<string, unknown>[], read: (raw: Record<string, unknown>) => Value): Map<string, Value[]> {
  const found = new Map<string, Value[]>();
  for (const raw of rows) {
    const own = found.get(String(raw.line_id));
    if (own) own.push(read(raw));
    else found.set(String(raw.line_id), [read(raw)]);
  }
  return found;
}

export type ReceivableRow = { currency: string; open: bigint; overdue: bigint; late: readonly [bigint, bigint, bigint, bigint]; credit: bigint };

/** What customers owe and are owed today, by currency; lateness in bands of 30 days. */
export async function receivablesOfCustomers(context: Context, customerIds: readonly string[]): Promise<Map<string, ReceivableRow[]>> {
  demand(context.actor, 'invoice:read');
  const today = dateOf(context.clock());
  const seen = customerIds.filter((customerId) => sees(context.actor, { customerId }));
  const days = sql`(${today}::date - due_date)`;
  const owed = sql.raw(isOutside(context.actor) ? `'POSTED', 'PARTLY_PAID', 'WRITTEN_OFF'` : `'POSTED', 'PARTLY_PAID'`);
  const rows = await context.db.execute(sql`
    select customer_id, currency, sum(open)::text as open, sum(credit)::text as credit,
      coalesce(sum(open) filter (where ${days} between 1 and 30), 0)::text as late_30, coalesce(sum(open) filter (where ${days} between 31 and 60), 0)::text as late_60,
      coalesce(sum(open) filter (where ${days} between 61 and 90), 0)::text as late_90, coalesce(sum(open) filter (where ${days} > 90), 0)::text as later
    from (
      select customer_id, currency, due_date, ${leftToPay} as open, 0 as credit from finance.invoice where kind = 'INVOICE' and status in (${owed})
      union all select customer_id, currency, null, 0, amount_minor - applied_minor - refunded_minor from finance.payment where status in ('RECEIVED', 'PARTLY_APPLIED')
    ) as owed
    where customer_id = any(${sql.param(seen)}::uuid[]) group by customer_id, currency order by customer_id, currency`);
  const found = new Map<string, ReceivableRow[]>(customerIds.map((id) => [id, []]));
  for (const row of rows) found.get(String(row.customer_id))?.push(receivable(row));
  return found;
}

function receivable(row: Record<string, unknown>): ReceivableRow {
  const minor = (name: string) => BigInt(String(row[name]));
  const late = [minor('late_30'), minor('late_60'), minor('late_90'), minor('later')] as const;
  return { currency: String(row.currency), open: minor('open'), overdue: late.reduce((sum, each) => sum + each, 0n), late, credit: minor('credit') };
}

/** An entry or expense, and whether any posted invoice bills it now. */
export type BilledSource = { sourceType: string; sourceId: string; billed: boolean };

/** What the invoices bill or billed: entries and expenses, each once. For processes, which see all. */
export async function sourcesOfInvoices(db: Db, invoiceIds: readonly string[]): Promise<BilledSource[]> {
  if (invoiceIds.length === 0) return [];
  const billed = sql<boolean>`exists (select from ${actuals} as other where other.source_id = ${actuals.sourceId} and other.source_type = ${actuals.sourceType}
    and other.kind = 'UNBILLED_SALES' and other.status = 'BILLED' and other.reverses_id is null and other.reversed_by_id is null)`;
  return db
    .selectDistinct({ sourceType: actuals.sourceType, sourceId: actuals.sourceId, billed })
    .from(actuals)
    .innerJoin(invoiceLines, eq(invoiceLines.id, actuals.invoiceLineId))
    .where(and(inArray(invoiceLines.invoiceId, [...invoiceIds]), wordIn(actuals.kind, ['UNBILLED_SALES'])));
}

/** What finance has open of each project: unbilled actuals, and invoices that are not posted. */
export async function openItemsOfProjects(db: Db, projectIds: readonly string[]): Promise<Map<string, { unbilled: number; draftInvoices: number }>> {
  const rows = await db.execute(sql`
    select id,
      (select count(*) from ${actuals} where project_id = wanted.id and ${unbilled}) as unbilled,
      (select count(distinct invoice_id) from ${actuals} where project_id = wanted.id and kind = 'UNBILLED_SALES' and status = 'ON_INVOICE') as drafts
    from unnest(${sql.param([...projectIds])}::uuid[]) as wanted(id)`);
  return new Map(rows.map((row) => [String(row.id), { unbilled: Number(row.unbilled), draftInvoices: Number(row.drafts) }]));
}

/** The projects whose work the invoices bill. */
export async function projectsOfInvoices(db: Db, invoiceIds: readonly string[]): Promise<string[]> {
  if (invoiceIds.length === 0) return [];
  const rows = await db
    .selectDistinct({ projectId: actuals.projectId })
    .from(actuals)
    .innerJoin(invoiceLines, eq(invoiceLines.id, actuals.invoiceLineId))
    .where(inArray(invoiceLines.invoiceId, [...invoiceIds]));
  return rows.flatMap((row) => row.projectId ?? []);
}

/** An invoice that is marked with a failed tax and still needs one. */
export type TaxFailure = { id: string; reason: string; net: Money; keys: { customerId: string; engagementId: string | null; legalEntityId: string } };

/** Those of the invoices whose tax failed and is not determined yet. For processes, which see all. */
export async function standingTaxFailures(db: Db, invoiceIds: readonly string[]): Promise<TaxFailure[]> {
  const rows = await rowsById(db, invoices, invoiceIds);
  return [...rows.values()].flatMap((row) => {
    const { id, taxFailedAt, taxFailure, subtotalMinor: minor, currency, customerId, engagementId, legalEntityId } = row;
    if (!taxFailedAt || (row.status !== 'DRAFT' && row.status !== 'VALIDATED')) return [];
    return [{ id, reason: taxFailure ?? '', net: { minor, currency }, keys: { customerId, engagementId, legalEntityId } }];
  });
}
