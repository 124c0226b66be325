import type { Logger } from '#kernel/telemetry.ts';
import { jsonReply, type Reply } from './respond.ts';

/** Throws, or stays silent too long, when the thing behind it cannot be relied on. */
export type Check = () => Promise<void>;

/** Milliseconds that a check may take. */
const patience = 2_000;

/** Ready when every check passes. The reasons are for the log, not for strangers. */
export async function readiness(checks: Readonly<Record<string, Check>>, log: Logger): Promise<Reply> {
  const entries = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await passes(name, check, log)] as const));
  const ready = entries.every(([, passed]) => passed);
  return jsonReply(ready ? 200 : 503, {
    status: ready ? 'ready' : 'not ready',
    checks: Object.fromEntries(entries.map(([name, passed]) => [name, passed ? 'ok' : 'failed'])),
  });
}

async function passes(name: string, check: Check, log: Logger): Promise<boolean> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
  try {
    await Promise.race([check(), late]);
    return true;
  } catch (error) {
    log.warn({ err: error, check: name }, 'not ready');
    return false;
  } finally {
    clearTimeout(timer);
  }
}
