import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBudget } from '#gateway/cost/budget.ts';
import type { Actor } from '#kernel/actor.ts';
import { budgetsOf } from '../../roles/budgets.ts';
import { fixtureWorld } from '../support/fixtureGraph.ts';

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
type Told = any;

const portal = (id: string): Pick<Actor, 'id' | 'kind' | 'contract'> => ({ id, kind: 'CLIENT_PORTAL' });

describe('a budget', () => {
  test('is what one principal may spend; others have theirs, and who is not named has none to keep to', async () => {
    const budget = createBudget({ portal: 100 });
    expect(await budget.spend(portal('a'), 60)).toBe(40);
    expect(await budget.spend(portal('b'), 100)).toBe(0);
    expect(await budget.spend(portal('a'), 40)).toBe(0);
    expect(await budget.spend({ id: 'a', kind: 'STAFF' }, 1_000_000)).toBeUndefined();
    const refusal: unknown = await budget.spend(portal('a'), 1).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'RATE_LIMITED' });
    const { retryAfterMs } = refusal as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test('is never enough for what costs more than all of it, and is not spent by that', async () => {
    const budget = createBudget({ portal: 100 });
    await expect(budget.spend(portal('a'), 101)).rejects.toMatchObject({ code: 'COST_LIMIT', message: expect.stringContaining('a budget of 100 a minute') });
    expect(await budget.spend(portal('a'), 100)).toBe(0);
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
    return { status: response.status, retryAfter: response.headers.get('retry-after'), ...((await response.json()) as Told) };
  };

  test('the answer says what is left, and beyond that when to come again; another principal is served', async () => {
    const query = '{ books { id } }';
    const first = await ask(query, 'a');
    const { requested, remaining } = first.extensions.cost;
    expect(remaining).toBe(25 - requested);
    let last = first;
    for (let left = remaining; left >= requested; left -= requested) last = await ask(query, 'a');
    expect(last.status).toBe(200);
    const refused = await ask(query, 'a');
    expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { code: 'RATE_LIMITED', retryable: true } }] });
    expect(Number(refused.retryAfter)).toBeGreaterThan(0);
    expect((await ask(query, 'b')).status).toBe(200);
  });

  test('who asks of the schema beside it spends as well', async () => {
    const query = '{ books { id } __schema { queryType { name } } }';
    const answers = [];
    for (let times = 0; times < 30; times += 1) answers.push(await ask(query, 'c'));
    expect(answers[0].errors).toBeUndefined();
    expect(answers.at(-1)?.errors[0].extensions.code).toBe('RATE_LIMITED');
  });
});
