import { sourcesOfInvoices } from '#finance/invoice/queries.ts';
import { facts as finance } from '#finance/published.ts';
import { consumer, type FactOf } from '#kernel/consume.ts';
import type { Scope } from '#kernel/context.ts';
import { markBilled } from '#time/entry/commands.ts';
import { markExpensesBilled } from '#time/expense/commands.ts';

type Billing = FactOf<typeof finance.InvoicePosted> | FactOf<typeof finance.InvoiceCredited> | FactOf<typeof finance.InvoicePartlyCredited>;

/** Time and expenses learn when the invoice that bills them was posted, and that it, or their part of it, was credited. */
export const billedWork = consumer({
  name: 'billed-work',
  facts: [finance.InvoicePosted, finance.InvoiceCredited, finance.InvoicePartlyCredited],
  // Two invoices may bill the same work, one after the other was credited: the order of the log decides what holds in the end.
  partitions: 1,
  handle: async (scope, facts) => {
    for (const run of runsOfOneType(facts)) await mark(scope, run);
  },
});

async function mark(scope: Scope, facts: readonly Billing[]): Promise<void> {
  const [first] = facts;
  const billedAt = first?.type === 'InvoicePosted' ? first.occurredAt : null;
  const sources = await sourcesOfInvoices(
    scope.tx,
    facts.map((fact) => fact.subjectId),
  );
  // A fact that is heard of late does not undo what the books say now.
  const meant = sources.filter((source) => source.billed === (billedAt !== null));
  const idsOf = (sourceType: string) => meant.filter((source) => source.sourceType === sourceType).map((source) => source.sourceId);
  await markBilled(scope, idsOf('TIMESHEET_ENTRY'), billedAt);
  await markExpensesBilled(scope, idsOf('EXPENSE_ITEM'), billedAt);
}

function runsOfOneType(facts: readonly Billing[]): Billing[][] {
  const runs: Billing[][] = [];
  for (const fact of facts) {
    const last = runs.at(-1);
    if (last?.[0]?.type === fact.type) last.push(fact);
    else runs.push([fact]);
  }
  return runs;
}
