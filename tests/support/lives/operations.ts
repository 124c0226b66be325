import { newId } from '#kernel/ids.ts';
import { openExceptions } from '#operations/exception/commands.ts';
import { exceptionMachine } from '#operations/exception/machine.ts';
import { breakMachine } from '#operations/reconciliation/machine.ts';
import { recordDifferences } from '#operations/reconciliation/record.ts';
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

const nothing = { count: 0, seconds: 0n, minor: 0n, hash: '0' };

/** A difference as a run finds it. */
async function differing({ command, sql }: GridWorld, cause: 'UNKNOWN' | 'EXCEPTION'): Promise<string> {
  const customerId = newId();
  const one = { count: 1, seconds: 3600n, minor: 10_000n, hash: '1' };
  const place = { customerId, projectId: null, legalEntityId: null, week: '2026-02-09', currency: 'EUR' };
  const difference = { pair: 'APPROVED_POSTED', cause, code: null, ...place, left: one, right: nothing, atRisk: one, exampleIds: [] } as const;
  await command((scope) => recordDifferences(scope, { customerIds: [customerId], differences: [difference] }));
  const [row] = await sql`select id from operations.reconciliation_break where customer_id = ${customerId}`;
  return row?.id;
}

const reconciliationBreak = life(breakMachine, {
  table: 'operations.reconciliation_break',
  begin: (world) => differing(world, 'UNKNOWN'),
  path: { OPEN: [], ACCEPTED: ['accept'], RESOLVED: ['resolve'] },
  made: { EXPLAINED: (world) => differing(world, 'EXCEPTION') },
  inputs: { accept: (_, id) => ({ id, reason: 'grid' }), reopen: itself, resolve: itself },
});

export const operationsLives: readonly Life[] = [exception, reconciliationBreak, webhookLife];
