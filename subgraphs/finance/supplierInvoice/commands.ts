import type { EndSupplierInvoiceInput, PostSupplierInvoiceInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { type Changes, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import type { Named } from '#kernel/rows.ts';
import { credit, debit } from '../billing/entries.ts';
import { supplierInvoice } from '../entities.ts';
import { bookEntry, books } from '../journal/enter.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { facts } from '../published.ts';
import type { SupplierInvoiceLineRow, SupplierInvoiceRow, supplierInvoices } from '../tables.ts';
import { demandSupplierInvoice, type LoadedSupplierInvoices, snapshotOf, stateSupplierInvoice, subjectOf } from './load.ts';
import { supplierInvoiceMachine } from './machine.ts';
import { letGo, onSupplierInvoices } from './match.ts';

export { matchSupplierInvoice } from './match.ts';
export { recordSupplierInvoices } from './record.ts';

type On<Item, Loaded = LoadedSupplierInvoices> = Command<Item, Loaded>;
type Ending = Named & Pick<EndSupplierInvoiceInput, 'reason'>;

/** All is as it was ordered, and as it was approved. */
export const approveSupplierInvoice: On<Named> = approving('approve', () => ({}));

/** It is not, and is paid nevertheless. */
export const approveSupplierInvoiceDifferences: On<Ending> = approving('approveDifferences', ({ reason }) => ({
  decisionNote: checkLines('reason', reason, 1000),
}));

function approving<Item extends Named>(action: 'approve' | 'approveDifferences', changes: (item: Item) => Changes<typeof supplierInvoices>): On<Item> {
  return {
    ...onSupplierInvoices,
    may: supplierInvoiceMachine.actions[action].may,
    decide: (loaded, item, context) => {
      const { before, subject } = judged(loaded, item, context);
      const by = step(supplierInvoiceMachine, { subject, action, actor: context.actor });
      const draft = openDraft(context);
      const row = draft.update(supplierInvoice, before, { changes: { ...changes(item), approvedBy: context.actor.id }, by });
      stateSupplierInvoice(draft, 'SupplierInvoiceApproved', row);
      return draft.done(row.id);
    },
  };
}

/** The firm does not owe it: what it held is free again. */
export const rejectSupplierInvoice: On<Ending> = {
  ...onSupplierInvoices,
  may: supplierInvoiceMachine.actions.reject.may,
  decide: (loaded, item, context) => {
    const { before, subject } = judged(loaded, item, context);
    const by = step(supplierInvoiceMachine, { subject, action: 'reject', actor: context.actor });
    const reason = checkLines('reason', item.reason, 1000);
    const draft = openDraft(context);
    letGo(draft, loaded, before.id);
    const row = draft.update(supplierInvoice, before, { changes: { decisionNote: reason }, by });
    const payload = { ...snapshotOf(row), reason };
    draft.state(facts.SupplierInvoiceRejected, { subject: row, keys: { legalEntityId: row.legalEntityId }, payload });
    return draft.done(row.id);
  },
};

type Posting = Named & Pick<PostSupplierInvoiceInput, 'postedOn'>;

/** Puts it into the books: cost of services by project against what is payable. */
export const postSupplierInvoice: On<Posting, LoadedSupplierInvoices & { periods: PeriodJudge }> = {
  may: supplierInvoiceMachine.actions.post.may,
  entities: [...books, ...onSupplierInvoices.entities],
  load: async (scope, items) => {
    const loaded = await onSupplierInvoices.load(scope, items);
    const days = items.flatMap(({ id, postedOn }) => {
      const row = loaded.rows.get(id);
      return row ? [{ legalEntityId: row.legalEntityId, date: postedOn ?? row.invoiceDate }] : [];
    });
    return { ...loaded, periods: await holdPeriods(scope, days) };
  },
  decide: (loaded, item, context) => {
    const { before, subject, lines } = judged(loaded, item, context);
    const by = step(supplierInvoiceMachine, { subject, action: 'post', actor: context.actor });
    const postedOn = item.postedOn ?? before.invoiceDate;
    const { legalEntityId, number } = before;
    demandOpen(loaded.periods, { legalEntityId, date: postedOn }, 'postedOn');
    const draft = openDraft(context);
    const description = `Supplier invoice ${number}`;
    const entry = bookEntry(draft, { legalEntityId, postingDate: postedOn, description, source: 'SUPPLIER_INVOICE', lines: entryOf(before, lines) });
    const row = draft.update(supplierInvoice, before, { changes: { postedOn, journalEntryId: entry.id }, by });
    stateSupplierInvoice(draft, 'SupplierInvoicePosted', row);
    return draft.done(row.id);
  },
};

function entryOf({ legalEntityId, currency, totalMinor }: SupplierInvoiceRow, lines: readonly SupplierInvoiceLineRow[]) {
  const side = { legalEntityId, currency };
  const byProject = Map.groupBy(lines, ({ projectId }) => projectId);
  const costs = [...byProject].flatMap(([projectId, own]) =>
    debit(
      { ...side, account: 'COST_OF_SERVICES', projectId },
      own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    ),
  );
  return [...costs, ...credit({ ...side, account: 'PAYABLE' }, totalMinor)];
}

function judged(loaded: LoadedSupplierInvoices, item: Named, { actor }: DecisionContext) {
  const before = demandSupplierInvoice(loaded, item, actor);
  const lines = loaded.lines.get(before.id) ?? [];
  return { before, lines, subject: subjectOf(before, lines, loaded.held) };
}
