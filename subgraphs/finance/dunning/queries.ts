import type { DunningNoticeFilter, DunningNoticeOrderField } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { List } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { dateOf } from '#kernel/period.ts';
import { among, changedSince, idIn, wordIn } from '#kernel/read.ts';
import { and, asc, inArray, sql } from '#kernel/sql.ts';
import { isOutside, visibleById, visibleTo } from '#kernel/visibility.ts';
import { disputedMinor } from '../dispute/queries.ts';
import { openMinor } from '../invoice/queries.ts';
import {
  type DunningNoticeRow,
  type DunningPolicyRow,
  dunningNotices,
  type InvoiceDunningRow,
  type InvoiceRow,
  invoices,
  type StoredDunningPolicy,
  type StoredInvoiceDunning,
} from '../tables.ts';
import { defaultLevels, nextLevel } from './levels.ts';
import { dunningsOf, newDunning, policiesOf } from './load.ts';

const noticesById = visibleById(dunningNotices, 'invoice:read');

/** A dunning notice, if there is one that the actor may know of. */
export function readDunningNotice(context: Context, id: string): Promise<DunningNoticeRow | undefined> {
  return context.load(noticesById, id);
}

const isOpen = sql`exists (select from ${invoices} where ${invoices.id} = ${dunningNotices.invoiceId} and ${invoices.status} in ('POSTED', 'PARTLY_PAID'))`;

export const dunningNoticeList: List<typeof dunningNotices, DunningNoticeFilter, DunningNoticeOrderField> = {
  table: dunningNotices,
  read: 'invoice:read',
  orders: { CREATED_AT: dunningNotices.createdAt, UPDATED_AT: dunningNotices.updatedAt },
  defaultOrder: { field: 'CREATED_AT', direction: 'DESC' },
  filter: (filter) => [
    changedSince(dunningNotices, filter.updatedSince),
    wordIn(dunningNotices.status, filter.statuses),
    filter.levels ? inArray(dunningNotices.level, [...filter.levels]) : undefined,
    idIn(dunningNotices.invoiceId, filter.invoiceIds),
    idIn(dunningNotices.customerId, filter.customerIds),
    idIn(dunningNotices.legalEntityId, filter.legalEntityIds),
    typeof filter.open === 'boolean' ? sql`(${isOpen}) = ${filter.open}` : undefined,
  ],
};

/** Batch: the notices of invoices, by level. */
export const noticesOfInvoices: Batch<DunningNoticeRow[]> = async (context, invoiceIds) => {
  demand(context.actor, 'invoice:read');
  const own = and(among(dunningNotices.invoiceId, [...invoiceIds]), visibleTo(context.actor, dunningNotices));
  const rows = await context.db.select().from(dunningNotices).where(own).orderBy(asc(dunningNotices.invoiceId), asc(dunningNotices.level));
  return Map.groupBy(rows, (row) => row.invoiceId);
};

/** Batch: how far reminding has come. Whoever of the firm sees an invoice sees that. */
const dunningsByInvoice: Batch<StoredInvoiceDunning> = (context, invoiceIds) => dunningsOf(context.db, invoiceIds);
const policiesByLegalEntity: Batch<StoredDunningPolicy> = (context, ids) => policiesOf(context.db, ids);

/** How a legal entity reminds, as far as the actor belongs to the firm. */
export async function readDunningPolicy(context: Context, legalEntityId: string): Promise<DunningPolicyRow | undefined> {
  if (isOutside(context.actor)) return undefined;
  return (await context.load(policiesByLegalEntity, legalEntityId)) ?? { version: 0, active: false, levels: defaultLevels, updatedAt: null };
}

/** How far reminding of an invoice has come, and when it goes on. What is paid, credited or written off is at level 0. */
export async function readDunning(context: Context, invoice: InvoiceRow): Promise<InvoiceDunningRow> {
  if (openMinor(invoice) === 0n) return { level: 0, dunnedOn: null, nextLevelOn: null, hold: null };
  const [stored, policy, disputed] = await Promise.all([
    context.load(dunningsByInvoice, invoice.id),
    context.load(policiesByLegalEntity, invoice.legalEntityId),
    disputedMinor(context, invoice),
  ]);
  const reached = stored ?? newDunning(invoice);
  const { level, dunnedOn, holdEndDate, holdReason } = reached;
  const today = dateOf(context.clock());
  const next = policy?.active && disputed === 0n ? nextLevel(policy.levels, invoice.dueDate, reached) : undefined;
  const hold = holdEndDate && holdReason && holdEndDate >= today ? { endDate: holdEndDate, reason: holdReason } : null;
  return { level, dunnedOn, nextLevelOn: next?.from ?? null, hold };
}
