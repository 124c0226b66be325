import { type ContractVersionTerms, references as engagements, type ProjectReference } from '#engagements/published.ts';
import type { ApprovedEntry } from '#finance/actual/commands.ts';
import { serviceActor } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { aContract, aContractLine, aContractVersion, aCustomer, aLaborCategory, anEmployee, aProject } from './siblings.ts';
import type { subgraphWorld } from './subgraph.ts';

export type World = Awaited<ReturnType<typeof subgraphWorld>>;

/** A command's scope on the world's database, in one transaction. */
export function inScope<Result>(world: World, run: (scope: Scope) => Promise<Result>, actor = serviceActor('test')): Promise<Result> {
  return world.db.transaction((tx) => run({ tx, actor, trace: { correlationId: 'test' }, now: world.time.now }));
}

/** Runs a mutation that must not be refused, and gives its payload. */
// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
export async function done(world: World, text: string, input: Record<string, unknown>): Promise<any> {
  const payload = Object.values(await world.ok(text, { variables: { input } }))[0] as { userErrors: unknown[] };
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
  return payload;
}

export const createEntity =
  'mutation ($input: CreateLegalEntityInput!) { createLegalEntity(input: $input) { legalEntity { id version code name currency countryCode } userErrors { code field guard message } } }';
export const createTaxProfile =
  'mutation ($input: CreateTaxProfileInput!) { createTaxProfile(input: $input) { taxProfile { id } userErrors { code message } } }';
export const createPeriods =
  'mutation ($input: CreateFiscalPeriodsInput!) { createFiscalPeriods(input: $input) { fiscalPeriods { id name startDate endDate status } userErrors { code field message } replayed } }';
export const createCard =
  'mutation ($input: CreateRateCardInput!) { createRateCard(input: $input) { rateCard { id kind scope currency } userErrors { code field message } } }';
export const createVersion =
  'mutation ($input: CreateRateCardVersionInput!) { createRateCardVersion(input: $input) { rateCardVersion { id number status effectiveFrom effectiveTo } userErrors { code field message } } }';
export const publishVersion =
  'mutation ($input: RateCardVersionActionInput!) { publishRateCardVersion(input: $input) { rateCardVersion { id status effectiveFrom effectiveTo publishedAt } userErrors { code field guard message } } }';

type Line = { laborCategoryId?: string; employeeId?: string; rate: string };
type Card = {
  kind: 'SALES' | 'COST' | 'TRANSFER';
  scope: 'STANDARD' | 'CUSTOMER' | 'NAMED';
  legalEntityId?: string;
  customerId?: string;
  currency?: string;
  from?: string;
  lines: Line[];
};

/** A card with one published version. */
export async function publishedCard(
  world: World,
  { from = '2026-01-01', lines, currency = 'EUR', ...card }: Card,
): Promise<{ cardId: string; versionId: string }> {
  const { rateCard } = await done(world, createCard, { name: `${card.scope} ${card.kind}`, currency, ...card });
  const { rateCardVersion } = await done(world, createVersion, { rateCardId: rateCard.id, effectiveFrom: from, lines });
  await done(world, publishVersion, { id: rateCardVersion.id });
  return { cardId: rateCard.id, versionId: rateCardVersion.id };
}

type ContractWish = Partial<ContractVersionTerms> & { status?: string; currency?: string; versions?: ContractVersionTerms[] };

/** A firm with open books for 2026, a customer, a contract with one time-and-materials line, and a billable project. */
export async function firm(world: World) {
  const code = newId().slice(-8);
  const { legalEntity } = await done(world, createEntity, { code, name: `Firm ${code}`, currency: 'EUR', countryCode: 'DE' });
  const legalEntityId: string = legalEntity.id;
  await done(world, createPeriods, { idempotencyKey: code, legalEntityId, firstYear: 2026 });
  const [customerId, engagementId, contractId, projectId, employeeId, senior, junior] = Array.from({ length: 7 }, () => newId()) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const { taxProfile } = await done(world, createTaxProfile, { legalEntityId, code, name: 'Exempt', exempt: true });
  const line = aContractLine();
  const ids = { legalEntityId, customerId, engagementId, contractId, projectId, employeeId, senior, junior, lineId: line.id };
  await world.publish(engagements.Customer, [{ id: customerId, data: aCustomer({ legalEntityId, taxProfileId: taxProfile.id }) }]);
  await world.publish(resources.Employee, [{ id: employeeId, data: anEmployee({ legalEntityId }) }]);
  await world.publish(resources.LaborCategory, [
    { id: senior, data: aLaborCategory({ code: 'S', name: 'Senior' }) },
    { id: junior, data: aLaborCategory({ code: 'J', name: 'Junior' }) },
  ]);
  let version = 1;
  const versionId = newId();
  /** The contract as one version has it, or as all of `versions` do. */
  const contract = ({ status = 'CONFIRMED', currency = 'EUR', versions, ...terms }: ContractWish = {}) => {
    const agreed = versions ?? [aContractVersion({ id: versionId, lines: [line], ...terms })];
    const data = aContract({ customerId, engagementId, legalEntityId, status, currency, versions: agreed });
    return world.publish(engagements.Contract, [{ id: contractId, version: version++, data }]);
  };
  const project = (more: Partial<ProjectReference> = {}, id = projectId) =>
    world.publish(engagements.Project, [
      { id, version: version++, data: aProject({ customerId, engagementId, contractId, legalEntityId, name: 'Project', ...more }) },
    ]);
  await contract();
  await project();
  const entry = (more: Partial<ApprovedEntry> = {}): ApprovedEntry => ({
    id: newId(),
    version: 1,
    customerId,
    engagementId,
    projectId,
    taskId: null,
    employeeId,
    workDate: '2026-02-02',
    seconds: 3600n,
    billable: true,
    laborCategoryId: senior,
    ...more,
  });
  /** Standard cards: seniors sell at 100 and cost 60, juniors at 50 and 30. */
  const standardCards = async () => {
    const lines = (rates: [string, string]) => [
      { laborCategoryId: senior, rate: rates[0] },
      { laborCategoryId: junior, rate: rates[1] },
    ];
    const sales = await publishedCard(world, { kind: 'SALES', scope: 'STANDARD', legalEntityId, lines: lines(['100.00', '50.00']) });
    const cost = await publishedCard(world, { kind: 'COST', scope: 'STANDARD', legalEntityId, lines: lines(['60.00', '30.00']) });
    return { sales, cost };
  };
  return { ...ids, line, versionId, contract, project, entry, standardCards };
}
export type Firm = Awaited<ReturnType<typeof firm>>;

/** Puts all that is ready of a contract on an invoice; gives its id. */
export async function drafted(world: World, contractId: string): Promise<string> {
  const text =
    'mutation ($input: DraftInvoicesInput!) { draftInvoices(input: $input) { results { invoice { id } userErrors { code message } } userErrors { code message } } }';
  const day = { cutOffDate: '2026-12-31', invoiceDate: '2026-03-01' };
  return (await done(world, text, { idempotencyKey: newId(), contractIds: [contractId], ...day })).results[0].invoice.id;
}

/** Takes a draft as far as it goes without money. */
export async function posted(world: World, id: string): Promise<void> {
  await done(world, 'mutation ($input: InvoiceActionInput!) { validateInvoice(input: $input) { userErrors { code message } } }', { id });
  await done(world, 'mutation ($input: PostInvoiceInput!) { postInvoice(input: $input) { userErrors { code message } } }', { idempotencyKey: newId(), id });
}

export const createEntry =
  'mutation ($input: CreateJournalEntryInput!) { createJournalEntry(input: $input) { journalEntry { id } userErrors { code message } } }';

/** Resolves when so many statements of the world wait for a lock of another transaction. */
export async function untilWaiting(world: World, wanted = 1): Promise<void> {
  for (;;) {
    const [row] = await world.sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if (Number(row?.n) >= wanted) return;
  }
}

/** A transaction that did its work and commits when it is told to. */
export async function heldOpen(world: World, work: (scope: Scope) => Promise<unknown>): Promise<() => Promise<void>> {
  const gate = Promise.withResolvers<void>();
  const worked = Promise.withResolvers<void>();
  const transaction = inScope(world, async (scope) => {
    await work(scope);
    worked.resolve();
    await gate.promise;
  });
  await Promise.race([worked.promise, transaction]);
  return () => {
    gate.resolve();
    return transaction;
  };
}
