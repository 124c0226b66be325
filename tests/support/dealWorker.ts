import { argv } from 'node:process';
import { startConsumer } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { startRunner } from '#kernel/run.ts';
import { startSequencer } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { defaultRules, wired } from '#processes/wiring.ts';

/** A worker of its own process that turns won opportunities into projects, to be killed: `node tests/support/dealWorker.ts DATABASE_URL`. */
const url = argv[2] ?? '';
const open = openDb({ url, name: 'deals', max: 8, scope: 'command' });
const parts = { db: open.db, clock: () => new Date(), log: createLogger({ level: 'silent' }), doorbell: await openDoorbell(url) };
const { consumers, processes } = wired(defaultRules);
startSequencer({ db: open.db, log: parts.log });
for (const consumer of consumers) if (/opportunity|provisioning/.test(consumer.name)) startConsumer({ ...parts, consumer });
startRunner({ ...parts, processes, lease: 1_000 });
console.log('working');
