import { describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { seesType } from '#kernel/event.ts';
import { eventRules } from '#operations/event/rules.ts';
import { actorOf, demandConfined, permissionsFor, readIds } from '#operations/webhook/scope.ts';

const wanted = { contract: null, customerIds: null, legalEntityIds: null, employeeIds: null, types: null };
const maker = (more: Partial<Actor> = {}): Actor => ({ id: 'maker', kind: 'INTEGRATION', permissions: ['*'], ...more });
const id = '0190b5a0-0000-7000-8000-00000000000a';

describe('the permissions of an endpoint', () => {
  test('are those that events ask for, of those that its maker holds', () => {
    const all = permissionsFor(maker(), wanted);
    expect(all).toEqual([...new Set(Object.values(eventRules).map(({ read }) => read))].sort());
    expect(permissionsFor(maker({ permissions: ['invoice:*', 'rate:write'] }), wanted)).toEqual(['invoice:read']);
    expect(permissionsFor(maker({ permissions: [] }), wanted)).toEqual([]);
  });

  test('are never more than a colleague may hear of everybody', () => {
    const colleague = maker({ kind: 'STAFF', permissions: ['time:read', 'timesheet:read', 'customer:read'] });
    expect(permissionsFor(colleague, wanted)).toEqual(['customer:read']);
    const overseer = { ...colleague, permissions: [...colleague.permissions, 'colleague:read', 'time:approve', '*'] };
    expect(permissionsFor(overseer, wanted).length).toBeGreaterThan(1);
  });

  test('refuse a type that the maker may not see, or that the contract does not show', () => {
    expect(() => permissionsFor(maker({ permissions: ['customer:read'] }), { ...wanted, types: ['InvoicePosted'] })).toThrow(/InvoicePosted is nothing/);
    const portal = { ...wanted, contract: 'PORTAL' as const, customerIds: [id] };
    expect(() => permissionsFor(maker(), { ...portal, types: ['JournalPosted'] })).toThrow(/JournalPosted is nothing/);
    expect(permissionsFor(maker(), { ...portal, types: ['InvoicePosted'] })).toContain('invoice:read');
    expect(() => permissionsFor(maker(), { ...wanted, types: ['Nonsense'] })).toThrow(/Nonsense is nothing/);
  });
});

describe('whom an endpoint speaks for', () => {
  test.each([
    [null, 'INTEGRATION'],
    ['PSA', 'INTEGRATION'],
    ['ANALYTICS', 'INTEGRATION'],
    ['PORTAL', 'CLIENT_PORTAL'],
    ['PARTNER', 'PARTNER'],
  ] as const)('of the contract %s is a subscriber of the kind %s', (contract, kind) => {
    const actor = actorOf({ id, contract, permissions: ['invoice:read'], customerIds: [id], legalEntityIds: null, employeeIds: null });
    expect(actor).toEqual({ id: `webhook:${id}`, kind, permissions: ['invoice:read'], customerIds: [id] });
  });

  test('sees nothing outside the firm without customers', () => {
    const actor = actorOf({ id, contract: 'PORTAL', permissions: ['*'], customerIds: null, legalEntityIds: null, employeeIds: null });
    expect(Object.keys(eventRules).filter((type) => seesType(actor, eventRules, type))).toEqual([]);
  });

  test('names customers outside the firm, and people of partners alone', () => {
    const none = { contract: null, customerIds: null, legalEntityIds: null, employeeIds: null };
    expect(() => demandConfined(none)).not.toThrow();
    expect(() => demandConfined({ ...none, contract: 'PORTAL' })).toThrow(/names their customers/);
    expect(() => demandConfined({ ...none, contract: 'PARTNER', customerIds: [id] })).toThrow(/whom it sends/);
    expect(() => demandConfined({ ...none, contract: 'PARTNER', customerIds: [id], employeeIds: [id] })).not.toThrow();
    expect(() => demandConfined({ ...none, employeeIds: [id] })).toThrow(/contract PARTNER/);
  });

  test('is given by ids in one spelling, once each', () => {
    expect(readIds('customerIds', [id.toUpperCase(), id])).toEqual([id]);
    expect(readIds('customerIds', undefined)).toBeNull();
    expect(readIds('customerIds', null)).toBeNull();
    expect(() => readIds('customerIds', [])).toThrow(/must name one/);
    expect(() => readIds('customerIds', ['x'])).toThrow(/no id/);
    expect(() =>
      readIds(
        'customerIds',
        Array.from({ length: 251 }, () => id),
      ),
    ).toThrow(/250 at most/);
  });
});
