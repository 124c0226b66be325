import { setTimeout as pause } from 'node:timers/promises';
import type { ReadUse } from '#gateway/composition/used.ts';
import type { Graph } from '#gateway/graph.ts';
import { perPlanning } from '#gateway/planning.ts';
import { deprecatedIn } from '#gateway/usage/coordinates.ts';
import type { Usage } from '#gateway/usage/usage.ts';
import { openDb } from '#kernel/db.ts';
import { startLoop } from '#kernel/loop.ts';
import { markDeprecated, recordUses, usersOfTypes } from '#kernel/schemaUsage.ts';
import type { Logger } from '#kernel/telemetry.ts';

/** Milliseconds between two times that uses are written down. */
const interval = 10_000;

export type Recording = {
  /** Writes down what was counted, and reads who used something. */
  read: ReadUse;
  /** Writes the last of it down. */
  stop(): Promise<void>;
};

type Parts = { gateway: { graph: Pick<Graph, 'planning'>; usage: Usage }; databaseUrl: string; log: Logger };

/** Writes down who uses what of the graph, beside the requests. */
export function recordUsage({ gateway: { graph, usage }, databaseUrl, log }: Parts): Recording {
  const open = openDb({ url: databaseUrl, name: 'usage', max: 1, scope: 'command' });
  const deprecated = perPlanning(graph, ({ apiSchema }) => new Set(deprecatedIn(apiSchema).keys()));
  let marked: ReadonlySet<string> | undefined;
  let writing: Promise<unknown> = Promise.resolve();
  const write = async () => {
    const now = deprecated();
    if (marked !== now) await markDeprecated(open.db, now);
    marked = now;
    const uses = usage.take();
    await open.db
      .transaction((tx) => recordUses(tx, uses, now))
      .catch((error: unknown) => {
        usage.giveBack(uses);
        throw error;
      });
  };
  /** One after the other: each writes all that was counted until it began. */
  const flush = (): Promise<void> => {
    const next = writing.then(write);
    writing = next.catch(() => undefined);
    return next;
  };
  const loop = startLoop({
    name: 'usage',
    log,
    round: async () => {
      await flush();
      return false;
    },
    idle: (signal) => pause(interval, undefined, { signal }).catch(() => {}),
  });
  return {
    read: async (types, since) => {
      try {
        await flush();
        return await usersOfTypes(open.db, types, since);
      } catch (error) {
        log.warn({ err: error }, 'it is not known who uses what: nothing counts as unused');
        return { recordedSince: undefined, users: [] };
      }
    },
    stop: async () => {
      await loop.stop();
      await flush().catch((error: unknown) => log.error({ err: error }, 'the last uses of the graph could not be written down'));
      await open.close();
    },
  };
}
