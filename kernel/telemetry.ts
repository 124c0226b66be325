import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type DestinationStream, type LoggerOptions, type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** Lines of one cause that a minute may hold: a client that fails a thousand times must not fill the disk. */
const linesPerMinute = 20;
/** Causes that are counted at most. */
const causes = 500;

/** JSON lines; secrets are cut out by path before they are written. */
export function createLogger(options: { level: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    serializers: { err: loggedError },
    hooks: { logMethod: bounded() },
    redact: { paths: ['authorization', '*.authorization', 'token', '*.token', 'password', '*.password', 'secret', '*.secret'], censor: '[redacted]' },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/**
 * An error without what it was about: the driver's and drizzle's carry the parameters of a statement, and PostgreSQL's detail the values of a row, which are
 * names, notes and addresses. Frames say where, codes and names of constraints say why.
 */
function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error.slice(0, 500) : { type: typeof error };
  const { code, constraint_name: constraint, table_name: table, routine } = error as Error & Record<string, unknown>;
  return {
    type: error.name,
    message: withoutValues(error.message, code),
    stack: error.stack?.match(/^ {4}at .*$/gm)?.join('\n'),
    ...Object.fromEntries(Object.entries({ code, constraint, table, routine }).filter(([, value]) => typeof value === 'string')),
    ...(error.cause !== undefined && depth < 3 ? { cause: loggedError(error.cause, depth + 1) } : {}),
  };
}

/** PostgreSQL quotes the value itself where a value is wrong (class 22). */
function withoutValues(message: string, code: unknown): string {
  const [said = ''] = message.split(/\nparams: /);
  const statement = typeof code === 'string' && /^22...$/.test(code) ? said.replace(/".*"/gs, '"..."') : said;
  return statement.length > 500 ? `${statement.slice(0, 500)}...` : statement;
}

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

/** Writes so many lines of one cause a minute; the first one of the next minute says how many were left out. */
function bounded(): LogMethod {
  const counts = new LRUCache<string, { count: number; until: number }>({ max: causes });
  return function log(this: PinoLogger, line, method) {
    const [detail, message] = line as unknown as [unknown, unknown];
    const { err } = typeof detail === 'object' && detail !== null ? (detail as { err?: unknown }) : {};
    const cause = `${String(message ?? detail).slice(0, 100)} ${err instanceof Error ? `${err.name} ${err.message.slice(0, 100)}` : ''}`;
    const now = Date.now();
    const before = counts.get(cause);
    const present = before && before.until > now ? before : { count: 0, until: now + 60_000 };
    const leftOut = before && before !== present ? before.count - linesPerMinute : 0;
    present.count += 1;
    counts.set(cause, present);
    if (present.count > linesPerMinute) return;
    if (leftOut > 0 && typeof detail === 'object' && detail !== null) line[0] = { ...detail, leftOut } as never;
    method.apply(this, line);
  };
}

/** A W3C traceparent (version 00, sampled) for a trace that starts here. Its id is a UUID: Node has those in stock, where random bytes cost a call of the system each. */
export function newTraceparent(): string {
  return `00-${randomUUID().replaceAll('-', '')}-${newSpan()}-01`;
}

/** 16 random digits: a UUID without its fixed parts. */
function newSpan(): string {
  const id = randomUUID();
  return `${id.slice(0, 8)}${id.slice(24, 32)}`;
}

const traceparentText = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Keeps the caller's trace id and gives this hop a span of its own; a malformed header starts a new trace. */
export function continueTraceparent(header: string | undefined): string {
  if (!header || !traceparentText.test(header)) return newTraceparent();
  return `${header.slice(0, 36)}${newSpan()}${header.slice(52)}`;
}

/** A caller's correlation id is kept when it is plain and short, so that it can stand in logs and headers. */
export function isCorrelationId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._:-]{1,128}$/.test(value);
}

/** By what a line of the log is found again: the business transaction, and its trace. */
export function idsOf({ correlationId, traceparent }: { correlationId: string; traceparent?: string | null | undefined }): {
  correlationId: string;
  traceId?: string;
} {
  return traceparent ? { correlationId, traceId: traceparent.slice(3, 35) } : { correlationId };
}
