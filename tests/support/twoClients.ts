import { hash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { requestProvisioning } from '#engagements/provisioning/commands.ts';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { dunDueInvoices } from '#finance/dunning/commands.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { serviceActor } from '#kernel/actor.ts';
import { executeAll } from '#kernel/command.ts';
import { openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { resourcesSubgraph } from '#resources/subgraph.ts';
import { timeSubgraph } from '#time/subgraph.ts';
import { constellation, type TransportName } from './constellation.ts';
import { type Mutations, mutationsOn } from './graphClient.ts';
import { leastInput } from './leastInput.ts';
import { turnReconciliation } from './reconciliations.ts';
import { settleProcesses } from './settle.ts';

/** In every text of a client stands its word; in what is the firm's own stands `cloistered`. */
export const words = { a: 'Aldermoor', b: 'Brackwater', firm: 'Cloistered' } as const;

/** All work lies in the past year, whenever the test runs. */
const year = new Date().getUTCFullYear() - 1;
const day = (monthAndDay: string) => `${year}-${monthAndDay}`;
const money = (amount: string) => ({ amount, currency: 'EUR' });

type Numbers = { rate: string; lineRate: string; milestone: string; expense: string; hours: readonly [string, string, string, string]; paid: string };
/** Odd sums, so that a figure of one client is not by chance one of the other. */
const numbers: Record<'a' | 'b', Numbers> = {
  a: { rate: '151.07', lineRate: '157.03', milestone: '4111.11', expense: '211.13', hours: ['7.25', '6.5', '3.75', '5.25'], paid: '401.09' },
  b: { rate: '173.19', lineRate: '179.23', milestone: '7131.17', expense: '611.43', hours: ['4.05', '8.15', '2.35', '1.45'], paid: '911.77' },
};

type Firm = Awaited<ReturnType<typeof firmOf>>;

async function firmOf({ made, bulk, payload }: Mutations) {
  const legalEntityId: string = (await made('createLegalEntity', { code: 'FIRM', name: 'Northlight GmbH', currency: 'EUR', countryCode: 'DE' })).id;
  const of = { legalEntityId };
  const taxProfile = await made('createTaxProfile', {
    ...of,
    code: 'DE19',
    name: `${words.firm} tax`,
    rates: [{ basisPoints: 1900, effectiveFrom: '2000-01-01' }],
  });
  const costCenter = await made('createCostCenter', { ...of, code: 'CC', name: `${words.firm} cost center` });
  await payload('createFiscalPeriods', { ...of, firstYear: year, years: 2 }, 'fiscalPeriods { id }');
  const [senior, junior] = await bulk('upsertLaborCategories', [
    { code: 'SENIOR', name: 'Senior' },
    { code: 'JUNIOR', name: 'Junior' },
  ]);
  for (const [kind, rate] of [
    ['SALES', '121.01'],
    ['COST', '61.37'],
  ] as const) {
    const card = await made('createRateCard', { ...of, name: `${words.firm} ${kind}`, kind, scope: 'STANDARD', currency: 'EUR' });
    const version = await made('createRateCardVersion', { rateCardId: card.id, effectiveFrom: '2000-01-01', lines: [{ laborCategoryId: senior.id, rate }] });
    await made('publishRateCardVersion', { id: version.id });
  }
  const holding = await made('createCustomer', { name: `${words.firm} Holding` });
  const person = (name: string, more: object = {}) => ({
    externalRef: { system: 'hr', externalId: `${words.firm}-${name}` },
    ...{ name, legalName: `${words.firm} ${name}`, workEmail: `${name.split(' ')[0]}@northlight.example`, title: 'Consultant' },
    ...{ hiredOn: day('01-01'), status: 'ACTIVE', legalEntityId, costCenterId: costCenter.id },
    laborCategories: [{ laborCategoryId: senior.id, effectiveFrom: day('01-01') }],
    ...more,
  });
  const [boss] = await bulk('upsertEmployees', [person(`Boss ${words.firm}`)]);
  const [shared, onlyA, onlyB, leadA, leadB, ungraded] = await bulk(
    'upsertEmployees',
    [
      person('Shared'),
      person(`Ada ${words.a}`),
      person(`Ben ${words.b}`),
      person(`Leda ${words.a}`),
      person(`Lion ${words.b}`),
      person('Ungraded', { laborCategories: [] }),
    ].map((each) => ({ ...each, managerId: boss.id })),
  );
  const people = { boss, shared, only: { a: onlyA, b: onlyB }, lead: { a: leadA, b: leadB }, ungraded };
  return { legalEntityId, taxProfileId: taxProfile.id, costCenterId: costCenter.id, senior: senior.id, junior: junior.id, holdingId: holding.id, people };
}

/** One client with everything that a client can have, up to posted invoices. */
async function clientOf(run: Mutations, firm: Firm, which: 'a' | 'b') {
  const { made } = run;
  const word = words[which];
  const ref = (name: string) => [{ system: 'crm', externalId: `${word}-${name}` }];
  const customer = await made('createCustomer', {
    ...{ name: `${word} Group`, parentId: firm.holdingId, currency: 'EUR', legalEntityId: firm.legalEntityId, taxProfileId: firm.taxProfileId },
    ...{ billingEmail: `bills@${word}.example`, billingAddress: `1 ${word} Road`, externalRefs: ref('customer') },
  });
  await made('activateCustomer', { id: customer.id });
  const engagement = await made('createEngagement', {
    customerId: customer.id,
    name: `${word} programme`,
    description: `${word} plans`,
    externalRefs: ref('engagement'),
  });
  await made('activateEngagement', { id: engagement.id });
  const card = await made('createRateCard', { name: `${words.firm} ${word}`, kind: 'SALES', scope: 'CUSTOMER', currency: 'EUR', customerId: customer.id });
  await made('createRateCardVersion', { rateCardId: card.id, effectiveFrom: '2000-01-01', lines: [{ laborCategoryId: firm.senior, rate: '143.41' }] });
  const contracts = await contractsOf(run, firm, { which, engagementId: engagement.id });
  const projects = await projectsOf(run, firm, { which, engagementId: engagement.id, contract: contracts.confirmed });
  return { id: customer.id as string, engagementId: engagement.id as string, contracts, projects };
}

async function contractsOf({ made }: Mutations, firm: Firm, { which, engagementId }: { which: 'a' | 'b'; engagementId: string }) {
  const word = words[which];
  const { rate, lineRate, milestone } = numbers[which];
  const draft = (name: string) =>
    made(
      'createContract',
      {
        ...{
          engagementId,
          name: `${word} ${name}`,
          currency: 'EUR',
          startDate: day('01-01'),
          internalNotes: `${words.firm} ${word} margin`,
          paymentTermDays: 14,
        },
        externalRefs: [{ system: 'crm', externalId: `${word}-${name}` }],
        rates: [{ laborCategoryId: firm.senior, rate: money(rate), effectiveFrom: day('01-01') }],
        lines: [
          {
            ...{ name: `${word} work`, method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] },
            rates: [{ employeeId: firm.people.only[which].id, rate: money(lineRate), effectiveFrom: day('01-01') }],
          },
          { name: `${word} goals`, method: 'MILESTONE', kinds: ['FEE'], amount: money(milestone) },
        ],
      },
      'id lines { id method }',
    );
  const confirmed = await draft('frame contract');
  await made('submitContract', { id: confirmed.id });
  await made('confirmContract', { id: confirmed.id });
  const inReview = await draft('offer in review');
  await made('submitContract', { id: inReview.id });
  const lost = await draft('offer that was lost');
  await made('loseContract', { id: lost.id });
  return { confirmed, hidden: [(await draft('offer in draft')).id, inReview.id, lost.id] as string[] };
}

type Under = { which: 'a' | 'b'; engagementId: string; contract: { id: string; lines: { id: string; method: string }[] } };

async function projectsOf({ made }: Mutations, firm: Firm, { which, engagementId, contract }: Under) {
  const word = words[which];
  const { people } = firm;
  const found: { id: string; taskId: string }[] = [];
  for (const name of ['build', 'run']) {
    const project = await made('createProject', {
      ...{ engagementId, contractId: contract.id, name: `${word} ${name}`, description: `${word} ${name} plan`, managerId: people.lead[which].id },
      ...{ selfAssignable: true, internalNotes: `${words.firm} ${word}`, externalRefs: [{ system: 'crm', externalId: `${word}-${name}` }] },
    });
    await made('provisionProject', { id: project.id });
    await made('activateProject', { id: project.id });
    const task = await made('createTask', { projectId: project.id, name: `${word} ${name} task`, description: word });
    for (const employee of [people.shared, people.only[which]]) {
      const dates = { startDate: day('01-01'), endDate: day('12-31'), weeklyHours: '8' };
      const assignment = await made('createAssignment', { employeeId: employee.id, projectId: project.id, taskId: task.id, ...dates });
      await made('confirmAssignment', { id: assignment.id });
    }
    found.push({ id: project.id, taskId: task.id });
  }
  const contractLineId = contract.lines.find(({ method }) => method === 'MILESTONE')?.id;
  const amount = money(numbers[which].milestone);
  const milestone = await made('createMilestone', { projectId: found[0]?.id, contractLineId, name: `${word} go-live`, amount, plannedOn: day('02-27') });
  await made('reachMilestone', { id: milestone.id });
  await made('acceptMilestone', { id: milestone.id });
  return found;
}

type Client = Awaited<ReturnType<typeof clientOf>>;

/** Time of shared and own people, an expense, and an hour that nothing prices; all approved. */
async function workOf({ made, bulk }: Mutations, firm: Firm, { which, client, date }: { which: 'a' | 'b'; client: Client; date: string }) {
  const { people } = firm;
  const word = words[which];
  const [build, runs] = client.projects;
  const { hours, expense } = numbers[which];
  const entry = (employee: { id: string }, project: { id: string; taskId: string } | undefined, worked: string) => ({
    ...{ employeeId: employee.id, projectId: project?.id, taskId: project?.taskId, workDate: date, hours: worked, notes: `${word} notes` },
    externalRef: { system: 'psa', externalId: `${word}-${newId()}` },
  });
  const entries = await bulk(
    'recordTimeEntries',
    [
      entry(people.shared, build, hours[0]),
      entry(people.only[which], build, hours[1]),
      entry(people.only[which], runs, hours[2]),
      entry(people.ungraded, runs, hours[3]),
    ],
    'id timesheet { id }',
  );
  const spent = await made('recordExpense', {
    ...{ employeeId: people.only[which].id, projectId: build?.id, category: 'TRAVEL', workDate: date, amount: money(expense), notes: `${word} train` },
    receiptUrl: `https://receipts.example/${words.firm}`,
    receiptChecksum: hash('sha256', newId()),
  });
  await made('submitExpense', { id: spent.id });
  await made('approveExpense', { id: spent.id, approverId: people.boss.id });
  return { sheets: [...new Set<string>(entries.map((each) => each.timesheet.id))], ids: [...entries.map(({ id }) => String(id)), String(spent.id)] };
}

async function approveAll({ bulk }: Mutations, firm: Firm, sheets: readonly string[]) {
  const items = [...new Set(sheets)].map((id) => ({ id }));
  await bulk('submitTimesheets', items);
  await bulk(
    'approveTimesheets',
    items.map((item) => ({ ...item, approverId: firm.people.boss.id })),
  );
}

/** Invoices of all that is ready: one posted and partly paid, with revenue and an entry by hand beside it. */
async function billingOf({ made, payload }: Mutations, firm: Firm, { which, client }: { which: 'a' | 'b'; client: Client }) {
  const { results } = await payload(
    'draftInvoices',
    { cutOffDate: day('06-30'), customerIds: [client.id], invoiceDate: day('06-30') },
    'results { invoice { id } userErrors { code message } }',
  );
  const id: string = results[0].invoice.id;
  await made('updateInvoice', { id, note: `${words[which]} note`, purchaseOrderNumber: `${words[which]}-PO` });
  await made('validateInvoice', { id });
  await made('postInvoice', { id });
  const paid = { customerId: client.id, legalEntityId: firm.legalEntityId, amount: money(numbers[which].paid), receivedOn: day('07-10') };
  const payment = await made('recordPayment', { ...paid, reference: `${words[which]} transfer` });
  await made('applyPayment', { id: payment.id, applications: [{ invoiceId: id, amount: money(numbers[which].paid) }], appliedOn: day('07-10') });
  const remittanceLines = [{ number: `${words[which]} 1`, amount: money('1.00') }];
  const twice = await made('recordPayment', { ...paid, remittanceLines, amount: money({ a: '31.13', b: '37.17' }[which]), reference: `${words[which]} twice` });
  await made('refundPayment', { id: twice.id, amount: money({ a: '31.13', b: '37.17' }[which]), reason: `${words[which]} refund`, refundedOn: day('07-10') });
  const contractId = client.contracts.confirmed.id;
  await payload(
    'scheduleRevenue',
    { contractId, method: 'STRAIGHT_LINE', total: money('9000.00'), startDate: day('01-01'), endDate: day('03-31'), description: `${words.firm} revenue` },
    'revenueEvents { id }',
  );
  const lines = [
    { account: 'ACCRUED_COST', debit: money('55.55') },
    { account: 'OTHER', credit: money('55.55') },
  ];
  const entry = await made('createJournalEntry', {
    legalEntityId: firm.legalEntityId,
    customerId: client.id,
    postingDate: day('06-30'),
    description: `${words.firm} ${words[which]}`,
    lines,
  });
  await made('postJournalEntry', { id: entry.id });
  return { postedInvoice: id, payment: payment.id as string };
}

/** Whom a client's project asked for, and who is proposed; and the time off of somebody who works for it. */
async function staffingOf({ made, bulk }: Mutations, firm: Firm, { which, client }: { which: 'a' | 'b'; client: Client }) {
  const word = words[which];
  const wanted = { name: `${word} wish`, place: word, percent: 10, startDate: day('09-01'), endDate: day('09-30'), skills: [{ name: word, level: 1 }] };
  const { id } = await made('createResourceRequest', { projectId: client.projects[0]?.id, laborCategoryId: firm.senior, ...wanted });
  await made('submitResourceRequest', { id });
  await made('proposeResources', { id, proposals: [{ employeeId: firm.people.shared.id, reason: `${words.firm} ${word}` }] });
  const externalRef = { system: 'hr', externalId: `${words.firm}-${word}` };
  await bulk('upsertAbsences', [{ externalRef, employeeId: firm.people.only[which].id, startDate: day('10-01'), endDate: day('10-02') }]);
  await bulk('upsertHolidays', [
    {
      externalRef: { system: 'hr', externalId: `${words.firm}-${day(which === 'a' ? '10-03' : '10-04')}` },
      date: day('10-03'),
      name: `${words.firm} day`,
      legalEntityId: firm.legalEntityId,
    },
  ]);
}

/** What the story does not make: of everything else that is created for a client, the least that its input asks for. */
async function restOf({ made, called }: Mutations, schema: GraphQLSchema, of: { firm: Firm; clients: Record<'a' | 'b', Client> }) {
  const others = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ name }) => name.startsWith('create') && !called.has(name));
  for (const which of ['a', 'b'] as const) {
    const { id: customerId, engagementId, contracts, projects } = of.clients[which];
    const own: Record<string, string | undefined> = { customerId, engagementId, contractId: contracts.confirmed.id, projectId: projects[0]?.id };
    const firms = { employeeId: of.firm.people.only[which].id, laborCategoryId: of.firm.senior, legalEntityId: of.firm.legalEntityId };
    const ids: Record<string, string | undefined> = { taskId: projects[0]?.taskId, ...own, ...firms };
    for (const { name, args } of others) {
      const input = leastInput(args[0]?.type, { id: (field) => ids[field] ?? '', text: words[which] }) as Record<string, unknown>;
      if (Object.keys(input).some((field) => field in own)) await made(name, input);
    }
  }
}

/** What only a process asks for: a system outside that has to set up a project of each client. */
async function askOutside(url: string, clients: Record<'a' | 'b', Client>) {
  await using open = openDb({ url, name: 'two clients', max: 1, scope: 'command' });
  const asked = (['a', 'b'] as const).map((which) => ({ projectId: clients[which].projects[0]?.id ?? '', system: words[which], dueAt: new Date() }));
  await open.db.transaction((tx) =>
    executeAll({ tx, actor: serviceActor('two clients'), trace: { correlationId: newId() }, now: new Date() }, requestProvisioning, asked),
  );
}

/** A reminder of each client's posted invoice, which arrived. */
async function dunnedOf({ made, payload }: Mutations, ok: Accept, { url, firm }: { url: string; firm: Firm }) {
  await made('setDunningPolicy', { id: firm.legalEntityId });
  await using open = openDb({ url, name: 'two clients', max: 1, scope: 'command' });
  const scope = { actor: serviceActor('two clients'), trace: { correlationId: newId() }, now: new Date() };
  while ((await open.db.transaction((tx) => dunDueInvoices({ ...scope, tx }))) > 0);
  const { dunningNotices } = (await ok('{ dunningNotices { nodes { id } } }', {}, { role: 'finance' })) as { dunningNotices: { nodes: { id: string }[] } };
  for (const { id } of dunningNotices.nodes) await payload('acknowledgeDunningDelivery', { id, channel: 'EMAIL' }, 'dunningNotice { id }');
}

/** An amendment of each client's contract that touches its invoices; somebody else than its author accepted it. */
async function amendedOf({ made }: Mutations, ok: Accept, { which, client, firm }: { which: 'a' | 'b'; client: Client; firm: Firm }) {
  const rate = { a: '191.23', b: '217.47' }[which];
  const wanted = { effectiveFrom: day('01-01'), changes: { rates: [{ laborCategoryId: firm.senior, rate: money(rate) }] } };
  const about = { contractId: client.contracts.confirmed.id, name: `${words[which]} raise`, reason: `${words.firm} ${words[which]}` };
  const { id } = await made('createAmendment', { ...about, ...wanted });
  await made('submitAmendment', { id });
  await ok('mutation ($input: AcceptAmendmentInput!) { acceptAmendment(input: $input) { userErrors { message } } }', { input: { id } }, { role: 'finance' });
  await made('applyAmendment', { id });
}

type Accept = (query: string, variables: Record<string, unknown>, wish: { role: string }) => Promise<unknown>;

/** A firm with two clients, each with everything: one world for whatever asks what one of them may see. */
export async function twoClients(transport: TransportName = 'in process', more: Pick<Parameters<typeof constellation>[0], 'documents' | 'mcp'> = {}) {
  const world = await constellation({
    subgraphs: [engagementsSubgraph, resourcesSubgraph, timeSubgraph, financeSubgraph, operationsSubgraph],
    transport,
    ...more,
  });
  const schema = world.graph.planning().apiSchema;
  const run = mutationsOn(schema, world.ok);
  const firm = await firmOf(run);
  const clients = { a: await clientOf(run, firm, 'a'), b: await clientOf(run, firm, 'b') };
  const both = ['a', 'b'] as const;
  const worked: Record<'a' | 'b', string[]> = { a: [], b: [] };
  const work = async (date: string) => {
    const sheets: string[] = [];
    for (const which of both) {
      const done = await workOf(run, firm, { which, client: clients[which], date });
      sheets.push(...done.sheets);
      worked[which].push(...done.ids);
    }
    await approveAll(run, firm, sheets);
    await settleProcesses(world.databaseUrl);
  };
  await work(day('02-02'));
  const billed = { a: await billingOf(run, firm, { which: 'a', client: clients.a }), b: await billingOf(run, firm, { which: 'b', client: clients.b }) };
  for (const which of both) await staffingOf(run, firm, { which, client: clients[which] });
  await restOf(run, schema, { firm, clients });
  await askOutside(world.databaseUrl, clients);
  await work(day('02-09'));
  for (const which of both)
    await run.payload('draftInvoices', { cutOffDate: day('08-31'), customerIds: [clients[which].id], invoiceDate: day('08-31') }, 'results { invoice { id } }');
  await dunnedOf(run, world.ok, { url: world.databaseUrl, firm });
  for (const which of both) {
    const reason = `${words[which]} paid it`;
    await run.made('disputeInvoice', { invoiceId: billed[which].postedInvoice, amount: money('1.01'), reasonCode: 'ALREADY_PAID', reason });
  }
  for (const which of both) await amendedOf(run, world.ok, { which, client: clients[which], firm });
  await settleProcesses(world.databaseUrl);
  await run.payload('runReconciliation', {}, 'reconciliationRun { id }');
  await turnReconciliation(world.databaseUrl);
  return {
    ...world,
    schema,
    run,
    firm,
    clients,
    billed,
    /** Time entries and expenses, by client. */
    work: worked,
    portal: (which: 'a' | 'b') => ({ role: 'portal', customerIds: [clients[which].id] }),
    [Symbol.asyncDispose]: world[Symbol.asyncDispose],
  };
}

export type TwoClients = Awaited<ReturnType<typeof twoClients>>;
