import { type Attributes, ROOT_CONTEXT, type Span, type SpanContext, SpanKind, SpanStatusCode, trace as tracing } from '@opentelemetry/api';
import type { Trace } from './context.ts';

export type Work = {
  name: string;
  trace: Trace;
  attributes?: Attributes;
  /** What it is to those around it (default: internal). */
  kind?: keyof typeof SpanKind;
  /** The caller's own traceparent, where the trace is this hop's; given as undefined, the trace begins here. */
  parent?: string | undefined;
};

/** The spans of traces that are recorded, for whoever learns more of the work meanwhile. */
const recorded = new WeakMap<Trace, Span>();

/** Runs work in a span below that of the caller's trace, and hands its own on. Until somebody registers an SDK, spans are nothing and go nowhere. */
export async function inSpan<Result>(work: Work, run: (inner: Trace) => Promise<Result>): Promise<Result> {
  const { span, inner } = opened(work);
  try {
    return await run(inner);
  } catch (error) {
    failed(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** What a caller's trace is continued by: facts, and whatever else says whose it is. */
type Told = { correlationId: string; traceparent: string | null };

/** Runs what several transactions lead to together: each of their traces gets a span of its own, and what is handed on stands below it. */
export async function inSpans<Item extends Told, Result>(
  work: Omit<Work, 'trace'>,
  items: readonly Item[],
  run: (items: readonly Item[]) => Promise<Result>,
): Promise<Result> {
  const spans = new Map<string, ReturnType<typeof opened>>();
  const moved = items.map((item) => {
    const { correlationId, traceparent } = item;
    if (!traceparent) return item;
    const at = spans.get(traceparent) ?? opened({ ...work, trace: { correlationId, traceparent } });
    spans.set(traceparent, at);
    return at.inner.traceparent === traceparent ? item : { ...item, traceparent: at.inner.traceparent };
  });
  try {
    return await run(moved);
  } catch (error) {
    for (const { span } of spans.values()) failed(span, error);
    throw error;
  } finally {
    for (const { span } of spans.values()) span.end();
  }
}

function opened(work: Work): { span: Span; inner: Trace } {
  const { name, trace, attributes, kind = 'INTERNAL' } = work;
  const parent = spanContextOf('parent' in work ? work.parent : trace.traceparent);
  const context = parent ? tracing.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const options = { kind: SpanKind[kind], attributes: { 'accord.correlation_id': trace.correlationId, ...attributes } };
  const span = tracing.getTracer('accord').startSpan(name, options, context);
  const own = span.spanContext();
  // Also of one that is not sampled: what follows must not be, either.
  const isOurs = tracing.isSpanContextValid(own) && own.spanId !== parent?.spanId;
  const inner = isOurs ? { ...trace, traceparent: traceparentOf(own) } : trace;
  if (span.isRecording()) recorded.set(inner, span);
  return { span, inner };
}

/** What a failure says may hold what a row holds: its kind alone is told. */
function failed(span: Span, error: unknown): void {
  const { code } = error instanceof Error ? (error as Error & { code?: unknown }) : {};
  span.setAttribute('error.type', typeof code === 'string' ? code : error instanceof Error ? error.name : typeof error);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Adds to the span of a trace what became known of its work. */
export function noteSpan(trace: Trace, attributes: Attributes): void {
  recorded.get(trace)?.setAttributes(attributes);
}

/** Adds something that happened to the span of a trace. */
export function noteHappened(trace: Trace, name: string): void {
  recorded.get(trace)?.addEvent(name);
}

/** Says by which id what was measured can be looked at in a trace, where it is recorded. */
export function exemplarOf(trace: Trace): { trace_id: string } | undefined {
  const span = recorded.get(trace)?.spanContext();
  return span && { trace_id: span.traceId };
}

/** A W3C traceparent as the API holds it; what is none leads to no parent. */
function spanContextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? [];
  return traceId && spanId ? { traceId, spanId, traceFlags: Number.parseInt(flags ?? '00', 16), isRemote: true } : undefined;
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
