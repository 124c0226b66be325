import { and, asc, eq, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import type { DraftInvoicesInput } from '#generated/finance.ts';
import { customerScope, demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId, newId } from '#kernel/ids.ts';
import type { Outcome } from '#kernel/mutation.ts';
import { addDays, dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { insertRows } from '#kernel/rows.ts';
import { accountOfBilling } from '../billing/accounts.ts';
import { type Billable, describeLine, groupLines, paperOrder } from '../billing/lines.ts';
import { accepted, billable, type ContractReference } from '../known.ts';
import { actuals, invoiceLines, invoices } from '../tables.ts';
import { tellInvoices } from './tell.ts';

export type Drafted = { outcomes: Outcome[]; actualsTaken: number };

type Ready = Billable & { contractId: string | null; currency: string };
type Batch = { contractId: string; currency: string; actuals: Ready[] };
type Names = { projects: ReadonlyMap<string, { name: string }>; categories: ReadonlyMap<string, { name: string }> };
type Plan = {
  invoice: typeof invoices.$inferInsert & { id: string };
  lines: (typeof invoiceLines.$inferInsert & { id: string; actualIds: string[] })[];
};

/** One DRAFT invoice per contract and currency of what is READY up to the date. A concurrent draft waits, and finds what is left. */
export async function draftInvoices(scope: Scope, input: DraftInvoicesInput): Promise<Drafted> {
  demand(scope.actor, 'invoice:write');
  const batches = batchesOf(await takeReady(scope, input));
  const contracts = await references<ContractReference>(
    scope.tx,
    'Contract',
    batches.map((batch) => batch.contractId),
  );
  const names = await namesOf(scope, batches);
  const judged = batches.map((batch) => {
    const contract = judge(batch, contracts.get(batch.contractId));
    return contract instanceof Refused ? contract : planInvoice(scope, { batch, contract, names, input });
  });
  const actualsTaken = await write(scope, accepted(judged));
  return { outcomes: judged.map((each) => (each instanceof Refused ? { refused: each } : { id: each.invoice.id })), actualsTaken };
}

/** READ COMMITTED looks again at rows that it waited for: what a concurrent draft took is no longer READY. */
function takeReady(scope: Scope, { cutOffDate, customerIds, contractIds }: DraftInvoicesInput): Promise<Ready[]> {
  const { id, contractId, contractLineId, projectId, laborCategoryId, transactionClass, description, seconds, amountMinor, currency } = actuals;
  const seen = customerScope(scope.actor);
  return scope.tx
    .select({ id, contractId, contractLineId, projectId, laborCategoryId, transactionClass, description, seconds, amountMinor, currency })
    .from(actuals)
    .where(
      and(
        eq(actuals.kind, 'UNBILLED_SALES'),
        eq(actuals.status, 'READY'),
        isNull(actuals.reversesId),
        isNull(actuals.reversedById),
        isNotNull(actuals.contractId),
        lte(actuals.workDate, cutOffDate),
        customerIds ? inArray(actuals.customerId, customerIds.filter(isId)) : undefined,
        contractIds ? inArray(actuals.contractId, contractIds.filter(isId)) : undefined,
        seen ? inArray(actuals.customerId, [...seen]) : undefined,
      ),
    )
    .orderBy(asc(actuals.id))
    .for('update');
}

function batchesOf(ready: readonly Ready[]): Batch[] {
  const batches = new Map<string, Batch>();
  for (const actual of ready) {
    const { contractId, currency } = actual;
    if (contractId === null) continue;
    const key = `${contractId} ${currency}`;
    const batch = batches.get(key) ?? { contractId, currency, actuals: [] };
    batches.set(key, batch);
    batch.actuals.push(actual);
  }
  return [...batches.values()];
}

async function namesOf(scope: Scope, batches: readonly Batch[]): Promise<Names> {
  const all = batches.flatMap((batch) => batch.actuals);
  const present = (ids: (string | null)[]) => ids.filter((id) => id !== null);
  const projects = await references<{ name: string }>(scope.tx, 'Project', present(all.map((actual) => actual.projectId)));
  const categories = await references<{ name: string }>(scope.tx, 'LaborCategory', present(all.map((actual) => actual.laborCategoryId)));
  return { projects, categories };
}

function judge(batch: Batch, found: ContractReference | undefined): ContractReference | Refused {
  const contract = billable(found, batch.contractId);
  if (contract instanceof Refused) return contract;
  if (contract.currency !== batch.currency)
    return new Refused('CURRENCY_MISMATCH', `${contract.name} is in ${contract.currency}; it has actuals in ${batch.currency}.`);
  if (batch.actuals.reduce((sum, actual) => sum + actual.amountMinor, 0n) > 0n) return contract;
  const why = `What is ready on ${contract.name} adds up to nothing to pay. It stays ready for the next invoice.`;
  return new Refused('GUARD_REFUSED', why, { guard: 'asksForMoney' });
}

function planInvoice(scope: Scope, wanted: { batch: Batch; contract: ContractReference; names: Names; input: DraftInvoicesInput }): Plan {
  const { batch, contract, names, input } = wanted;
  const { customerId, engagementId, legalEntityId, paymentTermDays } = contract;
  const { contractId, currency } = batch;
  const id = newId(scope.now.getTime());
  const invoiceDate = input.invoiceDate ?? dateOf(scope.now);
  const subtotalMinor = batch.actuals.reduce((sum, actual) => sum + actual.amountMinor, 0n);
  const owner = { customerId, engagementId, contractId, legalEntityId, currency };
  const dates = { invoiceDate, paymentTermDays, dueDate: addDays(invoiceDate, paymentTermDays), cutOffDate: input.cutOffDate };
  return {
    invoice: { id, kind: 'INVOICE', ...owner, ...dates, subtotalMinor, totalMinor: subtotalMinor },
    lines: planLines(scope, { id, customerId, currency, batch, contract, names }),
  };
}

type LinePlan = { id: string; customerId: string; currency: string; batch: Batch; contract: ContractReference; names: Names };

function planLines(scope: Scope, { id: invoiceId, customerId, currency, batch, contract, names }: LinePlan): Plan['lines'] {
  const methods = new Map(contract.lines.map((line) => [line.id, line.method]));
  const described = groupLines(batch.actuals).map(({ label, transactionClass, ...group }) => {
    const project = (group.projectId ? names.projects.get(group.projectId)?.name : undefined) ?? contract.name;
    const laborCategory = group.laborCategoryId ? names.categories.get(group.laborCategoryId)?.name : undefined;
    const description = describeLine({ ...group, label, transactionClass }, { project, laborCategory });
    return { ...group, kind: transactionClass, project, description };
  });
  return described.sort(paperOrder).map(({ project: _, ...line }, index) => {
    const method = line.contractLineId ? methods.get(line.contractLineId) : undefined;
    const place = { id: newId(scope.now.getTime()), invoiceId, customerId, currency, position: index + 1 };
    return { ...line, ...place, account: accountOfBilling(method), actualCount: line.actualIds.length };
  });
}

async function write(scope: Scope, plans: readonly Plan[]): Promise<number> {
  if (plans.length === 0) return 0;
  const drafted = await insertRows(
    scope,
    invoices,
    plans.map((plan) => plan.invoice),
  );
  const lines = plans.flatMap((plan) => plan.lines);
  await insertRows(
    scope,
    invoiceLines,
    lines.map(({ actualIds: _, ...line }) => line),
  );
  const links = lines.flatMap((line) => line.actualIds.map((actualId) => ({ actualId, invoiceId: line.invoiceId, lineId: line.id })));
  const column = (name: keyof (typeof links)[number]) => sql.param(links.map((link) => link[name]));
  await scope.tx.execute(sql`
    update finance.actual set status = 'ON_INVOICE', invoice_id = link.invoice_id, invoice_line_id = link.line_id, version = version + 1, updated_at = ${scope.now.toISOString()}
    from unnest(${column('actualId')}::uuid[], ${column('invoiceId')}::uuid[], ${column('lineId')}::uuid[]) as link(actual_id, invoice_id, line_id) where id = link.actual_id`);
  await tellInvoices(scope, 'InvoiceDrafted', drafted);
  return links.length;
}
