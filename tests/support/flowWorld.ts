import { sql } from 'drizzle-orm';
import { serviceActor } from '#kernel/actor.ts';
import { type Consumer, consumeOnce } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { runOnce } from '#kernel/run.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { defaultRules, type Rules, schedules, wired } from '#processes/wiring.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from './constellation.ts';
import type { TestDatabase } from './database.ts';
import { graphAt } from './graph.ts';

export type FlowWorld = Awaited<ReturnType<typeof flowWorld>>;

/** The whole graph, and the processes as a hand turns them: in any order, as late as wanted, more than once. On a database of its own, which ends with it. */
export async function flowWorld(rules: Rules = defaultRules, database?: TestDatabase) {
  const { processes, consumers } = wired(rules);
  const stack = new AsyncDisposableStack();
  const world = stack.use(await constellation({ subgraphs, ...(database ? { database } : {}) }));
  const open = stack.use(openDb({ url: world.databaseUrl, name: 'flow', max: 8, scope: 'command' }));
  const log = createLogger({ level: 'silent' });
  let ahead = 0;
  /** The time of the processes: that of the others, unless somebody sets it ahead. */
  const time = {
    get now() {
      return new Date(Date.now() + ahead);
    },
    set now(instant: Date) {
      ahead = instant.getTime() - Date.now();
    },
  };
  const once = (consumer: Consumer) => consumeOnce({ db: open.db, consumer, clock: () => time.now, log });
  const sequence = async () => {
    while ((await sequenceOnce(open.db)) > 0);
  };
  /** Turns of what is due by its time, or comes in turns, until nothing is. */
  const takeTurns = async (): Promise<boolean> => {
    let changes = 0;
    for (const { name, run } of schedules) {
      const turn = () => open.db.transaction((tx) => run({ tx, actor: serviceActor(name), trace: { correlationId: name }, now: time.now }));
      for (let some = await turn(); some > 0; some = await turn()) changes += some;
    }
    return changes > 0;
  };
  /** Runs consumers, each to its end before the next, until none of them has anything left to do. */
  const settle = async (order: readonly Consumer[] = consumers) => {
    for (let busy = true; busy; ) {
      busy = false;
      await sequence();
      for (const consumer of order) while (await once(consumer)) busy = true;
      while (await runOnce({ db: open.db, processes, clock: () => time.now, log })) busy = true;
      if (await takeTurns()) busy = true;
    }
  };
  const { sql } = world;
  return {
    url: world.url,
    databaseUrl: world.databaseUrl,
    processes,
    consumers,
    token: world.issuer.token,
    graph: graphAt({ url: world.url, token: world.issuer.token }),
    sql,
    adminUrl: world.adminUrl,
    /** For whoever holds a transaction open while another comes. */
    db: open.db,
    time,
    once,
    sequence,
    settle,
    /** What the processes have made of everything: books, marks, exceptions, open items. */
    state: async () => ({
      actuals:
        await sql`select source_type, kind, status, reverses_id is not null as reversal, reversed_by_id is not null as reversed, count(*)::int as n, sum(amount_minor)::int as minor, sum(seconds)::int as seconds
        from finance.actual group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
      entries: await sql`select id, status, posting_status, billed_at is not null as billed from time.timesheet_entry order by id`,
      expenses: await sql`select id, status, posting_status, billed_at is not null as billed from time.expense_item order by id`,
      exceptions: await sql`select code, status, count(*)::int as n from operations.exception group by 1, 2 order by 1, 2`,
      openItems: await sql`select entity_id, data from log.reference where entity_type = 'ProjectOpenItems' order by entity_id`,
    }),
    /** Forgets what was delivered: the next run gets every fact of the log once more. */
    forgetDeliveries: async () => {
      await sql`delete from log.delivery`;
      await sql`update log.consumer set position = 0`;
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Ways in which a consumer breaks once its effect is done and nothing is committed. */
export const crashes: readonly [string, (consumer: Consumer) => Consumer][] = [
  [
    'the effect fails',
    (consumer) => ({
      ...consumer,
      handle: async (scope, facts) => {
        await consumer.handle(scope, facts);
        throw Object.assign(new Error('gone'), { code: 'CONNECTION_CLOSED' });
      },
    }),
  ],
  [
    'the connection is cut',
    (consumer) => ({
      ...consumer,
      handle: async (scope, facts) => {
        await consumer.handle(scope, facts);
        // Only who logged in may cut its own connection.
        await scope.tx.execute(sql`set local role none`);
        await scope.tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
      },
    }),
  ],
];
