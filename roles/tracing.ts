import { readFile } from 'node:fs/promises';
import { trace as tracing } from '@opentelemetry/api';
import type { Logger } from '#kernel/telemetry.ts';
import { CannotStart } from './cannotStart.ts';
import { type Call, version } from './command.ts';

/** Where spans go, by the names that OpenTelemetry gave: docs/operation/tracing.md has them. */
type Collector = {
  url: string;
  headers: Record<string, string>;
  service: string;
  attributes: Record<string, string>;
  sampler: { name: (typeof samplers)[number]; ratio: number };
};

type Env = Call['env'];

const samplers = ['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'] as const;

/** Spans that wait to be sent at most; beyond it they are dropped. */
export const spanQueue = 4_096;
/** Milliseconds that a batch may take, and that a stop waits for the last of them. */
const patience = 5_000;

/** What the environment says of a collector; undefined when it names none. */
export async function collectorOf(env: Env, role: string): Promise<Collector | undefined> {
  const told = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!told || env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || env.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const url = URL.parse(told);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new CannotStart(`${told} is no address of a collector; write it as http://collector:4318 (OTEL_EXPORTER_OTLP_ENDPOINT).`);
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL;
  if (protocol && !protocol.startsWith('http/'))
    throw new CannotStart(`Accord sends traces by HTTP, not by ${protocol}: name the collector's HTTP port (4318) and leave OTEL_EXPORTER_OTLP_PROTOCOL out.`);
  // One for all signals is a base; one for traces is the address itself.
  if (!env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return {
    url: url.href,
    headers: await headersOf(env),
    service: env.OTEL_SERVICE_NAME || `accord-${role}`,
    attributes: pairsIn(env.OTEL_RESOURCE_ATTRIBUTES, 'OTEL_RESOURCE_ATTRIBUTES'),
    sampler: samplerOf(env),
  };
}

/** A file wins: what proves who sends need not stand in the environment. */
async function headersOf(env: Env): Promise<Record<string, string>> {
  const path = env.ACCORD_OTLP_HEADERS_FILE;
  if (!path) return pairsIn(env.OTEL_EXPORTER_OTLP_TRACES_HEADERS || env.OTEL_EXPORTER_OTLP_HEADERS, 'OTEL_EXPORTER_OTLP_HEADERS');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CannotStart(`${path} cannot be read (ACCORD_OTLP_HEADERS_FILE).`);
  });
  return pairsIn(text.trim().split(/\r?\n/).join(','), 'ACCORD_OTLP_HEADERS_FILE');
}

/** name=value,name=value with per cent signs, as OpenTelemetry writes lists. Values are secrets, and stand in no sentence. */
function pairsIn(text: string | undefined, variable: string): Record<string, string> {
  const pairs = (text ?? '').split(',').filter((each) => each.trim() !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const cut = pair.indexOf('=');
      const name = pair.slice(0, cut).trim();
      const value = decoded(pair.slice(cut + 1).trim());
      if (cut < 1 || !/^[\w.-]+$/.test(name) || value === undefined) throw new CannotStart(`${variable} is no list of name=value,name=value.`);
      return [name, value];
    }),
  );
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function samplerOf(env: Env): Collector['sampler'] {
  const told = env.OTEL_TRACES_SAMPLER || 'parentbased_always_on';
  const name = samplers.find((each) => each === told);
  if (!name) throw new CannotStart(`${told} is no sampler; use one of ${samplers.join(', ')} (OTEL_TRACES_SAMPLER).`);
  const ratio = Number(env.OTEL_TRACES_SAMPLER_ARG || 1);
  if (!(ratio >= 0 && ratio <= 1)) throw new CannotStart(`${env.OTEL_TRACES_SAMPLER_ARG} is no ratio; use a number from 0 to 1 (OTEL_TRACES_SAMPLER_ARG).`);
  return { name, ratio };
}

/** Sends the spans of this process to a collector, if the environment names one; nothing of the SDK is loaded else. */
export async function openTracing({ env, role, log }: { env: Env; role: string; log: Logger }): Promise<AsyncDisposable> {
  const collector = await collectorOf(env, role);
  if (!collector) return { [Symbol.asyncDispose]: async () => undefined };
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const { url, headers, service, attributes, sampler } = collector;
  const exporter = told(new OTLPTraceExporter({ url, headers, timeoutMillis: patience, concurrencyLimit: 4 }), log);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ ...attributes, 'service.name': service, 'service.version': version }),
    sampler: samplerIn(sdk, sampler),
    spanLimits: { attributeValueLengthLimit: 256 },
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter, maxQueueSize: spanQueue, scheduledDelayMillis: 1_000, exportTimeoutMillis: 2 * patience })],
  });
  tracing.setGlobalTracerProvider(provider);
  return {
    [Symbol.asyncDispose]: async () => {
      tracing.disable();
      await within(provider.shutdown(), patience);
    },
  };
}

type Sdk = typeof import('@opentelemetry/sdk-trace');

function samplerIn(sdk: Sdk, { name, ratio }: Collector['sampler']) {
  const root = name.endsWith('always_on')
    ? new sdk.AlwaysOnSampler()
    : name.endsWith('always_off')
      ? new sdk.AlwaysOffSampler()
      : new sdk.TraceIdRatioBasedSampler(ratio);
  return name.startsWith('parentbased_') ? new sdk.ParentBasedSampler({ root }) : root;
}

/** Milliseconds in which a collector that does not take spans is spoken of once. */
const silence = 60_000;

/** An exporter whose failures are one line a minute, with how many spans were lost by them. */
function told(exporter: import('@opentelemetry/sdk-trace').SpanExporter, log: Logger): import('@opentelemetry/sdk-trace').SpanExporter {
  let lost = 0;
  let quietUntil = 0;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== 0) {
          lost += spans.length;
          if (performance.now() >= quietUntil) {
            log.warn({ err: result.error, spans: lost }, 'the collector of traces does not take them; they are lost, and nothing else is');
            quietUntil = performance.now() + silence;
            lost = 0;
          }
        }
        done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

/** Waits for the last spans, and not for a collector that does not answer. */
async function within(work: Promise<void>, milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work.catch(() => undefined), promise]);
  clearTimeout(timer);
}
