import { randomBytes } from 'node:crypto';
import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

/** JSON lines; secrets are cut out by path before they are written. */
export function createLogger(options: { level: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: null,
    redact: { paths: ['authorization', '*.authorization', 'token', '*.token', 'password', '*.password', 'secret', '*.secret'], censor: '[redacted]' },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

/** A W3C traceparent (version 00, sampled) for a trace that starts here. */
export function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}

const traceparentText = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Keeps the caller's trace id and gives this hop a span of its own; a malformed header starts a new trace. */
export function continueTraceparent(header: string | undefined): string {
  if (!header || !traceparentText.test(header)) return newTraceparent();
  return `${header.slice(0, 36)}${randomBytes(8).toString('hex')}${header.slice(52)}`;
}

/** A caller's correlation id is kept when it is plain and short, so that it can stand in logs and headers. */
export function isCorrelationId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._:-]{1,128}$/.test(value);
}
