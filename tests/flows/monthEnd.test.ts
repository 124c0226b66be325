import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Process } from '#kernel/process.ts';
import { runOnce } from '#kernel/run.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { billingRuns } from '#processes/billingRuns.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const log = createLogger({ level: 'silent' });
const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const february = { cutOffDate: '2026-02-28', invoiceDate: '2026-02-28' };

const runFields = `id state contractsFound contractsDone drafted skipped actualsTaken cancelReason totals { status invoices net { amount } tax { amount } gross { amount } }
  drafts(first: 250) { totalCount nodes { id status contract { id } subtotal { amount } } } skips(first: 250) { nodes { contract { id } code message } }
  warnings { more warnings { code message count hours project { id } contract { id } employee { id } mutation } }`;
const read = async (id: string): Promise<Json> => (await world.graph.ok(`query ($id: ID!) { billingRun(id: $id) { ${runFields} } }`, { id })).billingRun;
const begin = async (input: Record<string, unknown>): Promise<string> =>
  (await done('runBilling', { ...february, ...input }, { select: 'billingRun { id }' })).billingRun.id;
const previewFields = `preview { totals { currency invoices net { amount } tax { amount } gross { amount } }
  lines(first: 250) { totalCount nodes { contract { id } actuals net { amount } tax { amount } taxFailure refused { code message } } } warnings { warnings { code message count } } }`;
const preview = async (input: Record<string, unknown>): Promise<Json> =>
  (await done('runBilling', { ...february, ...input, dryRun: true }, { select: previewFields })).preview;

/** Firms with some days of February posted each. */
async function firms(count: number, days: readonly string[] = ['2026-02-09', '2026-02-10']): Promise<Firm[]> {
  const made: Firm[] = [];
  for (let n = 0; n < count; n += 1) {
    const firm = await firmAt(world.graph, { name: `Firm ${n}` });
    await firm.approved(days);
    made.push(firm);
  }
  await world.settle();
  return made;
}
const contractIdsOf = (all: readonly Firm[]) => all.map(({ contractId }) => contractId).sort();
const draftsOn = async (contractIds: readonly string[]) =>
  Number(
    (await world.sql`select count(*)::int as n from finance.invoice where contract_id = any(${[...contractIds]}::uuid[]) and status <> 'CANCELLED'`)[0]?.n,
  );

describe('a month is billed', () => {
  test('what the preview says is what the run drafts; validation and posting of all of it follow, and the receivables are its sum', async () => {
    const own = await firms(3);
    const [held] = own;
    if (!held) throw new Error('no firm');
    const contractIds = contractIdsOf(own);
    await done('suspendContract', { id: held.contractId });
    const before =
      await world.sql`select (select count(*) from finance.invoice)::int as invoices, (select count(*) from log.fact)::int + (select count(*) from log.pending)::int as facts,
      (select count(*) from finance.actual where status = 'ON_INVOICE')::int as taken, (select count(*) from finance.billing_run)::int as runs`;
    const looked = await preview({ contractIds });
    expect(looked.totals).toEqual([{ currency: 'EUR', invoices: 2, net: { amount: '3200.00' }, tax: { amount: '672.00' }, gross: { amount: '3872.00' } }]);
    expect(looked.lines.nodes.map(({ contract, actuals, refused }: Json) => [contract.id, actuals, refused?.code ?? null])).toEqual(
      contractIds.map((id) => (id === held.contractId ? [id, 0, 'GUARD_REFUSED'] : [id, 2, null])),
    );
    expect(
      await world.sql`select (select count(*) from finance.invoice)::int as invoices, (select count(*) from log.fact)::int + (select count(*) from log.pending)::int as facts,
      (select count(*) from finance.actual where status = 'ON_INVOICE')::int as taken, (select count(*) from finance.billing_run)::int as runs`,
    ).toEqual(before);

    const id = await begin({ contractIds });
    expect(await read(id)).toMatchObject({ state: 'RUNNING', contractsFound: 3, contractsDone: 0, drafted: 0 });
    const early = await world.graph.mutate('postBillingRun', { idempotencyKey: `early ${id}`, id });
    expect(early.userErrors).toMatchObject([{ code: 'INVALID_TRANSITION', message: expect.stringContaining('0 of 3 contracts') }]);
    await world.settle();
    const run = await read(id);
    expect(run).toMatchObject({ state: 'COMPLETED', contractsFound: 3, contractsDone: 3, drafted: 2, skipped: 1, actualsTaken: 4 });
    expect(run.skips.nodes).toEqual([{ contract: { id: held.contractId }, code: 'GUARD_REFUSED', message: expect.stringContaining('SUSPENDED') }]);
    expect(run.totals).toEqual([{ status: 'DRAFT', invoices: 2, net: { amount: '3200.00' }, tax: { amount: '0.00' }, gross: { amount: '3200.00' } }]);

    const validated = await done('validateBillingRun', { id }, { select: 'succeeded failed results { index invoice { status } userErrors { code } }' });
    expect(validated).toMatchObject({ succeeded: 2, failed: 0 });
    const key = `post ${id}`;
    const posted = await done(
      'postBillingRun',
      { id, idempotencyKey: key },
      { select: 'succeeded failed results { invoice { number status } userErrors { code } }' },
    );
    expect(posted).toMatchObject({ succeeded: 2, failed: 0, replayed: false });
    expect(await done('postBillingRun', { id, idempotencyKey: key }, { select: 'succeeded' })).toMatchObject({ succeeded: 2, replayed: true });
    await world.settle();
    expect((await read(id)).totals).toMatchObject([{ status: 'POSTED', invoices: 2, gross: { amount: '3872.00' } }]);
    const [row] =
      await world.sql`select sum(debit_minor - credit_minor)::int as minor from finance.journal_line line join finance.journal_entry entry on entry.id = line.journal_entry_id
      where account = 'RECEIVABLE' and entry.customer_id = any(${own.map(({ customerId }) => customerId)}::uuid[])`;
    expect(row?.minor).toBe(387_200);
    await checkHistory(world.sql);
  });

  test('it says what may be missing: time nobody handed in, time nobody decided about, exceptions, work on hold, rates that end, failed tax', async () => {
    const firm = await firmAt(world.graph);
    const { contractIds, projectId, employeeId } = { contractIds: [firm.contractId], ...firm };
    const assignment = { employeeId, projectId, startDate: '2026-02-02', endDate: '2026-02-27', weeklyHours: '40' };
    const assignmentId = await world.graph.made('createAssignment', 'assignment', assignment);
    await done('confirmAssignment', { id: assignmentId });
    await firm.approved(['2026-02-09']);
    const { timesheetId } = await firm.recorded(['2026-02-16']);
    await done('submitTimesheet', { id: timesheetId });
    const novice = await firm.person('Nova', false);
    const sheet = await firm.recorded(['2026-02-10'], { employeeId: novice });
    await done('submitTimesheet', { id: sheet.timesheetId });
    await done('approveTimesheet', { id: sheet.timesheetId, approverId: firm.approverId });
    await done('addContractVersion', {
      id: firm.contractId,
      effectiveFrom: '2026-01-01',
      reason: 'A rate for a while',
      rates: [{ employeeId: firm.approverId, rate: { amount: '150.00', currency: 'EUR' }, effectiveFrom: '2026-01-01', effectiveTo: '2026-03-15' }],
    });
    await world.settle();
    await done('updateTaxProfile', { id: firm.taxProfileId, rates: [{ basisPoints: 2100, effectiveFrom: '2027-01-01' }] });
    const codesOf = (warned: Json) => warned.warnings.map(({ code, count }: Json) => `${code} ${count}`);
    const expected = ['TIME_MISSING 2', 'WORK_NOT_APPROVED 1', 'WORK_IN_EXCEPTION 1', 'RATE_ENDS 1', 'TAX_FAILED 1'];
    expect(codesOf((await preview({ contractIds })).warnings)).toEqual(expected);
    const id = await begin({ contractIds });
    await world.settle();
    const { warnings } = await read(id);
    expect(codesOf(warnings)).toEqual(expected);
    expect(warnings.warnings[0]).toMatchObject({ project: { id: projectId }, employee: { id: employeeId }, mutation: 'submitTimesheet' });
    expect(
      await world.graph.mutate('validateBillingRun', { idempotencyKey: `v ${id}`, id }, { select: 'failed results { userErrors { code } }' }),
    ).toMatchObject({
      failed: 1,
      results: [{ userErrors: [{ code: 'TAX_FAILED' }] }],
    });
    await world.settle();
    // Mended, it is no warning any more: what stands on the page is judged when it is read.
    await done('updateTaxProfile', { id: firm.taxProfileId, rates: [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }] });
    await world.settle();
    expect(codesOf((await read(id)).warnings)).not.toContain('TAX_FAILED 1');
  });
});

describe('nothing is billed twice', () => {
  test('by two runs at once, by one that is asked for twice, nor by a run whose start is heard of twice', async () => {
    const own = await firms(4);
    const contractIds = contractIdsOf(own);
    const key = `twice ${contractIds[0]}`;
    const [first, again, other] = await Promise.all([
      begin({ contractIds, idempotencyKey: key }),
      begin({ contractIds, idempotencyKey: key }),
      begin({ contractIds }),
    ]);
    expect(again).toBe(first);
    await world.sequence();
    while (await world.once(billingRuns.router));
    await Promise.all([work(), work(), work()]);
    await world.settle();
    const runs = [await read(first), await read(other)];
    expect(runs.map(({ state }) => state)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(runs[0].drafted + runs[1].drafted).toBe(4);
    expect(await draftsOn(contractIds)).toBe(4);
    await world.forgetDeliveries();
    await world.settle();
    expect(await draftsOn(contractIds)).toBe(4);
    expect((await world.sql`select 1 from log.process_run where subject_id = ${first}`).length).toBe(1);
  });

  test('by a run that breaks within any bite: it goes on behind what stands', async () => {
    const own = await firms(12);
    const contractIds = contractIdsOf(own);
    const id = await begin({ contractIds });
    await world.sequence();
    while (await world.once(billingRuns.router));
    await work([breakingOnce('begin')], 1);
    let breaks = 0;
    for (let busy = true; busy; ) {
      const broken = breakingOnce('draft');
      await work([broken], 1);
      breaks += 1;
      await world.sql`update log.process_step set due_at = now() - interval '1 second', lease_until = null where state = 'OPEN'`;
      busy = await runOnce({ db: world.db, processes: [billingRuns], clock: () => new Date(), log });
    }
    expect(breaks).toBeGreaterThan(2);
    expect(await read(id)).toMatchObject({ state: 'COMPLETED', contractsDone: 12, drafted: 12, actualsTaken: 24 });
    expect(await draftsOn(contractIds)).toBe(12);
    await world.settle();
    await checkHistory(world.sql);
  });
});

describe('a run is ended before its end', () => {
  test('by whoever began it: what it drafted stays, the rest stays ready, and a later run drafts that', async () => {
    const own = await firms(12);
    const contractIds = contractIdsOf(own);
    const id = await begin({ contractIds });
    await world.sequence();
    while (await world.once(billingRuns.router));
    await work([billingRuns], 2);
    expect(await read(id)).toMatchObject({ state: 'RUNNING', contractsDone: 10, drafted: 10 });
    await done('cancelBillingRun', { id, reason: 'Wrong month' });
    await world.settle();
    expect(await read(id)).toMatchObject({ state: 'CANCELLED', cancelReason: 'Wrong month', drafted: 10 });
    expect(await draftsOn(contractIds)).toBe(10);
    expect((await world.graph.mutate('cancelBillingRun', { id, reason: 'Again' })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    const rest = await begin({ contractIds });
    await world.settle();
    expect(await read(rest)).toMatchObject({ contractsFound: 2, drafted: 2 });
  });

  test('by whoever ends its process', async () => {
    const [firm] = await firms(1);
    const id = await begin({ contractIds: [firm?.contractId] });
    await world.sequence();
    while (await world.once(billingRuns.router));
    await work([billingRuns], 1);
    const [run] = await world.sql`select id from log.process_run where subject_id = ${id}`;
    await done('cancelProcessRun', { id: run?.id, reason: 'By hand' });
    await world.settle();
    expect(await read(id)).toMatchObject({ state: 'CANCELLED', cancelReason: expect.stringContaining('By hand'), drafted: 0 });
  });
});

describe('whoever asks for something else', () => {
  const refused = async (input: Record<string, unknown>, wish = { role: 'finance' } as Json) =>
    (await world.graph.mutate('runBilling', { idempotencyKey: `bad ${JSON.stringify(input)}`, ...february, ...input }, { wish })).userErrors;

  test('is told what is not there, and what they may not', async () => {
    const [firm] = await firms(1);
    const nobody = '018f0000-0000-7000-8000-000000000000';
    expect(await refused({ customerIds: [nobody] })).toMatchObject([{ code: 'NOT_FOUND', field: 'customerIds' }]);
    expect(await refused({ contractIds: ['x'], dryRun: true })).toMatchObject([{ code: 'NOT_FOUND', field: 'contractIds' }]);
    expect(await refused({ legalEntityIds: [nobody] })).toMatchObject([{ code: 'NOT_FOUND', field: 'legalEntityIds' }]);
    expect(await refused({ cutOffDate: '2026-02-28' }, { role: 'finance', customerIds: [firm?.customerId] })).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await refused({}, { role: 'analyst' })).toMatchObject([{ code: 'FORBIDDEN' }]);
  });
});

/** Works on steps that are due, so many at most. */
async function work(processes: readonly Process[] = [billingRuns], most = Number.POSITIVE_INFINITY): Promise<void> {
  for (let n = 0; n < most && (await runOnce({ db: world.db, processes, clock: () => new Date(), log })); n += 1);
}

/** The process, whose step of that name does all that it has to and then loses its connection. */
function breakingOnce(name: string): Process {
  const steps = billingRuns.steps.map((step) =>
    step.name === name
      ? {
          ...step,
          run: async (...args: Parameters<typeof step.run>) => {
            await step.run(...args);
            throw new Error('gone');
          },
        }
      : step,
  );
  return { ...billingRuns, steps: steps as unknown as Process['steps'] };
}
