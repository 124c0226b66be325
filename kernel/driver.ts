import type { Logger } from './telemetry.ts';

/**
 * postgres.js 3.4.9 writes to a closed socket from a timer (porsager/postgres#1208); the query itself is rejected all the same.
 */
export function isDriverFault(error: unknown): boolean {
  return error instanceof TypeError && /reading 'write'/.test(error.message) && /postgres[\\/](src|cjs[\\/]src)[\\/]connection\.js/.test(error.stack ?? '');
}

/** Lets a process outlive that one fault when PostgreSQL goes away; any other uncaught error ends it, as it should. */
export function surviveDriverFault(log: Logger): void {
  process.on('uncaughtException', (error) => {
    if (isDriverFault(error)) return log.warn({ err: error }, 'a connection to PostgreSQL was lost in the middle of a write');
    log.fatal({ err: error }, 'uncaught error; stopping');
    process.exit(1);
  });
}
