import { type Asked, mutate } from './served.ts';

type Say = (line: string) => void;
type Results = { results: Record<string, { id: string } & Record<string, { id: string }>>[] };

/** Weeks of 2026 that everybody records. */
const weeks = 40;
const bulk = 500;
const eur = 'EUR';

/** A firm whose people have submitted so many timesheets of a day each; nothing of them is approved. */
export async function plantBurst(asked: Asked, timesheets: number, say: Say): Promise<{ id: string; approverId: string }[]> {
  const people = Math.ceil(timesheets / weeks);
  say(`a firm of ${people} people`);
  const { projectId, employeeIds, approverId } = await plantFirm(asked, people);
  const entries = employeeIds.flatMap((employeeId) =>
    Array.from({ length: weeks }, (_, week) => ({ employeeId, projectId, workDate: dayOf(week), hours: '8' })),
  );
  const sheets: string[] = [];
  for (const items of chunks(entries.slice(0, timesheets))) {
    const { results } = await mutate<Results>(asked, {
      name: 'recordTimeEntries',
      input: { items },
      select: 'results { timeEntry { timesheet { id } } } failed',
    });
    sheets.push(...results.map(({ timeEntry }) => timeEntry?.timesheet?.id ?? ''));
    say(`${sheets.length} timesheets are recorded`);
  }
  for (const ids of chunks(sheets)) await mutate(asked, { name: 'submitTimesheets', input: { items: ids.map((id) => ({ id })) }, select: 'failed' });
  say('all are submitted');
  return sheets.map((id) => ({ id, approverId }));
}

/** The Monday of a week. */
const dayOf = (week: number) => new Date(Date.UTC(2026, 0, 5 + 7 * week)).toISOString().slice(0, 10);

async function plantFirm(asked: Asked, people: number) {
  const made = async (name: string, entity: string, input: Record<string, unknown>) =>
    String((await mutate<Record<string, { id: string }>>(asked, { name, input, select: `${entity} { id }` }))[entity]?.id);
  const legalEntityId = await made('createLegalEntity', 'legalEntity', { code: 'BURST', name: 'Books', currency: eur, countryCode: 'NL' });
  await mutate(asked, { name: 'createFiscalPeriods', input: { legalEntityId, firstYear: 2026, years: 1, startMonth: 1, length: 'MONTH' }, select: 'replayed' });
  const laborCategoryId = await made('createLaborCategory', 'laborCategory', { code: 'SR', name: 'Senior' });
  for (const [kind, rate] of [
    ['SALES', '100'],
    ['COST', '60'],
  ]) {
    const rateCardId = await made('createRateCard', 'rateCard', { name: kind, kind, scope: 'STANDARD', currency: eur, legalEntityId });
    const id = await made('createRateCardVersion', 'rateCardVersion', { rateCardId, effectiveFrom: '2026-01-01', lines: [{ laborCategoryId, rate }] });
    await act(asked, { name: 'publishRateCardVersion', of: 'RateCardVersion', id });
  }
  const laborCategories = [{ laborCategoryId, effectiveFrom: '2020-01-01' }];
  const person = (n: number) => ({
    ...{ externalRef: { system: 'bench', externalId: `person ${n}` }, name: `Person ${n}`, legalName: `Person ${n}` },
    ...{ hiredOn: '2020-01-01', legalEntityId, laborCategories, status: 'ACTIVE' },
  });
  const employeeIds: string[] = [];
  for (const items of chunks(Array.from({ length: people + 1 }, (_, n) => person(n)))) {
    const { results } = await mutate<Results>(asked, { name: 'upsertEmployees', input: { items }, select: 'results { employee { id } } failed' });
    employeeIds.push(...results.map(({ employee }) => employee?.id ?? ''));
  }
  const approverId = employeeIds.pop() ?? '';
  const vat = { legalEntityId, code: 'VAT', name: 'VAT', rates: [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }] };
  const taxProfileId = await made('createTaxProfile', 'taxProfile', vat);
  const customerId = await made('createCustomer', 'customer', { name: 'Client', currency: eur, legalEntityId, taxProfileId });
  await act(asked, { name: 'activateCustomer', of: 'Customer', id: customerId });
  const engagementId = await made('createEngagement', 'engagement', { customerId, name: 'Programme' });
  const lines = [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] }];
  const contractId = await made('createContract', 'contract', { engagementId, name: 'Terms', legalEntityId, currency: eur, startDate: '2026-01-01', lines });
  const projectId = await made('createProject', 'project', { engagementId, contractId, name: 'Build', managerId: approverId, selfAssignable: true });
  for (const name of ['submitContract', 'confirmContract']) await act(asked, { name, of: 'Contract', id: contractId });
  for (const name of ['provisionProject', 'activateProject']) await act(asked, { name, of: 'Project', id: projectId });
  return { projectId, employeeIds, approverId };
}

/** A step of one entity's life. */
const act = (asked: Asked, { name, of, id }: { name: string; of: string; id: string }) =>
  mutate(asked, { name, type: `${of}ActionInput`, input: { id }, select: 'replayed' });

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / bulk) }, (_, n) => items.slice(n * bulk, (n + 1) * bulk));
}
