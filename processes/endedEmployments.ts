import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { references } from '#kernel/reference.ts';
import { type ExceptionReport, keepExceptions } from '#operations/exception/commands.ts';
import { facts as operations } from '#operations/published.ts';
import { references as published, facts as resources } from '#resources/published.ts';
import { timeBeyond } from '#time/entry/queries.ts';
import { facts as time } from '#time/published.ts';
import { judging } from './judgedEmployees.ts';

const process = 'ended-employments';

/** Time that was recorded past the end of an employment, before anybody knew of it, is an exception until one of both is corrected. */
export const endedEmployments = consumer({
  ...judging(process, judge),
  facts: [
    resources.EmployeeTerminated,
    resources.EmployeeUpdated,
    resources.EmployeeHired,
    // Whoever recorded while the end was being written is heard of here.
    time.TimesheetSubmitted,
    time.TimesheetRejected,
    time.TimeEntryRecalled,
    operations.ExceptionRetryRequested,
  ],
});

async function judge(scope: Scope, employeeIds: readonly string[]): Promise<void> {
  const people = await references(scope.tx, published.Employee, employeeIds);
  const ends = [...people].flatMap(([employeeId, { terminatedOn }]) => (terminatedOn ? [{ employeeId, lastDay: terminatedOn }] : []));
  const beyond = await timeBeyond(scope.tx, ends);
  const reports = beyond.map(({ employeeId, entries, seconds, firstDay }): ExceptionReport => {
    const { name, terminatedOn, legalEntityId } = people.get(employeeId) ?? { name: '', terminatedOn: '', legalEntityId: null };
    const message = `${name} left on ${terminatedOn}; ${entries} entries of ${hoursOfSeconds(seconds)} hours are recorded after it, first on ${firstDay}.`;
    const subject = { type: 'Employee', id: employeeId };
    return { process, code: 'TIME_AFTER_TERMINATION', message, subject, owner: 'hr', keys: { employeeId, legalEntityId }, seconds };
  });
  await keepExceptions(scope, { process, subjectIds: employeeIds }, reports);
}
