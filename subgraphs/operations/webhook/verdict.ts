import { type Answer, Blocked } from '#kernel/outbound.ts';
import type { Attempt, AttemptOutcome, Verdict } from '#kernel/webhookClaim.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** Milliseconds from one attempt to the next, the first one's from when it was put into the queue (Standard Webhooks). */
export const schedule: readonly number[] = [0, 5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];

/** Milliseconds that a call may take. */
export const callLimit = 15 * second;
/** Milliseconds of nothing but failures after which an endpoint is disabled. */
export const patience = 5 * 24 * hour;
/** Deliveries whose first attempt failed, one after the other, from which on an endpoint is only tried from time to time. */
export const failuresToSpare = 5;
/** Milliseconds between such tries: doubling from the first to the last. */
const spared = { least: 5 * second, most: 5 * minute };
/** Milliseconds for which an endpoint may ask to be left alone at most. */
const longestPause = 24 * hour;

/** What came of a call. */
export function outcomeOf(answer: Answer | Error): Pick<Attempt, 'outcome' | 'httpStatus' | 'reason' | 'response'> {
  if (answer instanceof Error) return { outcome: failureOf(answer), httpStatus: null, reason: sentenceOf(answer), response: null };
  const outcome = outcomeOfStatus(answer);
  return { outcome, httpStatus: answer.status, reason: outcome === 'DELIVERED' ? null : `It answered ${answer.status}.`, response: answer.excerpt || null };
}

function failureOf(error: Error): AttemptOutcome {
  if (error instanceof Blocked) return 'BLOCKED';
  return error.name === 'TimeoutError' || error.cause instanceof DOMException ? 'TIMED_OUT' : 'UNREACHABLE';
}

function sentenceOf(error: Error): string {
  if (failureOf(error) === 'TIMED_OUT') return `It did not answer within ${callLimit / second} seconds.`;
  return error.message.slice(0, 1_000) || error.name;
}

function outcomeOfStatus({ status, retryAfter }: Answer): AttemptOutcome {
  if (status >= 200 && status < 300) return 'DELIVERED';
  if (status >= 300 && status < 400) return 'REDIRECTED';
  if (status === 410) return 'GONE';
  return (status === 429 || status === 503) && retryAfter !== undefined ? 'THROTTLED' : 'REFUSED';
}

/** The moment that a Retry-After names, in seconds or as a date; undefined when it names none. */
export function pauseUntil(retryAfter: string | undefined, now: Date): Date | undefined {
  if (retryAfter === undefined) return undefined;
  const text = retryAfter.trim();
  const moment = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  const asked = /^\d{1,9}$/.test(text) ? now.getTime() + Number(text) * second : moment;
  if (Number.isNaN(asked)) return undefined;
  return new Date(Math.min(Math.max(asked, now.getTime()), now.getTime() + longestPause));
}

type Judged = {
  kind: 'EVENT' | 'PING';
  outcome: AttemptOutcome;
  retryAfter?: string | undefined;
  /** Attempts before this one, and failures of the endpoint before it. */
  attempts: number;
  failures: number;
  now: Date;
  /** From 0 to 1. */
  chance: number;
};

/** What follows from an attempt. */
export function verdictOf({ kind, outcome, retryAfter, attempts, failures, now, chance }: Judged): Verdict {
  if (outcome === 'DELIVERED') return { status: 'DELIVERED', dueAt: null, notBefore: null };
  if (kind === 'PING' || outcome === 'LOST') return { status: 'FAILED', dueAt: null, notBefore: null };
  const asked = outcome === 'THROTTLED' ? pauseUntil(retryAfter, now) : undefined;
  const notBefore = asked ?? sparedUntil({ failures: failures + (attempts === 0 ? 1 : 0), now });
  const delay = schedule[attempts + 1];
  if (delay === undefined) return { status: 'FAILED', dueAt: null, notBefore };
  // Up to a fifth later, so that what failed together does not come back together.
  const scheduled = now.getTime() + delay * (1 + chance / 5);
  return { status: 'PENDING', dueAt: new Date(Math.max(scheduled, asked?.getTime() ?? 0)), notBefore };
}

/** An endpoint at which one delivery after the other fails is tried with one of them at a time. */
function sparedUntil({ failures, now }: { failures: number; now: Date }): Date | null {
  if (failures < failuresToSpare) return null;
  return new Date(now.getTime() + Math.min(spared.most, spared.least * 2 ** Math.min(failures - failuresToSpare, 10)));
}
