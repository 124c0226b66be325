import { type Attributes, type Context, type Span, type SpanContext, SpanStatusCode, trace as tracing } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { exemplarOf, inSpan, inSpans, noteHappened, noteSpan } from '#kernel/span.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const trace = { correlationId: 'c-1', traceparent: `00-${traceId}-00f067aa0ba902b7-01` };

type Recorded = {
  name: string;
  parent: SpanContext | undefined;
  attributes: Attributes | undefined;
  ended: number;
  status?: number;
  learned: Attributes;
  events: string[];
};

/** As small as a tracing SDK can be: it remembers. */
function register({ samples = true } = {}): Recorded[] {
  const spans: Recorded[] = [];
  const startSpan = (name: string, options: { attributes?: Attributes } = {}, context?: Context): Span => {
    const recorded: Recorded = { name, parent: context && tracing.getSpanContext(context), attributes: options.attributes, ended: 0, learned: {}, events: [] };
    spans.push(recorded);
    const own = { traceId: recorded.parent?.traceId ?? 'a'.repeat(32), spanId: String(spans.length).padStart(16, '0'), traceFlags: samples ? 1 : 0 };
    const span = {
      spanContext: () => own,
      isRecording: () => samples,
      setStatus: ({ code }: { code: number }) => {
        recorded.status = code;
      },
      setAttribute: (name: string, value: string) => Object.assign(recorded.learned, { [name]: value }),
      setAttributes: (more: Attributes) => Object.assign(recorded.learned, more),
      addEvent: (name: string) => recorded.events.push(name),
      end: () => {
        recorded.ended += 1;
      },
    };
    return span as unknown as Span;
  };
  tracing.setGlobalTracerProvider({ getTracer: () => ({ startSpan, startActiveSpan: () => undefined as never }) });
  return spans;
}
afterEach(() => tracing.disable());

describe('without an SDK', () => {
  test('work gets the very trace of its caller, and its answer comes back', async () => {
    const seen: unknown[] = [];
    const answer = await inSpan({ name: 'fetch', trace }, async (inner) => {
      seen.push(inner);
      return 7;
    });
    expect(answer).toBe(7);
    expect(seen[0]).toBe(trace);
  });

  test('a failure is the same failure', async () => {
    const fault = new Error('gone');
    await expect(inSpan({ name: 'fetch', trace }, () => Promise.reject(fault))).rejects.toBe(fault);
  });
});

test('without an SDK facts are handled as they are', async () => {
  const given = [{ ...trace, traceparent: trace.traceparent }];
  expect((await inSpans({ name: 'process x' }, given, async (items) => items))[0]).toBe(given[0]);
});

describe('with an SDK', () => {
  test('work stands in a span below that of its caller, and hands its own on', async () => {
    const spans = register();
    const innermost = await inSpan({ name: 'operation', trace }, (outer) =>
      inSpan({ name: 'fetch', trace: outer, attributes: { 'accord.subgraph': 'time' } }, async (inner) => inner),
    );
    expect(spans).toMatchObject([
      { name: 'operation', parent: { traceId, spanId: '00f067aa0ba902b7', traceFlags: 1 }, attributes: { 'accord.correlation_id': 'c-1' }, ended: 1 },
      { name: 'fetch', parent: { traceId, spanId: '0000000000000001' }, attributes: { 'accord.correlation_id': 'c-1', 'accord.subgraph': 'time' }, ended: 1 },
    ]);
    expect(innermost).toEqual({ correlationId: 'c-1', traceparent: `00-${traceId}-0000000000000002-01` });
  });

  test('a failure is noted, and its span ends', async () => {
    const spans = register();
    const fault = new Error('gone');
    await expect(inSpan({ name: 'consume', trace }, () => Promise.reject(fault))).rejects.toBe(fault);
    expect(spans).toMatchObject([{ name: 'consume', ended: 1, status: SpanStatusCode.ERROR, learned: { 'error.type': 'Error' }, events: [] }]);
    expect(JSON.stringify(spans)).not.toContain('gone');
  });

  test("a database's failure is told by its code, never by its words, which may hold a row", async () => {
    const spans = register();
    const fault = Object.assign(new Error('duplicate key: Key (name)=(Ada Lovelace)'), { code: '23505' });
    await expect(inSpan({ name: 'x', trace }, () => Promise.reject(fault))).rejects.toBe(fault);
    expect(spans[0]?.learned).toEqual({ 'error.type': '23505' });
  });

  test('what is learned meanwhile stands in the span whose trace is named', async () => {
    const spans = register();
    await inSpan({ name: 'outer', trace }, (outer) =>
      inSpan({ name: 'inner', trace: outer }, async (inner) => {
        noteSpan(outer, { 'accord.errors': 2 });
        noteHappened(inner, 'CustomerCreated');
        expect(exemplarOf(inner)).toEqual({ trace_id: traceId });
      }),
    );
    expect(spans).toMatchObject([
      { name: 'outer', learned: { 'accord.errors': 2 }, events: [] },
      { name: 'inner', learned: {}, events: ['CustomerCreated'] },
    ]);
    expect(exemplarOf(trace)).toBeUndefined();
  });

  test('what is not sampled stays so further down, and has no exemplar', async () => {
    register({ samples: false });
    const inner = await inSpan({ name: 'x', trace }, async (own) => own);
    expect(inner.traceparent).toBe(`00-${traceId}-0000000000000001-00`);
    expect(exemplarOf(inner)).toBeUndefined();
  });

  test('the first span of a process stands below the caller, or nobody', async () => {
    const spans = register();
    await inSpan({ name: 'called', trace, parent: `00-${'c'.repeat(32)}-00000000000000cc-01` }, async () => undefined);
    await inSpan({ name: 'due', trace, parent: undefined }, async () => undefined);
    expect(spans.map(({ parent }) => parent?.traceId)).toEqual(['c'.repeat(32), undefined]);
  });

  test('facts of several transactions are handled in a span of each, and hand that one on', async () => {
    const spans = register();
    const of = (traceparent: string | null, correlationId: string) => ({ traceparent, correlationId });
    const [one, two] = [`00-${'1'.repeat(32)}-00000000000000aa-01`, `00-${'2'.repeat(32)}-00000000000000bb-01`];
    const given = [of(one, 'a'), of(two, 'b'), of(one, 'a'), of(null, 'c')];
    const seen = await inSpans({ name: 'process x' }, given, async (items) => items);
    expect(spans.map(({ parent, ended, attributes }) => [parent?.spanId, ended, attributes?.['accord.correlation_id']])).toEqual([
      ['00000000000000aa', 1, 'a'],
      ['00000000000000bb', 1, 'b'],
    ]);
    expect(seen.map(({ traceparent }) => traceparent?.slice(36, 52) ?? null)).toEqual(['0000000000000001', '0000000000000002', '0000000000000001', null]);
    await expect(inSpans({ name: 'process x' }, given, () => Promise.reject(new TypeError('no')))).rejects.toThrow('no');
    expect(spans.slice(2)).toMatchObject([{ ended: 1, learned: { 'error.type': 'TypeError' } }, { ended: 1 }]);
  });

  test.each([undefined, '', 'nonsense', `01-${traceId}-00f067aa0ba902b7-01`, `00-${traceId}-00f067aa0ba902b7`])(
    'a trace of %j has no parent',
    async (traceparent) => {
      const spans = register();
      const { traceparent: own } = await inSpan(
        { name: 'x', trace: { correlationId: 'c', ...(traceparent === undefined ? {} : { traceparent }) } },
        async (inner) => inner,
      );
      expect(spans[0]?.parent).toBeUndefined();
      expect(own).toBe(`00-${'a'.repeat(32)}-0000000000000001-01`);
    },
  );
});
