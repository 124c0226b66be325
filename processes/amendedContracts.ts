import { acknowledgeAmendments } from '#engagements/amendment/commands.ts';
import { endsOfContracts } from '#engagements/contract/queries.ts';
import { facts as engagements } from '#engagements/published.ts';
import { facts as finance } from '#finance/published.ts';
import { rerateAgain, rerateFreed, startRerates, takeRerateTurn, type Unpriced } from '#finance/rerate/commands.ts';
import { contractCurrencies } from '#finance/rerate/queries.ts';
import { causedBy } from '#kernel/cause.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import type { Schedule } from '#kernel/schedule.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';
import { endAssignmentsBy } from '#resources/assignment/commands.ts';

const process = 'contract-rerates';

type Amended = FactOf<typeof engagements.ContractAmended>;

/**
 * An applied amendment goes on to what hangs on its contract: work under it is noted to be priced anew, open assignments end with the contract. Invoices
 * that somebody frees meanwhile give their work back at the new price.
 */
export const amendedContracts = consumer({
  name: 'amended-contracts',
  facts: [engagements.ContractAmended, finance.InvoiceCredited, finance.InvoicePartlyCredited, finance.InvoiceCancelled, operations.ExceptionRetryRequested],
  batch: 100,
  handle: async (scope, facts) => {
    const amended = facts.filter((fact) => fact.type === 'ContractAmended');
    await startRerates(scope, await appliedOf(scope, amended));
    for (const fact of amended) await endAssignments(causedBy(scope, fact), fact.payload);
    const freed = facts.filter(({ type }) => type === 'InvoiceCredited' || type === 'InvoicePartlyCredited' || type === 'InvoiceCancelled');
    for (const fact of freed) await rerateFreed(causedBy(scope, fact), [fact.subjectId]);
    const retries = facts.filter((fact) => fact.type === 'ExceptionRetryRequested').filter((fact) => fact.payload.process === process);
    for (const fact of retries) await retry(causedBy(scope, fact), fact.payload.subjectId);
  },
});

async function appliedOf(scope: Scope, amended: readonly Amended[]) {
  const currencies = await contractCurrencies(
    scope.tx,
    amended.map(({ payload }) => payload.contractId),
  );
  return amended.flatMap((fact) => {
    const { amendmentId, contractId, customerId, name, effectiveFrom, adjustmentDate } = fact.payload;
    const contract = currencies.get(contractId);
    if (!contract) return [];
    return [{ amendmentId, contractId, customerId, name, effectiveFrom, adjustmentDate, ...contract, fact }];
  });
}

/** Where the end was amended, assignments on the contract's projects end with it at the latest, as it is now; a later end gives nobody more work by itself. */
async function endAssignments(scope: Scope, { amendmentId, contractId, changes }: Amended['payload']): Promise<void> {
  const ends = changes.some(({ part, field }) => part === 'TERMS' && field === 'endDate') ? await endsOfContracts(scope.tx, [contractId]) : undefined;
  const { endDate = null, projectIds = [] } = ends?.get(contractId) ?? {};
  const cut = endDate && projectIds.length > 0 ? await endAssignmentsBy(scope, { projectIds, lastDay: endDate }) : 0;
  const note = cut > 0 ? `${cut} open assignments end on ${endDate} at the latest.` : 'No open assignment goes past the contract.';
  await acknowledgeAmendments(scope, [{ id: amendmentId, system: 'assignments', note }]);
}

/** One turn of pricing work anew; what could not be is an exception. At the end billing has done its part. */
export const contractRerates: Schedule = {
  name: process,
  every: 2,
  run: async (scope) => {
    const turn = await takeRerateTurn(scope);
    if (!turn) return 0;
    const { rerate, unpriced, looked, scope: caused } = turn;
    await report(caused, unpriced);
    const { repriced, invoiced, refused, amendmentId } = rerate;
    const note = `${repriced} priced anew, ${invoiced} on invoices and proposed, ${refused} refused.`;
    if (rerate.finishedAt) await acknowledgeAmendments(caused, [{ id: amendmentId, system: 'billing', note }]);
    return looked;
  },
};

async function report(scope: Scope, unpriced: readonly Unpriced[]): Promise<void> {
  const reports = unpriced.map(({ actual, refused }): ExceptionReport => {
    const { customerId, engagementId, projectId, employeeId, legalEntityId } = actual;
    const keys = { customerId, engagementId, projectId, employeeId, legalEntityId };
    const moneyAtRisk = actual.kind === 'UNBILLED_SALES' ? { minor: actual.amountMinor, currency: actual.currency } : null;
    const { code, message } = refused;
    return { process, code, message, subject: { type: 'Actual', id: actual.id }, owner: 'controller', keys, moneyAtRisk, seconds: actual.seconds };
  });
  if (reports.length > 0) await openExceptions(scope, reports);
}

async function retry(scope: Scope, actualId: string): Promise<void> {
  const asked = await retriedSubjects(scope.tx, process, [actualId]);
  if (asked.size === 0) return;
  const unpriced = await rerateAgain(scope, [actualId]);
  if (unpriced.length > 0) await report(scope, unpriced);
  else await resolveExceptions(scope, { process, subjectIds: [actualId] });
}
