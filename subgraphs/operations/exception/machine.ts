import type { Machine } from '#kernel/machine.ts';
import type { FactName } from '../published.ts';

export type ExceptionStatus = 'OPEN' | 'RETRYING' | 'RESOLVED' | 'DISMISSED';

/** What the guards of an exception judge. */
export type ExceptionSubject = { status: ExceptionStatus };

export const exceptionMachine = {
  entity: 'ProcessException',
  states: ['OPEN', 'RETRYING', 'RESOLVED', 'DISMISSED'],
  initial: 'OPEN',
  actions: {
    retry: { from: ['OPEN'], to: 'RETRYING', may: 'exception:write', emits: 'ExceptionRetryRequested', by: 'retryException' },
    reopen: { from: ['RETRYING'], to: 'OPEN', may: 'exception:write', emits: 'ExceptionOpened', by: 'reopenException' },
    resolve: { from: ['OPEN', 'RETRYING'], to: 'RESOLVED', may: 'exception:resolve', emits: 'ExceptionResolved', by: 'resolveException' },
    dismiss: { from: ['OPEN'], to: 'DISMISSED', may: 'exception:dismiss', emits: 'ExceptionDismissed', by: 'dismissException' },
  },
} as const satisfies Machine<ExceptionStatus, ExceptionSubject, FactName>;
