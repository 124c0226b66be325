import { argv } from 'node:process';
import { startConsumer } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { startRunner } from '#kernel/run.ts';
import { startSequencer } from '#kernel/sequencer.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { defaultRules, wired } from '#processes/wiring.ts';

/** A worker of its own process for some stories, to be killed: `node tests/support/storyWorker.ts DATABASE_URL CONSUMERS`, these as a pattern of their names. */
const [, , url = '', names = ''] = argv;
const open = openDb({ url, name: 'stories', max: 8, scope: 'command' });
const parts = { db: open.db, clock: () => new Date(), log: createLogger({ level: 'silent' }), doorbell: await openDoorbell(url) };
const { consumers, processes } = wired(defaultRules);
startSequencer({ db: open.db, log: parts.log });
for (const consumer of consumers) if (new RegExp(names).test(consumer.name)) startConsumer({ ...parts, consumer });
startRunner({ ...parts, processes, lease: 1_000 });
console.log('working');
