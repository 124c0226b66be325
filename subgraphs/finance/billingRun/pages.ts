import type { BillingRunActionInput } from '#generated/finance.ts';
import type { Context, Scope } from '#kernel/context.ts';
import { Refused, toUserErrors, type UserError } from '#kernel/errors.ts';
import { shown, shownResults } from '#kernel/mutation.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { inPages } from '#kernel/pages.ts';
import { lockRows, notFound } from '#kernel/rows.ts';
import { sql } from '#kernel/sql.ts';
import { isConfined } from '#kernel/visibility.ts';
import { postInvoices, validateInvoices } from '../invoice/commands.ts';
import { readInvoice } from '../invoice/queries.ts';
import { billingRunContracts, billingRuns, invoices } from '../tables.ts';
import { readBillingRun } from './queries.ts';

/** Invoices that one transaction takes. */
const pageSize = 100;

type Act = {
  mutation: 'validateBillingRun' | 'postBillingRun';
  status: 'DRAFT' | 'VALIDATED';
  carryOut: (scope: Scope, items: readonly { id: string }[]) => Promise<Outcome[]>;
};

const acts = {
  validate: { mutation: 'validateBillingRun', status: 'DRAFT', carryOut: validateInvoices },
  post: { mutation: 'postBillingRun', status: 'VALIDATED', carryOut: postInvoices },
} as const satisfies Record<string, Act>;

type Stored = { id: string; userErrors: UserError[] };
type Page = { results: Stored[]; next: string | null };

/** A page of invoices per transaction: each is answered for itself. */
export async function onBillingRun(context: Context, does: keyof typeof acts, input: BillingRunActionInput) {
  const act = acts[does];
  const { pages, ...rest } = await inPages(context, { mutation: act.mutation, input }, (scope, after: string | null) =>
    actOnPage(scope, act, { id: input.id, after }),
  );
  const acted = pages.flatMap(({ results }) => results).map((result, index) => ({ ...result, index }));
  return {
    billingRun: await shown(context, readBillingRun, input.id),
    ...(await shownResults(context, { entity: 'invoice', read: readInvoice }, acted)),
    ...rest,
  };
}

async function actOnPage(scope: Scope, { status, carryOut }: Act, { id, after }: { id: string; after: string | null }): Promise<Page> {
  const run = (await lockRows(scope, billingRuns, [id])).get(id);
  if (!run || isConfined(scope.actor)) throw notFound('BillingRun', id);
  if (!run.finishedAt) {
    const place = `${run.contractsDone} of ${run.contractsFound} contracts`;
    throw new Refused('INVALID_TRANSITION', `The run is still drafting (${place}). Wait for BillingRunCompleted, or cancel it.`, { field: 'id' });
  }
  const rows = await scope.tx.execute(sql`
    select drafted.id as place, drafted.invoice_id from ${billingRunContracts} as drafted join ${invoices} as invoice on invoice.id = drafted.invoice_id
    where drafted.billing_run_id = ${run.id} and invoice.status = ${status} and (${after}::uuid is null or drafted.id > ${after}::uuid)
    order by drafted.id limit ${pageSize}`);
  const items = rows.map((row) => ({ id: String(row.invoice_id) }));
  const outcomes = await carryOut(scope, items);
  const results = items.map((item, index): Stored => {
    const outcome = outcomes[index];
    return { ...item, userErrors: outcome && 'refused' in outcome ? toUserErrors(outcome.refused, scope.trace.correlationId) : [] };
  });
  return { results, next: rows.length === pageSize ? String(rows.at(-1)?.place) : null };
}
