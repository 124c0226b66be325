import { newId } from '#kernel/ids.ts';
import { openExceptions } from '#operations/exception/commands.ts';
import { exceptionMachine } from '#operations/exception/machine.ts';
import { type Life, life } from './life.ts';
import { webhookLife } from './webhooks.ts';
import type { GridWorld } from './world.ts';

const itself = (_: GridWorld, id: string) => ({ id });

const exception = life(exceptionMachine, {
  table: 'operations.exception',
  begin: async ({ command }) => {
    const subject = { type: 'TimesheetEntry', id: newId() };
    const [opened] = await command((scope) =>
      openExceptions(scope, [{ process: 'grid', code: 'RATE_NOT_FOUND', message: 'grid', subject, owner: 'controller', keys: {} }]),
    );
    return opened?.id ?? '';
  },
  path: { OPEN: [], RETRYING: ['retry'], RESOLVED: ['resolve'], DISMISSED: ['dismiss'] },
  inputs: { retry: itself, reopen: itself, resolve: itself, dismiss: (_, id) => ({ id, reason: 'grid' }) },
});

export const operationsLives: readonly Life[] = [exception, webhookLife];
