import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { inSpan } from '#kernel/span.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { collectorOf, openTracing } from '../../roles/tracing.ts';
import { ancestors, type Collected, startCollector } from '../support/collector.ts';
import { constellation } from '../support/constellation.ts';
import { dealAt } from '../support/deals.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { graphAt } from '../support/graph.ts';
import { sources } from '../support/house.ts';
import { runProgram } from '../support/program.ts';

const silent = createLogger({ level: 'silent' });
const trace = { correlationId: 'c', traceparent: `00-${'a'.repeat(32)}-00f067aa0ba902b7-01` };
let stack = new AsyncDisposableStack();
afterEach(async () => {
  await stack.disposeAsync();
  stack = new AsyncDisposableStack();
});

function listening() {
  const lines: Record<string, unknown>[] = [];
  const write = (chunk: Buffer, _: string, done: () => void) => {
    lines.push(JSON.parse(String(chunk)));
    done();
  };
  return { lines, log: createLogger({ level: 'warn', destination: new Writable({ write }) }) };
}

describe('a deal that is won, with a worker in a process of its own', () => {
  test('is one connected trace from the mutation to the last step, over both processes, and says nothing of the deal', async () => {
    const collector = stack.use(await startCollector());
    const world = stack.use(await constellation({ subgraphs, transport: 'HTTP' }));
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    stack.use(await openTracing({ env, role: 'gateway', log: silent }));
    const worker = stack.adopt(runProgram(['worker'], { env: { ...env, DATABASE_URL: world.databaseUrl } }), async (each) => void (await each.kill('SIGTERM')));
    await worker.said(/worker runs/);
    const deal = await dealAt({ graph: graphAt({ url: world.url, token: world.issuer.token }) });
    expect((await deal.upsert()).succeeded).toBe(1);
    const correlationId = randomUUID();
    const traceId = 'f'.repeat(32);
    const input = { idempotencyKey: randomUUID(), externalRef: deal.ref };
    const mutation = 'mutation Win($input: OpportunityActionInput!) { winOpportunity(input: $input) { opportunity { id status } userErrors { code } } }';
    const headers = { 'x-correlation-id': correlationId, traceparent: `00-${traceId}-00000000000000ff-01` };
    const token = await world.issuer.token(deal.crm);
    const answer = await fetch(world.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify({ query: mutation, variables: { input } }),
    });
    expect(await answer.json()).toMatchObject({ data: { winOpportunity: { opportunity: { status: 'WON' }, userErrors: [] } } });
    const isLast = ({ name, events }: Collected) => name.endsWith('/activate') && events.includes('ProjectStatusChanged');
    const wanted = ['POST /graphql', 'mutation', 'plan', 'execute engagements', 'command winOpportunity'];
    const spans = await collector.until((all) => {
      const own = all.filter((span) => span.traceId === traceId);
      return own.some(isLast) && wanted.every((name) => own.some((span) => span.name === name)) && own.some(({ name }) => name.startsWith('process '));
    });
    const own = spans.filter((span) => span.traceId === traceId);
    const named = (name: string) => own.find((span) => span.name === name) as Collected;
    expect(named('POST /graphql')).toMatchObject({
      parentSpanId: '00000000000000ff',
      kind: 2,
      service: 'accord-gateway',
      attributes: { 'http.request.method': 'POST', 'http.route': '/graphql', 'http.response.status_code': 200, 'accord.correlation_id': correlationId },
    });
    expect(named('mutation').attributes).toMatchObject({ 'graphql.operation.type': 'mutation', 'graphql.operation.name': 'Win' });
    expect(named('command winOpportunity').events).toContain('OpportunityWon');
    expect(ancestors(own, named('command winOpportunity'))).toEqual(['execute engagements', 'fetch engagements', 'mutation', 'POST /graphql']);
    // The whole way, from what the worker did last to the request.
    const last = own.find(isLast) as Collected;
    expect(last.service).toBe('accord-worker');
    expect(ancestors(own, last)).toEqual([
      'process opportunity-to-project',
      'command winOpportunity',
      'execute engagements',
      'fetch engagements',
      'mutation',
      'POST /graphql',
    ]);
    const roots = own.filter(({ parentSpanId }) => !own.some(({ spanId }) => spanId === parentSpanId));
    expect(roots.map(({ name }) => name)).toEqual(['POST /graphql']);
    const everything = collector.texts.join('\n');
    for (const canary of [token, 'Buyer ', 'A first project', '50000.00', '140.00', deal.item.managerId, 'Bearer', deal.ref.externalId])
      expect(everything).not.toContain(canary);
  });
});

describe('what the environment says', () => {
  const of = (env: Record<string, string>) => collectorOf(env, 'worker');
  const base = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

  test.each([
    ['nothing', {}],
    ['an SDK that is disabled', { ...base, OTEL_SDK_DISABLED: 'true' }],
    ['no exporter', { ...base, OTEL_TRACES_EXPORTER: 'none' }],
  ])('%s means that nothing is sent', async (_, env) => expect(await of(env)).toBeUndefined());

  test('a base gets the path of traces, an address of traces is taken as it is', async () => {
    expect(await of({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/otlp/' })).toMatchObject({
      url: 'http://collector:4318/otlp/v1/traces',
      service: 'accord-worker',
    });
    expect(await of({ ...base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://t.example/x' })).toMatchObject({ url: 'https://t.example/x' });
  });

  test('headers, name and attributes are read as OpenTelemetry writes them; a file of headers wins', async () => {
    const env = {
      ...base,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b,x=1',
      OTEL_SERVICE_NAME: 'psa',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=prod',
    };
    expect(await of(env)).toMatchObject({ headers: { 'api-key': 'a b', x: '1' }, service: 'psa', attributes: { 'deployment.environment.name': 'prod' } });
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'headers');
    await writeFile(file, 'authorization=Bearer%20secret\nx=2\n');
    expect(await of({ ...env, ACCORD_OTLP_HEADERS_FILE: file })).toMatchObject({ headers: { authorization: 'Bearer secret', x: '2' } });
  });

  test.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /^collector:4318 is no address of a collector/],
    [{ ...base, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /^Accord sends traces by HTTP, not by grpc/],
    [{ ...base, OTEL_TRACES_SAMPLER: 'some' }, /^some is no sampler; use one of always_on/],
    [{ ...base, OTEL_TRACES_SAMPLER_ARG: '2' }, /^2 is no ratio/],
    [{ ...base, OTEL_EXPORTER_OTLP_HEADERS: 'secret' }, /^OTEL_EXPORTER_OTLP_HEADERS is no list of name=value,name=value\.$/],
    [{ ...base, ACCORD_OTLP_HEADERS_FILE: '/nowhere/headers' }, /cannot be read/],
  ])('%j is a sentence', async (env, sentence) => {
    const refusal = await of(env).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CannotStart);
    expect((refusal as Error).message).toMatch(sentence);
  });

  test('nothing of the SDK is loaded until it is asked for', async () => {
    const sdk = /^import (?!type).*from '@opentelemetry\/(?!api')/m;
    expect((await sources()).filter(({ room, text }) => room !== 'tests' && sdk.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('spans of a process', () => {
  const some = (count: number) => Promise.all(Array.from({ length: count }, () => inSpan({ name: 'work', trace, parent: undefined }, async (inner) => inner)));

  test('are sent at the latest when it stops, with the headers that were told', async () => {
    const collector = stack.use(await startCollector());
    const tracing = await openTracing({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=k' },
      role: 'start',
      log: silent,
    });
    await some(3);
    await tracing[Symbol.asyncDispose]();
    expect(collector.spans.map(({ name, service }) => `${name} ${service}`)).toEqual(Array.from({ length: 3 }, () => 'work accord-start'));
    expect(collector.headers[0]).toMatchObject({ 'x-key': 'k' });
  });

  test('are sampled whole or not at all, by a ratio', async () => {
    const collector = stack.use(await startCollector());
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.25' };
    const tracing = await openTracing({ env, role: 'start', log: silent });
    for (const outer of await some(400)) await inSpan({ name: 'inner', trace: outer }, async () => undefined);
    await tracing[Symbol.asyncDispose]();
    const ids = (name: string) => collector.spans.filter((span) => span.name === name).map(({ traceId }) => traceId);
    expect(ids('work').length).toBeGreaterThan(20);
    expect(ids('work').length).toBeLessThan(250);
    expect(ids('inner').sort()).toEqual(ids('work').sort());
  });

  test('for a collector that is not there are lost with one line, and nothing else is', async () => {
    const nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as { port: number };
    await new Promise((resolve) => nobody.close(resolve));
    const { lines, log } = listening();
    const tracing = await openTracing({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` }, role: 'start', log });
    expect(await some(2_000)).toHaveLength(2_000);
    await tracing[Symbol.asyncDispose]();
    expect(lines.map(({ msg }) => msg)).toEqual(['the collector of traces does not take them; they are lost, and nothing else is']);
  });
});
