import type { Actor } from '#kernel/actor.ts';
import type { Db } from '#kernel/db.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { references as resources } from '#resources/published.ts';

type Named = string | null | undefined;

/** The employees that calls name as approvers, as far as they exist: one statement. */
export async function knownApprovers(db: Db, actor: Actor, named: readonly Named[]): Promise<ReadonlySet<string>> {
  const wanted = [...named, actor.employeeId].filter(isId);
  return new Set((await references(db, resources.Employee, wanted)).keys());
}

/** Who decides. A person decides in their own name; an integration says for whom it speaks. */
export function approverOf(actor: Actor, approverId: Named, known: ReadonlySet<string>): string {
  if (actor.employeeId && approverId && approverId !== actor.employeeId) {
    throw new Refused('FORBIDDEN', 'Whoever speaks for an employee decides in that name only. Leave approverId out.', { field: 'approverId' });
  }
  const approver = approverId ?? actor.employeeId;
  if (!approver) throw new Refused('VALIDATION_FAILED', 'Nobody is known to decide: give approverId, or use a token of an employee.', { field: 'approverId' });
  if (!known.has(approver)) throw notFound('Employee', approver, 'approverId');
  return approver;
}
