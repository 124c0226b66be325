import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { facts as time } from '#time/published.ts';
import { aboutEntries } from '#time/timesheet/about.ts';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { headCursor } from '../support/headCursor.ts';

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
  const sheet = { id: newId(), version: 3, employeeId: newId(), startDate: '2026-02-23', endDate: '2026-03-01' };
  const about = aboutEntries(sheet, entries, { complete: true, approverId: newId() });
  await world.write((scope) => record(scope, time.TimesheetApproved, about));
  return entries;
}

type Event = { cursor: string; hours: string; customer: { id: string } | null; entries?: { id: string }[] };
type Wish = NonNullable<Parameters<EventWorld['client']>[0]>;

const subscription = (entries: string) => `subscription ($after: Cursor, $customerIds: [ID!], $projectIds: [ID!]) {
  timesheetApproved(after: $after, customerIds: $customerIds, projectIds: $projectIds) { cursor hours customer { id } ${entries} } }`;
const heard = ({ hours, customer, entries }: Event) => ({ hours, customer: customer?.id ?? null, ...(entries ? { entries: idsOf(entries) } : {}) });
const idsOf = (list: readonly { id: string }[] = []) => list.map(({ id }) => id);
const portal = (...customerIds: string[]): Wish => ({ role: 'portal', customerIds });
const staff = (...customerIds: string[]): Wish => ({ role: 'admin', ...(customerIds.length > 0 ? { customerIds } : {}) });

/** The next event of a subscriber, from a cursor on. Entries are time's, so that a portal here is told of hours alone. */
async function next(wish: Wish, variables: Record<string, unknown>): Promise<Event> {
  const query = subscription(wish.role === 'portal' ? '' : 'entries { id }');
  for await (const { data, errors } of world.client(wish).iterate<{ timesheetApproved: Event }>({ query, variables })) {
    if (errors) throw new Error(JSON.stringify(errors));
    if (data) return data.timesheetApproved;
  }
  throw new Error('the stream ended');
}

async function head(wish?: Wish): Promise<string> {
  await expect.poll(async () => (await world.sql`select from log.pending where not exists (select from log.fact where fact.id = pending.id)`).length).toBe(0);
  return headCursor(world.sql, wish?.role === 'portal' ? 'outside' : 'firm');
}

describe('a timesheet over three customers', () => {
  test('reaches the portal of each, with its own entries and hours; staff get all of it', async () => {
    const [a, b, c] = customers;
    const [after, closed] = [await head(), await head(portal(a))];
    const [one, two, three, four] = await approved();
    const [first, second, third, own, both, all] = await Promise.all([
      next(portal(a), { after: closed }),
      next(portal(b), { after: closed }),
      next(portal(c), { after: closed }),
      next(staff(a), { after }),
      next(staff(b, c), { after }),
      next(staff(), { after }),
    ]);
    expect(heard(first)).toEqual({ hours: '1.25', customer: a });
    expect(heard(second)).toEqual({ hours: '2.00', customer: b });
    expect(heard(third)).toEqual({ hours: '8.00', customer: c });
    expect(heard(own)).toEqual({ hours: '1.25', customer: a, entries: [one.id, three.id] });
    expect(heard(both)).toEqual({ hours: '10.00', customer: null, entries: [two.id, four.id] });
    expect(heard(all)).toEqual({ hours: '11.25', customer: null, entries: [one.id, two.id, three.id, four.id] });
  });

  test('is found by a filter for any of its customers and projects, and by resuming', async () => {
    const [a, b] = customers;
    const [after, closed] = [await head(), await head(portal(a))];
    const [first] = await approved();
    const later = await approved();
    expect(heard(await next(staff(), { after, customerIds: [b] }))).toMatchObject({ hours: '11.25', customer: null });
    expect(idsOf((await next(staff(), { after, projectIds: [later[1].projectId] })).entries)).toEqual(idsOf(later));
    const seen = await next(staff(a), { after });
    expect(idsOf(seen.entries)).toContain(first.id);
    expect(heard(await next(staff(a), { after: seen.cursor }))).toEqual({ hours: '1.25', customer: a, entries: [later[0].id, later[2].id] });
    const told = await next(portal(a), { after: closed });
    expect(told.cursor).not.toBe(seen.cursor);
    expect(heard(await next(portal(a), { after: told.cursor }))).toEqual({ hours: '1.25', customer: a });
  });

  test('is in the list of events as its reader may see it, and meets no filter by what is not shown', async () => {
    const [a, b] = customers;
    const after = await head();
    const [, two] = await approved();
    await head();
    const text = `query ($after: Cursor, $filter: EventFilter) { operations { events(first: 10, after: $after, filter: $filter) {
      nodes { __typename customer { id } ... on TimesheetApproved { hours entries { id } } } } } }`;
    const ask = async (wish: Wish, filter?: Record<string, unknown>) => {
      const response = await fetch(world.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await world.tokenFor(wish)}` },
        body: JSON.stringify({ query: text, variables: { after, filter } }),
      });
      const { data } = (await response.json()) as { data: { operations: { events: { nodes: unknown[] } } } };
      return data.operations.events.nodes;
    };
    expect(await ask({ role: 'admin' }, { customerIds: [b] })).toMatchObject([{ hours: '11.25', customer: null }]);
    expect(await ask({ role: 'admin', customerIds: [b] })).toEqual([
      { __typename: 'TimesheetApproved', hours: '2.00', customer: { id: b }, entries: [{ id: two.id }] },
    ]);
    expect(await ask({ role: 'admin', customerIds: [b] }, { customerIds: [a] })).toEqual([]);
    expect(await ask({ role: 'admin', customerIds: [newId()] })).toEqual([]);
  });
});
