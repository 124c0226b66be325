import { expect, test } from 'vitest';
import { exceptionMachine } from '#operations/exception/machine.ts';
import { gridOf } from '../support/grid.ts';

const staff = { id: 'x', kind: 'STAFF', permissions: ['exception:*'] } as const;
const subject = (status: string) => ({ status });

test('every state x every action of an exception', () => {
  expect(gridOf(exceptionMachine, subject, staff)).toEqual({
    OPEN: { retry: 'RETRYING', reopen: 'INVALID_TRANSITION', resolve: 'RESOLVED', dismiss: 'DISMISSED' },
    RETRYING: { retry: 'INVALID_TRANSITION', reopen: 'OPEN', resolve: 'RESOLVED', dismiss: 'INVALID_TRANSITION' },
    RESOLVED: { retry: 'INVALID_TRANSITION', reopen: 'INVALID_TRANSITION', resolve: 'INVALID_TRANSITION', dismiss: 'INVALID_TRANSITION' },
    DISMISSED: { retry: 'INVALID_TRANSITION', reopen: 'INVALID_TRANSITION', resolve: 'INVALID_TRANSITION', dismiss: 'INVALID_TRANSITION' },
  });
});

test('each step has a permission of its own: who retries may not wave through', () => {
  const writer = { ...staff, permissions: ['exception:write'] };
  expect(gridOf(exceptionMachine, subject, writer).OPEN).toEqual({
    retry: 'RETRYING',
    reopen: 'INVALID_TRANSITION',
    resolve: 'FORBIDDEN',
    dismiss: 'FORBIDDEN',
  });
  const reader = { ...staff, permissions: ['exception:read'] };
  for (const cells of Object.values(gridOf(exceptionMachine, subject, reader))) expect(new Set(Object.values(cells))).toEqual(new Set(['FORBIDDEN']));
});
