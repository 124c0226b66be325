import { facts as engagements, references } from '#engagements/published.ts';
import { openItemsOfProjects, projectsOfInvoices } from '#finance/invoice/queries.ts';
import { facts as finance } from '#finance/published.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { nextVersions, publish, published } from '#kernel/reference.ts';
import { facts as operations } from '#operations/published.ts';
import { facts as time } from '#time/published.ts';
import { openTimeOfProjects, projectsOfEntries } from '#time/timesheet/queries.ts';

const heard = [
  time.TimesheetSubmitted,
  time.TimesheetApproved,
  time.TimesheetRejected,
  time.TimeEntryRecalled,
  finance.ActualPosted,
  finance.ActualReversed,
  finance.InvoiceDrafted,
  finance.InvoicePosted,
  finance.InvoiceCancelled,
  finance.InvoiceCredited,
  finance.InvoicePartlyCredited,
  engagements.ProjectStatusChanged,
  // Work whose actuals were taken back is open again.
  operations.ExceptionOpened,
] as const;
type Heard = FactOf<(typeof heard)[number]>;

/** What stands open on a project decides whether it may be closed; engagements judges by what is published here. */
export const projectOpenItems = consumer({
  name: 'project-open-items',
  facts: heard,
  batch: 1000,
  handle: async (scope, facts) => {
    const projectIds = await projectsBehind(scope, facts);
    if (projectIds.length === 0) return;
    // Under the lock nobody else counts these projects: what is counted last is what stays.
    const versions = await nextVersions(scope, references.ProjectOpenItems, projectIds);
    const money = await openItemsOfProjects(scope.tx, projectIds);
    const sheets = await openTimeOfProjects(scope.tx, projectIds);
    await publish(
      scope,
      projectIds.map((id) => {
        const { unbilled = 0, draftInvoices = 0 } = money.get(id) ?? {};
        return published(references.ProjectOpenItems, {
          id,
          version: versions.get(id) ?? 1,
          data: { unbilled, draftInvoices, openTimesheets: sheets.get(id) ?? 0 },
        });
      }),
    );
  },
});

async function projectsBehind(scope: Scope, facts: readonly Heard[]): Promise<string[]> {
  const invoiceIds = facts.filter((fact) => fact.subjectType === 'Invoice').map((fact) => fact.subjectId);
  const entryIds = facts.flatMap((fact) => (!fact.keys.projectId && 'entryIds' in fact.payload ? fact.payload.entryIds : []));
  const named = facts.flatMap((fact) => [...(fact.keys.projectId ?? []), ...(fact.type === 'InvoiceCancelled' ? fact.payload.projectIds : [])]);
  return [...new Set([...named, ...(await projectsOfInvoices(scope.tx, invoiceIds)), ...(await projectsOfEntries(scope.tx, entryIds))])].sort();
}
