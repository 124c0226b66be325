import { expect } from 'vitest';
import { references as engagements } from '#engagements/published.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { references as resources } from '#resources/published.ts';
import { createEntity, createPeriods, createTaxProfile, done as doneOn } from './books.ts';
import { aContract, aContractLine, aContractVersion, aCustomer, aLaborCategory, aMilestone, aProject } from './siblings.ts';
import { subgraphWorld } from './subgraph.ts';
import { plantVolume } from './volume.ts';

export type BillingWorld = Awaited<ReturnType<typeof billingWorld>>;

type Work = { contractId?: string; projectId?: string; customerId?: string; minor?: number; workDate?: string; kind?: string; laborCategoryId?: string | null };

/** The finance subgraph with one legal entity, its open year 2026, a taxed customer and a contract whose work can be billed. */
export async function billingWorld() {
  const world = await subgraphWorld(financeSubgraph);
  const { legalEntity } = await doneOn(world, createEntity, { code: 'NL', name: 'Firm', currency: 'EUR', countryCode: 'NL' });
  const books: string = legalEntity.id;
  const vat = { legalEntityId: books, code: 'NL21', name: 'Dutch VAT', rates: [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }] };
  const { taxProfile } = await doneOn(world, createTaxProfile, vat);
  await doneOn(world, createPeriods, { idempotencyKey: 'periods', legalEntityId: books, firstYear: 2026 });
  const names = ['customer', 'other', 'engagement', 'contract', 'otherContract', 'tmLine', 'feeLine', 'project', 'project2', 'category', 'milestone'] as const;
  const made = Object.fromEntries(names.map((name) => [name, newId()])) as Record<(typeof names)[number], string>;
  const ids = { ...made, books, profile: String(taxProfile.id) };
  const { sql } = world;

  const { customer: customerId, engagement: engagementId, books: legalEntityId } = ids;
  const customer = (id: string, name: string) => ({ id, data: aCustomer({ name, legalEntityId, taxProfileId: ids.profile }) });
  const fees = aContractLine({ id: ids.feeLine, name: 'Fees', method: 'FIXED_FEE', kinds: ['FEE'], amountMinor: '1000000' });
  const versions = [aContractVersion({ lines: [aContractLine({ id: ids.tmLine }), fees] })];
  const contract = (id: string, owner: string, name: string) => ({ id, data: aContract({ customerId: owner, engagementId, legalEntityId, name, versions }) });
  const project = (id: string, name: string) => ({
    id,
    data: aProject({ customerId, engagementId, contractId: ids.contract, legalEntityId, name }),
  });
  await world.publish(engagements.Customer, [customer(ids.customer, 'Acme'), customer(ids.other, 'Other')]);
  await world.publish(engagements.Contract, [contract(ids.contract, ids.customer, 'Frame'), contract(ids.otherContract, ids.other, 'Theirs')]);
  await world.publish(engagements.Project, [project(ids.project, 'Alpha'), project(ids.project2, 'Beta')]);
  await world.publish(resources.LaborCategory, [{ id: ids.category, data: aLaborCategory({ code: 'SR', name: 'Senior' }) }]);
  const fee = { customerId, projectId: ids.project, contractId: ids.contract, contractLineId: ids.feeLine };
  await world.publish(engagements.Milestone, [{ id: ids.milestone, data: aMilestone(fee) }]);

  /** READY work in the ledger, an hour each, on the contract's line for time and materials. */
  const work = async (count: number, more: Work = {}): Promise<string[]> => {
    const {
      contractId = ids.contract,
      projectId = ids.project,
      customerId = ids.customer,
      minor = 10_000,
      workDate = '2026-02-10',
      kind = 'UNBILLED_SALES',
    } = more;
    const laborCategoryId = more.laborCategoryId === undefined ? ids.category : more.laborCategoryId;
    const actualIds = Array.from({ length: count }, () => newId());
    const sources = actualIds.map(() => newId());
    await plantVolume(
      sql,
    )`insert into finance.actual (id, kind, transaction_class, status, source_type, source_id, source_version, legal_entity_id, customer_id, engagement_id, contract_id,
      contract_line_id, project_id, labor_category_id, work_date, accounting_date, seconds, amount_minor, currency, price_explanation)
      select actual_id, ${kind}, 'TIME', 'READY', 'TIMESHEET_ENTRY', source, 1, ${ids.books}, ${customerId}, ${ids.engagement}, ${contractId}, ${ids.tmLine}, ${projectId},
      ${laborCategoryId}, ${workDate}::date, ${workDate}::date, 3600, ${minor}, 'EUR', '{}' from unnest(${actualIds}::uuid[], ${sources}::uuid[]) as given(actual_id, source)`;
    return actualIds;
  };

  let keys = 0;
  const key = () => {
    keys += 1;
    return `key-${keys}`;
  };
  /** Runs a mutation and gives its payload; `selection` is what to ask of it. */
  const mutate = async (name: string, selection: string, input: Record<string, unknown>, actor?: Actor) => {
    const type = world.schema.getMutationType()?.getFields()[name]?.args[0]?.type;
    const variables = { input: { idempotencyKey: key(), ...input } };
    const text = `mutation ($input: ${type}) { ${name}(input: $input) { ${selection} userErrors { code guard field message } } }`;
    return (await world.ok(text, actor ? { variables, actor } : { variables }))[name];
  };
  /** The same, expecting that nothing is refused. */
  const done = async (name: string, selection: string, input: Record<string, unknown>) => {
    const payload = await mutate(name, selection, input);
    expect(payload.userErrors).toEqual([]);
    return payload;
  };
  const invoiceFields = 'id version status number total { amount } open { amount }';
  /** Drafts one invoice of all that is ready, and takes it as far as asked. */
  const invoiced = async (upTo: 'DRAFT' | 'VALIDATED' | 'POSTED', count = 2, more: Work = {}) => {
    await work(count, more);
    const { results } = await done('draftInvoices', `results { invoice { ${invoiceFields} } }`, {
      cutOffDate: '2026-12-31',
      contractIds: [more.contractId ?? ids.contract],
    });
    const { id } = results[0].invoice;
    if (upTo === 'DRAFT') return results[0].invoice;
    const validated = await done('validateInvoice', `invoice { ${invoiceFields} }`, { id });
    if (upTo === 'VALIDATED') return validated.invoice;
    return (await done('postInvoice', `invoice { ${invoiceFields} }`, { id })).invoice;
  };
  /** WIP as DOMAIN defines it: the sum of unreversed unbilled actuals. */
  const wip = async (): Promise<number> => {
    const [row] = await sql`select coalesce(sum(amount_minor), 0)::int as minor from finance.actual
      where kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null`;
    return row?.minor;
  };
  /** Debits less credits of an account, in minor units. */
  const balance = async (account: string): Promise<number> => {
    const [row] = await sql`select coalesce(sum(debit_minor - credit_minor), 0)::int as minor from finance.journal_line line
      join finance.journal_entry entry on entry.id = line.journal_entry_id where account = ${account} and entry.status = 'POSTED'`;
    return row?.minor;
  };
  return { ...world, ids, work, mutate, done, invoiced, wip, balance, key, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}
