import type { ReversePaymentInput, UpdatePaymentInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { dateOf, demandNotBefore, latestOf } from '#kernel/period.ts';
import { lockRows } from '#kernel/rows.ts';
import { payment as paymentEntity } from '../entities.ts';
import { undoEntry } from '../journal/enter.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { facts } from '../published.ts';
import { externalRefs, invoices, type PaymentApplicationRow } from '../tables.ts';
import { appliedEntities, type LoadedInvoices } from './apply.ts';
import { paymentKeys, paymentSnapshot } from './facts.ts';
import { demandPayment, type LoadedPayments, loadPayments } from './load.ts';
import { paymentMachine } from './machine.ts';
import { type LoadedMoves, lastMoved, loadMoves } from './moves.ts';
import { entryOf, type LoadedEntries, loadEntries, standingApplications, takeOff } from './takeOff.ts';

/** Changes what a payment says beside its amount. */
export const updatePayment: Command<UpdatePaymentInput, LoadedPayments> = {
  may: 'payment:write',
  entities: [paymentEntity],
  load: loadPayments,
  decide: (loaded, { reference, method, externalRefs: refs, ...asked }, context) => {
    const before = demandPayment(loaded, asked, context.actor);
    if (method === null) throw new Refused('VALIDATION_FAILED', 'A payment has a method; OTHER is one.', { field: 'method' });
    const text = reference ? checkLines('reference', reference, 255) : reference;
    const draft = openDraft(context);
    draft.update(paymentEntity, before, { changes: { reference: text, method } });
    draft.link({ refs: externalRefs, entity: paymentEntity, id: before.id }, refs);
    return draft.done(before.id);
  },
};

type Loaded = LoadedPayments &
  LoadedInvoices &
  LoadedEntries &
  LoadedMoves & { applications: ReadonlyMap<string, PaymentApplicationRow[]>; periods: PeriodJudge };

/** Takes a payment back: opposite entries for it and for all that it settled, whose invoices are open again. */
export const reversePayment: Command<ReversePaymentInput, Loaded> = {
  may: paymentMachine.actions.reverse.may,
  entities: appliedEntities,
  load: async (scope, items) => {
    const loaded = await loadPayments(scope, items);
    const rows = [...loaded.payments.values()];
    const applied = await standingApplications(scope, 'paymentId', [...loaded.payments.keys()]);
    const held = await lockRows(
      scope,
      invoices,
      applied.map((each) => each.invoiceId),
    );
    const books = await loadEntries(
      scope,
      [...rows, ...applied].map((each) => each.journalEntryId),
    );
    const applications = Map.groupBy(applied, (each) => each.paymentId);
    const moved = await loadMoves(scope, [...loaded.payments.keys()]);
    const days = items.flatMap((item) => {
      const row = loaded.payments.get(item.id);
      if (!row) return [];
      const last = lastMoved(moved.moves.get(row.id) ?? [], row.receivedOn);
      return [{ legalEntityId: row.legalEntityId, date: item.reversedOn ?? latestOf(dateOf(scope.now), last) }];
    });
    return { ...loaded, ...books, ...moved, invoices: held, applications, periods: await holdPeriods(scope, days) };
  },
  decide: (loaded, input, context) => {
    const before = demandPayment(loaded, input, context.actor);
    const by = step(paymentMachine, { subject: before, action: 'reverse', actor: context.actor });
    const reversalReason = checkLines('reason', input.reason, 255);
    const applications = loaded.applications.get(before.id) ?? [];
    const last = lastMoved(loaded.moves.get(before.id) ?? [], before.receivedOn);
    const postingDate = input.reversedOn ?? latestOf(dateOf(context.now), last);
    demandNotBefore({ date: postingDate, field: 'reversedOn' }, { date: last, what: 'what the payment did' });
    demandOpen(loaded.periods, { legalEntityId: before.legalEntityId, date: postingDate }, 'reversedOn');
    const draft = openDraft(context);
    const original = entryOf(loaded, before.journalEntryId);
    undoEntry(draft, { original, lines: loaded.lines.get(original.id) ?? [], postingDate });
    takeOff(draft, loaded, { applications, postingDate });
    const row = draft.update(paymentEntity, before, { changes: { appliedMinor: 0n, reversalReason }, by });
    draft.state(facts.PaymentReversed, { subject: row, keys: paymentKeys(row), payload: { ...paymentSnapshot(row), reason: reversalReason } });
    return draft.done(row.id);
  },
};
