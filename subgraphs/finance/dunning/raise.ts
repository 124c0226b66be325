import { type Command, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { begin } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { sql } from '#kernel/sql.ts';
import { openDisputesOf } from '../dispute/load.ts';
import { undelivered } from '../document/delivery.ts';
import { dunningNotice, invoiceDunning } from '../entities.ts';
import { invoiceKeys, invoiceSnapshot } from '../invoice/facts.ts';
import { isOverdue, openMinor } from '../invoice/queries.ts';
import { facts } from '../published.ts';
import { disputes, dunningPolicies, type InvoiceRow, invoiceDunnings, invoices, type StoredDunningPolicy, type StoredInvoiceDunning } from '../tables.ts';
import { noticeSnapshot } from './facts.ts';
import { nextLevel } from './levels.ts';
import { type LoadedDunnings, loadDunnings, newDunning, policiesOf } from './load.ts';
import { dunningNoticeMachine } from './machine.ts';

/** Invoices that one turn raises at most. */
const bite = 200;

/** What a turn does to one invoice: it says that it is overdue, or reaches the next level, or both. */
type Due = { invoice: InvoiceRow; before: StoredInvoiceDunning | undefined; policy: StoredDunningPolicy | undefined; disputed: boolean };

/** Says of invoices that they are overdue and raises them to their next level, one for each. Gives how many it changed. */
export async function dunDueInvoices(scope: Scope): Promise<number> {
  const today = dateOf(scope.now);
  const loaded = await loadDunnings(scope, await dueIds(scope, today));
  const policies = await policiesOf(
    scope.tx,
    [...loaded.invoices.values()].map((row) => row.legalEntityId),
  );
  const disputed = await openDisputesOf(scope.tx, [...loaded.invoices.keys()]);
  const items = [...loaded.invoices.values()]
    .map((invoice) => ({ invoice, before: loaded.dunnings.get(invoice.id), policy: policies.get(invoice.legalEntityId), disputed: disputed.has(invoice.id) }))
    .filter((due) => isDue(due, today));
  const command: Command<Due, LoadedDunnings> = {
    entities: [invoiceDunning, dunningNotice],
    load: async () => loaded,
    decide: (_, due, context) => {
      const draft = openDraft(context);
      raise(draft, due, today);
      return draft.done(due.invoice.id);
    },
  };
  return (await executeAll(scope, command, items)).length;
}

/** What is due by the rows as they stand: the same as `isDue` and `reaches`, which judge again under the lock. Only what is open is looked at, off the index of that. */
async function dueIds({ tx }: Scope, today: CalendarDate): Promise<{ id: string }[]> {
  const rows = await tx.execute(sql`
    select invoice.id from ${invoices} as invoice
    left join ${invoiceDunnings} as dunning on dunning.invoice_id = invoice.id
    left join ${dunningPolicies} as policy on policy.legal_entity_id = invoice.legal_entity_id and policy.active
    cross join lateral (select (policy.levels -> coalesce(dunning.level, 0) ->> 'afterDays')::int as days,
      case when dunning.level > 0 then (policy.levels -> (dunning.level - 1) ->> 'afterDays')::int end as before) as next
    where invoice.kind = 'INVOICE' and invoice.status in ('POSTED', 'PARTLY_PAID') and invoice.due_date < ${today}::date and (
      dunning.overdue_on is null or (
        invoice.due_date + next.days <= ${today}::date and (next.before is null or dunning.dunned_on + (next.days - next.before) <= ${today}::date)
        and (dunning.hold_end_date is null or dunning.hold_end_date < ${today}::date)
        and not exists (select from ${disputes} as dispute where dispute.invoice_id = invoice.id and dispute.status = 'OPEN')))
    order by invoice.due_date, invoice.id limit ${bite}`);
  return rows.map(({ id }) => ({ id: String(id) }));
}

/** Somebody may have paid, disputed, held or raised it since. */
function isDue(due: Due, today: CalendarDate): boolean {
  return isOverdue(due.invoice, today) && (!due.before?.overdueOn || reaches(due, today) !== undefined);
}

function reaches({ invoice, before, policy, disputed }: Due, today: CalendarDate): ReturnType<typeof nextLevel> {
  const next = policy?.active && !disputed ? nextLevel(policy.levels, invoice.dueDate, before ?? newDunning(invoice)) : undefined;
  return next && next.from <= today ? next : undefined;
}

function raise(draft: Draft, due: Due, today: CalendarDate): void {
  const { invoice, before } = due;
  const keys = invoiceKeys(invoice);
  const open = openMinor(invoice);
  if (!before?.overdueOn) {
    const payload = { ...invoiceSnapshot(invoice), dueDate: invoice.dueDate, open: showMoney({ minor: open, currency: invoice.currency }) };
    draft.state(facts.InvoiceOverdue, { subject: invoice, keys, payload });
  }
  const reached = reaches(due, today);
  const changes = { overdueOn: before?.overdueOn ?? today, ...(reached ? { level: reached.level, dunnedOn: today } : {}) };
  if (before) draft.update(invoiceDunning, before, { changes });
  else draft.insert(invoiceDunning, { ...newDunning(invoice), ...changes });
  if (!reached) return;
  const { customerId, legalEntityId, currency } = invoice;
  const of = { invoiceId: invoice.id, customerId, legalEntityId, level: reached.level, name: reached.name, feeText: reached.feeText };
  const notice = draft.insert(dunningNotice, { ...of, dunnedOn: today, openMinor: open, currency, ...undelivered }, begin(dunningNoticeMachine));
  draft.state(facts.InvoiceDunned, { subject: invoice, keys, payload: { ...noticeSnapshot(invoice, notice), name: notice.name } });
}
