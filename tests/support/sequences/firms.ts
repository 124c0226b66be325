import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { newId } from '#kernel/ids.ts';
import { firmAt } from '../firmAt.ts';
import type { FlowWorld } from '../flowWorld.ts';
import type { Json } from '../graph.ts';
import type { Terms } from './lane.ts';
import { type Office, officeOf } from './office.ts';

type World = Pick<FlowWorld, 'graph' | 'sql'>;

/** Books in which sequences work, many at a time; or one alone, which may then close a month of them. */
type Books = { legalEntityId: string; taxProfileId: string; categoryId: string; approverId: string; periodId: string };

export type Firms = { shared: Books; own: readonly Books[] };

/** What a sequence wants to work with. */
export type Wish = { currency: string; closes: boolean };

/** One firm for all, and so many books for one sequence each at a time. */
export async function firmsAt(world: World, own: number): Promise<Firms> {
  const { legalEntityId, taxProfileId, categoryId, approverId } = await firmAt(world.graph);
  const office = officeOf(world.graph);
  const made = (name: string, entity: string, input: object) => madeAt(office, { name, entity, input });
  const alone = await Promise.all(
    Array.from({ length: own }, async () => {
      const code = randomUUID().slice(0, 8);
      const id = await made('createLegalEntity', 'legalEntity', { code, name: 'Own books', currency: 'EUR', countryCode: 'NL' });
      const rates = [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }];
      const [taxId] = await Promise.all([
        made('createTaxProfile', 'taxProfile', { legalEntityId: id, code, name: 'Dutch VAT', rates }),
        made('createFiscalPeriods', '', { legalEntityId: id, firstYear: 2026, length: 'MONTH' }),
        ...(['SALES', 'COST'] as const).map(async (kind) => {
          const card = { name: `${kind} ${code}`, kind, scope: 'STANDARD', currency: 'EUR', legalEntityId: id };
          const rateCardId = await made('createRateCard', 'rateCard', card);
          const lines = [{ laborCategoryId: categoryId, rate: kind === 'SALES' ? '100.00' : '60.00' }];
          await made('publishRateCardVersion', '', {
            id: await made('createRateCardVersion', 'rateCardVersion', { rateCardId, effectiveFrom: '2026-01-01', lines }),
          });
        }),
      ]);
      return { legalEntityId: id, taxProfileId: taxId, categoryId, approverId };
    }),
  );
  const all = [{ legalEntityId, taxProfileId, categoryId, approverId }, ...alone];
  const periods = await world.sql`select id, legal_entity_id from finance.fiscal_period
    where legal_entity_id = any(${all.map((each) => each.legalEntityId)}::uuid[]) and name = '2026-02'`;
  const [shared, ...rest] = all.map((each) => ({ ...each, periodId: String(periods.find((row) => row.legal_entity_id === each.legalEntityId)?.id) }));
  if (!shared) throw new Error('there is no firm');
  return { shared, own: rest };
}

/** Makes a thing, or does something where none is asked for: its id. */
async function madeAt(office: Office, { name, entity, input }: { name: string; entity: string; input: object }): Promise<string> {
  const { payload } = await office.ask(name, { ...input }, entity && `${entity} { id }`);
  assert.deepEqual(payload.userErrors, [], `${name} is refused`);
  return entity ? payload[entity].id : '';
}

/** A month that a sequence left closed opens again, for the next one. */
export async function reopened({ graph }: World, closed: readonly Terms[]): Promise<void> {
  for (const { periodId } of closed) await graph.done('reopenFiscalPeriod', { id: periodId });
}

/** Customers that one engagement and many contracts are of: as many contracts as a customer may well have. */
const contractsOfCustomer = 10;

/** For each wish a contract with running work and somebody who works for it, made by a few calls. */
export async function termsFor(world: World, firms: Firms, wishes: readonly Wish[]): Promise<Terms[]> {
  const free = [...firms.own];
  const places = wishes.map(({ closes, currency }) => {
    const own = closes ? free.pop() : undefined;
    return { books: own ?? firms.shared, periodId: own?.periodId, currency };
  });
  const customers = placed(places);
  const { upserted } = upsertsAt(world);
  const customerIds = await upserted(
    'upsertCustomers',
    'customer',
    customers.map(({ books: { legalEntityId, taxProfileId } }, index) => ({
      name: `Customer ${index}`,
      currency: 'EUR',
      legalEntityId,
      taxProfileId,
      activate: true,
    })),
  );
  const engagementIds = await upserted(
    'upsertEngagements',
    'engagement',
    customerIds.map((customerId) => ({ customerId, name: 'Programme', activate: true })),
  );
  const of = places.map((place) => customers.findIndex(({ members }) => members.includes(place)));
  const employeeIds = await upserted(
    'upsertEmployees',
    'employee',
    places.map(({ books: { legalEntityId, categoryId } }) => ({
      ...{ name: 'Ada', legalName: 'Ada', hiredOn: '2020-01-01', legalEntityId, status: 'ACTIVE' },
      laborCategories: [{ laborCategoryId: categoryId, effectiveFrom: '2020-01-01' }],
    })),
  );
  const line = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
  const contractIds = await upserted(
    'upsertContracts',
    'contract',
    places.map(({ books: { legalEntityId, categoryId }, currency }, index) => ({
      ...{ engagementId: engagementIds[of[index] ?? 0], name: 'Terms', legalEntityId, currency, startDate: '2026-01-01', lines: [line], confirm: true },
      // Cards are in the money of the books.
      ...(currency === 'EUR' ? {} : { rates: [{ laborCategoryId: categoryId, rate: { amount: '100.00', currency } }] }),
    })),
  );
  const projectIds = await upserted(
    'upsertProjects',
    'project',
    places.map(({ books: { approverId } }, index) => ({
      ...{ engagementId: engagementIds[of[index] ?? 0], contractId: contractIds[index], name: 'Build', managerId: approverId },
      ...{ selfAssignable: true, activate: true },
    })),
  );
  return places.map(({ books: { legalEntityId, approverId, categoryId }, periodId, currency }, index) => ({
    ...{ legalEntityId, approverId, categoryId, periodId, currency, customerId: customerIds[of[index] ?? 0] ?? '' },
    ...{ contractId: contractIds[index] ?? '', projectId: projectIds[index] ?? '', employeeId: employeeIds[index] ?? '' },
  }));
}

/** By books, some together: each of them a customer. */
function placed<Place extends { books: Books }>(places: readonly Place[]): { books: Books; members: Place[] }[] {
  return [...Map.groupBy(places, ({ books }) => books)].flatMap(([books, all]) =>
    Array.from({ length: Math.ceil(all.length / contractsOfCustomer) }, (_, index) => ({
      books,
      members: all.slice(index * contractsOfCustomer, (index + 1) * contractsOfCustomer),
    })),
  );
}

/** Items of a call: a body has its limit. */
const most = 250;

function upsertsAt({ graph }: World) {
  const upserted = async (name: string, entity: string, items: readonly object[]): Promise<string[]> => {
    const ids: string[] = [];
    for (let from = 0; from < items.length; from += most) {
      const named = items.slice(from, from + most).map((item) => ({ externalRef: { system: 'erp', externalId: newId() }, ...item }));
      const { results } = await graph.done(name, { items: named }, { select: `results { ${entity} { id } userErrors { code field message } }` });
      ids.push(...results.map((each: Json) => each[entity].id));
    }
    return ids;
  };
  return { upserted };
}
