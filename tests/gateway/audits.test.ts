import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RoleName, roles } from '#gateway/roles.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';

let world: EventWorld;
beforeAll(async () => {
  world = await eventWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const customerIds = ['01900000-0000-7000-8000-000000000001'];
const confined: readonly RoleName[] = ['portal', 'partner'];
const names = Object.keys(roles) as RoleName[];

/** What graphql-http asks of any server, each time as somebody else: a contract of outsiders describes itself, too. */
const auditsOf = (role: RoleName) =>
  serverAudits({
    url: () => world.url,
    fetchFn: async (url: string, init: RequestInit = {}) =>
      fetch(url, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${await world.tokenFor({ role, ...(confined.includes(role) ? { customerIds } : {}) })}` },
      }),
  });

test('the audits are all there, for every role there is', () => {
  expect(names.map((role) => auditsOf(role).length)).toEqual(names.map(() => 61));
});

describe.each(names)(`GraphQL over HTTP (${auditsOf('admin').length} audits) as %s`, (role) => {
  test.each(auditsOf(role).map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_, __, audit) => {
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : result.reason).toBe('ok');
  });
});
