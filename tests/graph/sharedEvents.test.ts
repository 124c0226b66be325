import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { record } from '#kernel/facts.ts';
import { facts as time } from '#time/published.ts';
import { aboutEntries } from '#time/timesheet/about.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';

let world: EventWorld;
let customers: [string, string, string];
beforeAll(async () => {
  world = await eventWorld();
  const made = await Promise.all(['Aldermoor', 'Brackwater', 'Coldharbour'].map((name) => world.customer(name)));
  customers = made.map(({ id }) => id) as [string, string, string];
});
afterAll(() => world[Symbol.asyncDispose]());

const entry = (customerId: string, seconds: bigint) => ({
  id: newId(),
  customerId,
  engagementId: newId(),
  projectId: newId(),
  legalEntityId: null,
  seconds,
});

/** A week of one person for three customers, approved in one call. */
async function approved() {
  const [a, b, c] = customers;
  const entries = [entry(a, 3_600n), entry(b, 7_200n), entry(a, 900n), entry(c, 28_800n)] as const;
  const sheet = { id: newId(), version: 3, employeeId: newId(), periodStart: '2026-02-23', periodEnd: '2026-03-01' };
  const about = aboutEntries(sheet, entries, { complete: true, approverId: newId() });
  await world.write((scope) => record(scope, time.TimesheetApproved, about));
  return entries;
}

const subscription = 'subscription ($after: Cursor, $customerId: ID, $projectId: ID) { timesheetApproved(after: $after, customerId: $customerId, projectId: $projectId) { cursor hours customer { id } entries { id } } }';
type Event = { cursor: string; hours: string; customer: { id: string } | null; entries: { id: string }[] };
const heard = ({ hours, customer, entries }: Event) => ({ hours, customer: customer?.id ?? null, entries: entries.map(({ id }) => id) });
const portal = (...ids: string[]) => ({ role: 'portal', customerIds: ids });

/** The next event of a subscriber, from a cursor on. */
async function next(wish: Parameters<EventWorld['client']>[0], variables: Record<string, unknown>): Promise<Event> {
  for await (const { data, errors } of world.client(wish).iterate<{ timesheetApproved: Event }>({ query: subscription, variables })) {
    if (errors) throw new Error(JSON.stringify(errors));
    if (data) return data.timesheetApproved;
  }
  throw new Error('the stream ended');
}

async function head(): Promise<string> {
  await expect.poll(async () => (await world.sql`select from log.pending where not exists (select from log.fact where fact.id = pending.id)`).length).toBe(0);
  const [row] = await world.sql`select position from log.head`;
  return Buffer.from(`log:${row?.position}`).toString('base64url');
}

describe('a timesheet over three customers', () => {
  test('reaches the portal of each, with its own entries and hours; staff get all of it', async () => {
    const [a, b, c] = customers;
    const after = await head();
    const [one, two, three, four] = await approved();
    const [first, second, third, both, staff] = await Promise.all([
      next(portal(a), { after }),
      next(portal(b), { after }),
      next(portal(c), { after }),
      next(portal(b, c), { after }),
      next(undefined, { after }),
    ]);
    expect(heard(first)).toEqual({ hours: '1.25', customer: a, entries: [one.id, three.id] });
    expect(heard(second)).toEqual({ hours: '2.00', customer: b, entries: [two.id] });
    expect(heard(third)).toEqual({ hours: '8.00', customer: c, entries: [four.id] });
    expect(heard(both)).toEqual({ hours: '10.00', customer: null, entries: [two.id, four.id] });
    expect(heard(staff)).toEqual({ hours: '11.25', customer: null, entries: [one.id, two.id, three.id, four.id] });
  });

  test('is found by a filter for any of its customers and projects, and by resuming', async () => {
    const [a, b] = customers;
    const after = await head();
    const [first] = await approved();
    const later = await approved();
    expect(heard(await next(undefined, { after, customerId: b }))).toMatchObject({ hours: '11.25', customer: null });
    const byProject = await next(undefined, { after, projectId: later[1].projectId });
    expect(byProject.entries.map(({ id }) => id)).toEqual(later.map(({ id }) => id));
    const seen = await next(portal(a), { after });
    expect(seen.entries.map(({ id }) => id)).toContain(first.id);
    expect(heard(await next(portal(a), { after: seen.cursor }))).toEqual({ hours: '1.25', customer: a, entries: [later[0].id, later[2].id] });
  });

  test('is in the list of events as its reader may see it, and meets no filter by what is not shown', async () => {
    const [a, b] = customers;
    const after = await head();
    const [, two] = await approved();
    await head();
    const text = `query ($after: Cursor, $filter: EventFilter) { operations { events(first: 10, after: $after, filter: $filter) {
      nodes { __typename customer { id } ... on TimesheetApproved { hours entries { id } } } } } }`;
    const ask = async (wish: Parameters<EventWorld['tokenFor']>[0], filter?: Record<string, unknown>) => {
      const response = await fetch(world.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.tokenFor(wish)}` },
        body: JSON.stringify({ query: text, variables: { after, filter } }),
      });
      return (await response.json()).data.operations.events.nodes;
    };
    expect(await ask({ role: 'admin' }, { customerId: b })).toMatchObject([{ hours: '11.25', customer: null }]);
    expect(await ask({ role: 'admin', customerIds: [b] })).toEqual([
      { __typename: 'TimesheetApproved', hours: '2.00', customer: { id: b }, entries: [{ id: two.id }] },
    ]);
    expect(await ask({ role: 'admin', customerIds: [b] }, { customerId: a })).toEqual([]);
    expect(await ask({ role: 'admin', customerIds: [newId()] })).toEqual([]);
  });
});
