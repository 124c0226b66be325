import type { BillingRunActionInput } from '#generated/finance.ts';
import type { Context, Scope } from '#kernel/context.ts';
import { Refused, toUserErrors, type UserError } from '#kernel/errors.ts';
import { shown, transact } from '#kernel/mutation.ts';
import { asRefused, type Outcome } from '#kernel/outcome.ts';
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

/** A page of invoices per transaction, each with an answer of its own to the same key: a retry finds the pages that are done and goes on behind them. */
export async function onBillingRun(context: Context, does: keyof typeof acts, input: BillingRunActionInput) {
  const act = acts[does];
  const results: Stored[] = [];
  const userErrors: UserError[] = [];
  const replays: boolean[] = [];
  try {
    for (let number = 0, after: string | null = null; number === 0 || after !== null; number += 1) {
      const from: string | null = after;
      const name = number === 0 ? act.mutation : `${act.mutation} ${number}`;
      const { answer, replayed }: { answer: Page; replayed: boolean } = await transact(context, { mutation: name, input }, (scope) =>
        actOnPage(scope, act, { id: input.id, after: from }),
      );
      results.push(...answer.results);
      replays.push(replayed);
      after = answer.next;
    }
  } catch (error) {
    userErrors.push(...toUserErrors(asRefused(error), context.trace.correlationId));
  }
  context.forget();
  const failed = results.filter((result) => result.userErrors.length > 0).length;
  return {
    billingRun: await shown(context, readBillingRun, input.id),
    results: await Promise.all(
      results.map(async ({ id, userErrors: own }, index) => ({ index, userErrors: own, invoice: await shown(context, readInvoice, id) })),
    ),
    ...{ succeeded: results.length - failed, failed, userErrors },
    replayed: replays.length > 0 && replays.every(Boolean),
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
