import { randomUUID } from 'node:crypto';
import type { Graph, Json } from './graph.ts';

export type Firm = Awaited<ReturnType<typeof firmAt>>;

type Options = {
  name?: string;
  /** The legal entity's code, which invoice numbers begin with; any when absent. */
  code?: string;
  /** Sales and cost cards; without them nothing can be priced. */
  cards?: boolean;
  /** What an hour is sold for. */
  salesRate?: string;
  /** What it costs. */
  costRate?: string;
  /** The first year whose fiscal periods there are, and how many of them. */
  periodsOf?: number;
  years?: number;
  currency?: string;
  taxRates?: readonly { basisPoints: number; effectiveFrom: string; effectiveTo?: string }[];
  /** What the contract says otherwise: its dates, its lines. */
  terms?: Readonly<Record<string, unknown>>;
  hiredOn?: string;
};

const dutchVat = [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }];

/** A small firm made through the graph alone: books of 2026, cards, a customer with running work, and two people. */
export async function firmAt(
  graph: Graph,
  {
    name = 'Acme',
    cards = true,
    salesRate = '100.00',
    costRate = '60.00',
    code = randomUUID().slice(0, 8),
    periodsOf = 2026,
    years = 1,
    currency = 'EUR',
    taxRates = dutchVat,
    terms = {},
    hiredOn = '2020-01-01',
  }: Options = {},
) {
  const { made, done } = graph;
  const legalEntityId = await made('createLegalEntity', 'legalEntity', { code, name: `${name} books`, currency, countryCode: 'NL' });
  await done('createFiscalPeriods', { legalEntityId, firstYear: periodsOf, years, startMonth: 1, length: 'MONTH' });
  const taxProfileId = await made('createTaxProfile', 'taxProfile', {
    legalEntityId,
    code: `${code}-21`,
    name: 'Dutch VAT',
    rates: taxRates,
  });
  const categoryId = await made('createLaborCategory', 'laborCategory', { code: `SR-${code}`, name: 'Senior' });
  const publishCard = async (kind: 'SALES' | 'COST', rate: string) => {
    const rateCardId = await made('createRateCard', 'rateCard', { name: `${kind} ${code}`, kind, scope: 'STANDARD', currency, legalEntityId });
    const id = await made('createRateCardVersion', 'rateCardVersion', {
      rateCardId,
      effectiveFrom: '2026-01-01',
      lines: [{ laborCategoryId: categoryId, rate }],
    });
    await done('publishRateCardVersion', { id });
  };
  const publishCards = async () => {
    await publishCard('SALES', salesRate);
    await publishCard('COST', costRate);
  };
  if (cards) await publishCards();
  const person = async (who: string, categories: boolean) => {
    const laborCategories = categories ? [{ laborCategoryId: categoryId, effectiveFrom: '2020-01-01' }] : [];
    const id = await made('createEmployee', 'employee', { name: who, legalName: who, hiredOn, legalEntityId, laborCategories });
    await done('activateEmployee', { id });
    return id;
  };
  const employeeId = await person('Ada', true);
  const approverId = await person('Grace', true);
  const customerId = await made('createCustomer', 'customer', { name, currency, legalEntityId, taxProfileId });
  await done('activateCustomer', { id: customerId });
  const engagementId = await made('createEngagement', 'engagement', { customerId, name: `${name} programme` });
  const line = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
  const contractId = await made('createContract', 'contract', {
    engagementId,
    name: `${name} terms`,
    legalEntityId,
    currency,
    startDate: '2026-01-01',
    lines: [line],
    ...terms,
  });
  for (const action of ['submitContract', 'confirmContract', 'activateEngagement'])
    await done(action, { id: action === 'activateEngagement' ? engagementId : contractId });
  const projectId = await made('createProject', 'project', { engagementId, contractId, name: 'Build', managerId: approverId, selfAssignable: true });
  for (const action of ['provisionProject', 'activateProject']) await done(action, { id: projectId });

  /** Entries of days in one week, submitted, and approved by somebody else: their ids. */
  const approved = async (days: readonly string[], more: Record<string, unknown> = {}): Promise<string[]> => {
    const { entries, timesheetId } = await recorded(days, more);
    await done('submitTimesheet', { id: timesheetId });
    await done('approveTimesheet', { id: timesheetId, approverId });
    return entries;
  };
  const recorded = async (days: readonly string[], more: Record<string, unknown> = {}) => {
    const items = days.map((workDate) => ({ employeeId, projectId, workDate, hours: '8', ...more }));
    const { results } = await done('recordTimeEntries', { items }, { select: 'results { timeEntry { id timesheet { id } } userErrors { code message } }' });
    return { entries: results.map(({ timeEntry }: Json) => timeEntry.id) as string[], timesheetId: results[0].timeEntry.timesheet.id as string };
  };
  return {
    legalEntityId,
    taxProfileId,
    categoryId,
    employeeId,
    approverId,
    customerId,
    engagementId,
    contractId,
    projectId,
    person,
    recorded,
    approved,
    publishCard,
    publishCards,
  };
}
