import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBudget, ownBudgets } from '#gateway/cost/budget.ts';
import type { Actor } from '#kernel/actor.ts';
import type { BudgetWish } from '#kernel/budget.ts';
import type { Db } from '#kernel/db.ts';
import type { Refused } from '#kernel/errors.ts';
import { budgetSourceOf, budgetsOf } from '../../roles/budgets.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
type Told = any;

const portal = (id: string): Pick<Actor, 'id' | 'kind' | 'contract'> => ({ id, kind: 'CLIENT_PORTAL' });

const told = (caller: string, budget: number, remaining: number) => ({ caller, budget, remaining, endsIn: 60 });

/** What was asked of a source that counts for all, and a clock that is moved by hand. */
function sharedSource() {
  const time = { now: 1_000_000 };
  const wishes: BudgetWish[] = [];
  const kept = { spent: 0, until: 0 };
  const source = async (wish: BudgetWish) => {
    wishes.push(wish);
    await setImmediate();
    if (kept.until <= time.now) Object.assign(kept, { spent: 0, until: time.now + 60_000 });
    const free = wish.budget - kept.spent;
    const given = free >= wish.least ? Math.min(wish.most, free) : 0;
    kept.spent += given;
    return { given, left: wish.budget - kept.spent, endsIn: kept.until - time.now };
  };
  return { time, wishes, kept, of: (budget: number) => createBudget({ portal: budget }, { source, now: () => time.now }) };
}

describe('a budget', () => {
  test('is what one principal may spend; others have theirs, and who is not named has none to keep to', async () => {
    const budget = createBudget({ portal: 100 });
    expect(await budget.spend(portal('a'), 60)).toEqual(told('portal', 100, 40));
    expect(await budget.spend(portal('b'), 100)).toEqual(told('portal', 100, 0));
    expect(await budget.spend(portal('a'), 40)).toEqual(told('portal', 100, 0));
    expect(await budget.spend({ id: 'a', kind: 'STAFF' }, 1_000_000)).toBeUndefined();
    const refusal: unknown = await budget.spend(portal('a'), 1).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED', headers: { 'ratelimit-policy': '"portal";q=100;w=60;qu="cost"', ratelimit: '"portal";r=0;t=60' } });
    const { retryAfterMs } = refusal as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test('is never enough for what costs more than all of it, and is not spent by that', async () => {
    const budget = createBudget({ portal: 100 });
    await expect(budget.spend(portal('a'), 101)).rejects.toMatchObject({ code: 'COST_LIMIT', message: expect.stringContaining('a budget of 100 a minute') });
    expect(await budget.spend(portal('a'), 100)).toEqual(told('portal', 100, 0));
  });

  test('begins anew a minute after its first operation', async () => {
    const time = { now: 5_000 };
    const budget = createBudget({ portal: 10 }, { now: () => time.now });
    await budget.spend(portal('a'), 10);
    time.now += 59_000;
    await expect(budget.spend(portal('a'), 1)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 1_000 });
    time.now += 1_000;
    expect(await budget.spend(portal('a'), 4)).toEqual(told('portal', 10, 6));
  });

  test('that is shared is taken in parts: a twentieth at a time, more where one operation needs it', async () => {
    const { wishes, of } = sharedSource();
    const budget = of(1_000);
    for (let times = 0; times < 60; times += 1) await budget.spend(portal('a'), 2);
    expect(wishes.map(({ least, most }) => [least, most])).toEqual([
      [2, 50],
      [2, 50],
      [2, 50],
    ]);
    expect(await budget.spend(portal('a'), 400)).toMatchObject({ remaining: 480 });
    expect(wishes.at(-1)).toMatchObject({ least: 370, most: 370 });
  });

  test('that is shared is spent by all gateways together, and never twice', async () => {
    const { of, kept } = sharedSource();
    const gateways = [of(200), of(200), of(200)];
    const spent = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        gateways[n % 3]?.spend(portal('a'), 1).then(
          () => 1,
          ({ code }: Refused) => (code === 'RATE_LIMITED' ? 0 : Number.NaN),
        ),
      ),
    );
    expect(spent.reduce<number>((sum, each) => sum + (each ?? 0), 0)).toBe(200);
    expect(kept.spent).toBe(200);
  });

  test('that is spent is asked for no more until it begins anew', async () => {
    const { of, wishes, time } = sharedSource();
    const budget = of(40);
    await budget.spend(portal('a'), 40);
    for (let times = 0; times < 10; times += 1) await expect(budget.spend(portal('a'), 1)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(wishes).toHaveLength(1);
    time.now += 60_000;
    expect(await budget.spend(portal('a'), 1)).toEqual(told('portal', 40, 39));
    expect(wishes).toHaveLength(2);
  });

  test('of which the others have taken the rest meanwhile is refused, with what is left here', async () => {
    const { of } = sharedSource();
    const [one, other] = [of(100), of(100)];
    await one.spend(portal('a'), 1);
    await other.spend(portal('a'), 90);
    await expect(one.spend(portal('a'), 20)).rejects.toMatchObject({ code: 'RATE_LIMITED', headers: { ratelimit: '"portal";r=9;t=60' } });
    expect(await one.spend(portal('a'), 9)).toMatchObject({ remaining: 0 });
  });

  test('that cannot be counted lets nothing through, and is counted again when it can', async () => {
    let fails = true;
    const budget = createBudget({ portal: 10 }, { source: async (wish) => (fails ? Promise.reject(new Error('gone')) : ownBudgets(wish)) });
    await expect(Promise.all([budget.spend(portal('a'), 1), budget.spend(portal('a'), 1)])).rejects.toThrow('gone');
    fails = false;
    expect(await budget.spend(portal('a'), 1)).toEqual(told('portal', 10, 9));
  });

  test.each([
    ['portal=100', { portal: 100 }],
    [' portal = 100 , whole=5 ', { portal: 100, whole: 5 }],
    ['', {}],
    [undefined, {}],
  ])('is configured by %s', (text, budgets) => {
    expect(budgetsOf({ flags: {}, env: text === undefined ? {} : { ACCORD_BUDGETS: text } })).toEqual(budgets);
    expect(budgetsOf({ flags: text === undefined ? {} : { budgets: text }, env: { ACCORD_BUDGETS: 'psa=1' } })).toEqual(
      text === undefined ? { psa: 1 } : budgets,
    );
  });

  test('is counted where it is configured to be', () => {
    const db = {} as Db;
    expect(budgetSourceOf({ flags: {}, env: { ACCORD_BUDGET_COUNT: 'memory' } }, db)).toBe(ownBudgets);
    expect(budgetSourceOf({ flags: { 'budget-count': 'shared' }, env: { ACCORD_BUDGET_COUNT: 'memory' } }, db)).not.toBe(ownBudgets);
    expect(budgetSourceOf({ flags: {}, env: {} }, db)).not.toBe(ownBudgets);
    expect(() => budgetSourceOf({ flags: { 'budget-count': 'redis' }, env: {} }, db)).toThrow(/redis is no place to count budgets; use shared or memory/);
  });

  test.each(['portal', 'portal=', 'portal=0', 'portal=1.5', 'portal=x', 'strangers=5', 'toString=5'])('is no %s', (text) => {
    expect(() => budgetsOf({ flags: { budgets: text }, env: {} })).toThrow(/is no budget; write a contract \(portal, partner, psa, analytics, whole\)/);
  });
});

describe('at the door', () => {
  let world: Awaited<ReturnType<typeof fixtureWorld>>;
  beforeAll(async () => {
    world = await fixtureWorld({ budgets: { whole: 25 } });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const ask = async (query: string, sub: string) => {
    const response = await world.post({ query }, { 'x-accord-cost': '1' }, { role: 'admin', subject: sub });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      fields: [response.headers.get('ratelimit-policy'), response.headers.get('ratelimit')],
      ...((await response.json()) as Told),
    };
  };

  test('the answer says what is left, and beyond that when to come again; another principal is served', async () => {
    const query = '{ books { id } }';
    const first = await ask(query, 'a');
    const { requested, remaining } = first.extensions.cost;
    expect(remaining).toBe(25 - requested);
    expect(first.fields).toEqual(['"whole";q=25;w=60;qu="cost"', expect.stringMatching(new RegExp(`^"whole";r=${remaining};t=(60|5\\d)$`))]);
    let last = first;
    for (let left = remaining; left >= requested; left -= requested) last = await ask(query, 'a');
    expect(last.status).toBe(200);
    const refused = await ask(query, 'a');
    expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }] });
    expect(Number(refused.retryAfter)).toBeGreaterThan(0);
    expect(refused.fields[1]).toBe(`"whole";r=${last.extensions.cost.remaining};t=${refused.retryAfter}`);
    expect((await ask(query, 'b')).status).toBe(200);
  });

  test('who asks of the schema beside it spends as well', async () => {
    const query = '{ books { id } __schema { queryType { name } } }';
    const answers = [];
    for (let times = 0; times < 30; times += 1) answers.push(await ask(query, 'c'));
    expect(answers[0].errors).toBeUndefined();
    expect(answers[0].fields[0]).toBe('"whole";q=25;w=60;qu="cost"');
    expect(answers.at(-1)?.errors[0].extensions.code).toBe('RATE_LIMITED');
  });

  test('an answer in parts tells what is left before its first part', async () => {
    const response = await world.post({ query: '{ books { id ... @defer { title } } }' }, { accept: 'multipart/mixed' }, { role: 'admin', subject: 'd' });
    expect(response.headers.get('content-type')).toContain('multipart/mixed');
    expect(response.headers.get('ratelimit')).toMatch(/^"whole";r=\d+;t=\d+$/);
    await response.text();
  });

  test('what was spent and what was refused is counted by contract', async () => {
    const text = await (await fetch(new URL('/metrics', world.url))).text();
    const count = (name: string) => Number(new RegExp(`^accord_budget_${name}_total\\{contract="whole"\\} (\\d+)`, 'm').exec(text)?.[1]);
    expect(count('spent')).toBeGreaterThan(25);
    expect(count('refused')).toBeGreaterThan(0);
  });

  test('without budgets no answer speaks of one', async () => {
    await using free = await fixtureWorld();
    const response = await free.post({ query: '{ books { id } }' });
    expect([response.headers.get('ratelimit'), response.headers.get('ratelimit-policy')]).toEqual([null, null]);
  });
});
