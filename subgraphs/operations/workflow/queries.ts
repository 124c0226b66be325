import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { breachIn, readHealth } from '#kernel/workflow.ts';

/** How each journey fares now. Who has waited long enough is in breach also while no worker is there to say so. */
export async function workflowHealth(context: Context) {
  demand(context.actor, 'delivery:read');
  demandWholeFirm(context.actor, 'How journeys fare');
  const now = context.clock();
  return (await readHealth(context.db, now)).map((each) => {
    const breach = breachIn(each, now);
    return {
      ...each,
      oldestAge: each.oldestSince ? Math.max(0, Math.round((now.getTime() - each.oldestSince.getTime()) / 1000)) : 0,
      throughput: each.throughput.toFixed(1),
      breachedSince: breach?.since ?? null,
      reason: breach?.reason ?? null,
    };
  });
}
