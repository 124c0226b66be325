import type { AcknowledgeDunningDeliveryInput, FailDunningDeliveryInput } from '#generated/finance.ts';
import type { Actor } from '#kernel/actor.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { openDraft } from '#kernel/draft.ts';
import { step } from '#kernel/machine.ts';
import { demandNamed, lockRows, rowsById } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { arrived, notArrived } from '../document/delivery.ts';
import { dunningNotice } from '../entities.ts';
import { invoiceKeys } from '../invoice/facts.ts';
import { facts } from '../published.ts';
import { type DunningNoticeRow, dunningNotices, type InvoiceRow, invoices } from '../tables.ts';
import { noticeSnapshot } from './facts.ts';
import { dunningNoticeMachine } from './machine.ts';

type Loaded = { notices: ReadonlyMap<string, DunningNoticeRow>; invoices: ReadonlyMap<string, InvoiceRow> };

const base = { entities: [dunningNotice], load } as const;

/** The notice arrived. */
export const acknowledgeDunningDelivery: Command<AcknowledgeDunningDeliveryInput, Loaded> = {
  ...base,
  may: dunningNoticeMachine.actions.acknowledge.may,
  decide: (loaded, { id, ...input }, context) => {
    const { before, invoice } = demandNotice(loaded, id, context.actor);
    const by = step(dunningNoticeMachine, { subject: before, action: 'acknowledge', actor: context.actor });
    const { kept, said } = arrived(input, context.now);
    const draft = openDraft(context);
    draft.update(dunningNotice, before, { changes: kept, by });
    const payload = { ...noticeSnapshot(invoice, before), ...said };
    draft.state(facts.DunningNoticeDelivered, { subject: invoice, keys: invoiceKeys(invoice), payload });
    return draft.done(id);
  },
};

/** The notice did not arrive, or came back. */
export const failDunningDelivery: Command<FailDunningDeliveryInput, Loaded> = {
  ...base,
  may: dunningNoticeMachine.actions.fail.may,
  decide: (loaded, { id, ...input }, context) => {
    const { before, invoice } = demandNotice(loaded, id, context.actor);
    const by = step(dunningNoticeMachine, { subject: before, action: 'fail', actor: context.actor });
    const { kept, said } = notArrived(input);
    const draft = openDraft(context);
    draft.update(dunningNotice, before, { changes: kept, by });
    const payload = { ...noticeSnapshot(invoice, before), ...said };
    draft.state(facts.DunningNoticeFailed, { subject: invoice, keys: invoiceKeys(invoice), payload });
    return draft.done(id);
  },
};

async function load(scope: Scope, items: readonly { id: string }[]): Promise<Loaded> {
  const notices = await lockRows(
    scope,
    dunningNotices,
    items.map((item) => item.id),
  );
  const of = [...notices.values()].map((row) => row.invoiceId);
  return { notices, invoices: await rowsById(scope.tx, invoices, of) };
}

function demandNotice({ notices, invoices: known }: Loaded, id: string, actor: Actor): { before: DunningNoticeRow; invoice: InvoiceRow } {
  const before = demandNamed(notices, { entity: dunningNotice.name, id }, (row) => sees(actor, row));
  const invoice = known.get(before.invoiceId);
  if (!invoice) throw new Error('a dunning notice without its invoice');
  return { before, invoice };
}
