import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
import { type Burn, breachOf, burnsIn, type Health, type Journey, lateFrom, look, markWorkflow, openWorkflows, windows } from '#kernel/workflow.ts';
import { facts } from '../published.ts';

type Pair = { burn: number; short: ReadonlyMap<string, Burn>; long: ReadonlyMap<string, Burn> };

/** Looks how all journeys fare, and states which are in breach of their objective since now, and which are not any more; how many. */
export async function checkWorkflows(scope: Scope, journeys: readonly Journey[]): Promise<number> {
  const { tx, now } = scope;
  await openWorkflows(tx, { journeys, now });
  const health = await look(tx, now);
  const pairs: Pair[] = [];
  for (const { short, long, burn } of windows) pairs.push({ burn, short: await burnsIn(tx, short, now), long: await burnsIn(tx, long, now) });
  let changes = 0;
  for (const each of health) if (await judge(scope, each, pairs)) changes += 1;
  return changes;
}

async function judge(scope: Scope, health: Health, pairs: readonly Pair[]): Promise<boolean> {
  const { tx, now } = scope;
  const { id, journey, breachedSince, objective, backlog, oldestSince } = health;
  const own = pairs.map(({ burn, short, long }) => ({ burn, short: short.get(journey), long: long.get(journey) }));
  const reason = breachOf(own);
  if ((reason !== undefined) === (breachedSince !== null)) return false;
  const figures = { workflowId: id, journey, backlog, oldestAge: oldestSince ? seconds(oldestSince, now) : 0, objective };
  if (reason) {
    const since = (reason === 'LATE' ? (own[0]?.short?.since ?? lateFrom(health, now)) : undefined) ?? now;
    const version = await markWorkflow(tx, health, { since, reason, now });
    await record(scope, facts.SloBreached, { subject: { id, version }, payload: { ...figures, reason, breachedSince: since.toISOString() } });
  } else if (breachedSince && health.reason) {
    const version = await markWorkflow(tx, health, { now });
    const payload = { ...figures, reason: health.reason, breachedSince: breachedSince.toISOString(), lasted: seconds(breachedSince, now) };
    await record(scope, facts.SloRecovered, { subject: { id, version }, payload });
  }
  return true;
}

const seconds = (from: Date, to: Date): number => Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
