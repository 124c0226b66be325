import { describe, expect, test } from 'vitest';
import { Blocked } from '#kernel/outbound.ts';
import { outcomeOf, pauseUntil, schedule, verdictOf } from '#operations/webhook/verdict.ts';

const now = new Date('2026-03-02T12:00:00.000Z');
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const minute = 60_000;
const hour = 60 * minute;

const failed = { kind: 'EVENT', outcome: 'REFUSED', attempts: 0, failures: 0, now, chance: 0 } as const;
const answer = (status: number, retryAfter?: string) => ({ status, retryAfter, excerpt: '' });

describe('what comes of a call', () => {
  test.each([
    [200, undefined, 'DELIVERED'],
    [204, undefined, 'DELIVERED'],
    [299, undefined, 'DELIVERED'],
    [301, undefined, 'REDIRECTED'],
    [304, undefined, 'REDIRECTED'],
    [308, undefined, 'REDIRECTED'],
    [400, undefined, 'REFUSED'],
    [404, undefined, 'REFUSED'],
    [410, undefined, 'GONE'],
    [429, '30', 'THROTTLED'],
    [429, undefined, 'REFUSED'],
    [503, '30', 'THROTTLED'],
    [503, undefined, 'REFUSED'],
    [500, '30', 'REFUSED'],
    [101, undefined, 'REFUSED'],
  ])('is by its status %s with Retry-After %s: %s', (status, retryAfter, outcome) => {
    expect(outcomeOf(answer(status, retryAfter))).toMatchObject({ outcome, httpStatus: status });
  });

  test('is by its error: too late, blocked, or no connection', () => {
    expect(outcomeOf(new DOMException('late', 'TimeoutError') as Error)).toMatchObject({
      outcome: 'TIMED_OUT',
      reason: 'It did not answer within 15 seconds.',
    });
    expect(outcomeOf(new Blocked('it leads to 10.0.0.1'))).toEqual({ outcome: 'BLOCKED', httpStatus: null, reason: 'it leads to 10.0.0.1', response: null });
    expect(outcomeOf(new Error('connect ECONNREFUSED'))).toMatchObject({ outcome: 'UNREACHABLE', reason: 'connect ECONNREFUSED' });
    expect(outcomeOf(new AggregateError([]))).toMatchObject({ outcome: 'UNREACHABLE', reason: 'AggregateError' });
  });
});

describe('what follows from an attempt', () => {
  test('is nothing more once it arrived', () => {
    expect(verdictOf({ ...failed, outcome: 'DELIVERED' })).toEqual({ status: 'DELIVERED', dueAt: null, notBefore: null });
  });

  test('is the next attempt by the schedule of Standard Webhooks, and the end after the tenth', () => {
    const waits = schedule.map((_, attempts) => verdictOf({ ...failed, attempts }).dueAt);
    const expected = [5_000, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour].map(later);
    expect(waits).toEqual([...expected, null]);
    expect(verdictOf({ ...failed, attempts: 8 }).status).toBe('PENDING');
    expect(verdictOf({ ...failed, attempts: 9 }).status).toBe('FAILED');
    expect(schedule[0]).toBe(0);
  });

  test('comes up to a fifth later by chance, and never earlier', () => {
    expect(verdictOf({ ...failed, chance: 1 }).dueAt).toEqual(later(6_000));
    expect(verdictOf({ ...failed, attempts: 1, chance: 0.5 }).dueAt).toEqual(later(5.5 * minute));
  });

  test('of a ping is nothing: it is sent once', () => {
    expect(verdictOf({ ...failed, kind: 'PING', failures: 9 })).toEqual({ status: 'FAILED', dueAt: null, notBefore: null });
  });

  test('of what the log no longer keeps is nothing, and no fault of the endpoint', () => {
    expect(verdictOf({ ...failed, outcome: 'LOST', failures: 9 })).toEqual({ status: 'FAILED', dueAt: null, notBefore: null });
  });

  test('is what Retry-After asks for, if that is later than the schedule', () => {
    const throttled = { ...failed, outcome: 'THROTTLED' } as const;
    expect(verdictOf({ ...throttled, retryAfter: '3600' })).toEqual({ status: 'PENDING', dueAt: later(hour), notBefore: later(hour) });
    expect(verdictOf({ ...throttled, retryAfter: '1' })).toEqual({ status: 'PENDING', dueAt: later(5_000), notBefore: later(1_000) });
    expect(verdictOf({ ...throttled, retryAfter: 'soon' })).toEqual({ status: 'PENDING', dueAt: later(5_000), notBefore: null });
  });

  test('is a pause from the fifth delivery on that fails, of five seconds to five minutes', () => {
    const pauses = [0, 3, 4, 5, 6, 9, 10, 100].map((failures) => verdictOf({ ...failed, failures }).notBefore);
    expect(pauses).toEqual([null, null, later(5_000), later(10_000), later(20_000), later(160_000), later(300_000), later(300_000)]);
  });

  test('counts no delivery twice: one that fails again and again holds up no other', () => {
    expect(verdictOf({ ...failed, attempts: 7, failures: 4 }).notBefore).toBeNull();
  });
});

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    ['0', 0],
    ['Mon, 02 Mar 2026 12:05:00 GMT', 5 * minute],
    ['Mon, 02 Mar 2026 11:00:00 GMT', 0],
    ['999999999', 24 * hour],
    ['Mon, 02 Mar 2099 12:05:00 GMT', 24 * hour],
  ])('%s is a moment, at most a day away', (text, expected) => {
    expect(pauseUntil(text, now)).toEqual(later(expected));
  });

  test.each(['', 'never', '-5', '1.5.2x'])('%s is none', (text) => {
    expect(pauseUntil(text, now)).toBeUndefined();
  });
});
