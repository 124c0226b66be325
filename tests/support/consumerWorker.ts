import { startConsumer } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { openDoorbell } from '#kernel/doorbell.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { tracker } from './workload.ts';

/** A worker of its own process, to be killed: `node tests/support/consumerWorker.ts DATABASE_URL`. */
const url = process.argv[2] ?? '';
const open = openDb({ url, name: 'killable', max: 2 });
const log = createLogger({ level: 'silent' });
startConsumer({ db: open.db, consumer: tracker('track', { batch: 10 }), clock: () => new Date(), log, doorbell: await openDoorbell(url) });
console.log('working');
