import { consumer } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { references } from '#kernel/reference.ts';
import { type ExceptionReport, openExceptions, resolveExceptions } from '#operations/exception/commands.ts';
import { facts as operations } from '#operations/published.ts';
import { references as published, facts as resources } from '#resources/published.ts';
import { timeBeyond } from '#time/entry/queries.ts';
import { facts as time } from '#time/published.ts';

const process = 'ended-employments';

/** Time that was recorded past the end of an employment, before anybody knew of it, is an exception until one of both is corrected. */
export const endedEmployments = consumer({
  name: process,
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

async function judge(scope: Scope, employeeIds: readonly string[]): Promise<void> {
  if (employeeIds.length === 0) return;
  const people = await references(scope.tx, published.Employee, employeeIds);
  const ends = [...people].flatMap(([employeeId, { terminatedOn }]) => (terminatedOn ? [{ employeeId, lastDay: terminatedOn }] : []));
  const beyond = await timeBeyond(scope.tx, ends);
  const wrong = new Set(beyond.map(({ employeeId }) => employeeId));
  await resolveExceptions(scope, { process, subjectIds: employeeIds.filter((id) => !wrong.has(id)) });
  const reports = beyond.map(({ employeeId, entries, seconds, firstDay }): ExceptionReport => {
    const { name, terminatedOn, legalEntityId } = people.get(employeeId) ?? { name: '', terminatedOn: '', legalEntityId: null };
    const message = `${name} left on ${terminatedOn}; ${entries} entries of ${hoursOfSeconds(seconds)} hours are recorded after it, first on ${firstDay}.`;
    const subject = { type: 'Employee', id: employeeId };
    return { process, code: 'TIME_AFTER_TERMINATION', message, subject, owner: 'hr', keys: { employeeId, legalEntityId }, seconds };
  });
  if (reports.length > 0) await openExceptions(scope, reports);
}
