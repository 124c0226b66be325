import { type Attributes, type Context, type Span, type SpanContext, SpanStatusCode, trace as tracing } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import { inSpan } from '#kernel/span.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const trace = { correlationId: 'c-1', traceparent: `00-${traceId}-00f067aa0ba902b7-01` };

type Recorded = { name: string; parent: SpanContext | undefined; attributes: Attributes | undefined; ended: number; status?: number; faults: unknown[] };

/** As small as a tracing SDK can be: it remembers. */
function register(): Recorded[] {
  const spans: Recorded[] = [];
  const startSpan = (name: string, options: { attributes?: Attributes } = {}, context?: Context): Span => {
    const recorded: Recorded = { name, parent: context && tracing.getSpanContext(context), attributes: options.attributes, ended: 0, faults: [] };
    spans.push(recorded);
    const own = { traceId: recorded.parent?.traceId ?? 'a'.repeat(32), spanId: String(spans.length).padStart(16, '0'), traceFlags: 1 };
    const span = {
      spanContext: () => own,
      isRecording: () => true,
      setStatus: ({ code }: { code: number }) => {
        recorded.status = code;
      },
      recordException: (fault: unknown) => recorded.faults.push(fault),
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
    expect(spans).toMatchObject([{ name: 'consume', ended: 1, status: SpanStatusCode.ERROR, faults: [fault] }]);
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
