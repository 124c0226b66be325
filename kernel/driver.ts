import { isDatabaseLost } from './errors.ts';
import type { Logger } from './telemetry.ts';

/**
 * A fault inside the driver itself, which a lost connection leaves behind: postgres.js 3.4.9 writes to a closed socket from a timer (porsager/postgres#1208), and
 * does other things with what is no longer there. The query is rejected all the same, and the pool opens another connection.
 */
export function isDriverFault(error: unknown): boolean {
  if (!(error instanceof TypeError)) return false;
  const [thrownAt = ''] = error.stack?.match(/^ {4}at .*$/m) ?? [];
  return /[\\/]postgres[\\/](src|cjs[\\/]src)[\\/]\w+\.js/.test(thrownAt);
}

/** Lets a process outlive PostgreSQL's death: what that leaves uncaught passes with it. Any other uncaught error ends the process, as it should. */
export function surviveDriverFault(log: Logger): void {
  process.on('uncaughtException', (error) => {
    if (isDriverFault(error) || isDatabaseLost(error)) return log.warn({ err: error }, 'a connection to PostgreSQL was lost in the middle of something');
    log.fatal({ err: error }, 'uncaught error; stopping');
    process.exit(1);
  });
}
