import { errors, type Firm, type Named, ref, refs, results } from './firm.ts';
import type { Narrator } from './narrator.ts';

export type Deal = { customerId: string; contractId: string; projectId: string };

type Provisioning = { system: string; status: string };
type Opportunity = {
  id: string;
  status: string;
  contract: { id: string; status: string } | null;
  project: (Named & { status: string; provisionings: Provisioning[] }) | null;
};

const opportunities = `{ opportunities(${refs('deal')}) { nodes { id status contract { id status } project { id name status provisionings { system status } } } } }`;

/** Opportunity to project: what a CRM brings, and what follows from it. */
export async function tellOpportunityToProject(told: Narrator, { laborCategoryId }: Firm): Promise<Deal> {
  told.chapter('1. Opportunity to project');
  const customer = await told.step<Named>({
    says: 'The CRM brings a customer.',
    look: async () => (await told.rows<Named>('customers', `{ customers(${refs('buyer')}) { nodes { id name } } }`))[0],
    act: () => {
      const buyer = `{ externalRef: ${ref('buyer')}, name: "Demo Buyer", currency: "EUR", legalEntityRef: ${ref('firm')}, taxProfileRef: ${ref('vat')} }`;
      return told.tell('upsertCustomers', `mutation { upsertCustomers(input: { idempotencyKey: "demo-buyer", items: [${buyer}] }) { ${results} } }`);
    },
    shows: ({ id, name }) => `customer ${name} ${id}`,
  });
  const read = async () => (await told.rows<Opportunity>('opportunities', opportunities))[0];
  const terms = `method: TIME_AND_MATERIALS, value: { amount: "50000.00", currency: "EUR" }, expectedCloseOn: "2025-01-10", startDate: "2025-01-01", managerRef: ${ref('grace')}, rates: [{ laborCategoryId: $category, rate: { amount: "120.00", currency: "EUR" } }]`;
  await told.step<Opportunity>({
    says: 'And an opportunity: time and materials, 120.00 an hour, led by Grace.',
    look: read,
    act: () =>
      told.tell(
        'upsertOpportunities',
        `mutation ($category: ID!) { upsertOpportunities(input: { idempotencyKey: "demo-deal", items: [{ externalRef: ${ref('deal')}, customerRef: ${ref('buyer')}, name: "Data platform", ${terms} }] }) { ${results} } }`,
        { category: laborCategoryId },
      ),
    shows: ({ id, status }) => `opportunity ${id}, ${status}`,
  });
  await told.step<Opportunity>({
    says: 'It is won.',
    look: async () => {
      const found = await read();
      return found?.status === 'WON' ? found : undefined;
    },
    act: () => told.tell('winOpportunity', `mutation { winOpportunity(input: { idempotencyKey: "demo-won", externalRef: ${ref('deal')} }) { ${errors} } }`),
    shows: ({ id }) => `opportunity(id: "${id}") { onboarding runs { nodes { steps { name state } } } }`,
  });
  const { contract, project } = await tellOnboarding(told, read);
  return { customerId: customer.id, contractId: contract.id, projectId: project.id };
}

type Onboarded = { contract: { id: string; status: string }; project: Named & { status: string } };

function tellOnboarding(told: Narrator, read: () => Promise<Opportunity | undefined>): Promise<Onboarded> {
  return told.step<Onboarded>({
    says: 'A process checks the rules, and makes engagement, contract and project; systems outside that set it up have answered.',
    look: async () => {
      const { contract = null, project = null } = (await read()) ?? {};
      if (!contract || !project) return undefined;
      for (const { system } of project.provisionings.filter(({ status }) => status === 'PENDING')) await answerFor(told, project.id, system);
      return project.status === 'ACTIVE' ? { contract, project } : undefined;
    },
    act: async () => undefined,
    shows: ({ contract, project }) => `contract ${contract.id}, ${contract.status}; project ${project.name} ${project.id}, ${project.status}`,
  });
}

const answerFor = (told: Narrator, projectId: string, system: string) =>
  told.tell(
    'acknowledgeProvisioning',
    `mutation ($id: ID!, $system: String!) { acknowledgeProvisioning(input: { projectId: $id, system: $system }) { ${errors} } }`,
    { id: projectId, system },
  );

/** Employee to assignment: who may work on it, and what that leaves of the week. */
export async function tellEmployeeToAssignment(told: Narrator, { ada }: Firm, { projectId }: Deal): Promise<void> {
  told.chapter('2. Employee to assignment');
  const item = `{ externalRef: ${ref('assigned')}, employeeRef: ${ref('ada')}, projectId: $project, startDate: "2025-03-01", endDate: "2025-05-31", weeklyHours: "32", status: CONFIRMED }`;
  await told.step<{ id: string; status: string }>({
    says: 'Ada is assigned from March to May, 32 hours a week, and confirmed: from now on the PSA takes her time on it.',
    look: async () => (await told.rows<{ id: string; status: string }>('assignments', `{ assignments(${refs('assigned')}) { nodes { id status } } }`))[0],
    act: () =>
      told.tell(
        'upsertAssignments',
        `mutation ($project: ID!) { upsertAssignments(input: { idempotencyKey: "demo-assigned", items: [${item}] }) { ${results} } }`,
        { project: projectId },
      ),
    shows: ({ id, status }) => `assignment ${id}, ${status}`,
  });
  const { availability } = await told.ask<{ availability: { freeHours: string } }>(
    'employee',
    'query ($id: ID!) { employee(id: $id) { availability(startDate: "2025-03-03", endDate: "2025-03-09") { freeHours } } }',
    { id: ada },
  );
  told.note(`${availability.freeHours} hours are left of her week of 3 March.`);
}
