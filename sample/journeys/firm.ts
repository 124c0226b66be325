import type { Narrator } from './narrator.ts';

/** How the story calls its things, so that it finds them again. */
export const ref = (externalId: string): string => `{ system: "demo", externalId: "${externalId}" }`;
export const refs = (externalId: string): string => `filter: { externalRefs: [${ref(externalId)}] }`;

/** What a document asks of every mutation, so that a refusal is seen. */
export const errors = 'userErrors { message }';
export const results = `results { ${errors} } ${errors}`;

export type Named = { id: string; name: string };
export type Money = { amount: string; currency: string };
export type Firm = { legalEntityId: string; laborCategoryId: string; ada: string; grace: string };

const legalEntities = `{ legalEntities(${refs('firm')}) { nodes { id name } } }`;
const periods = 'query ($ids: [ID!]!) { fiscalPeriods(first: 1, filter: { legalEntityIds: $ids }) { nodes { id } } }';
const employees = `{ employees(filter: { externalRefs: [${ref('ada')}, ${ref('grace')}] }) { nodes { id name } } }`;

/** The firm of which the story is told: books of 2025, a cost card, two people. It stands beside whatever is there. */
export async function tellFirm(told: Narrator): Promise<Firm> {
  told.chapter('A firm: books of 2025, tax, a cost card, two people');
  const books = await tellBooks(told);
  const category = await told.step<Named>({
    says: 'HR names a kind of work.',
    look: async () => (await told.rows<Named>('laborCategories', '{ laborCategories(filter: { codes: ["DEMO-SENIOR"] }) { nodes { id name } } }'))[0],
    act: () =>
      told.tell(
        'upsertLaborCategories',
        `mutation { upsertLaborCategories(input: { idempotencyKey: "demo-category", items: [{ externalRef: ${ref('senior')}, code: "DEMO-SENIOR", name: "Senior consultant" }] }) { ${results} } }`,
      ),
    shows: ({ id, name }) => `labor category ${name} ${id}`,
  });
  await tellCostCard(told, category.id);
  const people = await told.step<Named[]>({
    says: 'HR brings two people: Ada, who does the work, and Grace, who leads it.',
    look: async () => {
      const found = await told.rows<Named>('employees', employees);
      return found.length === 2 ? found : undefined;
    },
    act: () =>
      told.tell(
        'upsertEmployees',
        `mutation ($category: ID!) { upsertEmployees(input: { idempotencyKey: "demo-people", items: [${person('ada', 'Ada')}, ${person('grace', 'Grace')}] }) { ${results} } }`,
        { category: category.id },
      ),
    shows: (found) => found.map(({ id, name }) => `${name} ${id}`).join(', '),
  });
  const idOf = (who: string): string => people.find(({ name }) => name === who)?.id ?? '';
  return { legalEntityId: books.id, laborCategoryId: category.id, ada: idOf('Ada'), grace: idOf('Grace') };
}

function tellBooks(told: Narrator): Promise<Named> {
  const find = async () => (await told.rows<Named>('legalEntities', legalEntities))[0];
  return told.step<Named>({
    says: 'Finance opens the books and names the tax.',
    look: async () => {
      const found = await find();
      return found && (await told.rows('fiscalPeriods', periods, { ids: [found.id] })).length > 0 ? found : undefined;
    },
    act: async () => {
      const firm = `{ externalRef: ${ref('firm')}, code: "DEMO", name: "Demo Consulting", currency: "EUR", countryCode: "NL" }`;
      await told.tell('upsertLegalEntities', `mutation { upsertLegalEntities(input: { idempotencyKey: "demo-books", items: [${firm}] }) { ${results} } }`);
      const vat = `{ externalRef: ${ref('vat')}, legalEntityRef: ${ref('firm')}, code: "DEMO-21", name: "Dutch VAT", rates: [{ basisPoints: 2100, effectiveFrom: "2020-01-01" }] }`;
      await told.tell('upsertTaxProfiles', `mutation { upsertTaxProfiles(input: { idempotencyKey: "demo-tax", items: [${vat}] }) { ${results} } }`);
      await told.tell(
        'createFiscalPeriods',
        `mutation ($id: ID!) { createFiscalPeriods(input: { idempotencyKey: "demo-periods", legalEntityId: $id, firstYear: 2025 }) { ${errors} } }`,
        { id: (await find())?.id },
      );
    },
    shows: ({ id, name }) => `legal entity ${name} ${id}`,
  });
}

const person = (key: string, name: string): string =>
  `{ externalRef: ${ref(key)}, legalEntityRef: ${ref('firm')}, name: "${name}", legalName: "${name} of the demo", hiredOn: "2024-01-01", status: ACTIVE, laborCategories: [{ laborCategoryId: $category, effectiveFrom: "2024-01-01" }] }`;

type Version = { id: string; effectiveFrom: string };

async function tellCostCard(told: Narrator, laborCategoryId: string): Promise<void> {
  const card = async () => (await told.rows<Named>('rateCards', `{ rateCards(${refs('cost')}) { nodes { id name } } }`))[0];
  const version = async (status: 'DRAFT' | 'PUBLISHED') => {
    const query = `query ($ids: [ID!]) { rateCardVersions(filter: { rateCardIds: $ids, statuses: [${status}] }) { nodes { id effectiveFrom } } }`;
    const found = await card();
    return found && (await told.rows<Version>('rateCardVersions', query, { ids: [found.id] }))[0];
  };
  await told.step<Version>({
    says: 'Finance publishes what an hour costs: without it no hour is billed.',
    look: () => version('PUBLISHED'),
    act: async () => {
      const cost = `{ externalRef: ${ref('cost')}, legalEntityRef: ${ref('firm')}, name: "Demo cost", kind: COST, scope: STANDARD, currency: "EUR" }`;
      await told.tell('upsertRateCards', `mutation { upsertRateCards(input: { idempotencyKey: "demo-card", items: [${cost}] }) { ${results} } }`);
      if (!(await version('DRAFT')))
        await told.tell(
          'createRateCardVersion',
          `mutation ($card: ID!, $category: ID!) { createRateCardVersion(input: { idempotencyKey: "demo-cost", rateCardId: $card, effectiveFrom: "2025-01-01", lines: [{ laborCategoryId: $category, rate: "60.00" }] }) { ${errors} } }`,
          { card: (await card())?.id, category: laborCategoryId },
        );
      const publish = `mutation ($id: ID!) { publishRateCardVersion(input: { idempotencyKey: "demo-publish", id: $id }) { ${errors} } }`;
      await told.tell('publishRateCardVersion', publish, { id: (await version('DRAFT'))?.id });
    },
    shows: ({ id, effectiveFrom }) => `rate card version ${id} from ${effectiveFrom}`,
  });
}
