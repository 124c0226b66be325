import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';
import type { Json } from '../support/graph.ts';

let world: BillingWorld;
beforeAll(async () => {
  world = await billingWorld();
  world.time.now = new Date('2026-09-15T09:00:00.000Z');
});
afterAll(() => world[Symbol.asyncDispose]());

/** Statements of the domain: not the transaction around it. */
async function counted<Value>(run: () => Promise<Value>): Promise<{ value: Value; statements: number }> {
  world.statements.length = 0;
  const value = await run();
  return { value, statements: world.statements.length };
}

const checklist = 'closeChecklist { isReady items { kind count hours amounts { amount } things { label amount { amount } contract { id } } } }';

describe('before a close', () => {
  test('the checklists of a year take as many statements as one', async () => {
    for (const month of ['01', '02', '03']) await world.work(30, { workDate: `2026-${month}-10` });
    const read = (first: number) =>
      counted(() => world.ok(`{ fiscalPeriods(first: ${first}, filter: { legalEntityIds: ["${world.ids.books}"] }) { nodes { name ${checklist} } } }`));
    const [one, all] = [await read(1), await read(12)];
    expect(all.statements).toBe(one.statements);
    expect(all.statements).toBeLessThanOrEqual(9);
    const nodes: Json[] = (all.value as Json).fiscalPeriods.nodes;
    // What stands open from earlier months is open in later ones too.
    expect(nodes.slice(0, 4).map((node) => node.closeChecklist.items.map(({ kind, amounts, hours }: Json) => [kind, amounts[0].amount, hours]))).toEqual([
      [['UNBILLED_WORK', '3000.00', '30.00']],
      [['UNBILLED_WORK', '6000.00', '60.00']],
      [['UNBILLED_WORK', '9000.00', '90.00']],
      [['UNBILLED_WORK', '9000.00', '90.00']],
    ]);
  });

  test('a long list shows its first 20 things and counts them all', async () => {
    const line = (account: string, side: string) => ({ account, [side]: { amount: '10.00', currency: 'EUR' } });
    for (let at = 1; at <= 23; at += 1) {
      const lines = [line('OTHER', 'debit'), line('CASH', 'credit')];
      const entry = { legalEntityId: world.ids.books, postingDate: `2026-05-${String(at).padStart(2, '0')}`, description: `Entry ${at}`, lines };
      await world.done('createJournalEntry', 'journalEntry { id }', entry);
    }
    const { fiscalPeriods } = await world.ok(`{ fiscalPeriods(filter: { activeOn: "2026-05-01" }) { nodes { ${checklist} } } }`);
    const [item] = (fiscalPeriods as Json).nodes[0].closeChecklist.items;
    expect(item).toMatchObject({ kind: 'DRAFT_JOURNAL_ENTRIES', count: 23, amounts: [{ amount: '230.00' }] });
    expect(item.things.map(({ label }: Json) => label)).toEqual(Array.from({ length: 20 }, (_, at) => `Entry ${at + 1}`));
  });

  test('an accrual of thousands takes as many statements as one of a few', async () => {
    const accrue = (start: string) =>
      counted(async () => {
        const [period] = await world.sql`select id from finance.fiscal_period where legal_entity_id = ${world.ids.books} and start_date = ${start}`;
        return world.done('accrueRevenue', 'accruals { amount { amount } explanation }', { fiscalPeriodId: String(period?.id) });
      });
    const few = await accrue('2026-03-01');
    await world.work(4000, { workDate: '2026-06-10' });
    const many = await accrue('2026-06-01');
    expect(many.statements).toBe(few.statements);
    expect((few.value as Json).accruals).toEqual([
      { amount: { amount: '9000.00' }, explanation: '90 pieces of work (90.00 h), earned by 2026-03-31 and not invoiced.' },
    ]);
    expect((many.value as Json).accruals).toEqual([
      { amount: { amount: '400000.00' }, explanation: '4000 pieces of work (4000.00 h), earned by 2026-06-30 and not invoiced.' },
    ]);
  });

  test('what is open is found by its own index', async () => {
    const plan =
      await world.sql`explain select sum(amount_minor) from finance.actual where legal_entity_id = ${world.ids.books} and accounting_date <= '2026-01-31'
      and kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null and accrual_event_id is null`;
    expect(plan.map((row) => String(row['QUERY PLAN'])).join(' ')).toContain('actual_unaccrued');
  });
});
