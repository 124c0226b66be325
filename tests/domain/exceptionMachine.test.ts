import { expect, test } from 'vitest';
import { exceptionMachine } from '#operations/exception/machine.ts';
import { gridOf } from '../support/grid.ts';

const staff = { id: 'x', kind: 'STAFF', permissions: ['exception:*'] } as const;
const subject = (status: string) => ({ status });

test('each step has a permission of its own: who retries may not wave through', () => {
  const writer = { ...staff, permissions: ['exception:write'] };
  expect(gridOf(exceptionMachine, subject, writer).OPEN).toMatchObject({ retry: 'RETRYING', resolve: 'FORBIDDEN', dismiss: 'FORBIDDEN' });
  const reader = { ...staff, permissions: ['exception:read'] };
  for (const cells of Object.values(gridOf(exceptionMachine, subject, reader))) expect(new Set(Object.values(cells))).toEqual(new Set(['FORBIDDEN']));
});
