import { type ContractReference, references as engagements } from '#engagements/published.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { decisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { checkLists } from '#kernel/input.ts';
import { begin } from '#kernel/machine.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { addDays, dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { write } from '#kernel/write.ts';
import { references as resources } from '#resources/published.ts';
import { accountOfBilling } from '../billing/accounts.ts';
import { describeLine, paperOrder } from '../billing/lines.ts';
import { termsOn } from '../billing/price.ts';
import { changesOf } from '../billing/tax.ts';
import { type BookedContract, billable } from '../demand.ts';
import { invoice, invoiceLine } from '../entities.ts';
import { unadjusted } from '../tables.ts';
import { stateInvoice } from './facts.ts';
import { invoiceMachine } from './machine.ts';
import { type ReadyBatch, readyPage, type TakenLine, takeReady, type Wish } from './ready.ts';
import { profilesOf } from './tax.ts';

export type Drafted = {
  outcomes: Outcome[];
  actualsTaken: number;
  /** The contract after which the next page begins; null when all is drafted. */
  next: string | null;
};

type Batch = ReadyBatch & { invoiceId: string; contract: BookedContract };

/**
 * One DRAFT invoice per contract and currency of what is READY up to the date: a page of contracts, so that a transaction holds what some contracts
 * have ready and never the firm's. A concurrent draft waits, and finds what is left.
 */
export async function draftInvoices(scope: Scope, input: Wish, after: string | null = null): Promise<Drafted> {
  demand(scope.actor, 'invoice:write');
  const { sourceIds: _, ...asked } = input;
  checkLists('', asked);
  const { batches, next } = await readyPage(scope, input, after);
  const contracts = await references(
    scope.tx,
    engagements.Contract,
    batches.map((batch) => batch.contractId),
  );
  const judged = batches.map((batch): Batch | Refused => {
    const contract = judge(batch, contracts.get(batch.contractId));
    return contract instanceof Refused ? contract : { ...batch, contract, invoiceId: newId(scope.now.getTime()) };
  });
  const drafts = judged.filter((each): each is Batch => !(each instanceof Refused));
  const customerIds = drafts.map(({ contract }) => contract.customerId);
  const profiles = await profilesOf(scope, await references(scope.tx, engagements.Customer, customerIds));
  const taking = drafts.map((each) => ({ ...each, taxChanges: changesOf(profiles.get(each.contract.customerId)) }));
  const { lines, unpaying } = await takeReady(scope, input, taking);
  const byInvoice = Map.groupBy(lines, (line) => line.invoiceId);
  await writeDrafts(scope, { input, drafts, byInvoice });
  const outcomes = judged.flatMap((each): Outcome[] => {
    if (each instanceof Refused) return [{ refused: each }];
    if (unpaying.has(each.invoiceId)) return [{ refused: asksForNothing(each.contract) }];
    return byInvoice.has(each.invoiceId) ? [{ id: each.invoiceId }] : [];
  });
  return { outcomes, next, actualsTaken: lines.reduce((sum, line) => sum + line.actualCount, 0) };
}

function judge({ contractId, currency }: ReadyBatch, found: ContractReference | undefined): BookedContract | Refused {
  const contract = billable(found, contractId);
  if (contract instanceof Refused || contract.currency === currency) return contract;
  return new Refused('CURRENCY_MISMATCH', `${contract.name} is in ${contract.currency}; it has actuals in ${currency}.`);
}

function asksForNothing({ name }: ContractReference): Refused {
  const why = `What is ready on ${name} adds up to nothing to pay. It stays ready for the next invoice.`;
  return new Refused('GUARD_REFUSED', why, { guard: 'asksForMoney' });
}

type Names = { projects: ReadonlyMap<string, { name: string }>; categories: ReadonlyMap<string, { name: string }> };

async function namesOf(scope: Scope, lines: readonly TakenLine[]): Promise<Names> {
  const present = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];
  const projects = await references(scope.tx, engagements.Project, present(lines.map((line) => line.projectId)));
  const categories = await references(scope.tx, resources.LaborCategory, present(lines.map((line) => line.laborCategoryId)));
  return { projects, categories };
}

type Written = { input: Wish; drafts: readonly Batch[]; byInvoice: ReadonlyMap<string, readonly TakenLine[]> };

async function writeDrafts(scope: Scope, { input, drafts, byInvoice }: Written): Promise<void> {
  const billed = drafts.filter((batch) => byInvoice.has(batch.invoiceId));
  if (billed.length === 0) return;
  const names = await namesOf(scope, [...byInvoice.values()].flat());
  const draft = openDraft(decisionContext(scope));
  for (const batch of billed) {
    const lines = byInvoice.get(batch.invoiceId) ?? [];
    const row = draft.insert(invoice, invoiceOf(batch, { input, lines, now: scope.now }), begin(invoiceMachine, 'DRAFT'));
    for (const line of lineRows(batch, lines, names))
      draft.insert(invoiceLine, { ...line, taxMinor: 0n, taxBasisPoints: null, rateMinor: null, creditsLineId: null, ...unadjusted });
    stateInvoice(draft, 'InvoiceDrafted', row);
  }
  await write(scope, [invoice, invoiceLine], draft.done('').effects);
}

type Drafting = { input: Wish; lines: readonly TakenLine[]; now: Date };

function invoiceOf({ invoiceId: id, contractId, currency, contract }: Batch, { input, lines, now }: Drafting) {
  const { customerId, engagementId, legalEntityId } = contract;
  const invoiceDate = input.invoiceDate ?? dateOf(now);
  const { paymentTermDays } = termsOn(contract, invoiceDate);
  const subtotalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0n);
  const owner = { customerId, engagementId, contractId, legalEntityId, currency };
  const dates = { invoiceDate, paymentTermDays, dueDate: addDays(invoiceDate, paymentTermDays), cutOffDate: input.cutOffDate };
  const amounts = { subtotalMinor, taxMinor: 0n, totalMinor: subtotalMinor, paidMinor: 0n, creditedMinor: 0n };
  const owed = { writtenOffMinor: 0n, writtenOffOn: null, writeOffReason: null, writeOffEntryId: null };
  const unposted = { number: '', numberYear: null, numberSequence: null, journalEntryId: null, postedAt: null };
  const unsaid = { taxProfileId: null, purchaseOrderNumber: null, note: null, taxFailedAt: null, taxFailure: null };
  const uncredited = { creditNoteId: null, creditsId: null, creditReason: null, concession: false };
  return { id, kind: 'INVOICE' as const, ...owner, ...dates, ...amounts, ...unposted, ...unsaid, ...uncredited, ...owed };
}

function lineRows({ contract, currency }: Batch, lines: readonly TakenLine[], names: Names) {
  const { customerId } = contract;
  const methods = new Map(contract.versions.flatMap((version) => version.lines.map((line) => [line.id, line.method])));
  const described = lines.map(({ label, transactionClass, ...line }) => {
    const project = (line.projectId ? names.projects.get(line.projectId)?.name : undefined) ?? contract.name;
    const laborCategory = line.laborCategoryId ? names.categories.get(line.laborCategoryId)?.name : undefined;
    const description = describeLine({ ...line, label, transactionClass }, { project, laborCategory });
    return { ...line, kind: transactionClass, project, description };
  });
  return described.sort(paperOrder).map(({ project: _, ...line }, index) => {
    const method = line.contractLineId ? methods.get(line.contractLineId) : undefined;
    return { ...line, customerId, currency, position: index + 1, account: accountOfBilling(method, line.kind) };
  });
}
