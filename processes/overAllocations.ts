import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { dateOf } from '#kernel/period.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { facts as operations } from '#operations/published.ts';
import { excessIn, type OverAllocation, overAllocationsOf } from '#resources/capacity/queries.ts';
import { facts as resources } from '#resources/published.ts';

const process = 'over-allocations';

/** Confirmed work beyond what calendar and time off leave is an exception until it fits again, or until somebody who confirmed it says why. */
export const overAllocations = consumer({
  name: process,
  facts: [
    resources.EmployeeHired,
    resources.EmployeeUpdated,
    resources.EmployeeTerminated,
    resources.ResourceAssigned,
    resources.AssignmentChanged,
    resources.AbsenceChanged,
    operations.ExceptionRetryRequested,
  ],
  // Facts of several subjects are about one employee, whom two must not judge at once.
  partitions: 1,
  handle: async (scope, facts) => {
    const told = facts.flatMap((fact) => {
      if (fact.type === 'ExceptionRetryRequested') return fact.payload.process === process ? [fact.payload.subjectId] : [];
      return [fact.payload.employeeId];
    });
    await judge(scope, [...new Set(told)]);
  },
});

/** What holds now decides, not the order in which it was heard of. */
async function judge(scope: Scope, employeeIds: readonly string[]): Promise<void> {
  if (employeeIds.length === 0) return;
  const found = await overAllocationsOf(scope.tx, employeeIds, dateOf(scope.now));
  const over = new Set(found.map(({ employeeId }) => employeeId));
  await resolveExceptions(scope, { process, subjectIds: employeeIds.filter((id) => !over.has(id)) });
  if (found.length > 0) await openExceptions(scope, found.map(reportOf));
}

function reportOf({ employeeId, name, legalEntityId, weeks }: OverAllocation): ExceptionReport {
  const { first, seconds } = excessIn(weeks);
  const message = `${name} is over-allocated in ${weeks.length} weeks, first in that of ${first?.weekStart}: ${first?.booked} hours are confirmed, ${first?.capacity} are there.`;
  const subject = { type: 'Employee', id: employeeId };
  return { process, code: 'OVER_ALLOCATED', message, subject, owner: 'resource-manager', keys: { employeeId, legalEntityId }, seconds };
}
