import { subgraphs } from '../../roles/subgraphs.ts';
import { constellation } from './constellation.ts';
import { mutationsOn } from './graphClient.ts';
import { settleProcesses } from './settle.ts';

const year = new Date().getUTCFullYear() - 1;
const day = (monthAndDay: string) => `${year}-${monthAndDay}`;
const money = (amount: string) => ({ amount, currency: 'EUR' });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index).padStart(3, '0'));

type Run = ReturnType<typeof mutationsOn>;

/** So many clients of one firm, all alike, each with a project, two people, time, a cost, an invoice and an hour that nothing prices. */
export async function manyClients(count: number, onStatement?: (text: string) => void) {
  const world = await constellation({ subgraphs, ...(onStatement ? { onStatement } : {}) });
  const run = mutationsOn(world.graph.planning().apiSchema, world.ok);
  const firm = await books(run);
  const projects = await sold(run, firm, count);
  const people = await staffed(run, firm, projects);
  await worked(run, { ...people, projects, month: '02' });
  await settleProcesses(world.databaseUrl);
  await billed(run);
  await worked(run, { ...people, projects, month: '03' });
  await settleProcesses(world.databaseUrl);
  return { ...world, projects, people, [Symbol.asyncDispose]: world[Symbol.asyncDispose] };
}

async function books({ made, bulk, payload }: Run) {
  const legalEntityId: string = (await made('createLegalEntity', { code: 'FIRM', name: 'Firm', currency: 'EUR', countryCode: 'DE' })).id;
  const tax = await made('createTaxProfile', { legalEntityId, code: 'T', name: 'Tax', rates: [{ basisPoints: 1900, effectiveFrom: '2000-01-01' }] });
  await payload('createFiscalPeriods', { legalEntityId, firstYear: year, years: 2 }, 'fiscalPeriods { id }');
  const [grade] = await bulk('upsertLaborCategories', [{ code: 'G', name: 'Grade' }]);
  for (const [kind, rate] of [
    ['SALES', '100.00'],
    ['COST', '60.00'],
  ] as const) {
    const card = await made('createRateCard', { legalEntityId, name: kind, kind, scope: 'STANDARD', currency: 'EUR' });
    const version = await made('createRateCardVersion', { rateCardId: card.id, effectiveFrom: '2000-01-01', lines: [{ laborCategoryId: grade.id, rate }] });
    await made('publishRateCardVersion', { id: version.id });
  }
  return { legalEntityId, taxProfileId: tax.id as string, grade: grade.id as string };
}

type Firm = Awaited<ReturnType<typeof books>>;

async function sold({ bulk }: Run, { legalEntityId, taxProfileId, grade }: Firm, count: number): Promise<string[]> {
  const each = numbers(count);
  const ref = (kind: string, number: string) => ({ system: 'crm', externalId: `${kind}-${number}` });
  const customers = await bulk(
    'upsertCustomers',
    each.map((n) => ({ externalRef: ref('customer', n), name: `Customer ${n}`, currency: 'EUR', legalEntityId, taxProfileId, activate: true })),
  );
  const engagements = await bulk(
    'upsertEngagements',
    each.map((n, at) => ({ externalRef: ref('engagement', n), customerId: customers[at].id, name: `Engagement ${n}`, activate: true })),
  );
  const rates = [{ laborCategoryId: grade, rate: money('110.00'), effectiveFrom: day('01-01') }];
  const lines = [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] }];
  const contracts = await bulk(
    'upsertContracts',
    each.map((n, at) => ({
      externalRef: ref('contract', n),
      engagementId: engagements[at].id,
      name: `Contract ${n}`,
      startDate: day('01-01'),
      lines,
      rates,
      confirm: true,
    })),
  );
  const manager = await bulk('upsertEmployees', [
    { externalRef: { system: 'hr', externalId: 'lead' }, name: 'Lead', legalName: 'Lead', hiredOn: '2000-01-01', status: 'ACTIVE' },
  ]);
  const under = each.map((n, at) => ({ externalRef: ref('project', n), engagementId: engagements[at].id, contractId: contracts[at].id, name: `Project ${n}` }));
  const projects = await bulk(
    'upsertProjects',
    under.map((item) => ({ ...item, managerId: manager[0].id, activate: true })),
  );
  return projects.map(({ id }) => String(id));
}

async function staffed({ bulk }: Run, { grade }: Firm, projects: readonly string[]) {
  const person = (name: string, graded: boolean) => ({
    ...{ externalRef: { system: 'hr', externalId: name }, name, legalName: name, hiredOn: '2000-01-01', status: 'ACTIVE' },
    laborCategories: graded ? [{ laborCategoryId: grade, effectiveFrom: '2000-01-01' }] : [],
  });
  const graded = await bulk(
    'upsertEmployees',
    projects.map((_, at) => person(`Graded ${String(at).padStart(3, '0')}`, true)),
  );
  const plain = await bulk(
    'upsertEmployees',
    projects.map((_, at) => person(`Plain ${String(at).padStart(3, '0')}`, false)),
  );
  const both = projects.flatMap((projectId, at) =>
    [graded[at], plain[at]].map(({ id }) => ({ employeeId: id, projectId, startDate: day('01-01'), endDate: day('12-31'), weeklyHours: '8' })),
  );
  await bulk(
    'upsertAssignments',
    both.map((item, at) => ({ ...item, externalRef: { system: 'psa', externalId: `assignment-${at}` }, status: 'CONFIRMED' })),
  );
  return { graded: graded.map(({ id }) => String(id)), plain: plain.map(({ id }) => String(id)) };
}

type Staffed = { graded: readonly string[]; plain: readonly string[]; projects: readonly string[]; month: string };

async function worked({ bulk }: Run, { graded, plain, projects, month }: Staffed): Promise<void> {
  const entries = projects.flatMap((projectId, at) =>
    [graded[at], graded[at], plain[at]].map((employeeId, index) => ({
      ...{
        employeeId,
        projectId,
        workDate: day(`${month}-0${index === 0 ? 2 : 3}`),
        hours: '2',
        externalRef: { system: 'psa', externalId: `entry-${month}-${at}-${index}` },
      },
    })),
  );
  const recorded = await bulk('recordTimeEntries', entries, 'id timesheet { id }');
  const sheets = [...new Set(recorded.map((entry) => entry.timesheet.id))].map((id) => ({ id }));
  await bulk('submitTimesheets', sheets);
  const [approver] = await bulk('upsertEmployees', [
    { externalRef: { system: 'hr', externalId: 'boss' }, name: 'Boss', legalName: 'Boss', hiredOn: '2000-01-01', status: 'ACTIVE' },
  ]);
  await bulk(
    'approveTimesheets',
    sheets.map((item) => ({ ...item, approverId: approver.id })),
  );
  const spent = projects.map((projectId, at) => ({
    ...{ employeeId: graded[at], projectId, category: 'MEALS', workDate: day(`${month}-03`), amount: money('12.00') },
    externalRef: { system: 'psa', externalId: `expense-${month}-${at}` },
  }));
  const expenses = await bulk('recordExpenses', spent);
  await bulk(
    'submitExpenses',
    expenses.map(({ id }) => ({ id })),
  );
  await bulk(
    'approveExpenses',
    expenses.map(({ id }) => ({ id, approverId: approver.id })),
  );
}

async function billed({ payload, bulk }: Run): Promise<void> {
  const { results } = await payload(
    'draftInvoices',
    { cutOffDate: day('06-30'), invoiceDate: day('06-30') },
    'results { invoice { id } userErrors { code message } }',
  );
  const drafts = results.map(({ invoice }: { invoice: { id: string } }) => ({ id: invoice.id }));
  await bulk('validateInvoices', drafts);
  await bulk('postInvoices', drafts);
}
