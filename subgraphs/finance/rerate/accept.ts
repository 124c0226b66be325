import type { AcceptRerateProposalInput, DismissRerateProposalInput } from '#generated/finance.ts';
import { type Command, executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Changes, openDraft } from '#kernel/draft.ts';
import { checkLines } from '#kernel/input.ts';
import { demandState, step } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { wordIn } from '#kernel/read.ts';
import { demandNamed, lockRows, type Named, rowsById } from '#kernel/rows.ts';
import { and, gte, inArray, sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { foreseenLimits } from '../actual/limits.ts';
import { counting } from '../actual/queries.ts';
import { rerateProposal } from '../entities.ts';
import { cancelInvoice } from '../invoice/change.ts';
import { creditInvoice } from '../invoice/credit.ts';
import { partLimit } from '../invoice/creditParts.ts';
import { draftInvoices } from '../invoice/draft.ts';
import { facts } from '../published.ts';
import {
  type ActualRow,
  actuals,
  type InvoiceRow,
  invoiceLines,
  invoices,
  type RerateProposalRow,
  type RerateRow,
  rerateProposals,
  rerates,
} from '../tables.ts';
import { calendarOf } from './calendar.ts';
import { rerateProposalMachine } from './machine.ts';
import { biteSize, planLines, rowsOfSources } from './plan.ts';
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

/** Credits what the new price touches of a posted invoice, or cancels one that is not posted; prices that work anew and drafts it again: all of it, or nothing. */
export async function acceptRerateProposal(scope: Scope, input: AcceptRerateProposalInput): Promise<{ id: string }> {
  const { proposals, rerates: own } = await load(scope, [input]);
  const proposal = demandNamed(proposals, { ...input, entity: rerateProposal.name }, (row) => sees(scope.actor, row));
  demandState(rerateProposalMachine, { action: 'accept', actor: scope.actor }, proposal.status);
  const standing = own.get(proposal.rerateId);
  const invoice = (await lockRows(scope, invoices, [proposal.invoiceId])).get(proposal.invoiceId);
  if (!standing || !invoice) throw new Error(`the proposal ${proposal.id} is about an invoice that is not there`);
  if (!standing.finishedAt) return executeOne(scope, deciding<AcceptRerateProposalInput>({ action: 'accept', changes: () => ({}) }), input);
  const { creditNoteId, sourceIds } = await undo(scope, { standing, input, invoice });
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

type Undoing = { standing: RerateRow; input: AcceptRerateProposalInput; invoice: InvoiceRow };
/** What is to be billed anew, and the credit note that freed it, if there is one. */
type Undone = { creditNoteId: string | null; sourceIds: string[] };

/** Frees the work; what somebody freed already is billed anew all the same. */
async function undo(scope: Scope, { standing, input, invoice: { id, status } }: Undoing): Promise<Undone> {
  const sales = await salesOn(scope, id);
  const all = { creditNoteId: null, sourceIds: sourcesOf(sales) };
  if (status === 'CANCELLED' || status === 'CREDITED') return all;
  if (status === 'DRAFT' || status === 'VALIDATED') {
    await cancelInvoice(scope, { id });
    return all;
  }
  const lineIds = await touchedLines(scope, standing, sales);
  // More lines than one call names: the rest of the invoice.
  const isRest = lineIds.size > partLimit;
  // What was freed before stands on no line that is to be credited now.
  const freed = sales.filter((row) => isRest || row.reversedById !== null || lineIds.has(row.invoiceLineId ?? ''));
  if (lineIds.size === 0) return { creditNoteId: null, sourceIds: sourcesOf(freed) };
  const part = isRest ? {} : { lines: [...lineIds].sort().map((lineId) => ({ lineId })) };
  const creditDate = input.creditDate ? { creditDate: input.creditDate } : {};
  const asked = { idempotencyKey: id, id, reason: `Amendment ${standing.name}`.slice(0, 255), ...part, ...creditDate };
  return { creditNoteId: (await executeOne(scope, creditInvoice, asked)).id, sourceIds: sourcesOf(freed) };
}

/** The sales that were ever billed by lines of an invoice. */
function salesOn(scope: Scope, invoiceId: string): Promise<ActualRow[]> {
  const onLines = sql`${actuals.invoiceLineId} in (select line.id from ${invoiceLines} line where line.invoice_id = ${invoiceId})`;
  return scope.tx
    .select()
    .from(actuals)
    .where(and(onLines, wordIn(actuals.kind, ['UNBILLED_SALES'])))
    .orderBy(actuals.sourceId, actuals.id);
}

function sourcesOf(sales: readonly ActualRow[]): string[] {
  return [...new Set(sales.map(({ sourceId }) => sourceId))];
}

/** The lines of posted sales whose price the amendment changes. */
async function touchedLines(scope: Scope, standing: RerateRow, sales: readonly ActualRow[]): Promise<Set<string>> {
  const standingSales = new Map(sales.filter((row) => row.reversedById === null).map((row) => [row.id, row]));
  const touched = new Set<string>();
  const around = { calendar: calendarOf(scope.tx), limits: foreseenLimits(scope.tx), adjustmentDate: standing.adjustmentDate ?? undefined };
  for await (const costs of costsOf(scope, standing, sourcesOf([...standingSales.values()]))) {
    const { lines } = await planLines(scope.tx, { costs, rows: await rowsOfSources(scope.tx, costs) }, around);
    for (const { sale, outcome } of lines) if (outcome === 'INVOICED' && sale && standingSales.has(sale.id)) touched.add(sale.invoiceLineId ?? '');
  }
  return touched;
}

/** The costs that say what was done, of pieces of work from the amendment's day on, a bite at a time. */
async function* costsOf(scope: Scope, { fromDate }: RerateRow, sourceIds: readonly string[]): AsyncGenerator<ActualRow[]> {
  for (let start = 0; start < sourceIds.length; start += biteSize) {
    const some = sourceIds.slice(start, start + biteSize);
    yield await scope.tx
      .select()
      .from(actuals)
      .where(and(inArray(actuals.sourceId, some), wordIn(actuals.kind, ['COST']), gte(actuals.workDate, fromDate), counting))
      .orderBy(actuals.workDate, actuals.id);
  }
}

/** Prices pieces of work anew from the amendment's day on, as far as they can be; the others stay as they were. */
export async function priceAnew(scope: Scope, standing: RerateRow, sourceIds: readonly string[]): Promise<void> {
  for await (const costs of costsOf(scope, standing, sourceIds)) await rerateSources(scope, standing, costs);
}
