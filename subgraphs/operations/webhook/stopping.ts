import type { Scope } from '#kernel/context.ts';
import { lockRows } from '#kernel/rows.ts';
import { holdReader } from '#kernel/webhookQueue.ts';
import { openExceptions } from '../exception/commands.ts';
import { type StopReason, webhookEndpoint, webhookEndpoints } from '../tables.ts';
import { disableEndpoint, webhookProcess } from './commands.ts';

const why: Readonly<Record<Exclude<StopReason, 'ASKED'>, string>> = {
  GONE: 'answered 410 Gone',
  FAILING: 'took nothing for five days',
};

/** Disables an endpoint of which there is nothing more to hope for now, and says so on the operations desk. Nothing happens to one that is disabled already. */
export async function stopEndpoint(scope: Scope, id: string, reason: Exclude<StopReason, 'ASKED'>): Promise<void> {
  await holdReader(scope.tx);
  const row = (await lockRows(scope, webhookEndpoints, [id])).get(id);
  if (row?.status !== 'ACTIVE') return;
  await disableEndpoint(scope, { id }, reason);
  const message = `The endpoint of webhooks ${row.description ?? new URL(row.url).host} ${why[reason]} and is disabled. Mend the receiver, then enable it; with sendMissed it is told of what it missed.`;
  await openExceptions(scope, [
    { process: webhookProcess, code: 'WEBHOOK_FAILING', message, subject: { type: webhookEndpoint.name, id }, owner: 'operations' },
  ]);
}
