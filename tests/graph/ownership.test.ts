import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { defaultOwnership } from '../../roles/ownership.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { firmWorld } from '../support/firmWorld.ts';
import type { Json } from '../support/graph.ts';

const { graph, firm, sql } = await firmWorld();

type Item = Readonly<Record<string, unknown>>;
type Delivery = { type: string; mutation: string; entity: string; item: () => Item; change: Item };

const code = () => randomUUID().slice(0, 12);
let days = 0;
const nextDay = () => {
  days += 1;
  return new Date(Date.UTC(2026, 0, 4 + days)).toISOString().slice(0, 10);
};
const onProject = () => ({ employeeId: firm.employeeId, projectId: firm.projectId });
const renamed = { name: 'Renamed' };

const deliveries: Delivery[] = [
  { ...of('Customer'), item: () => ({ name: 'Client' }), change: renamed },
  { ...of('Engagement'), item: () => ({ customerId: firm.customerId, name: 'Programme' }), change: renamed },
  { ...of('Contract'), item: () => ({ engagementId: firm.engagementId, name: 'Terms', startDate: '2026-01-01' }), change: renamed },
  { ...of('Project'), item: () => ({ engagementId: firm.engagementId, name: 'Build' }), change: renamed },
  { ...of('Task'), item: () => ({ projectId: firm.projectId, name: 'Design' }), change: renamed },
  { ...of('Employee'), item: () => ({ name: 'Somebody', hiredOn: '2024-01-01' }), change: renamed },
  { ...of('LaborCategory', 'upsertLaborCategories'), item: () => ({ code: code(), name: 'Expert' }), change: renamed },
  {
    ...of('Assignment'),
    item: () => ({ ...onProject(), startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '1' }),
    change: { endDate: '2026-03-30' },
  },
  {
    ...of('TimesheetEntry', 'recordTimeEntries', 'timeEntry'),
    item: () => ({ ...onProject(), workDate: nextDay(), hours: '1' }),
    change: { notes: 'Other' },
  },
  {
    ...of('ExpenseItem', 'recordExpenses', 'expense'),
    item: () => ({ ...onProject(), category: 'TRAVEL', workDate: nextDay(), amount: { amount: '10.00', currency: 'EUR' } }),
    change: { notes: 'Other' },
  },
  { ...of('LegalEntity', 'upsertLegalEntities'), item: () => ({ code: code(), name: 'Books', currency: 'EUR', countryCode: 'NL' }), change: renamed },
  { ...of('TaxProfile'), item: () => ({ legalEntityId: firm.legalEntityId, code: code(), name: 'VAT' }), change: renamed },
  { ...of('CostCenter'), item: () => ({ legalEntityId: firm.legalEntityId, code: code(), name: 'Delivery' }), change: renamed },
];

function of(type: string, mutation = `upsert${type}s`, entity = `${type.charAt(0).toLowerCase()}${type.slice(1)}`) {
  return { type, mutation, entity };
}

/** Whoever speaks for a system, with permissions enough: what is refused, its owner refuses. */
const speaking = (system: string): TokenWish => ({ role: 'psa', system });
const owns = (system: string, type: string) => defaultOwnership.entities[type]?.owners.includes(system) ?? false;
const systems = ['crm', 'psa', 'hr', 'erp'];

describe.each(deliveries)('$type', ({ type, mutation, entity, item, change }) => {
  const send = async (wish: TokenWish | undefined, ...items: Item[]): Promise<{ said: string[]; ids: string[] }> => {
    const select = `results { ${entity} { id version } userErrors { code field } }`;
    const { results } = await graph.mutate(mutation, { idempotencyKey: randomUUID(), items }, { select, ...(wish ? { wish } : {}) });
    return {
      said: results.map(({ userErrors: [no], [entity]: row }: Json) => (no ? `${no.code} ${no.field}` : `v${row.version}`)),
      ids: results.map((result: Json) => result[entity]?.id),
    };
  };
  const by = (system: string, externalId: string = randomUUID()) => ({ externalRef: { system, externalId } });

  test.each(systems)('is made and changed by %s only if that owns it', async (system) => {
    const [externalId, first] = [randomUUID(), item()];
    const may = owns(system, type);
    expect((await send(speaking(system), { ...first, ...by(system, externalId) })).said).toEqual([may ? 'v1' : 'OWNERSHIP_VIOLATION null']);
    // People of the firm bring what the system may not: then it is there to be changed.
    if (!may) await send(undefined, { ...first, ...by(system, externalId) });
    const field = Object.keys(change)[0];
    expect((await send(speaking(system), { ...first, ...change, ...by(system, externalId) })).said).toEqual([may ? 'v2' : `OWNERSHIP_VIOLATION ${field}`]);
    // What it says again unchanged is no change.
    if (!may) expect((await send(speaking(system), { ...first, ...by(system, externalId) })).said).toEqual(['v1']);
  });

  test('keeps the references of each system for that system alone', async () => {
    const owner = defaultOwnership.entities[type]?.owners[0] ?? '';
    const refused = 'OWNERSHIP_VIOLATION externalRefs';
    const before = await sql`select count(*)::int as n from log.pending`;
    expect((await send(speaking(owner), { ...item(), ...by('other') })).said).toEqual([refused]);
    expect((await send({ role: 'psa', system: 'unheard-of' }, { ...item(), ...by(owner) })).said[0]).toMatch(/^OWNERSHIP_VIOLATION/);
    expect(await sql`select count(*)::int as n from log.pending`).toEqual(before);
  });

  test('is open to people of the firm, to tokens without a system, and to who brings a whole firm', async () => {
    for (const wish of [{ role: 'admin' }, { role: 'admin', system: 'anything' }, { role: 'psa' }, { role: 'migration', system: 'old' }])
      expect((await send(wish, { ...item(), ...by('old') })).said).toEqual(['v1']);
  });
});

describe('fields that others own', () => {
  const update = async (wish: TokenWish, input: Item) => {
    const { userErrors, customer } = await graph.mutate('updateCustomer', input, { select: 'customer { name }', wish });
    return userErrors[0] ? `${userErrors[0].code} ${userErrors[0].field}` : customer.name;
  };

  test('are theirs, and the others are not', async () => {
    const id = await graph.made('createCustomer', 'customer', { name: 'Shared' });
    const erp = speaking('erp');
    expect(await update(erp, { id, legalEntityId: firm.legalEntityId, taxProfileId: firm.taxProfileId })).toBe('Shared');
    expect(await update(erp, { id, name: 'Mine' })).toBe('OWNERSHIP_VIOLATION name');
    expect(await update(speaking('psa'), { id, billingEmail: 'a@example.com' })).toBe('OWNERSHIP_VIOLATION billingEmail');
    expect(await update(speaking('crm'), { id, name: 'Theirs', legalEntityId: null })).toBe('Theirs');
  });

  test('of a state are as well: PSA completes an engagement that it may not rename', async () => {
    const id = await graph.made('createEngagement', 'engagement', { customerId: firm.customerId, name: 'Run' });
    const select = 'engagement { status }';
    const run = async (mutation: string, input: Item, wish: TokenWish) => {
      const { userErrors, engagement } = await graph.mutate(mutation, { id, ...input }, { select, wish });
      return userErrors[0]?.code ?? engagement.status;
    };
    expect(await run('activateEngagement', {}, speaking('psa'))).toBe('ACTIVE');
    expect(await run('updateEngagement', { name: 'Mine' }, speaking('psa'))).toBe('OWNERSHIP_VIOLATION');
    expect(await run('completeEngagement', {}, speaking('hr'))).toBe('OWNERSHIP_VIOLATION');
  });

  test("that a reference is linked to are nobody else's business: a system links its own to whatever it may see", async () => {
    const input = { id: firm.customerId, externalRefs: [{ system: 'psa', externalId: 'own' }] };
    const { userErrors } = await graph.mutate('updateCustomer', input, { wish: speaking('psa') });
    expect(userErrors).toEqual([]);
    const other = { id: firm.customerId, externalRefs: [{ system: 'crm', externalId: 'not own' }] };
    expect((await graph.mutate('updateCustomer', other, { wish: speaking('psa') })).userErrors).toMatchObject([{ code: 'OWNERSHIP_VIOLATION' }]);
  });
});

test('who ends an employment ends what rests on it, though PSA owns assignments', async () => {
  const employeeId = await graph.made('createEmployee', 'employee', { name: 'Leaver', hiredOn: '2025-01-01', legalEntityId: firm.legalEntityId });
  await graph.done('activateEmployee', { id: employeeId });
  const span = { startDate: '2026-01-01', endDate: '2026-12-31', weeklyHours: '8' };
  const id = await graph.made('createAssignment', 'assignment', { employeeId, projectId: firm.projectId, ...span });
  await graph.done('confirmAssignment', { id });
  await graph.done('terminateEmployee', { id: employeeId, terminatedOn: '2026-02-28' }, { wish: { role: 'hr', system: 'hr' } });
  expect(await sql`select status, to_date::text from resources.assignment where id = ${id}`).toMatchObject([{ status: 'ENDED', to_date: '2026-02-28' }]);
});
