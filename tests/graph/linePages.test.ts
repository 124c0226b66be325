import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BillingWorld, billingWorld } from '../support/billing.ts';

let world: BillingWorld;
let lineId: string;
/** What the line bills, in the order in which it is shown. */
let billed: { id: string; source_id: string }[];
beforeAll(async () => {
  world = await billingWorld();
  await world.work(100, { workDate: '2026-02-11' });
  await world.invoiced('DRAFT', 200);
  const [line] = await world.sql`select id, actual_count from finance.invoice_line`;
  expect(line?.actual_count).toBe(300);
  lineId = String(line?.id);
  billed = await world.sql`select id, source_id from finance.actual where invoice_line_id = ${lineId} order by work_date, id`;
});
afterAll(() => world[Symbol.asyncDispose]());

type Row = { id: string };

/** A list of the line; `args` as they stand in the query. */
async function list(name: 'actuals' | 'timeEntries' | 'expenses', args = ''): Promise<string[]> {
  const text = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on InvoiceLine { ${name}${args} { id } } } }`;
  const answer = await world.ok(text, { variables: { representations: [{ __typename: 'InvoiceLine', id: lineId }] } });
  return answer._entities[0][name].map((row: Row) => row.id);
}

describe('what a line of an invoice bills', () => {
  const ids = { actuals: () => billed.map((row) => row.id), timeEntries: () => billed.map((row) => row.source_id) };

  test.each(['actuals', 'timeEntries'] as const)('%s: 250 by work date when nothing is said, and the rest behind the last one', async (name) => {
    const all = ids[name]();
    const first = await list(name);
    expect(first).toEqual(all.slice(0, 250));
    expect(await list(name, `(after: "${first.at(-1)}")`)).toEqual(all.slice(250));
    expect(await list(name, `(after: "${all.at(-1)}")`)).toEqual([]);
  });

  test.each(['actuals', 'timeEntries'] as const)('%s: every row once in pages of any length', async (name) => {
    for (const first of [1, 7, 100, 299]) {
      if (first > 250) continue;
      const pages: string[] = [];
      let after = '';
      for (
        let page = await list(name, `(first: ${first})`);
        page.length > 0 && pages.length < 20 * first;
        page = await list(name, `(first: ${first}, after: "${after}")`)
      ) {
        pages.push(...page);
        after = page.at(-1) ?? '';
      }
      expect(pages).toEqual(ids[name]().slice(0, pages.length));
      expect(pages.length).toBe(Math.min(300, 20 * first));
    }
  });

  test('a list of what it has none of is empty, and so is one behind a row of somebody else', async () => {
    expect(await list('expenses')).toEqual([]);
    expect(await list('actuals', `(after: "${lineId}")`)).toEqual([]);
  });

  test.each([
    ['(first: 251)', 'first must be 0 to 250.'],
    ['(first: -1)', 'first must be 0 to 250.'],
    ['(after: "x")', 'after is no id.'],
  ])('%s is refused', async (args, message) => {
    await expect(list('actuals', args)).rejects.toThrow(message);
  });
});
