import { demandNone, repeatable, singleKey, type UserError } from './bulk.ts';
import { ImportFailed } from './client.ts';
import * as map from './map.ts';
import * as operations from './operations.ts';
import { publishRates } from './rates.ts';
import { type Run, send } from './run.ts';

/** Everything that time hangs on: the firm's books, rates, customers, people, contracts, projects. */
export async function setUp(run: Run): Promise<void> {
  const { ids } = run;
  const { dump, rates } = run.source;
  await send(run, { entity: 'LegalEntity', operation: operations.upsertLegalEntities, pieces: map.legalEntities() });
  await Promise.all([
    send(run, { entity: 'TaxProfile', operation: operations.upsertTaxProfiles, pieces: map.taxProfiles(ids) }),
    send(run, { entity: 'LaborCategory', operation: operations.upsertLaborCategories, pieces: map.laborCategories(dump, rates) }),
    send(run, { entity: 'RateCard', operation: operations.upsertRateCards, pieces: map.rateCards(ids) }),
    openPeriods(run),
  ]);
  await Promise.all([
    publishRates(run),
    send(run, { entity: 'Customer', operation: operations.upsertCustomers, pieces: map.customers(dump, ids) }),
    send(run, { entity: 'Employee', operation: operations.upsertEmployees, pieces: map.employees(dump, ids) }),
  ]);
  await send(run, { entity: 'Engagement', operation: operations.upsertEngagements, pieces: map.engagements(dump, ids) });
  await send(run, { entity: 'Contract', operation: operations.upsertContracts, pieces: map.contracts(dump, ids) });
  await send(run, { entity: 'Project', operation: operations.upsertProjects, pieces: map.projects(dump, ids) });
}

/** How many records `setUp` sends, for the progress bar. */
export function setUpSteps({ source: { dump, rates } }: Run): number {
  const fixed = map.legalEntities().length + 1 + 2;
  return fixed + map.laborCategories(dump, rates).length + dump.agencies.size + dump.users.size + 2 * dump.accountingCodes.size + dump.projects.size;
}

type PeriodsAnswer = { createFiscalPeriods: { userErrors: UserError[]; replayed: boolean } };

async function openPeriods(run: Run): Promise<void> {
  const legalEntityId = run.ids.get(`LegalEntity ${map.sources.firm}`);
  if (!legalEntityId) throw new ImportFailed(`The firm itself was refused: ${run.refusals.map((refusal) => refusal.message).join('; ')}`);
  const wanted = { legalEntityId, ...map.fiscalPeriods(run.source.dump, Number(run.today.slice(0, 4))) };
  const input = { idempotencyKey: singleKey('createFiscalPeriods', wanted), ...wanted };
  const answer = await run.client.call<PeriodsAnswer>({
    document: operations.createFiscalPeriods,
    variables: { input },
    again: ({ createFiscalPeriods }) => repeatable(createFiscalPeriods.userErrors),
  });
  demandNone('createFiscalPeriods', answer.createFiscalPeriods.userErrors);
  run.acted ||= !answer.createFiscalPeriods.replayed;
}
