import type { FiscalPeriodFilter, FiscalPeriodOrderField } from '#generated/finance.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { gte, lte, sql } from '#kernel/sql.ts';
import { visibleById } from '#kernel/visibility.ts';
import { type FiscalPeriodRow, fiscalPeriods } from '../tables.ts';
import type { FiscalPeriodSubject } from './machine.ts';
import { type OpenWork, openWorkIn } from './openWork.ts';
import { nothing, type Unposted, unpostedIn } from './unposted.ts';

const fiscalPeriodsById = visibleById(fiscalPeriods, 'period:read');

/** A fiscal period, if there is one. */
export function readFiscalPeriod(context: Context, id: string): Promise<FiscalPeriodRow | undefined> {
  return context.load(fiscalPeriodsById, id);
}

const unposted: Batch<Unposted> = (context, ids) => unpostedIn(context.unconfined, ids);

const unpostedOwn: Batch<Unposted> = (context, ids) => unpostedIn(context.db, ids);

/** The same, as far as the actor may know of it. */
export async function shownUnposted(context: Context, id: string): Promise<Unposted> {
  return (await context.load(unpostedOwn, id)) ?? nothing;
}

/** What is dated in a period and not posted, of the whole firm: for the guard. */
async function unpostedOf(context: Context, id: string): Promise<Unposted> {
  return (await context.load(unposted, id)) ?? nothing;
}

const openWork: Batch<OpenWork[]> = ({ unconfined: db }, ids) => openWorkIn({ work: db, published: db }, ids);

const openWorkOwn: Batch<OpenWork[]> = ({ db, unconfined }, ids) => openWorkIn({ work: db, published: unconfined }, ids);

/** Work of a period that is not in the books yet, as far as the actor may know of it. */
export async function shownOpenWork(context: Context, id: string): Promise<OpenWork[]> {
  return (await context.load(openWorkOwn, id)) ?? [];
}

/** The same of the whole firm: for the guard. */
async function openWorkOf(context: Context, id: string): Promise<OpenWork[]> {
  return (await context.load(openWork, id)) ?? [];
}

/** What the guards of a period judge. */
export async function subjectOf(context: Context, { id, status }: FiscalPeriodRow): Promise<FiscalPeriodSubject> {
  return { status, unposted: await unpostedOf(context, id), openWork: await openWorkOf(context, id) };
}

export const fiscalPeriodList: List<typeof fiscalPeriods, FiscalPeriodFilter, FiscalPeriodOrderField> = {
  table: fiscalPeriods,
  read: 'period:read',
  orders: { START_DATE: fiscalPeriods.startDate, CREATED_AT: fiscalPeriods.createdAt, UPDATED_AT: fiscalPeriods.updatedAt },
  defaultOrder: { field: 'START_DATE', direction: 'ASC' },
  filter: (filter) => [
    changedSince(fiscalPeriods, filter.updatedSince),
    idIn(fiscalPeriods.legalEntityId, filter.legalEntityIds),
    wordIn(fiscalPeriods.status, filter.statuses),
    filter.activeOn ? sql`${filter.activeOn}::date between ${fiscalPeriods.startDate} and ${fiscalPeriods.endDate}` : undefined,
    filter.activeFrom ? gte(fiscalPeriods.endDate, filter.activeFrom) : undefined,
    filter.activeTo ? lte(fiscalPeriods.startDate, filter.activeTo) : undefined,
  ],
};

export const fiscalPeriodsOf = childList(fiscalPeriodList, fiscalPeriods.legalEntityId);
