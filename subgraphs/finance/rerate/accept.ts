import type { AcceptRerateProposalInput, DismissRerateProposalInput } from '#generated/finance.ts';
import { type Command, executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Changes, openDraft } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { demandState, step } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { demandNamed, lockRows, type Named, rowsById } from '#kernel/rows.ts';
import { and, eq, gte, inArray, sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { counting } from '../actual/queries.ts';
import { rerateProposal } from '../entities.ts';
import { cancelInvoice } from '../invoice/change.ts';
import { creditInvoice } from '../invoice/credit.ts';
import { draftInvoices } from '../invoice/draft.ts';
import { facts } from '../published.ts';
import { type ActualRow, actuals, invoiceLines, invoices, type RerateProposalRow, type RerateRow, rerateProposals, rerates } from '../tables.ts';
import { rerateProposalMachine } from './machine.ts';
import { biteSize } from './plan.ts';
import { rerateSources } from './run.ts';

type Loaded = { proposals: ReadonlyMap<string, RerateProposalRow>; rerates: ReadonlyMap<string, RerateRow> };

async function load(scope: Scope, items: readonly Named[]): Promise<Loaded> {
  const proposals = await lockRows(
    scope,
    rerateProposals,
    items.map(({ id }) => id),
  );
  const own = await rowsById(
    scope.tx,
    rerates,
    [...proposals.values()].map(({ rerateId }) => rerateId),
  );
  return { proposals, rerates: own };
}

type Deciding<Item> = { action: 'accept' | 'dismiss'; changes: (item: Item) => Changes<typeof rerateProposals> };

function deciding<Item extends Named>({ action, changes }: Deciding<Item>): Command<Item, Loaded> {
  return {
    may: rerateProposalMachine.actions[action].may,
    entities: [rerateProposal],
    load,
    decide: (loaded, item, context) => {
      const before = demandNamed(loaded.proposals, { ...item, entity: rerateProposal.name }, (row) => sees(context.actor, row));
      const subject = { status: before.status, finished: Boolean(loaded.rerates.get(before.rerateId)?.finishedAt) };
      const by = step(rerateProposalMachine, { subject, action, actor: context.actor });
      const draft = openDraft(context);
      const decided = { decidedBy: context.actor.id, decidedAt: context.now, ...changes(item) };
      const row = draft.update(rerateProposal, before, { changes: decided, by });
      const { id, amendmentId, contractId, customerId, legalEntityId, invoiceId, status, currency, rebilledId } = row;
      const [billed, now] = [row.beforeMinor, row.afterMinor].map((minor) => showMoney({ minor, currency }));
      if (!billed || !now) throw new Error('a proposal without amounts');
      const about = { rerateProposalId: id, amendmentId, contractId, customerId, invoiceId, status, before: billed, after: now };
      draft.state(facts.RerateProposalDecided, {
        subject: row,
        keys: { customerId, legalEntityId },
        payload: { ...about, rebilledInvoiceId: rebilledId },
      });
      return draft.done(id);
    },
  };
}

export const dismissRerateProposal: Command<DismissRerateProposalInput, Loaded> = deciding({
  action: 'dismiss',
  changes: ({ reason }) => ({ reason: checkLines('reason', reason, 1000) }),
});

/** Credits or cancels the invoice, prices its work anew and drafts it again: all of it, or nothing. */
export async function acceptRerateProposal(scope: Scope, input: AcceptRerateProposalInput): Promise<{ id: string }> {
  const { proposals, rerates: own } = await load(scope, [input]);
  const proposal = demandNamed(proposals, { ...input, entity: rerateProposal.name }, (row) => sees(scope.actor, row));
  demandState(rerateProposalMachine, { action: 'accept', actor: scope.actor }, proposal.status);
  const standing = own.get(proposal.rerateId);
  const invoice = (await lockRows(scope, invoices, [proposal.invoiceId])).get(proposal.invoiceId);
  if (!standing || !invoice) throw new Error(`the proposal ${proposal.id} is about an invoice that is not there`);
  if (!standing.finishedAt) return executeOne(scope, deciding<AcceptRerateProposalInput>({ action: 'accept', changes: () => ({}) }), input);
  const sourceIds = await sourcesOn(scope, proposal.invoiceId);
  const creditNoteId = await undo(scope, { proposal, standing, input, status: invoice.status });
  await priceAnew(scope, standing, sourceIds);
  const drafted = await draftInvoices(scope, {
    cutOffDate: invoice.cutOffDate ?? invoice.invoiceDate,
    contractIds: [proposal.contractId],
    ...(input.invoiceDate ? { invoiceDate: input.invoiceDate } : {}),
    sourceIds,
  });
  const rebilledId = drafted.outcomes.flatMap((outcome) => ('refused' in outcome ? [] : [outcome.id]))[0] ?? null;
  const { expectedVersion: _, ...item } = input;
  return executeOne(scope, deciding<typeof item>({ action: 'accept', changes: () => ({ creditNoteId, rebilledId }) }), item);
}

type Undoing = { proposal: RerateProposalRow; standing: RerateRow; input: AcceptRerateProposalInput; status: string };

/** Frees the work of the invoice; nothing where somebody did so already. Gives the credit note, if there is one. */
async function undo(scope: Scope, { proposal: { invoiceId }, standing: { name }, input, status }: Undoing): Promise<string | null> {
  if (status === 'CANCELLED' || status === 'CREDITED') return null;
  if (status === 'DRAFT' || status === 'VALIDATED') {
    await cancelInvoice(scope, { id: invoiceId });
    return null;
  }
  const creditDate = input.creditDate ? { creditDate: input.creditDate } : {};
  const reason = `Amendment ${name}`.slice(0, 255);
  return (await executeOne(scope, creditInvoice, { idempotencyKey: invoiceId, id: invoiceId, reason, ...creditDate })).id;
}

/** What made the sales that stand on an invoice. */
async function sourcesOn(scope: Scope, invoiceId: string): Promise<string[]> {
  const onLines = sql`${actuals.invoiceLineId} in (select line.id from ${invoiceLines} line where line.invoice_id = ${invoiceId})`;
  const sales = eq(actuals.kind, 'UNBILLED_SALES');
  const rows = await scope.tx.selectDistinct({ id: actuals.sourceId }).from(actuals).where(and(onLines, sales)).orderBy(actuals.sourceId);
  return rows.map(({ id }) => id);
}

/** Prices pieces of work anew from the amendment's day on, as far as they can be; the others stay as they were. */
export async function priceAnew(scope: Scope, standing: RerateRow, sourceIds: readonly string[]): Promise<void> {
  for (let start = 0; start < sourceIds.length; start += biteSize) {
    const some = sourceIds.slice(start, start + biteSize);
    const costs: ActualRow[] = await scope.tx
      .select()
      .from(actuals)
      .where(and(inArray(actuals.sourceId, some), eq(actuals.kind, 'COST'), gte(actuals.workDate, standing.fromDate), counting))
      .orderBy(actuals.workDate, actuals.id);
    await rerateSources(scope, standing, costs);
  }
}
