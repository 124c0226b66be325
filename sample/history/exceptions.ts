import type { Refused } from '#kernel/errors.ts';
import type { Money } from '#kernel/money.ts';
import { keysOf, snapshotOf } from '#operations/exception/snapshot.ts';
import { facts } from '#operations/published.ts';
import type { ProcessExceptionRow } from '#operations/tables.ts';
import type { Random } from '../random.ts';
import { entity } from '../rows.ts';
import { later, type Stated, service, stated } from './stated.ts';

type Owner = Pick<ProcessExceptionRow, 'customerId' | 'engagementId' | 'legalEntityId'> & Partial<Pick<ProcessExceptionRow, 'projectId' | 'employeeId'>>;

/** What a process could not do when a fact came. */
export type Report = {
  process: string;
  subject: { type: 'TimesheetEntry' | 'Invoice'; id: string };
  refused: Pick<Refused, 'code' | 'message'>;
  atRisk?: Money | undefined;
  seconds?: bigint;
  owner: Owner;
  cause: Stated;
};

/** An exception that stands open, and the fact of it. */
export function opened(random: Random, { process, subject, refused, atRisk, seconds, owner, cause }: Report): { row: ProcessExceptionRow; fact: Stated } {
  const then = later(cause.at, 1);
  const { customerId, engagementId, legalEntityId, projectId = null, employeeId = null } = owner;
  const row: ProcessExceptionRow = {
    ...entity(random, { created: then }),
    ...{ process, code: refused.code, message: refused.message, status: 'OPEN', owner: 'controller' },
    ...{ subjectType: subject.type, subjectId: subject.id, customerId, engagementId, projectId, employeeId, legalEntityId },
    ...{ seconds: seconds ?? null, amountMinor: atRisk?.minor ?? null, currency: atRisk?.currency ?? null },
    ...{ attempts: 1, firstSeenAt: then, lastSeenAt: then, endedAt: null, dismissalReason: null, correlationId: cause.correlationId, factId: cause.id },
  };
  const said = { id: random.id(then.getTime()), subject: row, keys: keysOf(row), payload: snapshotOf(row) };
  return { row, fact: stated(facts.ExceptionOpened, said, { at: then, by: service(process), correlationId: cause.correlationId, cause }) };
}
