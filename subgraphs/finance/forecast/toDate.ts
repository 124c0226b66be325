import type { Db } from '#kernel/db.ts';
import { type CalendarDate, inMonths } from '#kernel/period.ts';
import { lte, sql } from '#kernel/sql.ts';
import { actuals, costBalances, invoiceLines, invoices, journalEntries, journalLines } from '../tables.ts';

/** Sums in their currencies. */
export type Amounts = ReadonlyMap<string, bigint>;
/** What stands in the books to a day: by project; and by contract what names no project. */
export type ToDate = Record<'cost' | 'recognized' | 'billed', (projectId: string) => Amounts> &
  Record<'recognizedOfNone' | 'billedOfNone', (contractId: string) => Amounts>;

type Of = { projectIds: readonly string[]; contractIds: readonly string[]; asOf: CalendarDate };
type Row = { owner: string; currency: string; minor: string };

/** Cost, revenue and invoices of projects to a day: five statements, however many projects. */
export async function readToDate(db: Db, of: Of): Promise<ToDate> {
  const [cost, recognized, recognizedOfNone, billed, billedOfNone] = await Promise.all([
    costTo(db, of),
    recognizedTo(db, of, 'project'),
    recognizedTo(db, of, 'contract'),
    billedTo(db, of, 'project'),
    billedTo(db, of, 'contract'),
  ]);
  return { cost, recognized, recognizedOfNone, billed, billedOfNone };
}

const none: Amounts = new Map();

function byOwner(rows: readonly Row[]): (id: string) => Amounts {
  const owners = Map.groupBy(rows, ({ owner }) => owner);
  const amounts = new Map([...owners].map(([id, own]) => [id, new Map(own.map(({ currency, minor }) => [currency, BigInt(minor)]))] as const));
  return (id) => amounts.get(id) ?? none;
}

const list = (ids: readonly string[]) => sql`${sql.param([...ids])}::uuid[]`;

/** Whole months from the balances, the days after them from the ledger. */
async function costTo(db: Db, { projectIds, asOf }: Of) {
  const { months, edges } = inMonths(undefined, asOf);
  const whole = months?.to ? lte(costBalances.month, months.to) : sql`false`;
  const days = edges.map(
    ({ from, to }) => sql`
    select project_id, currency, amount_minor from ${actuals} where project_id = any(${list(projectIds)}) and kind = 'COST' and accounting_date between ${from} and ${to}`,
  );
  const balances = sql`select project_id, currency, amount_minor from ${costBalances} where project_id = any(${list(projectIds)}) and ${whole}`;
  const rows = await db.execute<Row>(sql`
    select project_id as owner, currency, sum(amount_minor)::text as minor from (${sql.join([balances, ...days], sql` union all `)}) as each group by 1, 2`);
  return byOwner(rows);
}

/** What the posted journal credits to revenue: it tells projects apart where one invoice bills several. */
async function recognizedTo(db: Db, { projectIds, contractIds, asOf }: Of, by: 'project' | 'contract') {
  const { projectId, contractId } = journalLines;
  const [owner, where] =
    by === 'project'
      ? [projectId, sql`${projectId} = any(${list(projectIds)})`]
      : [contractId, sql`${contractId} = any(${list(contractIds)}) and ${projectId} is null`];
  const rows = await db.execute<Row>(sql`
    select ${owner} as owner, ${journalLines.currency} as currency, sum(${journalLines.creditMinor} - ${journalLines.debitMinor})::text as minor
    from ${journalLines} join ${journalEntries} on ${journalEntries.id} = ${journalLines.journalEntryId}
    where ${where} and ${journalLines.account} = 'REVENUE' and ${journalEntries.status} = 'POSTED' and ${journalEntries.postingDate} <= ${asOf}
    group by 1, 2`);
  return byOwner(rows);
}

/** What stands on posted invoices, without tax, less what credit notes gave back. */
async function billedTo(db: Db, { projectIds, contractIds, asOf }: Of, by: 'project' | 'contract') {
  const [owner, where] =
    by === 'project'
      ? [invoiceLines.projectId, sql`${invoiceLines.projectId} = any(${list(projectIds)})`]
      : [invoices.contractId, sql`${invoices.contractId} = any(${list(contractIds)}) and ${invoiceLines.projectId} is null`];
  const rows = await db.execute<Row>(sql`
    select ${owner} as owner, ${invoiceLines.currency} as currency, sum(${invoiceLines.amountMinor})::text as minor
    from ${invoiceLines} join ${invoices} on ${invoices.id} = ${invoiceLines.invoiceId}
    where ${where} and ${invoices.number} <> '' and ${invoices.invoiceDate} <= ${asOf}
    group by 1, 2`);
  return byOwner(rows);
}
