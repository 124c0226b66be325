import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { mostWeeks } from '#finance/forecast/queries.ts';
import { partLimit } from '#finance/invoice/creditParts.ts';
import { defaultAdmission } from '#gateway/admission.ts';
import { defaultCacheAge } from '#gateway/cache/answers.ts';
import { defaultCostLimits } from '#gateway/cost/limit.ts';
import { analyticalCost, interactiveItems } from '#gateway/cost/workload.ts';
import { answerLimit } from '#gateway/execution/amount.ts';
import { defaultLimits } from '#gateway/limits.ts';
import { confirmable } from '#gateway/mcp/confirmation.ts';
import { answerLimit as agentAnswerLimit } from '#gateway/mcp/desk.ts';
import { defaultBacklog } from '#gateway/subscriptions/stream.ts';
import { defaultSubscriptionSettings } from '#gateway/subscriptions/subscriptions.ts';
import { countLimit, pageLimit } from '#kernel/connection.ts';
import { listedLimit } from '#kernel/context.ts';
import { attemptLimit } from '#kernel/delivery.ts';
import { listLimit } from '#kernel/input.ts';
import { bulkLimit } from '#kernel/mutation.ts';
import { defaultRetention } from '#kernel/retention.ts';
import { isCorrelationId } from '#kernel/telemetry.ts';
import { defaultConnections, defaultStatementTimeouts, ownConnections, workloads } from '#kernel/workload.ts';
import { endpointLimit } from '#operations/webhook/commands.ts';
import { callLimit } from '#operations/webhook/verdict.ts';
import { defaultWebhooks } from '../../roles/webhooks.ts';
import { root } from '../support/house.ts';

const read = (path: string) => readFile(new URL(path, root), 'utf8');
const page = await read('docs/limits.md');
const rows = new Map([...page.matchAll(/^\| ([^|]+?) +\| ([\d,]+) +\|/gm)].map(([, what = '', limit = '']) => [what, Number(limit.replaceAll(',', ''))]));

/** A number that a file gives to a name of its own, or to a setting. */
async function numberIn(path: string, pattern: RegExp): Promise<number> {
  const found = pattern.exec(await read(path))?.[1];
  if (found === undefined) throw new Error(`${path} has no ${pattern}`);
  return found.split('*').reduce((product, factor) => product * Number(factor.replaceAll('_', '').trim()), 1);
}

const { operationsPerConnection, connectionsPerPrincipal, connections, initWait, heartbeat } = defaultSubscriptionSettings;

/** Each row of the page, by its first words, and what the code says. */
const limits: readonly (readonly [string, number | Promise<number>])[] = [
  ['bytes of a request body', numberIn('roles/serve.ts', /oneMebibyte = ([\d *_]+);/)],
  ['bytes of a WebSocket message', numberIn('gateway/subscriptions/upgrade.ts', /maxPayload: ([\d *_]+),/)],
  ['tokens', defaultLimits.tokens],
  ['levels', defaultLimits.depth],
  ['fields,', defaultLimits.fields],
  ['root fields', defaultLimits.rootFields],
  ['aliases', defaultLimits.aliases],
  ['directives', defaultLimits.directives],
  ['operations in one HTTP request', 1],
  ['cost on the contracts', defaultCostLimits.portal],
  ['cost for everybody else', defaultCostLimits.whole],
  ['rows of lists', listedLimit],
  ['things in its answer', answerLimit],
  ['bytes of an answer of a subgraph', numberIn('gateway/foreign/transport.ts', /answerLimit = ([\d *_]+);/)],
  ['subscriptions at one subgraph', numberIn('gateway/foreign/subscribe.ts', /most = ([\d_]+)/)],
  ['bytes of an event', numberIn('gateway/foreign/subscribe.ts', /eventLimit = ([\d *_]+);/)],
  ['milliseconds that a subgraph of the firm', numberIn('roles/registry/file.ts', /timeout: .*default\(([\d_]+)\)/)],
  ['queries and mutations that one gateway', defaultAdmission.operations],
  ['of analytical work, and of bulk', defaultAdmission.aside],
  ['those that wait for', defaultAdmission.waiting],
  ['of them of one principal', defaultAdmission.waitingPerPrincipal],
  ['milliseconds that one of them waits', defaultAdmission.patience],
  ['milliseconds that one waits in a queue', defaultAdmission.standing],
  ['rows of a page', pageLimit],
  ['values of a list', listLimit],
  ['items of a bulk', bulkLimit],
  ['lines that a credit names', partLimit],
  ['rows that `totalCount`', countLimit],
  ['endpoints of webhooks', endpointLimit],
  ['milliseconds of a call of a webhook', callLimit],
  ['days that what webhooks sent', defaultWebhooks.retention],
  ['weeks that a forecast', mostWeeks],
  ['characters of an idempotency key', numberIn('kernel/idempotency.ts', /key\.length > (\d+)/)],
  ['characters of a correlation id', [...Array(300).keys()].filter((length) => isCorrelationId('a'.repeat(length))).at(-1) ?? 0],
  ['operations on one WebSocket', operationsPerConnection],
  ['WebSockets of one principal', connectionsPerPrincipal],
  ['WebSockets of one gateway', connections],
  ['milliseconds until `connection_init`', initWait],
  ['events that a client', defaultBacklog.events],
  ['milliseconds between two signs', heartbeat],
  ['milliseconds of an SQL statement of interactive', defaultStatementTimeouts.interactive],
  ['milliseconds of an SQL statement of analytical', defaultStatementTimeouts.analytical],
  ['milliseconds of an SQL statement of the worker', numberIn('roles/worker.ts', /statementTimeout: ([\d_]+)/)],
  ['milliseconds that the gateway waits', numberIn('gateway/transport/http.ts', /patience = ([\d_]+)/)],
  ['milliseconds that one check', numberIn('gateway/health.ts', /patience = ([\d_]+)/)],
  ['milliseconds that requests get', numberIn('roles/listen.ts', /grace = ([\d_]+)/)],
  ['attempts of a delivery', attemptLimit],
  ['milliseconds that an answer', defaultCacheAge],
  ['days that an idempotency key', numberIn('roles/worker.ts', /idempotencyRetention = (\d+)/)],
  ['days that the log', defaultRetention.age / 86_400_000],
  ['characters of an answer that an agent', agentAnswerLimit],
  ['milliseconds in which a repair', confirmable],
  ['things that an agent repairs', numberIn('gateway/mcp/repairTools.ts', /itemLimit = (\d+)/)],
  ['milliseconds that the clocks', numberIn('kernel/signature.ts', /tolerance = ([\d_]+)/)],
];

describe('docs/limits.md', () => {
  test.each(limits)('%s: as the code has it', async (words, limit) => {
    const found = [...rows].filter(([what]) => what.startsWith(words));
    expect(found.map(([, number]) => number)).toEqual([await limit]);
  });

  test('says nothing that is not compared', () => {
    expect([...rows.keys()].filter((what) => !limits.some(([words]) => what.startsWith(words)))).toEqual([]);
  });

  test('tells of each kind of work its connections and its time', () => {
    const table = [...page.matchAll(/^\| (\w+) +\|.+\| +(\d+) +\| +(\d+) +\| +([\d,]+) +\|$/gm)].map(([, kind, ...numbers]) => [
      kind,
      ...numbers.map((each) => Number(each.replaceAll(',', ''))),
    ]);
    expect(table).toEqual(workloads.map((each) => [each, defaultConnections[each], ownConnections[each], defaultStatementTimeouts[each]]));
    expect(defaultStatementTimeouts.bulk).toBe(defaultStatementTimeouts.analytical);
    expect(page).toContain(`cost ${analyticalCost.toLocaleString('en')} or more`);
    expect(page).toContain(`mutations of more than ${interactiveItems} items`);
  });

  test('and idempotency.md say the same of time', async () => {
    const text = await read('docs/idempotency.md');
    expect(text).toContain(`Kept for ${await numberIn('roles/worker.ts', /idempotencyRetention = (\d+)/)} days`);
    expect(text).toContain(`every ${(await numberIn('roles/worker.ts', /calmly = (\d+)/)) / 60} minutes`);
    expect(text).toContain(`up to ${(await numberIn('kernel/idempotency.ts', /twinPatience = ([\d_]+)/)) / 1000} seconds`);
    expect(page).toContain(`none for ${defaultBacklog.stall.toLocaleString('en')} ms`);
    expect(page).toContain(`${await numberIn('kernel/connection.ts', /pageDefault = (\d+)/)} when nothing is said`);
  });
});
