import { afterAll, beforeAll, expect, test } from 'vitest';
import { amending } from '../support/amending.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { type Choices, choices, seeds } from '../support/seeds.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const done = (...args: Parameters<FlowWorld['graph']['done']>) => world.graph.done(...args);
const eur = (minor: number) => ({ amount: (minor / 100).toFixed(2), currency: 'EUR' });
const lineFields = `lines(first: 250) { nodes { outcome timesheetEntry { id } before { amount } after { amount } accountingDate adjusted hold refused { code } } pageInfo { hasNextPage } }`;

/** What is sold of an entry: amount, day in the books, held or not. */
async function soldOf(entryId: string): Promise<Json> {
  const [row] = await world.sql`select sum(amount_minor)::int as minor, max(accounting_date)::text as day, sum(seconds)::int as seconds,
      coalesce(min(status) filter (where status = 'NOT_READY'), min(status)) as status, max(hold_reason) as hold_reason
    from finance.actual where source_id = ${entryId} and kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null having count(*) > 0`;
  return row && { ...row };
}

const minorOf = (money: { amount: string } | null): number | undefined => (money ? Math.round(Number(money.amount) * 100) : undefined);
const weeks = ['2026-02-02', '2026-02-16', '2026-03-02', '2026-03-16', '2026-04-06'];

/** Approved work of random hours, at terms that may have changed in between already. */
async function history(random: Choices, firm: Firm): Promise<string[]> {
  if (random.below(2)) {
    const rates = [{ laborCategoryId: firm.categoryId, rate: eur(9_000 + random.below(4_000)) }];
    await done('addContractVersion', { id: firm.contractId, effectiveFrom: random.one(['2026-02-10', '2026-03-01', '2026-03-20']), rates });
  }
  const entries: string[] = [];
  for (const monday of weeks) {
    const days = [0, 1, 2].filter(() => random.below(3) > 0).map((day) => `${monday.slice(0, 8)}${String(Number(monday.slice(8)) + day).padStart(2, '0')}`);
    if (days.length > 0) entries.push(...(await firm.approved(days, { hours: (1 + random.below(700) / 100).toFixed(2) })));
  }
  await world.settle();
  return entries;
}

/** Some of it is invoiced, posted or not, and some months take nothing any more. */
async function billed(random: Choices, firm: Firm): Promise<void> {
  for (const [cutOffDate, post] of [
    ['2026-02-28', random.below(2)],
    ['2026-03-31', random.below(2)],
  ] as const) {
    if (random.below(3) === 0) continue;
    const wish = { cutOffDate, contractIds: [firm.contractId], invoiceDate: cutOffDate };
    const { results } = await done('draftInvoices', wish, { select: 'results { invoice { id } userErrors { code } }' });
    for (const { invoice } of results) if (post && invoice) for (const action of ['validateInvoice', 'postInvoice']) await done(action, { id: invoice.id });
  }
  const months = await world.sql`select id, name from finance.fiscal_period where legal_entity_id = ${firm.legalEntityId} and name >= '2026-02' order by name`;
  for (const { id, name } of months) if (name < '2026-04' && random.below(3) === 0) await done('accrueRevenue', { fiscalPeriodId: String(id) });
  const [draft] = await world.sql`select 1 from finance.invoice where contract_id = ${firm.contractId} and status in ('DRAFT', 'VALIDATED')`;
  const takesNothing = random.below(6) === 0;
  // A month with a draft in it does not close. April has the day on which an amendment may be adjusted; now and then no later day takes it either.
  for (const { id, name } of draft ? [] : months) {
    const shut = name < '2026-04' ? random.below(2) === 0 : takesNothing || (name === '2026-04' && random.below(3) === 0);
    if (!shut) continue;
    await done('closeFiscalPeriod', { id: String(id) });
    if (random.below(2)) await done('lockFiscalPeriod', { id: String(id) });
  }
}

/** Something else to agree on: other rates, a limit that not all fits in, an end that cuts work off, or a fee instead of hours. */
function wanted(random: Choices, firm: Firm): { effectiveFrom: string; changes: Record<string, unknown>; adjustmentDate?: string } {
  const effectiveFrom = random.one(['2026-01-01', '2026-02-03', '2026-02-17', '2026-03-01', '2026-03-17']);
  const rates = [{ laborCategoryId: firm.categoryId, rate: eur(7_000 + random.below(8_000)) }];
  const work = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
  const changes = random.one<Record<string, unknown>>([
    { rates },
    { rates, rounding: 'HALF_EVEN' },
    { rates, lines: [{ ...work, notToExceed: eur(50_000 + random.below(300_000)) }] },
    { rates, endDate: '2026-03-31' },
    { lines: [{ name: 'All of it', method: 'FIXED_FEE', kinds: ['TIME', 'EXPENSE', 'FEE'], amount: eur(900_000) }] },
  ]);
  return { effectiveFrom, changes, ...(random.below(2) ? { adjustmentDate: '2026-04-15' } : {}) };
}

test.each(seeds(1, 2, 3, 5, 2004, 2007, 3003))('what a preview says is what applying does, to the cent (seed %i)', async (seed) => {
  const random = choices(seed);
  const firm = await firmAt(world.graph);
  const { amended, preview, rerated, proposals } = amending(world, firm);
  const entries = await history(random, firm);
  await billed(random, firm);
  const before = new Map(await Promise.all(entries.map(async (id) => [id, await soldOf(id)] as const)));
  const amendmentId = await amended(wanted(random, firm), 'ACCEPTED');
  const told = await preview({ amendmentId }, lineFields);
  expect(told.lines.pageInfo.hasNextPage).toBe(false);
  const lines = new Map<string, Json>(told.lines.nodes.map((line: Json) => [line.timesheetEntry.id, line]));
  expect(await Promise.all(entries.map(soldOf)), 'a preview changes nothing').toEqual([...before.values()]);

  await done('applyAmendment', { id: amendmentId });
  await world.settle();
  for (const id of entries) {
    const line = lines.get(id);
    const now = await soldOf(id);
    if (line?.outcome !== 'REPRICED') {
      expect(now, `${seed} ${id} ${line?.outcome}`).toEqual(before.get(id));
      continue;
    }
    expect(now?.minor, `${seed} ${id}`).toBe(minorOf(line.after));
    if (now) expect([now.day, now.status, now.hold_reason]).toEqual([line.accountingDate, line.hold ? 'NOT_READY' : 'READY', line.hold]);
  }
  const totals = new Map<string, Json>(told.totals.map((total: Json) => [total.outcome, total]));
  const done0 = await rerated(amendmentId);
  expect([done0.repriced, done0.before.amount, done0.after.amount]).toEqual([
    totals.get('REPRICED')?.entries ?? 0,
    totals.get('REPRICED')?.before.amount ?? '0.00',
    totals.get('REPRICED')?.after.amount ?? '0.00',
  ]);
  expect([done0.invoiced, done0.refused]).toEqual([
    (totals.get('DRAFTED')?.entries ?? 0) + (totals.get('INVOICED')?.entries ?? 0),
    totals.get('REFUSED')?.entries ?? 0,
  ]);
  const open = await proposals(amendmentId);
  const shown = (each: Json) => [each.invoice.id, each.kind, each.entries, each.before.amount, each.after.amount];
  expect(open.map(shown).sort()).toEqual(told.invoices.map(shown).sort());
  const [may] = await world.sql`select status from finance.fiscal_period where legal_entity_id = ${firm.legalEntityId} and name = '2026-05'`;
  if (may?.status !== 'OPEN') return checkHistory(world.sql);
  for (const { id } of open) await done('acceptRerateProposal', { id, creditDate: '2026-05-31', invoiceDate: '2026-05-31' });
  await world.settle();
  for (const [id, line] of lines)
    if (['DRAFTED', 'INVOICED'].includes(line.outcome)) expect((await soldOf(id))?.minor, `${seed} ${id} rebilled`).toBe(minorOf(line.after));
  await checkHistory(world.sql);
});
