import type { Check } from '#gateway/health.ts';
import { type Metrics, watchWorkflows } from '#gateway/metrics.ts';
import type { Db } from '#kernel/db.ts';
import { sql } from '#kernel/sql.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { readHealth } from '#kernel/workflow.ts';

/** Seconds that a committed fact may wait for its position before the sequencer counts as stuck. */
const sequencerPatience = 10;

/** What /ready asks of the database. */
export function databaseChecks(db: Db): Record<string, Check> {
  return {
    database: async () => void (await db.execute(sql`select 1`)),
    sequencer: async () => {
      const [oldest] = await db.execute(
        sql`select occurred_at < now() - make_interval(secs => ${sequencerPatience}) as late from log.pending order by sequence limit 1`,
      );
      if (oldest?.late === true) throw new Error(`a fact has waited for its position for more than ${sequencerPatience} s`);
    },
  };
}

/** Lets a gateway's metrics show how the journeys of facts fare. */
export function showJourneys({ gateway, db, log }: { gateway: { metrics: Metrics }; db: Db; log: Logger }): void {
  watchWorkflows(gateway.metrics, () => readHealth(db, new Date()), log);
}
