import { describe, expect, test } from 'vitest';
import { accessClass } from '#gateway/subscriptions/group.ts';
import type { Actor } from '#kernel/actor.ts';
import { demandKept, type EventFilter, type EventRules, eventFor, eventOf, matchesFilter, newest, readFilter, seesEvent, wantsEvent } from '#kernel/event.ts';
import type { Fact } from '#kernel/facts.ts';
import { writeLogCursor } from '#kernel/logCursor.ts';
import { eventRules } from '#operations/event/rules.ts';

const fact: Fact = {
  position: 7n,
  id: 'f',
  type: 'Happened',
  version: 1,
  subgraph: 's',
  subjectType: 'Thing',
  subjectId: 't',
  subjectVersion: 3,
  slot: 0,
  keys: { customerId: ['c1'], engagementId: ['e1', 'e2'], projectId: ['p1'], legalEntityId: ['l1'] },
  payload: {},
  occurredAt: new Date('2026-03-02T09:00:00.000Z'),
  actorId: 'a',
  actorKind: 'STAFF',
  correlationId: 'k',
  causationId: null,
  traceparent: null,
};
const rules: EventRules = { Happened: { read: 'task:read', outside: ['CLIENT', 'PARTNER'] }, Inside: { read: 'task:read', outside: [] } };
const seal = '00112233445566778899aabbccddeeff';
const staff: Actor = { id: 'x', kind: 'STAFF', permissions: ['task:read'] };

describe('a cursor of the log', () => {
  test('is good from just before the oldest fact up to the last one', () => {
    const bounds = { tail: 5n, head: 9n };
    for (const good of [4n, 5n, 9n]) expect(() => demandKept(good, bounds)).not.toThrow();
    expect(() => demandKept(3n, bounds)).toThrow(expect.objectContaining({ code: 'CURSOR_EXPIRED' }));
    expect(() => demandKept(10n, bounds)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});

describe('an event', () => {
  test('has the fields of its payload, and references for ids', () => {
    const event = eventOf({ ...fact, payload: { hours: '1.00', approverId: 'e1', taskId: null, entryIds: ['a', 'b'], lineIds: [], note: null } });
    expect(event).toMatchObject({
      __typename: 'Happened',
      hours: '1.00',
      duration: 'PT1H',
      note: null,
      approver: { id: 'e1' },
      entries: [{ id: 'a' }, { id: 'b' }],
      lines: [],
      customer: { id: 'c1' },
      project: { id: 'p1' },
      engagement: null,
      position: '7',
      cursor: writeLogCursor(7n),
      occurredAt: '2026-03-02T09:00:00.000Z',
      subject: { type: 'Thing', entityId: 't', version: 3 },
    });
    expect(event.task).toBeUndefined();
    expect(event.employee).toBeUndefined();
  });

  test('keeps what it is, whatever the payload says', () => {
    const event = eventOf({ ...fact, payload: { id: 'forged', type: 'Forged', cursor: 'forged', position: '1', __typename: 'Forged', actorId: 'forged' } });
    expect(event).toMatchObject({ id: 'f', type: 'Happened', __typename: 'Happened', position: '7', actorId: 'a' });
  });

  test('is seen by permission, customer and legal entity', () => {
    expect(seesEvent(staff, rules, fact)).toBe(true);
    expect(seesEvent({ ...staff, permissions: [] }, rules, fact)).toBe(false);
    expect(seesEvent({ ...staff, customerIds: ['c2'] }, rules, fact)).toBe(false);
    expect(seesEvent({ ...staff, customerIds: ['c1'] }, rules, { ...fact, keys: {} })).toBe(false);
    expect(seesEvent({ ...staff, legalEntityIds: ['l2'] }, rules, fact)).toBe(false);
    expect(seesEvent(staff, rules, { ...fact, type: 'constructor' })).toBe(false);
  });

  test('reaches clients and partners only when it is for them and they are confined to customers', () => {
    for (const kind of ['CLIENT_PORTAL', 'PARTNER'] as const) {
      const outside = { ...staff, kind, customerIds: ['c1'], employeeIds: ['e1'] };
      const ours = { ...fact, keys: { ...fact.keys, employeeId: ['e1'] } };
      expect(seesEvent(outside, rules, ours)).toBe(true);
      expect(seesEvent(outside, rules, { ...ours, type: 'Inside' })).toBe(false);
      expect(seesEvent({ ...staff, kind }, rules, fact)).toBe(false);
    }
  });

  test('reaches a partner only when it names a person whom the partner sends', () => {
    const partner: Actor = { ...staff, kind: 'PARTNER', customerIds: ['c1'], employeeIds: ['e1', 'e2'] };
    const about = (employeeId: string[]) => ({ ...fact, keys: { ...fact.keys, employeeId } });
    expect([['e1'], ['e3'], [], ['e3', 'e2']].map((employees) => seesEvent(partner, rules, about(employees)))).toEqual([true, false, false, true]);
    expect(seesEvent({ ...partner, employeeIds: undefined }, rules, about(['e1']))).toBe(false);
  });

  test('keeps from people outside what its payload hides, and from nobody else', () => {
    const draft: EventRules = {
      Happened: { read: 'task:read', outside: ['CLIENT', 'PARTNER'], hides: (payload) => JSON.stringify(payload).includes('DRAFT') },
    };
    const portal: Actor = { ...staff, kind: 'CLIENT_PORTAL', customerIds: ['c1'] };
    expect(seesEvent(portal, draft, { ...fact, payload: { status: 'DRAFT' } })).toBe(false);
    expect(seesEvent(portal, draft, { ...fact, payload: { status: 'ACTIVE' } })).toBe(true);
    expect(seesEvent(staff, draft, { ...fact, payload: { status: 'DRAFT' } })).toBe(true);
  });

  test('matches a filter when every condition that is given holds', () => {
    expect(matchesFilter({}, fact)).toBe(true);
    expect(matchesFilter({ types: ['Happened'], customerIds: ['c9', 'c1'], projectIds: ['p1'] }, fact)).toBe(true);
    expect(matchesFilter({ types: [] }, fact)).toBe(false);
    expect(matchesFilter({ customerIds: ['c1'], employeeIds: ['e'] }, fact)).toBe(false);
    expect(matchesFilter({ customerIds: null }, fact)).toBe(true);
  });
});

describe('an event of several customers', () => {
  const shared: Fact = {
    ...fact,
    keys: { employeeId: ['e1'], customerId: ['c1', 'c2', 'c3'], projectId: ['p1', 'p2', 'p3'], legalEntityId: ['l1', 'l2'] },
    payload: {
      hours: '7.75',
      thingIds: ['t1', 't2', 't3', 't4'],
      parts: [
        { thingId: 't1', customerId: 'c1', projectId: 'p1', legalEntityId: 'l1', hours: '1.5' },
        { thingId: 't2', customerId: 'c2', projectId: 'p2', legalEntityId: 'l2', hours: '2.00' },
        { thingId: 't3', customerId: 'c2', projectId: 'p2', legalEntityId: null, hours: '0.25' },
        { thingId: 't4', customerId: 'c3', projectId: 'p3', legalEntityId: 'l1', hours: '4' },
      ],
    },
  };
  const sharing: EventRules = {
    Happened: { read: 'task:read', outside: ['CLIENT', 'PARTNER'], shares: { parts: 'parts', lists: { thingIds: 'thingId' }, hours: ['hours'] } },
  };
  const portal: Actor = { ...staff, kind: 'CLIENT_PORTAL', customerIds: ['c2', 'c9'] };
  const seen = (actor: Actor) => {
    const { thingIds, hours, customer, project, employee } = eventFor({ actor, rules: sharing, seal }, shared);
    return { thingIds, hours, customer, project, employee };
  };

  test('matches the filter of each of them, and names none of them when it is asked which', () => {
    for (const customerId of ['c1', 'c2', 'c3']) expect(matchesFilter({ customerIds: [customerId] }, shared)).toBe(true);
    expect(matchesFilter({ customerIds: ['c4', 'c5'] }, shared)).toBe(false);
    expect(seen(staff)).toEqual({ thingIds: ['t1', 't2', 't3', 't4'], hours: '7.75', customer: null, project: null, employee: { id: 'e1' } });
  });

  test('is told to those who are confined to one of them, their own part only', () => {
    expect(seen(portal)).toEqual({ thingIds: ['t2', 't3'], hours: '2.25', customer: { id: 'c2' }, project: { id: 'p2' }, employee: { id: 'e1' } });
    expect(eventFor({ actor: portal, rules: sharing, seal }, shared)).toMatchObject({ hours: '2.25', duration: 'PT2H15M' });
    expect(eventFor({ actor: portal, rules: sharing, seal }, shared).parts).toBeUndefined();
    expect(eventFor({ actor: portal, rules: sharing, seal }, shared).cursor).toBe(writeLogCursor(7n, seal));
    expect(eventFor({ actor: staff, rules: sharing, seal }, shared).cursor).toBe(writeLogCursor(7n));
    expect(seen({ ...portal, customerIds: ['c1', 'c3'] })).toMatchObject({ thingIds: ['t1', 't4'], hours: '5.50', customer: null });
    expect(seesEvent({ ...portal, customerIds: ['c9'] }, sharing, shared)).toBe(false);
  });

  test("is told to those who are confined to legal entities: what is of none is nobody's secret", () => {
    expect(seen({ ...staff, legalEntityIds: ['l2'] })).toMatchObject({ thingIds: ['t2', 't3'], hours: '2.25', customer: { id: 'c2' } });
    expect(seen({ ...staff, legalEntityIds: ['l1'] })).toMatchObject({ thingIds: ['t1', 't3', 't4'], hours: '5.75' });
    expect(seesEvent({ ...staff, legalEntityIds: ['l9'] }, sharing, shared)).toBe(false);
  });

  test('is told to those who are confined to both only where both hold of one part', () => {
    expect(seen({ ...portal, customerIds: ['c2'], legalEntityIds: ['l2'] })).toMatchObject({ thingIds: ['t2', 't3'] });
    expect(seesEvent({ ...portal, customerIds: ['c1'], legalEntityIds: ['l2'] }, sharing, shared)).toBe(false);
  });

  test('meets no filter by what is not shown', () => {
    const asked = (filter: EventFilter) => wantsEvent({ actor: portal, rules: sharing, filter }, shared);
    expect([asked({}), asked({ customerIds: ['c2'] }), asked({ projectIds: ['p2'] }), asked({ employeeIds: ['e1'] })]).toEqual([true, true, true, true]);
    expect([asked({ customerIds: ['c1'] }), asked({ projectIds: ['p3'] }), asked({ types: ['Other'] })]).toEqual([false, false, false]);
    expect(wantsEvent({ actor: staff, rules: sharing, filter: { customerIds: ['c1'] } }, shared)).toBe(true);
  });

  test('stays inside where nobody said how to share it', () => {
    expect(seesEvent(portal, rules, shared)).toBe(false);
    expect(seesEvent({ ...portal, customerIds: ['c1', 'c2', 'c3'] }, rules, shared)).toBe(true);
    expect(eventFor({ actor: { ...portal, customerIds: ['c1', 'c2', 'c3'] }, rules, seal }, shared)).toMatchObject({ hours: '7.75' });
    expect(eventFor({ actor: portal, rules, seal }, shared)).toMatchObject({ id: shared.id, type: 'Happened' });
    expect(eventFor({ actor: portal, rules, seal }, shared).hours).toBeUndefined();
  });
});

describe('a fact of an older version', () => {
  const rules2: EventRules = { Happened: { read: 'task:read', outside: [], version: 2, upcasts: { 1: ({ n }) => ({ number: n }) } } };

  test('is shown in the newest shape, and what is new stays as it is', () => {
    expect(newest(rules2, { ...fact, version: 1, payload: { n: 7 } })).toMatchObject({ version: 2, payload: { number: 7 } });
    const present = { ...fact, version: 2, payload: { number: 7 } };
    expect(newest(rules2, present)).toBe(present);
    expect(newest(rules, present)).toBe(present);
    expect(newest({}, present)).toBe(present);
  });
});

test('what was recorded under older names of days is told under the present ones', () => {
  const told = (type: string, version: number, payload: Record<string, unknown>) => newest(eventRules, { ...fact, type, version, payload }).payload;
  const days = { startDate: '2026-03-02', endDate: '2026-03-08' };
  for (const type of ['ResourceAssigned', 'AssignmentChanged'])
    expect(told(type, 1, { taskId: null, from: days.startDate, to: days.endDate })).toEqual({ taskId: null, ...days });
  for (const type of ['TimesheetSubmitted', 'TimesheetApproved', 'TimesheetRejected']) {
    expect(told(type, 1, { hours: '8.00', periodStart: days.startDate, periodEnd: days.endDate })).toEqual({ hours: '8.00', parts: [], ...days });
    expect(told(type, 2, { parts: [{}], periodStart: days.startDate, periodEnd: days.endDate })).toEqual({ parts: [{}], ...days });
  }
});

describe('a filter', () => {
  test('is read in the spelling of the log, and what is no id is refused by its name', () => {
    const id = '01900000-0000-7000-8000-00000000000A';
    expect(readFilter({ customerIds: [id, id.toLowerCase()], projectIds: null, types: ['Happened'] })).toEqual({
      customerIds: [id.toLowerCase()],
      types: ['Happened'],
    });
    expect(() => readFilter({ projectIds: [id, 'x'] })).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'projectIds' }));
    expect(() => readFilter({ projectIds: [] })).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'projectIds' }));
    expect(() => readFilter({ projectIds: Array(251).fill(id) })).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'projectIds' }));
    expect(() => readFilter({ types: [] })).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED', field: 'types' }));
  });
});

describe('subscribers share an execution', () => {
  test('when their rights are equal, in whatever order they are named, and only then', () => {
    const wide = { ...staff, permissions: ['a:read', 'b:read'], customerIds: ['c1', 'c2'] };
    expect(accessClass({ ...wide, id: 'other', permissions: ['b:read', 'a:read'], customerIds: ['c2', 'c1'] })).toBe(accessClass(wide));
    const others: Actor[] = [
      { ...wide, permissions: ['a:read'] },
      { ...wide, customerIds: ['c1'] },
      { ...wide, customerIds: undefined },
      { ...wide, kind: 'PARTNER' },
      { ...wide, employeeId: 'e' },
      { ...wide, legalEntityIds: [] },
      { ...wide, system: 's' },
    ];
    expect(new Set([wide, ...others].map(accessClass)).size).toBe(others.length + 1);
  });
});
