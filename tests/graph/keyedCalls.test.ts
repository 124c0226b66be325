import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { contentOf } from '../support/content.ts';
import { firmWorld } from '../support/firmWorld.ts';

const { sql, graph, firm } = await firmWorld();

type Input = Readonly<Record<string, unknown>>;
type Refusal = Readonly<Record<string, string>>;

/** What a mutation takes: what all calls of it say, what is refused and why, and two intents that are not. */
type Call = { mutation: string; entity: string; ground: () => Promise<Input> | Input; broken: Input; told: Refusal; good?: Input; other: Input };

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const stale = { broken: { expectedVersion: 99 }, told: { code: 'STALE_VERSION', field: 'expectedVersion' } };
const named = { broken: { name: ' ' }, told: { code: 'VALIDATION_FAILED', field: 'name' }, good: { name: 'Good' }, other: { name: 'Other' } };
const backwards = { broken: { endDate: '2025-12-31' }, told: { code: 'VALIDATION_FAILED', field: 'endDate' } };
const seen = { other: { expectedVersion: 1 } };
const line = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] };

const customer = () => graph.made('createCustomer', 'customer', { name: 'New', legalEntityId: firm.legalEntityId, taxProfileId: firm.taxProfileId });
const engagement = () => graph.made('createEngagement', 'engagement', { customerId: firm.customerId, name: 'New' });
const contract = () => graph.made('createContract', 'contract', { engagementId: firm.engagementId, name: 'New', startDate: '2026-01-01', lines: [line] });
const project = () => graph.made('createProject', 'project', { engagementId: firm.engagementId, contractId: firm.contractId, name: 'New' });
const task = () => graph.made('createTask', 'task', { projectId: firm.projectId, name: 'New', startDate: '2026-01-01' });
const milestone = () => graph.made('createMilestone', 'milestone', { projectId: firm.projectId, name: 'New', amount: eur('5'), plannedOn: '2026-03-31' });
const category = () => graph.made('createLaborCategory', 'laborCategory', { code: randomUUID().slice(0, 12), name: 'New' });
const employee = () => graph.made('createEmployee', 'employee', { name: 'New', hiredOn: '2020-01-01' });
const assignment = () => graph.made('createAssignment', 'assignment', { employeeId: firm.employeeId, projectId: firm.projectId, ...march });
const march = { startDate: '2026-03-01', endDate: '2026-03-31', weeklyHours: '1' };
const its = (make: () => Promise<string>) => async () => ({ id: await make() });
const after =
  (make: () => Promise<string>, ...steps: string[]) =>
  async () => {
    const id = await make();
    for (const step of steps) await graph.done(step, { id });
    return { id };
  };

const calls: Call[] = [
  { mutation: 'createCustomer', entity: 'customer', ground: () => ({}), ...named },
  {
    mutation: 'updateCustomer',
    entity: 'customer',
    ground: its(customer),
    ...stale,
    good: { billingEmail: 'ap@client.example' },
    other: { billingEmail: 'x@client.example' },
  },
  { mutation: 'activateCustomer', entity: 'customer', ground: its(customer), ...stale, ...seen },
  { mutation: 'createEngagement', entity: 'engagement', ground: () => ({ customerId: firm.customerId }), ...named },
  { mutation: 'updateEngagement', entity: 'engagement', ground: its(engagement), good: { startDate: '2026-01-01' }, ...backwardsOf({ description: 'x' }) },
  { mutation: 'activateEngagement', entity: 'engagement', ground: its(engagement), ...stale, ...seen },
  { mutation: 'createContract', entity: 'contract', ground: () => ({ engagementId: firm.engagementId, startDate: '2026-01-01' }), ...named },
  { mutation: 'updateContract', entity: 'contract', ground: its(contract), ...backwards, good: { internalNotes: 'x' }, other: { internalNotes: 'y' } },
  { mutation: 'submitContract', entity: 'contract', ground: its(contract), ...stale, ...seen },
  {
    ...{ mutation: 'addContractVersion', entity: 'contract', ground: after(contract, 'submitContract', 'confirmContract') },
    ...{ broken: { effectiveFrom: '2025-12-31' }, told: { code: 'GUARD_REFUSED', guard: 'versionsInOrder' } },
    ...{ good: { effectiveFrom: '2026-06-01' }, other: { effectiveFrom: '2026-07-01' } },
  },
  { mutation: 'createProject', entity: 'project', ground: () => ({ engagementId: firm.engagementId }), ...named },
  { mutation: 'updateProject', entity: 'project', ground: its(project), good: { startDate: '2026-01-01' }, ...backwardsOf({ description: 'x' }) },
  { mutation: 'provisionProject', entity: 'project', ground: its(project), ...stale, ...seen },
  { mutation: 'createTask', entity: 'task', ground: () => ({ projectId: firm.projectId }), ...named },
  { mutation: 'updateTask', entity: 'task', ground: its(task), ...backwards, good: { endDate: '2026-01-01' }, other: { endDate: '2026-01-02' } },
  { mutation: 'startTask', entity: 'task', ground: its(task), ...stale, ...seen },
  {
    ...{ mutation: 'createMilestone', entity: 'milestone', ground: () => ({ projectId: firm.projectId, name: 'M', plannedOn: '2026-03-31' }) },
    ...{ broken: { amount: { amount: '1', currency: 'USD' } }, told: { code: 'CURRENCY_MISMATCH', field: 'amount' } },
    ...{ good: { amount: eur('1') }, other: { amount: eur('2') } },
  },
  { mutation: 'updateMilestone', entity: 'milestone', ground: its(milestone), ...named },
  { mutation: 'reachMilestone', entity: 'milestone', ground: its(milestone), ...stale, ...seen },
  { mutation: 'createLaborCategory', entity: 'laborCategory', ground: () => ({ code: randomUUID().slice(0, 12) }), ...named },
  { mutation: 'updateLaborCategory', entity: 'laborCategory', ground: its(category), ...named },
  { mutation: 'createEmployee', entity: 'employee', ground: () => ({ hiredOn: '2020-01-01' }), ...named },
  { mutation: 'updateEmployee', entity: 'employee', ground: its(employee), ...named },
  {
    ...{ mutation: 'setEmployeeLaborCategory', entity: 'employee', ground: async () => ({ id: await employee(), laborCategoryId: firm.categoryId }) },
    ...{ broken: { effectiveFrom: '2026-01-01', expectedVersion: 7 }, told: { code: 'STALE_VERSION' } },
    ...{ good: { effectiveFrom: '2026-01-01' }, other: { effectiveFrom: '2026-02-01' } },
  },
  { mutation: 'activateEmployee', entity: 'employee', ground: its(employee), ...stale, ...seen },
  {
    ...{ mutation: 'terminateEmployee', entity: 'employee', ground: after(employee, 'activateEmployee') },
    ...{ broken: { terminatedOn: '2019-12-31' }, told: { code: 'GUARD_REFUSED', guard: 'lastDayAfterHire' } },
    ...{ good: { terminatedOn: '2020-12-31' }, other: { terminatedOn: '2020-12-30' } },
  },
  {
    ...{ mutation: 'createAssignment', entity: 'assignment', ground: () => ({ employeeId: firm.employeeId, projectId: firm.projectId, ...march }) },
    ...{ broken: { weeklyHours: '169' }, told: { code: 'VALIDATION_FAILED', field: 'weeklyHours' } },
    ...{ good: { weeklyHours: '2' }, other: { weeklyHours: '3' } },
  },
  {
    ...{ mutation: 'updateAssignment', entity: 'assignment', ground: its(assignment) },
    ...{
      broken: { endDate: '2026-02-28' },
      told: { code: 'VALIDATION_FAILED', field: 'endDate' },
      good: { endDate: '2026-03-30' },
      other: { endDate: '2026-03-29' },
    },
  },
  { mutation: 'confirmAssignment', entity: 'assignment', ground: its(assignment), ...stale, ...seen },
  {
    ...{ mutation: 'endAssignment', entity: 'assignment', ground: after(assignment, 'confirmAssignment') },
    ...{ broken: { endedOn: '2026-04-01' }, told: { code: 'GUARD_REFUSED', guard: 'endWithinAssignment' } },
    ...{ good: { endedOn: '2026-03-10' }, other: { endedOn: '2026-03-11' } },
  },
];

/** A first day and a last day before it. */
function backwardsOf(other: Input) {
  return { broken: { startDate: '2026-01-01', endDate: '2025-12-31' }, told: { code: 'VALIDATION_FAILED', field: 'endDate' }, other };
}

describe('a call with a key', () => {
  test.each(calls)('$mutation: refused it leaves nothing, repaired it is done, said again it is replayed', async ({ mutation, entity, ...call }) => {
    const key = { idempotencyKey: randomUUID() };
    const ground = await call.ground();
    const ask = (input: Input | undefined) => graph.mutate(mutation, { ...key, ...ground, ...input }, { select: `${entity} { id version }` });

    const before = await contentOf(sql);
    const keys = async () => (await sql`select count(*)::int as n from log.idempotency`)[0]?.n;
    const taken = await keys();
    const refused = await ask(call.broken);
    expect(refused).toMatchObject({ [entity]: null, replayed: false, userErrors: [call.told] });
    expect(await contentOf(sql)).toEqual(before);
    expect(await keys()).toBe(taken);

    const done = await ask(call.good);
    expect(done).toMatchObject({ [entity]: { id: expect.any(String) }, replayed: false, userErrors: [] });
    const made = await contentOf(sql);
    expect(made).not.toEqual(before);

    expect(await ask(call.good)).toEqual({ ...done, replayed: true });
    expect(await ask(call.other)).toMatchObject({ [entity]: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' }] });
    expect(await contentOf(sql)).toEqual(made);
  });
});
