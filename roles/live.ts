import { watchWebhooks } from '#gateway/metrics.ts';
import { createSubscriptions } from '#gateway/subscriptions/subscriptions.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { webhookFigures } from '#kernel/webhookClaim.ts';
import { eventRules } from '#operations/event/rules.ts';
import { followRevocations } from './revocations.ts';
import type { Gateway } from './serve.ts';

type Parts = { gateway: Gateway; databaseUrl: string; log: Logger };

/** Opens the door's WebSocket and SSE side: one reader of the log for all subscribers of this process. */
export async function attachSubscriptions({ gateway, databaseUrl, log }: Parts): Promise<{ close(): Promise<void> }> {
  const open = openDb({ url: databaseUrl, name: 'subscriptions', max: 4, scope: 'command' });
  const following = await followRevocations({ gateway, databaseUrl, log });
  const doorbell = await openDoorbell(databaseUrl);
  const { graph, authenticate, limits, metrics, trusted, usage, budget, revocations } = gateway;
  const subscriptions = await createSubscriptions({
    graph,
    authenticate,
    limits,
    trusted,
    metrics,
    usage,
    budget,
    revocations,
    db: open.db,
    doorbell,
    rules: eventRules,
    log,
    now: () => new Date(),
  });
  subscriptions.attach(gateway);
  watchWebhooks(metrics, () => webhookFigures(open.db, new Date()));
  return {
    close: async () => {
      await subscriptions.close();
      await following.stop();
      await doorbell.close();
      await open.close();
    },
  };
}
