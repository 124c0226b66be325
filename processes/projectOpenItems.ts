import { openItemsOfProjects, projectsOfInvoices } from '#finance/invoice/queries.ts';
import type { Consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import type { Fact } from '#kernel/facts.ts';
import { publish } from '#kernel/reference.ts';
import { openTimeOfProjects, projectsOfEntries } from '#time/timesheet/queries.ts';
import { idsIn } from './payload.ts';

/** What stands open on a project decides whether it may be closed; engagements judges by what is published here. */
export const projectOpenItems: Consumer = {
  name: 'project-open-items',
  types: [
    'TimesheetSubmitted',
    'TimesheetApproved',
    'TimesheetRejected',
    'TimeEntryRecalled',
    'ActualPosted',
    'ActualReversed',
    'InvoiceDrafted',
    'InvoicePosted',
    'InvoiceCancelled',
    'InvoiceCredited',
    'ProjectStatusChanged',
  ],
  batch: 1000,
  handle: async (scope, facts) => {
    const projectIds = await projectsBehind(scope, facts);
    if (projectIds.length === 0) return;
    const money = await openItemsOfProjects(scope.tx, projectIds);
    const time = await openTimeOfProjects(scope.tx, projectIds);
    const version = Number(facts.at(-1)?.position ?? 0n);
    await publish(
      scope,
      projectIds.map((id) => {
        const { unbilled = 0, draftInvoices = 0 } = money.get(id) ?? {};
        return { type: 'ProjectOpenItems', id, version, data: { unbilled, draftInvoices, openTimesheets: time.get(id) ?? 0 } };
      }),
    );
  },
};

async function projectsBehind(scope: Scope, facts: readonly Fact[]): Promise<string[]> {
  const invoiceIds = facts.filter((fact) => fact.subjectType === 'Invoice').map((fact) => fact.subjectId);
  const entryIds = facts.filter((fact) => fact.subjectType === 'Timesheet' && !fact.keys.projectId).flatMap((fact) => idsIn(fact, 'entryIds'));
  const named = facts.flatMap((fact) => [...(fact.keys.projectId ?? []), ...(fact.type === 'InvoiceCancelled' ? idsIn(fact, 'projectIds') : [])]);
  return [...new Set([...named, ...(await projectsOfInvoices(scope.tx, invoiceIds)), ...(await projectsOfEntries(scope.tx, entryIds))])].sort();
}
