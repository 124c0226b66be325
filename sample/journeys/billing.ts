import { errors, type Firm, type Money, ref, refs, results } from './firm.ts';
import type { Narrator } from './narrator.ts';
import type { Deal } from './sales.ts';
import { tellWork } from './work.ts';

export type Invoice = { id: string; number: string | null; status: string; total: Money };
type Run = { id: string; drafted: number; drafts: { nodes: { contract: { id: string } | null }[] } };

const month = 'cutOffDate: "2025-03-31", invoiceDate: "2025-03-31", contractIds: [$contract]';
const invoices = `query ($contract: ID!) { invoices(first: 1, filter: { contractIds: [$contract], kinds: [INVOICE], invoiceDateTo: "2025-03-31" }, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { id number status total { amount currency } } } }`;
const runs = '{ billingRuns(filter: { states: [COMPLETED] }, first: 250) { nodes { id drafted drafts(first: 250) { nodes { contract { id } } } } } }';
const looking = `mutation ($contract: ID!) { runBilling(input: { idempotencyKey: "demo-run", ${month}, dryRun: true }) { preview { totals { invoices gross { amount currency } } } ${errors} } }`;
const beginning = `mutation ($contract: ID!) { runBilling(input: { idempotencyKey: "demo-run", ${month} }) { billingRun { id } ${errors} } }`;

type Preview = { preview: { totals: { invoices: number; gross: Money }[] } };

/** Approved time to billing, and the run that bills the month. */
export async function tellApprovedTimeToBilling(told: Narrator, firm: Firm, deal: Deal): Promise<Invoice> {
  told.chapter('3. Approved time to billing');
  await tellWork(told, firm, { ...deal, work: { key: 'march', days: ['2025-03-03', '2025-03-04', '2025-03-05'] } });
  const contract = { contract: deal.contractId };
  const read = async () => (await told.rows<Invoice>('invoices', invoices, contract))[0];
  await told.step<Invoice>({
    says: 'Finance looks at what a billing run would draft, and begins it.',
    look: read,
    act: async () => {
      const { preview } = await told.tell<Preview>('runBilling', looking, contract);
      for (const { invoices: count, gross } of preview.totals) told.note(`The preview: ${count} invoice of ${gross.amount} ${gross.currency}.`);
      await told.tell('runBilling', beginning, contract);
    },
    shows: ({ id }) => `invoice ${id}`,
  });
  const run = await told.step<Run>({
    says: 'The run has come to every contract; its drafts stand together for review.',
    look: async () => (await told.rows<Run>('billingRuns', runs)).find(({ drafts }) => drafts.nodes.some((draft) => draft.contract?.id === deal.contractId)),
    act: async () => undefined,
    shows: ({ id, drafted }) => `billingRun(id: "${id}") { drafts { nodes { id status } } warnings { warnings { message } } }, ${drafted} drafted`,
  });
  return told.step<Invoice>({
    says: 'All of it is taxed and posted: number, books, receivables, documents.',
    look: async () => {
      const found = await read();
      return found && !['DRAFT', 'VALIDATED'].includes(found.status) ? found : undefined;
    },
    act: async () => {
      const all = { id: run.id };
      const step = (name: string, key: string) => `mutation ($id: ID!) { ${name}(input: { idempotencyKey: "${key}", id: $id }) { ${results} } }`;
      await told.tell('validateBillingRun', step('validateBillingRun', 'demo-validate'), all);
      await told.tell('postBillingRun', step('postBillingRun', 'demo-post'), all);
    },
    shows: ({ id, number, total }) => `invoice ${number} ${id}, ${total.amount} ${total.currency}`,
  });
}

type Payment = { id: string; status: string; amount: Money };
type Owed = { number: string; status: string; open: Money };

/** Invoice to cash. */
export async function tellInvoiceToCash(told: Narrator, { customerId }: Deal, { id, total }: Invoice): Promise<void> {
  told.chapter('4. Invoice to cash');
  const item = `{ customerId: $customer, legalEntityRef: ${ref('firm')}, receivedOn: "2025-04-10", amount: $amount, externalRefs: [${ref('paid')}], applications: [{ invoiceId: $invoice, amount: $amount }] }`;
  await told.step<Payment>({
    says: 'The bank says that the customer has paid, and which invoice.',
    look: async () => (await told.rows<Payment>('payments', `{ payments(${refs('paid')}) { nodes { id status amount { amount currency } } } }`))[0],
    act: () =>
      told.tell(
        'recordPayments',
        `mutation ($amount: MoneyInput!, $customer: ID!, $invoice: ID!) { recordPayments(input: { idempotencyKey: "demo-paid", items: [${item}] }) { ${results} } }`,
        { amount: { amount: total.amount, currency: total.currency }, customer: customerId, invoice: id },
      ),
    shows: (payment) => `payment ${payment.id} of ${payment.amount.amount} ${payment.amount.currency}, ${payment.status}`,
  });
  await told.step<Owed>({
    says: 'Nothing is open any more; the customer sees the same in the portal.',
    look: async () => {
      const found = await told.ask<Owed>('invoice', 'query ($id: ID!) { invoice(id: $id) { number status open { amount currency } } }', { id });
      return found.status === 'PAID' ? found : undefined;
    },
    act: async () => undefined,
    shows: ({ number, status, open }) => `invoice ${number} ${id}, ${status}, ${open.amount} ${open.currency} open`,
  });
}

type Period = { id: string; name: string; status: string };
const periods = 'query ($ids: [ID!]) { fiscalPeriods(filter: { legalEntityIds: $ids, activeOn: "2025-03-31" }) { nodes { id name status } } }';

/** The month is closed: nothing is posted into it any more. */
export async function tellClosing(told: Narrator, { legalEntityId }: Firm): Promise<void> {
  told.chapter('6. Closing');
  const read = async () => (await told.rows<Period>('fiscalPeriods', periods, { ids: [legalEntityId] }))[0];
  await told.step<Period>({
    says: 'March has nothing open: finance closes it.',
    look: async () => {
      const found = await read();
      return found?.status === 'OPEN' ? undefined : found;
    },
    act: async () => {
      const close = `mutation ($id: ID!) { closeFiscalPeriod(input: { idempotencyKey: "demo-close", id: $id }) { ${errors} } }`;
      await told.tell('closeFiscalPeriod', close, { id: (await read())?.id });
    },
    shows: ({ id, name, status }) => `fiscal period ${name} ${id}, ${status}`,
  });
  const { sums } = await told.ask<{ sums: Money[] }>('trialBalance', 'query ($id: ID!) { trialBalance(legalEntityId: $id) { sums { amount currency } } }', {
    id: legalEntityId,
  });
  for (const { amount, currency } of sums) told.note(`Debits less credits of all accounts: ${amount} ${currency}.`);
}
