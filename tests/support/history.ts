import type { Sql } from 'postgres';
import { expect } from 'vitest';
import { brokenRules } from './historyRules.ts';

/** What must hold after whatever happened, once everything has come to rest. */
export async function checkHistory(sql: Sql): Promise<void> {
  const [unscoped] = await sql`select not row_security_active('log.fact') as sees`;
  expect(unscoped?.sees, 'who checks sees every row: no rule is broken among rows that nobody sees').toBe(true);
  expect(await brokenRules(sql)).toEqual({});
}
