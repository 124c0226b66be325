import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { plantCorruption } from '../support/corruption.ts';
import { action, engaged, made, running, siblings } from '../support/engagements.ts';
import { subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
let ids: Awaited<ReturnType<typeof siblings>>;
let acme: Awaited<ReturnType<typeof engaged>>;
let other: Awaited<ReturnType<typeof engaged>>;
let draft: { id: string; versions: { id: string }[]; lines: { id: string }[] };
let project: string;

const usd = (amount: string) => ({ amount, currency: 'USD' });

beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
  ids = await siblings(world);
  acme = await engaged(world, ids);
  other = await engaged(world, ids, 'Other');
  draft = await made(
    world,
    'createContract',
    {
      engagementId: acme.engagement,
      name: 'Draft',
      startDate: '2026-01-01',
      lines: [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] }],
      rates: [{ employeeId: ids.manager, rate: usd('1'), effectiveTo: '2026-01-31' }],
    },
    { select: 'id versions { id } lines { id }' },
  );
  project = await running(world, ids, acme);
});
afterAll(() => world[Symbol.asyncDispose]());

/** The rule that the database holds against a statement; undefined when it takes it. Nothing stays. */
async function broken(statement: string, values: (string | null)[] = []): Promise<string | undefined> {
  const rolledBack = new Error('rolled back');
  try {
    await world.sql.begin(async (sql) => {
      await plantCorruption(sql).unsafe(statement, values);
      await sql`set constraints all immediate`;
      throw rolledBack;
    });
  } catch (error) {
    if (error === rolledBack) return undefined;
    return (error as { constraint_name?: string }).constraint_name ?? String(error);
  }
  return undefined;
}

describe('the database alone', () => {
  const rate =
    'insert into engagements.contract_rate (id, contract_id, customer_id, contract_version_id, line_id, employee_id, labor_category_id, currency, rate_minor, effective_from, effective_to) values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)';
  const rateOf = (more: (string | null)[]) => [draft.id, acme.customer, draft.versions[0]?.id ?? null, ...more];

  test.each<[string, string, () => (string | null)[]]>([
    ['contract_rate_no_overlap', rate, () => rateOf([null, ids.manager, null, 'USD', '1', '2026-01-31', null])],
    ['contract_rate_whom', rate, () => rateOf([null, null, null, 'USD', '1', '2027-01-01', null])],
    ['contract_rate_whom', rate, () => rateOf([null, ids.manager, ids.laborCategory, 'USD', '1', '2027-01-01', null])],
    ['contract_rate_amount', rate, () => rateOf([null, ids.manager, null, 'USD', '-1', '2027-01-01', null])],
    ['contract_rate_line', rate, () => rateOf([newId(), null, null, 'USD', '1', '2027-01-01', null])],
    ['contract_rate_contract', rate, () => [draft.id, other.customer, draft.versions[0]?.id ?? null, null, ids.manager, null, 'USD', '1', '2027-01-01', null]],
  ])('refuses a rate that breaks %s', async (rule, statement, values) => {
    expect(await broken(statement, values())).toBe(rule);
  });

  test('takes rates that follow each other, and the same one below a line', async () => {
    expect(await broken(rate, rateOf([null, ids.manager, null, 'USD', '1', '2026-02-01', null]))).toBeUndefined();
    expect(await broken(rate, rateOf([draft.lines[0]?.id ?? null, ids.manager, null, 'USD', '1', '2026-01-01', null]))).toBeUndefined();
  });

  test.each([
    ['contract_line_kinds', "kinds = '{}'"],
    ['contract_line_kinds', "kinds = '{LUNCH}'"],
    ['contract_line_amount', 'amount_minor = 1'],
    ['contract_line_amount', "method = 'FIXED_FEE'"],
    ['contract_line_amount', "method = 'RETAINER', amount_minor = 0"],
    ['contract_line_limit', 'not_to_exceed_minor = 0'],
    ['contract_line_method', "method = 'BARTER', amount_minor = 1"],
    ['contract_line_dates', "start_date = '2026-02-02', end_date = '2026-02-01'"],
  ])('refuses a line that breaks %s by %s', async (rule, change) => {
    expect(await broken(`update engagements.contract_line_terms set ${change} where line_id = $1`, [draft.lines[0]?.id ?? null])).toBe(rule);
  });

  test.each([
    ['contract_status', "status = 'SIGNED'"],
    ['contract_currency', "currency = 'usd'"],
    ['contract_in_force_has_legal_entity', "status = 'IN_REVIEW', legal_entity_id = null"],
  ])('refuses a contract that breaks %s by %s', async (rule, change) => {
    expect(await broken(`update engagements.contract set ${change} where id = $1`, [draft.id])).toBe(rule);
  });

  test.each([
    ['contract_version_rounding', "rounding = 'DOWN'"],
    ['contract_version_payment_term', 'payment_term_days = 366'],
    ['contract_version_end', "end_date = '2025-12-31'"],
    ['contract_version_days', "effective_to = '2025-12-30'"],
  ])('refuses a version that breaks %s by %s', async (rule, change) => {
    expect(await broken(`update engagements.contract_version set ${change} where contract_id = $1`, [draft.id])).toBe(rule);
  });

  const versionOf =
    'insert into engagements.contract_version (id, contract_id, customer_id, number, effective_from, effective_to) values (gen_random_uuid(), $1, $2, $3, $4, $5)';
  test.each<[string | undefined, string, string, string | null]>([
    ['contract_version_no_overlap', '2', '2026-06-01', null],
    ['contract_version_no_overlap', '2', '2025-12-01', '2026-01-01'],
    ['contract_version_number', '1', '2025-01-01', '2025-12-31'],
    [undefined, '2', '2025-01-01', '2025-12-31'],
    [undefined, '2', '2026-06-01', '2026-05-31'],
  ])('says %s to a version %s of %s to %s beside one that is open from 2026 on', async (rule, number, from, to) => {
    expect(await broken(versionOf, [draft.id, acme.customer, number, from, to])).toBe(rule);
  });

  test.each([
    ['update engagements.contract set currency = $2 where id = $1', 'EUR'],
    ['update engagements.contract set start_date = $2 where id = $1', '2026-02-01'],
    ['update engagements.contract_line set name = $2 where contract_id = $1', 'Other'],
    ['delete from engagements.contract_line where contract_id = $1 and name <> $2', 'Other'],
    ["update engagements.contract_line_terms set kinds = '{FEE}' where contract_id = $1 and currency <> $2", 'EUR'],
    ['delete from engagements.contract_line_terms where contract_id = $1 and currency <> $2', 'EUR'],
    ['update engagements.contract_version set payment_term_days = $2 where contract_id = $1', '7'],
    ['update engagements.contract_version set effective_from = $2 where contract_id = $1', '2025-12-01'],
    ['delete from engagements.contract_version where contract_id = $1 and number <> $2', '9'],
    [
      "insert into engagements.contract_rate (id, contract_id, customer_id, contract_version_id, employee_id, currency, rate_minor, effective_from) select gen_random_uuid(), contract_id, customer_id, id, gen_random_uuid(), $2, 1, '2030-01-01' from engagements.contract_version where contract_id = $1",
      'EUR',
    ],
  ])('freezes a contract that is no DRAFT: %s', async (statement, value) => {
    expect(await broken(statement, [acme.contract, value])).toBe('contentFrozen');
    expect(await broken(statement, [draft.id, value])).not.toBe('contentFrozen');
  });

  test.each([
    ['project_status', "status = 'RUNNING'"],
    ['project_running_is_led', 'manager_id = null'],
    ['project_running_is_led', 'contract_id = null'],
    ['project_dates', "start_date = '2026-02-02', end_date = '2026-02-01'"],
  ])('refuses a project that breaks %s by %s', async (rule, change) => {
    expect(await broken(`update engagements.project set ${change} where id = $1`, [project])).toBe(rule);
  });

  test('lets nothing belong to two customers', async () => {
    expect(await broken('update engagements.project set customer_id = $2 where id = $1', [project, other.customer])).toBe('project_engagement');
    expect(await broken('update engagements.project set contract_id = $2 where id = $1', [project, other.contract])).toBe('project_contract');
    expect(await broken('update engagements.engagement set customer_id = $2 where id = $1', [acme.engagement, other.customer])).toMatch(
      /contract_engagement|project_engagement/,
    );
    const task = await made(world, 'createTask', { projectId: project, name: 'T' });
    expect(await broken('update engagements.task set customer_id = $2 where id = $1', [task.id, other.customer])).toBe('task_project');
    expect(await broken('update engagements.task set status = $2 where id = $1', [task.id, 'OPEN'])).toBe('task_status');
  });

  test('dates a milestone by its state', async () => {
    const { id } = await made(world, 'createMilestone', { projectId: project, name: 'M', amount: usd('1'), plannedOn: '2026-03-01' });
    expect(await broken("update engagements.milestone set status = 'REACHED' where id = $1", [id])).toBe('milestone_reached');
    expect(await broken("update engagements.milestone set accepted_on = '2026-03-01' where id = $1", [id])).toBe('milestone_accepted');
    expect(await broken('update engagements.milestone set amount_minor = -1 where id = $1', [id])).toBe('milestone_amount');
    expect(await broken('update engagements.milestone set customer_id = $2 where id = $1', [id, other.customer])).toMatch(/milestone_(project|contract)/);
  });
});

describe('races', () => {
  /** Runs all at once; says how many were carried out, and the codes of the others. */
  async function race(calls: Promise<{ status: string | undefined; refused?: { code: string; guard: string | null } }>[]) {
    const answers = await Promise.all(calls);
    return {
      done: answers.filter((answer) => answer.status).length,
      codes: [...new Set(answers.flatMap(({ refused }) => (refused ? [refused.guard ?? refused.code] : [])))],
    };
  }

  test('of eight who confirm a contract, one does', async () => {
    const { id } = await made(world, 'createContract', { engagementId: acme.engagement, name: 'Raced', startDate: '2026-01-01' });
    await action(world, 'submitContract', { id });
    const before = await world.facts();
    expect(await race(Array.from({ length: 8 }, () => action(world, 'confirmContract', { id })))).toEqual({ done: 1, codes: ['INVALID_TRANSITION'] });
    expect((await world.facts()).slice(before.length)).toEqual(['ContractConfirmed']);
  });

  test('of eight who believe in the same version, one changes it', async () => {
    const { id, version } = await made(world, 'createProject', { engagementId: acme.engagement, name: 'Raced' });
    const calls = Array.from({ length: 8 }, (_, n) => action(world, 'updateProject', { id, expectedVersion: version, name: `Mine ${n}` }));
    expect(await race(calls)).toEqual({ done: 1, codes: ['STALE_VERSION'] });
  });

  test('an engagement is closed, or gets a project, never both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { id } = await made(world, 'createEngagement', { customerId: acme.customer, name: `Round ${round}` });
      await action(world, 'activateEngagement', { id });
      await action(world, 'completeEngagement', { id });
      const { id: early } = await made(world, 'createEngagement', { customerId: acme.customer, name: `Early ${round}` });
      const cancel = action(world, 'cancelEngagement', { id: early });
      const create = action(world, 'createProject', { engagementId: early, name: 'P' });
      const { done, codes } = await race(round % 2 === 0 ? [cancel, create] : [create, cancel]);
      expect(done).toBe(1);
      expect(['noOpenProject', 'engagementOpen']).toContain(codes[0]);
    }
  });

  test('a project is activated, or its contract suspended, in one order or the other', async () => {
    const { id } = await made(world, 'createProject', { engagementId: other.engagement, contractId: other.contract, name: 'Late', managerId: ids.manager });
    await action(world, 'provisionProject', { id });
    const [suspended, activated] = await Promise.all([action(world, 'suspendContract', { id: other.contract }), action(world, 'activateProject', { id })]);
    expect(suspended.status).toBe('SUSPENDED');
    expect(activated.status ?? activated.refused.guard).toMatch(/^(ACTIVE|contractConfirmed)$/);
  });

  test('twins with one idempotency key make one project', async () => {
    const input = { idempotencyKey: 'twins', engagementId: acme.engagement, name: 'Twin' };
    const answers = await Promise.all(Array.from({ length: 6 }, () => made(world, 'createProject', input)));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    const [counted] = await world.sql`select count(*)::int as n from engagements.project where name = 'Twin'`;
    expect(counted).toEqual({ n: 1 });
  });
});
