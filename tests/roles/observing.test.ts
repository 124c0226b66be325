import { readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { watchSinks } from '#gateway/metrics.ts';
import { serviceActor } from '#kernel/actor.ts';
import { consumeOnce } from '#kernel/consume.ts';
import { openDb } from '#kernel/db.ts';
import { sequenceOnce } from '#kernel/sequencer.ts';
import { readSinks } from '#kernel/sink.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { consumers, schedules } from '#processes/wiring.ts';
import { showJourneys } from '../../roles/checks.ts';
import { attachSubscriptions } from '../../roles/live.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { openTracing } from '../../roles/tracing.ts';
import { startCollector } from '../support/collector.ts';
import { constellation } from '../support/constellation.ts';
import { root } from '../support/house.ts';

const read = (path: string) => readFile(new URL(path, root), 'utf8');
type Board = { panels: { title: string; description: string; targets: { expr: string }[] }[]; templating: { list: { name: string; query: string }[] } };
type Rules = { groups: { rules: { alert: string; expr: string; labels: { severity: string }; annotations: { summary: string } }[] }[] };
const board: Board = JSON.parse(await read('docs/operation/grafana/accord.json'));
const rules: Rules = parse(await read('docs/operation/alerts.yaml'));

const log = createLogger({ level: 'silent' });
const stack = new AsyncDisposableStack();
let world: Awaited<ReturnType<typeof constellation>>;
beforeAll(async () => {
  world = stack.use(await constellation({ subgraphs, cache: 4 }));
  const open = stack.use(openDb({ url: world.databaseUrl, name: 'observing', max: 2, scope: 'command' }));
  showJourneys({ gateway: world, db: open.db, log });
  watchSinks(world.metrics, () => readSinks(open.db));
  const live = await attachSubscriptions({ gateway: world, databaseUrl: world.databaseUrl, log });
  stack.defer(() => live.close());
  await open.db.transaction((tx) =>
    Promise.all(
      schedules
        .filter(({ name }) => name === 'workflow-health')
        .map(({ run }) => run({ tx, actor: serviceActor('x'), trace: { correlationId: 'x' }, now: new Date() })),
    ),
  );
  await sequenceOnce(open.db);
  for (const consumer of consumers) await consumeOnce({ db: open.db, consumer, clock: () => new Date(), log });
  await world.ok('{ customers(first: 1) { nodes { id } } }');
  await fetch(world.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
});
afterAll(() => stack.disposeAsync());

const scraped = async (accept = '*/*') => {
  const answer = await fetch(new URL('/metrics', world.url), { headers: { accept } });
  return { type: answer.headers.get('content-type') ?? '', text: await answer.text() };
};

/** The metrics that a question names, with the labels by which it chooses and groups. */
function named(expr: string): { metric: string; labels: string[] }[] {
  const grouped = [...expr.matchAll(/\b(?:by|without)\s*\(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(',').map((each) => each.trim()));
  return [...expr.matchAll(/\b(accord_\w+)(?:\{([^}]*)\})?/g)].map(([, metric = '', chosen = '']) => ({
    metric,
    labels: [...[...chosen.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label), ...grouped],
  }));
}

/** Added by Prometheus itself. */
const ofPrometheus = ['job', 'instance', 'le', ''];

describe('the dashboard and the alerts', () => {
  const asked = [
    ...board.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ where: title, expr }))),
    ...rules.groups.flatMap((group) => group.rules.map(({ alert, expr }) => ({ where: alert, expr }))),
  ];

  test('name metrics and labels alone that a running gateway has', async () => {
    const { registry } = world.metrics;
    const known = new Map(registry.getMetricsAsArray().map((metric) => [metric.name, (metric as unknown as { labelNames: string[] }).labelNames]));
    const { text } = await scraped();
    const wrong = asked.flatMap(({ where, expr }) => {
      const found = named(expr);
      if (found.length === 0) return [`${where}: no metric`];
      return found.flatMap(({ metric, labels }) => {
        const base = metric.replace(/_(bucket|count|sum)$/, '');
        const own = known.get(base);
        if (!own || !text.includes(`# TYPE ${base} `)) return [`${where}: ${metric}`];
        const unknown = labels.filter((label) => !own.includes(label) && !ofPrometheus.includes(label));
        // A question over several metrics may group by what one of them has.
        return unknown
          .filter((label) => !found.some((each) => known.get(each.metric.replace(/_(bucket|count|sum)$/, ''))?.includes(label)))
          .map((label) => `${where}: ${metric} has no ${label}`);
      });
    });
    expect(wrong).toEqual([]);
  });

  test('would tell a metric that is not there', () => {
    expect(named('sum by (le, subgraph) (rate(accord_x_bucket{job=~"$job", a!="b"}[5m]))')).toEqual([
      { metric: 'accord_x_bucket', labels: ['job', 'a', 'le', 'subgraph'] },
    ]);
  });

  test('choose by values that the metrics have', async () => {
    const { text } = await scraped();
    for (const value of ['operation="query"', 'journey="sequencer"', 'le="1"']) if (!text.includes(value)) expect(value).toBe('a value of the metrics');
  });

  test('say in words what they are about', () => {
    expect(board.panels.filter(({ description }) => !/\.$/.test(description)).map(({ title }) => title)).toEqual([]);
    for (const { alert, labels, annotations } of rules.groups.flatMap((group) => group.rules)) {
      expect(alert).toMatch(/^Accord[A-Z]/);
      expect(['page', 'ticket']).toContain(labels.severity);
      expect(annotations.summary).toMatch(/\.$/);
    }
  });

  test('each metric of the docs is one of the code, and each of the code stands in the docs', async () => {
    const page = `${await read('docs/operation/metrics.md')}\n${await read('docs/caching.md')}`;
    const own = world.metrics.registry
      .getMetricsAsArray()
      .map(({ name }) => name)
      .filter((name) => !/^accord_(process|nodejs)_/.test(name));
    expect(own.filter((name) => !page.includes(name) && !/^accord_cache_(bytes|entries)$/.test(name))).toEqual([]);
    const inDocs = [...(await read('docs/operation/metrics.md')).matchAll(/^\| `(accord_\w+)`/gm)].map(([, name = '']) => name);
    expect(inDocs.filter((name) => !own.includes(name))).toEqual([]);
  });

  test('each objective of docs/sla.md names metrics that there are', async () => {
    const page = await read('docs/sla.md');
    const names = [...page.matchAll(/`(accord_\w+)/g)].map(([, name = '']) => name.replace(/_(bucket|count|sum)$/, ''));
    expect(names.length).toBeGreaterThan(4);
    const known = world.metrics.registry.getMetricsAsArray().map(({ name }) => name);
    expect(names.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('/metrics', () => {
  test('tells each journey, the sequencer too', async () => {
    const { text } = await scraped();
    for (const name of [...consumers.map((consumer) => consumer.name), 'sequencer']) expect(text).toContain(`accord_journey_backlog{journey="${name}"} 0`);
    expect(text).toMatch(/accord_journey_objective_seconds\{journey="sequencer"\} 5/);
    expect(text).toMatch(/^accord_database_up 1$/m);
  });

  test('counts who is refused, by code', async () => {
    expect((await scraped()).text).toMatch(/accord_refused_total\{code="UNAUTHENTICATED"\} [1-9]/);
  });

  test('is in OpenMetrics for who asks for it, with the trace of a request where traces are sent, and as before for everybody else', async () => {
    await using collector = await startCollector();
    const tracing = await openTracing({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, role: 'gateway', log });
    await world.ok('query Exemplary { customers(first: 1) { nodes { id name } } }');
    await tracing[Symbol.asyncDispose]();
    const traceId = collector.spans.find(({ attributes }) => attributes['graphql.operation.name'] === 'Exemplary')?.traceId;
    const open = await scraped('application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5');
    expect(open.type).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
    expect(open.text).toMatch(/# EOF\n$/);
    expect(open.text).toContain(`# {trace_id="${traceId}"}`);
    expect(open.text).toMatch(/^# TYPE accord_refused counter$/m);
    expect(open.text).toMatch(/^accord_refused_total\{code="UNAUTHENTICATED"\} [1-9]/m);
    const plain = await scraped('text/plain');
    expect(plain.type).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(plain.text).not.toContain('trace_id');
    expect(plain.text).toMatch(/^accord_refused_total\{code="UNAUTHENTICATED"\} [1-9]/m);
  });
});

test('a database that does not answer is told as such, and costs no more than its own metrics', async () => {
  const lines: string[] = [];
  const write = (chunk: Buffer, _: string, done: () => void) => {
    lines.push(String(chunk));
    done();
  };
  const heard = createLogger({ level: 'warn', destination: new Writable({ write }) });
  const gone = openDb({ url: 'postgres://nobody@127.0.0.1:1/nothing', name: 'gone', max: 1 });
  await gone.close();
  const other = await constellation({ subgraphs: subgraphs.slice(0, 1) });
  try {
    showJourneys({ gateway: other, db: gone.db, log: heard });
    const text = await (await fetch(new URL('/metrics', other.url))).text();
    expect(text).toMatch(/^accord_database_up 0$/m);
    expect(text).not.toMatch(/^accord_journey_backlog\{/m);
    expect(text).toContain('accord_operations{workload="interactive",state="running"}');
    expect(lines.join()).toContain('it is not known how journeys fare');
  } finally {
    await other[Symbol.asyncDispose]();
  }
});
