import type { HoldDunningInput, ResumeDunningInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines } from '#kernel/input.ts';
import { dateOf } from '#kernel/period.ts';
import { invoiceDunning } from '../entities.ts';
import { invoiceKeys, invoiceSnapshot } from '../invoice/facts.ts';
import { demandInvoice } from '../invoice/load.ts';
import { openMinor } from '../invoice/queries.ts';
import { facts } from '../published.ts';
import { type LoadedDunnings, loadDunnings, newDunning } from './load.ts';

const base = { may: 'dunning:write', entities: [invoiceDunning], load: loadDunnings } as const;

/** Keeps an invoice from being dunned until a day has passed. */
export const holdDunning: Command<HoldDunningInput, LoadedDunnings> = {
  ...base,
  decide: (loaded, { id, endDate, reason: given }, context) => {
    const invoice = demandInvoice(loaded, { id }, context.actor);
    if (openMinor(invoice) === 0n) throw new Refused('INVALID_TRANSITION', 'Nothing is to be paid of it, so that it is not dunned.');
    if (endDate < dateOf(context.now)) throw new Refused('VALIDATION_FAILED', 'The hold must last until today or later.', { field: 'endDate' });
    const reason = checkLines('reason', given, 255);
    const before = loaded.dunnings.get(id);
    const hold = { holdEndDate: endDate, holdReason: reason };
    const draft = openDraft(context);
    if (before) draft.update(invoiceDunning, before, { changes: hold });
    else draft.insert(invoiceDunning, { ...newDunning(invoice), ...hold });
    draft.state(facts.DunningHeld, { subject: invoice, keys: invoiceKeys(invoice), payload: { ...invoiceSnapshot(invoice), endDate, reason } });
    return draft.done(id);
  },
};

/** Ends a hold before its day. */
export const resumeDunning: Command<ResumeDunningInput, LoadedDunnings> = {
  ...base,
  decide: (loaded, { id }, context) => {
    const invoice = demandInvoice(loaded, { id }, context.actor);
    const before = loaded.dunnings.get(id);
    if (!before?.holdEndDate || before.holdEndDate < dateOf(context.now)) throw new Refused('INVALID_TRANSITION', 'Nothing keeps it from being dunned.');
    const draft = openDraft(context);
    draft.update(invoiceDunning, before, { changes: { holdEndDate: null, holdReason: null } });
    draft.state(facts.DunningResumed, { subject: invoice, keys: invoiceKeys(invoice), payload: invoiceSnapshot(invoice) });
    return draft.done(id);
  },
};
