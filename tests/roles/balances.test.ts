import { expect, test } from 'vitest';
import { balancesCommand } from '../../roles/balances.ts';
import { ledger } from '../support/balances.ts';
import { plantCorruption } from '../support/corruption.ts';
import { testDatabase } from '../support/database.ts';

const { sql, url, appUrl } = await testDatabase();

async function run(flags: Record<string, boolean> = {}, as = url): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await balancesCommand.run({ flags, words: [], env: { DATABASE_URL: as }, out: (line) => lines.push(line) });
  return { code, lines };
}

const balances = ['finance.actual_balance', 'finance.cost_balance', 'finance.account_balance', 'time.entry_balance', 'time.project_balance'];
const right = [...balances, 'operations.exception_balance'].map((name) => `${name}: right`).sort();

test('says which balances are right, and makes wrong ones anew when it is told to', async () => {
  const { writes } = await ledger(sql);
  for (const what of ['post', 'journal', 'work', 'fail']) await writes[what]?.({ what, pick: 1, size: 5 });
  expect(await run()).toMatchObject({ code: 0 });
  await plantCorruption(sql)`update finance.actual_balance set amount_minor = amount_minor + 1`;
  await plantCorruption(sql)`
    insert into time.entry_balance (customer_id, engagement_id, project_id, employee_id, status, posting_status, billable, month, entries, seconds)
    select customer_id, engagement_id, project_id, employee_id, 'APPROVED', 'POSTED', billable, '2020-01-01', 1, 3600 from time.timesheet_entry limit 1`;
  const found = await run();
  expect(found.code).toBe(1);
  expect(found.lines.toSorted()).toEqual([
    'finance.account_balance: right',
    'finance.actual_balance: 1 keys are wrong',
    'finance.cost_balance: right',
    'operations.exception_balance: right',
    'time.entry_balance: 1 keys are wrong',
    'time.project_balance: right',
  ]);
  expect((await run({}, appUrl)).lines.toSorted()).toEqual(found.lines.toSorted());
  const mended = await run({ rebuild: true });
  expect(mended.code).toBe(0);
  expect(mended.lines.filter((line) => line.includes('made anew'))).toHaveLength(2);
  expect((await run()).lines.toSorted()).toEqual(right);
});
