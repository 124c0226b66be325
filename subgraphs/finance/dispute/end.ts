import type { ResolveDisputeInput, WithdrawDisputeInput } from '#generated/finance.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { demandNamed, lockRows, type Named, notFound, rowsById } from '#kernel/rows.ts';
import { isOutside, sees } from '#kernel/visibility.ts';
import { dispute } from '../entities.ts';
import { invoiceKeys } from '../invoice/facts.ts';
import { facts } from '../published.ts';
import { type DisputeRow, disputes, type InvoiceRow, invoices } from '../tables.ts';
import { disputeSnapshot } from './facts.ts';
import { disputeMachine } from './machine.ts';

type Loaded = { disputes: ReadonlyMap<string, DisputeRow>; invoices: ReadonlyMap<string, InvoiceRow> };

/** The firm says what becomes of a dispute: accepted, with the credit note that follows where there is one, or rejected. */
export const resolveDispute: Command<ResolveDisputeInput, Loaded> = {
  may: 'dispute:resolve',
  entities: [dispute],
  load: (scope, items) =>
    load(
      scope,
      items,
      items.flatMap(({ creditNoteId }) => creditNoteId ?? []),
    ),
  decide: (loaded, { id, expectedVersion, outcome, resolution: given, creditNoteId = null }, context) => {
    const { before, invoice } = demandDispute(loaded, { id, expectedVersion }, context.actor);
    const action = outcome === 'ACCEPTED' ? 'accept' : 'reject';
    const by = step(disputeMachine, { subject: before, action, actor: context.actor });
    const resolution = checkLines('resolution', given, 1000);
    if (creditNoteId) demandCredit(loaded, { invoice, outcome, creditNoteId });
    const draft = openDraft(context);
    const row = draft.update(dispute, before, { changes: { resolution, creditNoteId, endedAt: context.now }, by });
    const payload = { ...disputeSnapshot(invoice, row), outcome: row.status, resolution, creditNoteInvoiceId: creditNoteId };
    draft.state(facts.DisputeResolved, { subject: invoice, keys: invoiceKeys(invoice), payload });
    return draft.done(id);
  },
};

/** Whoever raised it takes it back. */
export const withdrawDispute: Command<WithdrawDisputeInput, Loaded> = {
  may: disputeMachine.actions.withdraw.may,
  entities: [dispute],
  load: (scope, items) => load(scope, items, []),
  decide: (loaded, { id, expectedVersion }, context) => {
    const { before, invoice } = demandDispute(loaded, { id, expectedVersion }, context.actor);
    if (isOutside(context.actor) && before.raisedBy !== 'CLIENT')
      throw new Refused('FORBIDDEN', 'The firm raised this dispute; only the firm withdraws it.', { field: 'id' });
    const by = step(disputeMachine, { subject: before, action: 'withdraw', actor: context.actor });
    const draft = openDraft(context);
    const row = draft.update(dispute, before, { changes: { endedAt: context.now }, by });
    draft.state(facts.DisputeWithdrawn, { subject: invoice, keys: invoiceKeys(invoice), payload: disputeSnapshot(invoice, row) });
    return draft.done(id);
  },
};

/** Invoices before disputes, as whoever raises one locks them. */
async function load(scope: Scope, items: readonly Named[], creditNoteIds: readonly string[]): Promise<Loaded> {
  const named = await rowsById(
    scope.tx,
    disputes,
    items.map((item) => item.id),
  );
  const about = [...named.values()].map((row) => row.invoiceId);
  const held = await lockRows(scope, invoices, about);
  const credits = await rowsById(scope.tx, invoices, creditNoteIds);
  return { disputes: await lockRows(scope, disputes, [...named.keys()]), invoices: new Map([...credits, ...held]) };
}

function demandDispute(loaded: Loaded, named: Named, actor: Actor): { before: DisputeRow; invoice: InvoiceRow } {
  const before = demandNamed(loaded.disputes, { entity: dispute.name, ...named }, (row) => sees(actor, row));
  const invoice = loaded.invoices.get(before.invoiceId);
  if (!invoice) throw new Error('a dispute without its invoice');
  return { before, invoice };
}

type Credit = { invoice: InvoiceRow; outcome: ResolveDisputeInput['outcome']; creditNoteId: string };

function demandCredit({ invoices: known }: Loaded, { invoice, outcome, creditNoteId }: Credit): void {
  const field = 'creditNoteId';
  if (outcome !== 'ACCEPTED') throw new Refused('VALIDATION_FAILED', 'Only what is accepted is credited.', { field });
  const note = known.get(creditNoteId);
  if (!note || note.customerId !== invoice.customerId) throw notFound('Invoice', creditNoteId, field);
  if (note.creditsId !== invoice.id) throw new Refused('VALIDATION_FAILED', `${note.number} does not credit ${invoice.number}.`, { field });
}
