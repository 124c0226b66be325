import { argv } from 'node:process';
import { startConsumer } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { startRunner } from '#kernel/run.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { killable } from './killableRun.ts';

/** A worker of its own process, to be killed: `node tests/support/runWorker.ts DATABASE_URL`. */
const url = argv[2] ?? '';
const open = openDb({ url, name: 'killable', max: 4 });
const parts = { db: open.db, clock: () => new Date(), log: createLogger({ level: 'silent' }), doorbell: await openDoorbell(url) };
startConsumer({ ...parts, consumer: killable.router });
startRunner({ ...parts, processes: [killable], lease: 1_000 });
console.log('working');
