import type { FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import type { facts as operations } from '#operations/published.ts';

type Retry = FactOf<typeof operations.ExceptionRetryRequested>;
type About = { type: string; payload: { employeeId: string } };

/** Employees are judged by how things are now: whatever fact is about one, or a retry that somebody asks for, has that one looked at anew. */
export function judging(process: string, judge: (scope: Scope, employeeIds: readonly string[]) => Promise<void>) {
  return {
    name: process,
    // Facts of several subjects are about one employee, whom two must not judge at once.
    partitions: 1,
    handle: async (scope: Scope, facts: readonly (Retry | About)[]): Promise<void> => {
      const told = facts.flatMap(({ payload }) => ('employeeId' in payload ? [payload.employeeId] : payload.process === process ? [payload.subjectId] : []));
      if (told.length > 0) await judge(scope, [...new Set(told)]);
    },
  };
}
