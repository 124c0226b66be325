import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { approvedToBilling } from '#processes/approvedToBilling.ts';
import { consumers } from '#processes/wiring.ts';
import { amending } from '../support/amending.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { crashes, type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { type Choices, choices, seeds } from '../support/seeds.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const eur = (minor: number) => ({ amount: (minor / 100).toFixed(2), currency: 'EUR' });
const work = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
const retainer = { name: 'Retainer', method: 'RETAINER', kinds: ['TIME', 'FEE'] };
/** Ways to say how much goes on at once. A retainer's sum is that of each of its two months. */
const terms = {
  line: (minor: number) => ({ lines: [{ ...work, notToExceed: eur(minor) }] }),
  contract: (minor: number) => ({ lines: [work], notToExceed: eur(minor) }),
  expiring: (minor: number) => ({ lines: [{ ...retainer, amount: eur(minor), retainer: { every: 'MONTH', unused: 'EXPIRES' } }], endDate: '2026-02-28' }),
  rolling: (minor: number) => ({ lines: [{ ...retainer, amount: eur(minor), retainer: { every: 'MONTH', unused: 'ROLLS_OVER' } }], endDate: '2026-02-28' }),
  /** Two thirds and the rest of a fixed fee; time under it sells nothing. */
  fixed: (minor: number) => {
    const first = Math.floor((2 * minor) / 3);
    const parts = [
      { name: 'One', dueOn: '2026-01-15', amount: eur(first) },
      { name: 'Two', dueOn: '2026-02-15', amount: eur(minor - first) },
    ];
    return { lines: [{ name: 'Fee', method: 'FIXED_FEE', kinds: ['TIME', 'FEE'], amount: eur(minor), instalments: parts }] };
  },
};
type Terms = keyof typeof terms;
const isLimit = (by: Terms): boolean => by === 'line' || by === 'contract';
/** Cents an hour: few durations at it come out even. */
const rate = 8_735;
const limited = (minor: number, by: Terms = 'line') => firmAt(world.graph, { salesRate: '87.35', terms: terms[by](minor) });

type Entry = { id: string; seconds: number };

/** What counts of each entry's sale, and who holds the time behind it. */
async function soldOf(firm: Firm): Promise<Map<string, Json>> {
  const rows =
    await world.sql`select source_id, sum(amount_minor)::int as minor, sum(seconds)::int as seconds, count(*)::int as parts, count(distinct part)::int as apart,
      coalesce(bool_or(status in ('ON_INVOICE', 'BILLED')), false) as taken, max(claim.holder) as holder, bool_and(claim.for_id in (
        select invoice_id from finance.actual other where other.source_id = actual.source_id and other.status in ('ON_INVOICE', 'BILLED')
          and other.reverses_id is null and other.reversed_by_id is null)) as rightly
    from finance.actual left join log.claim on entity_id = source_id
    where contract_id = ${firm.contractId} and kind in ('UNBILLED_SALES', 'DRAWN_SALES') and source_type = 'TIMESHEET_ENTRY' and reverses_id is null and reversed_by_id is null
    group by source_id`;
  return new Map(rows.map((row) => [String(row.source_id), row]));
}

/** The limit holds, no cent or second is lost, and time on an invoice cannot be recalled. */
async function holds({ firm, entries, limit, by }: Walk): Promise<void> {
  const [sums] = await world.sql`select coalesce(sum(amount_minor) filter (where status <> 'NOT_READY'), 0)::int as sold
    from finance.actual where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null`;
  if (isLimit(by)) expect(sums?.sold).toBeLessThanOrEqual(limit);
  else await drawsHold(firm, { limit, by });
  const sold = await soldOf(firm);
  for (const { id, seconds } of entries) {
    const row = sold.get(id);
    if (!row) continue;
    expect([row.minor, row.seconds, row.parts]).toEqual([Math.floor((rate * seconds) / 3600 + 0.5), seconds, row.apart]);
    expect([row.holder === 'finance', row.taken ? row.rightly : true], id).toEqual([row.taken, true]);
  }
  const [all] =
    await world.sql`select coalesce(sum(amount_minor), 0)::int as minor, coalesce(sum(amount_minor) filter (where reverses_id is null and reversed_by_id is null), 0)::int as counting
    from finance.actual where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES'`;
  expect(all?.minor, 'reversals and what they take back cancel out').toBe(all?.counting);
}

/** No month draws more than it grants, and what came over from before; the fee of each is there once, whatever else is done. */
async function drawsHold(firm: Firm, { limit, by }: { limit: number; by: Terms }): Promise<void> {
  const [drawn] = await world.sql`select coalesce(sum(amount_minor) filter (where work_date < '2026-02-01'), 0)::int as january,
      coalesce(sum(amount_minor) filter (where work_date >= '2026-02-01'), 0)::int as february from finance.actual
    where contract_id = ${firm.contractId} and kind = 'DRAWN_SALES' and reverses_id is null and reversed_by_id is null`;
  expect(drawn?.january).toBeLessThanOrEqual(limit);
  expect(drawn?.february).toBeLessThanOrEqual(by === 'rolling' ? 2 * limit - drawn?.january : limit);
  const fees =
    await world.sql`select count(*)::int as n from finance.actual where contract_id = ${firm.contractId} and source_type = 'CONTRACT_FEE' and kind = 'UNBILLED_SALES'
    and reverses_id is null and reversed_by_id is null group by source_id`;
  expect(fees.length).toBeLessThanOrEqual(2);
  expect(fees.every(({ n }) => n === 1)).toBe(true);
}

type Walk = { firm: Firm; random: Choices; entries: Entry[]; limit: number; by: Terms };
const rowsOf = async ({ firm }: Walk, status: string) =>
  (
    await world.sql`select id from finance.actual where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES' and status = ${status}
      and reverses_id is null and reversed_by_id is null order by id`
  ).map(({ id }) => String(id));
const invoiceIn = async ({ firm, random }: Walk, statuses: readonly string[]) => {
  const rows =
    await world.sql`select id from finance.invoice where contract_id = ${firm.contractId} and kind = 'INVOICE' and status = any(${[...statuses]}::text[]) order by id`;
  return rows.length > 0 ? String(random.one(rows).id) : undefined;
};
/** Whatever is refused changes nothing: the walk goes on. */
const send = (name: string, input: Record<string, unknown>) => world.graph.mutate(name, { idempotencyKey: newId(), ...input });
const onInvoice = async (id: string | undefined, input: Record<string, unknown>, ...actions: string[]) => {
  for (const name of id === undefined ? [] : actions) await send(name, { id, ...input });
};

const steps: Readonly<Record<string, (walk: Walk) => Promise<unknown>>> = {
  work: async ({ firm, random, entries }) => {
    const seconds = 60 * (1 + random.below(720)) + random.below(60);
    const day = `2026-${random.one(['01', '02'])}-${String(1 + random.below(28)).padStart(2, '0')}`;
    const [id = ''] = await firm.approved([day], { hours: undefined, duration: `PT${seconds}S` });
    entries.push({ id, seconds });
  },
  reverse: async (walk) => {
    const rows = [...(await rowsOf(walk, 'NOT_READY')), ...(await rowsOf(walk, 'READY'))];
    if (rows.length > 0) await send('reverseActuals', { items: [{ id: walk.random.one(rows), reason: 'walk' }] });
  },
  release: async (walk) => {
    const rows = await rowsOf(walk, 'NOT_READY');
    if (rows.length > 0) await send('releaseActuals', { items: rows.map((id) => ({ id })) });
  },
  hold: async (walk) => {
    const rows = await rowsOf(walk, 'READY');
    if (rows.length > 0) await send('holdActuals', { items: [{ id: walk.random.one(rows), reason: 'walk' }] });
  },
  recall: async ({ firm, random, entries }) => {
    const entry = entries.length > 0 ? random.one(entries) : undefined;
    if (!entry) return;
    await send('requestTimeEntryRecall', { id: entry.id, reason: 'walk' });
    await send('approveTimeEntryRecall', { id: entry.id, approverId: firm.approverId });
  },
  draft: ({ firm }) => send('draftInvoices', { cutOffDate: '2026-02-28', contractIds: [firm.contractId], invoiceDate: '2026-02-28' }),
  cancel: async (walk) => onInvoice(await invoiceIn(walk, ['DRAFT', 'VALIDATED']), {}, 'cancelInvoice'),
  post: async (walk) => onInvoice(await invoiceIn(walk, ['DRAFT']), {}, 'validateInvoice', 'postInvoice'),
  credit: async (walk) => onInvoice(await invoiceIn(walk, ['POSTED']), { reason: 'walk', creditDate: '2026-02-28' }, 'creditInvoice'),
  raise: async (walk) => {
    const limit = walk.limit + walk.random.below(40_000);
    const { amended } = amending(world, walk.firm);
    const { lines, ...more } = terms[walk.by](limit);
    // A month of a retainer costs what the version of its first day says.
    const effectiveFrom = isLimit(walk.by) ? '2026-02-01' : '2026-01-01';
    const notToExceed = 'notToExceed' in more ? { notToExceed: more.notToExceed } : {};
    await amended({ effectiveFrom, changes: { lines, ...notToExceed } }, 'APPLIED');
    walk.limit = limit;
  },
  reprice: async (walk) => {
    const rows = await rowsOf(walk, 'NOT_READY');
    if (rows.length > 0) await send('repriceActuals', { items: [{ id: walk.random.one(rows), reason: 'walk' }] });
  },
};
const often = ['work', 'work', 'work', 'draft', 'post'];
const names = [...Object.keys(steps), ...often];

const walks = seeds().flatMap((seed) => (Object.keys(terms) as Terms[]).map((by) => [by, seed] as const));

test.each(walks)('whatever is done, a limit holds, and no cent and no second of a split sale is lost (%s, seed %i)', async (by, seed) => {
  const random = choices(seed);
  const limit = 50_000 + random.below(100_000);
  const walk: Walk = { firm: await limited(limit, by), random, entries: [], limit, by };
  const done: string[] = [];
  while (done.length < 25) {
    const name = random.one(names);
    done.push(name);
    await steps[name]?.(walk);
    await world.settle();
    await holds(walk).catch((error: Error) => {
      throw new Error(`${error.message}\nafter ${done.join(', ')}`, { cause: error });
    });
  }
  await checkHistory(world.sql);
});

describe('work that meets a limit', () => {
  const parts = async (firm: Firm) =>
    (
      await world.sql`select part, status, amount_minor::int as minor from finance.actual where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES'
      and reverses_id is null and reversed_by_id is null order by work_date, part`
    ).map(({ part, status, minor }) => `${part} ${status} ${minor}`);
  const split = ['1 READY 69880', '1 READY 30120', '2 NOT_READY 39760'];

  test.each(crashes)('is split once, when posting it breaks (%s)', async (_, broken) => {
    const firm = await limited(100_000);
    await firm.approved(['2026-02-02', '2026-02-03']);
    await world.sequence();
    await world.once(broken(approvedToBilling)).catch(() => undefined);
    expect(await parts(firm)).toEqual([]);
    await world.settle();
    expect(await parts(firm)).toEqual(split);
    await checkHistory(world.sql);
  });

  test('is split once, told twice, late, and by two workers at once', async () => {
    const firm = await limited(100_000);
    await firm.approved(['2026-02-02', '2026-02-03']);
    await world.sequence();
    await Promise.all([world.once(approvedToBilling), world.once(approvedToBilling)]);
    await world.settle([...consumers].reverse());
    expect(await parts(firm)).toEqual(split);
    await world.forgetDeliveries();
    await world.settle();
    expect(await parts(firm)).toEqual(split);
    await checkHistory(world.sql);
  });

  test('is billed from the room that is left by one of two who release at once', async () => {
    const firm = await limited(100_000);
    await firm.approved(['2026-02-02', '2026-02-03', '2026-02-04']);
    await world.settle();
    // Effective after the work: nobody prices it anew, and people release it.
    await amending(world, firm).amended({ effectiveFrom: '2026-02-05', changes: { lines: [{ ...work, notToExceed: eur(130_000) }] } }, 'APPLIED');
    await world.settle();
    const held = await world.sql`select id from finance.actual where contract_id = ${firm.contractId} and status = 'NOT_READY' order by work_date`;
    await Promise.all(held.map(({ id }) => send('releaseActuals', { items: [{ id: String(id) }] })));
    await world.settle();
    const [sums] = await world.sql`select sum(amount_minor) filter (where status = 'READY')::int as ready, sum(amount_minor)::int as all
      from finance.actual where contract_id = ${firm.contractId} and kind = 'UNBILLED_SALES' and reverses_id is null and reversed_by_id is null`;
    expect(sums).toEqual({ ready: 130_000, all: 209_640 });
    await checkHistory(world.sql);
  });
});
