import { retryTax } from '#finance/invoice/commands.ts';
import { standingTaxFailures } from '#finance/invoice/queries.ts';
import { facts as finance } from '#finance/published.ts';
import { withCauses } from '#kernel/cause.ts';
import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import type { Refused } from '#kernel/errors.ts';
import { type ExceptionReport, keepExceptions } from '#operations/exception/commands.ts';
import { retriedSubjects } from '#operations/exception/queries.ts';
import { facts as operations } from '#operations/published.ts';

const process = 'failed-tax';

/** An invoice whose tax cannot be determined is an exception until it can, or until the invoice has no need of it any more. */
export const failedTax = consumer({
  name: process,
  facts: [finance.InvoiceTaxFailed, finance.InvoiceValidated, finance.InvoicePosted, finance.InvoiceCancelled, operations.ExceptionRetryRequested],
  batch: 100,
  handle: async (scope, facts) => {
    const retries = facts.filter((fact) => fact.type === 'ExceptionRetryRequested').filter((fact) => fact.payload.process === process);
    const caused = withCauses(
      scope,
      retries.map((fact) => [fact.payload.subjectId, fact]),
    );
    // What the invoices are now decides, not the order in which it was heard of.
    const told = facts.filter((fact) => fact.type !== 'ExceptionRetryRequested').map((fact) => fact.subjectId);
    await follow(caused, [...new Set(told)]);
    const asked = await retriedSubjects(
      scope.tx,
      process,
      retries.map((fact) => fact.payload.subjectId),
    );
    if (asked.size === 0) return;
    const outcomes = await retryTax(caused, [...asked]);
    const refusals = new Map(outcomes.flatMap((outcome) => ('refused' in outcome ? [[outcome.invoiceId, outcome.refused] as const] : [])));
    await follow(caused, [...asked], refusals);
  },
});

async function follow(scope: Scope, invoiceIds: readonly string[], refusals: ReadonlyMap<string, Refused> = new Map()): Promise<void> {
  const failures = await standingTaxFailures(scope.tx, invoiceIds);
  const reports = failures.map(({ id, keys, net, reason }): ExceptionReport => {
    const { code = 'TAX_FAILED', message = reason } = refusals.get(id) ?? {};
    return { process, code, message, subject: { type: 'Invoice', id }, owner: 'controller', keys, moneyAtRisk: net };
  });
  await keepExceptions(scope, { process, subjectIds: invoiceIds }, reports);
}
