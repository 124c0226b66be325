import { sql } from 'drizzle-orm';
import type { Tx } from './db.ts';
import { databaseError, isDatabaseLost } from './errors.ts';
import type { Fact } from './facts.ts';
import type { Logger } from './telemetry.ts';

/** A fact that was tried; `failure` says why it did not work. */
export type Settled = { fact: Fact; failure?: string };

/** Facts of one subject are handled in their order. */
export function subjectOf(fact: Fact): string {
  return `${fact.subjectType} ${fact.subjectId}`;
}

type Attempt = { facts: readonly Fact[]; log: Logger; run: (tx: Tx, facts: readonly Fact[]) => Promise<void> };

/** All facts together behind a savepoint; when that fails, one by one, so that one bad fact does not hold the others up. */
export async function runFacts(tx: Tx, attempt: Attempt): Promise<Settled[]> {
  const failure = await tryRun(tx, attempt, attempt.facts);
  if (failure === undefined) return attempt.facts.map((fact) => ({ fact }));
  if (attempt.facts.length === 1) return attempt.facts.map((fact) => ({ fact, failure }));
  const settled: Settled[] = [];
  const failed = new Set<string>();
  for (const fact of attempt.facts) {
    const subject = subjectOf(fact);
    if (failed.has(subject)) continue;
    const own = await tryRun(tx, attempt, [fact]);
    if (own !== undefined) failed.add(subject);
    settled.push(own === undefined ? { fact } : { fact, failure: own });
  }
  return settled;
}

async function tryRun(tx: Tx, { log, run }: Attempt, facts: readonly Fact[]): Promise<string | undefined> {
  try {
    await tx.transaction((inner) => run(inner, facts));
    return undefined;
  } catch (error) {
    if (isInfrastructure(error)) throw error;
    log.warn({ err: error, facts: facts.length, fact: facts[0]?.id }, 'a fact could not be handled');
    return error instanceof Error ? error.message : String(error);
  }
}

/** Lost connections, deadlocks and shutdowns are nobody's fault: the transaction as a whole is tried again. A statement that takes too long is the fact's. */
function isInfrastructure(error: unknown): boolean {
  return isDatabaseLost(error) || ['40', '25'].includes(databaseError(error)?.code.slice(0, 2) ?? '');
}

/** Attempts before a delivery is parked for a person to look at: about ten minutes. */
export const attemptLimit = 8;

/** Exponential backoff from 1 s with jitter; then parked with its reason. */
export async function retryLater(tx: Tx, failed: { consumer: string; fact: Fact; reason: string; now: Date }): Promise<void> {
  const { consumer, fact, reason, now } = failed;
  const jitter = 0.5 + Math.random() / 2;
  await tx.execute(sql`
    update log.delivery set attempts = attempts + 1, reason = ${reason.slice(0, 2000)},
      status = case when attempts + 1 >= ${attemptLimit} then 'PARKED' else 'FAILED' end,
      next_attempt_at = ${now.toISOString()}::timestamptz + make_interval(secs => least(300, power(2, attempts)) * ${jitter})
    where consumer = ${consumer} and fact_id = ${fact.id}`);
}
