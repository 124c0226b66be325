import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { dateOf } from '#kernel/period.ts';
import { type ExceptionReport, keepExceptions } from '#operations/exception/commands.ts';
import { facts as operations } from '#operations/published.ts';
import { excessIn, type OverAllocation, overAllocationsOf } from '#resources/capacity/queries.ts';
import { facts as resources } from '#resources/published.ts';
import { judging } from './judgedEmployees.ts';

const process = 'over-allocations';

/** Confirmed work beyond what calendar and time off leave is an exception until it fits again, or until somebody who confirmed it says why. */
export const overAllocations = consumer({
  ...judging(process, judge),
  facts: [
    resources.EmployeeHired,
    resources.EmployeeUpdated,
    resources.EmployeeTerminated,
    resources.ResourceAssigned,
    resources.AssignmentChanged,
    resources.AbsenceChanged,
    operations.ExceptionRetryRequested,
  ],
});

/** What holds now decides, not the order in which it was heard of. */
async function judge(scope: Scope, employeeIds: readonly string[]): Promise<void> {
  const found = await overAllocationsOf(scope.tx, employeeIds, dateOf(scope.now));
  await keepExceptions(scope, { process, subjectIds: employeeIds }, found.map(reportOf));
}

function reportOf({ employeeId, name, legalEntityId, weeks }: OverAllocation): ExceptionReport {
  const { first, seconds } = excessIn(weeks);
  const message = `${name} is over-allocated in ${weeks.length} weeks, first in that of ${first?.weekStart}: ${first?.booked} hours are confirmed, ${first?.capacity} are there.`;
  const subject = { type: 'Employee', id: employeeId };
  return { process, code: 'OVER_ALLOCATED', message, subject, owner: 'resource-manager', keys: { employeeId, legalEntityId }, seconds };
}
