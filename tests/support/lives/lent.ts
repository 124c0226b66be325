import { postApprovedTime } from '#finance/actual/commands.ts';
import { newId } from '#kernel/ids.ts';
import type { Input } from './life.ts';
import type { GridWorld } from './world.ts';

/** What another legal entity asks for an hour of somebody whom it lends. */
export async function lent(world: GridWorld): Promise<string> {
  const { made, done, command, sql, firm } = world;
  const { legalEntityId: borrowerId, categoryId: laborCategoryId, customerId, engagementId, projectId } = firm;
  const code = newId().slice(-8);
  const lenderId = await made('createLegalEntity', 'legalEntity', { code, name: `Lender ${code}`, currency: 'EUR', countryCode: 'NL' });
  await done('createFiscalPeriods', { legalEntityId: lenderId, firstYear: 2026, years: 1, startMonth: 1, length: 'MONTH' });
  const card = { name: `COST ${code}`, kind: 'COST', scope: 'STANDARD', currency: 'EUR', legalEntityId: lenderId };
  const rateCardId = await made('createRateCard', 'rateCard', card);
  const rates = { rateCardId, effectiveFrom: '2026-01-01', lines: [{ laborCategoryId, rate: '50.00' }] };
  await done('publishRateCardVersion', { id: await made('createRateCardVersion', 'rateCardVersion', rates) });
  const item = { lenderId, borrowerId, effectiveFrom: '2026-01-01', method: 'COST_PLUS', markUpPercent: '10' };
  await done('setIntercompanyTerms', { items: [item] }, { select: 'results { userErrors { message } }' });
  const laborCategories = [{ laborCategoryId, effectiveFrom: '2020-01-01' }];
  const person = { name: 'Lent', legalName: 'Lent', hiredOn: '2020-01-01', legalEntityId: lenderId, laborCategories };
  const employeeId = await made('createEmployee', 'employee', person);
  const work = { taskId: null, workDate: '2026-02-10', seconds: 3600n, billable: true, laborCategoryId };
  const entry = { id: newId(), version: 1, customerId, engagementId, projectId, employeeId, ...work };
  await command((scope) => postApprovedTime(scope, [entry]));
  const [row] = await sql`select id from finance.actual where source_id = ${entry.id} and kind = 'INTERCOMPANY_SALES'`;
  return String(row?.id);
}

/** In whose books an actual stands, as those of a lender. */
export async function lenderOf({ sql }: GridWorld, actualId: string): Promise<Input> {
  const [row] = await sql`select legal_entity_id as id from finance.actual where id = ${actualId}`;
  return { lenderId: String(row?.id), chargedOn: '2026-02-28' };
}
