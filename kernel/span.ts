import { type Attributes, ROOT_CONTEXT, type SpanContext, SpanStatusCode, trace as tracing } from '@opentelemetry/api';
import type { Trace } from './context.ts';

export type Work = { name: string; trace: Trace; attributes?: Attributes };

/** Runs work in a span below that of the caller's trace, and hands its own on. Until somebody registers an SDK, spans are nothing and go nowhere. */
export async function inSpan<Result>({ name, trace, attributes }: Work, run: (inner: Trace) => Promise<Result>): Promise<Result> {
  const parent = spanContextOf(trace.traceparent);
  const context = parent ? tracing.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const span = tracing.getTracer('accord').startSpan(name, { attributes: { 'accord.correlation_id': trace.correlationId, ...attributes } }, context);
  try {
    return await run(span.isRecording() ? { ...trace, traceparent: traceparentOf(span.spanContext()) } : trace);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    if (error instanceof Error) span.recordException(error);
    throw error;
  } finally {
    span.end();
  }
}

/** A W3C traceparent as the API holds it; what is none leads to no parent. */
function spanContextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? [];
  return traceId && spanId ? { traceId, spanId, traceFlags: Number.parseInt(flags ?? '00', 16), isRemote: true } : undefined;
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
