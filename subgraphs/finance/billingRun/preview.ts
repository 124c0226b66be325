import type { RunBillingInput } from '#generated/finance.ts';
import { connection, pageSize } from '#kernel/connection.ts';
import type { Context, Scope } from '#kernel/context.ts';
import { readCursor, writeCursor } from '#kernel/cursor.ts';
import { loadTaxes, taxOn } from '../invoice/tax.ts';
import type { BillingPreviewLineRow, BillingPreviewRow, InvoiceRow } from '../tables.ts';
import { undone } from '../undone.ts';
import { type ContractDraft, draftBite } from './draftContract.ts';
import { demandScope } from './scope.ts';

const undoing = <Answer>(context: Context, input: RunBillingInput, run: (scope: Scope) => Promise<Answer>) =>
  undone(context, { mutation: 'runBilling', input }, run);

/** What a run would draft now, a bite of contracts at a time: only lines stay in memory, one per invoice. */
export async function previewBilling(context: Context, input: RunBillingInput): Promise<BillingPreviewRow> {
  const of = await undoing(context, input, (scope) => demandScope(scope, input));
  const lines: BillingPreviewLineRow[] = [];
  for (let after: string | null = null, more = true; more; more = after !== null) {
    const from: string | null = after;
    const bite = await undoing(context, input, async (scope) => {
      const { drafts, next } = await draftBite(scope, of, from);
      return { lines: await linesOf(scope, drafts), next };
    });
    lines.push(...bite.lines);
    after = bite.next;
  }
  context.forget();
  return { scope: of, lines };
}

async function linesOf(scope: Scope, drafts: readonly ContractDraft[]): Promise<BillingPreviewLineRow[]> {
  const invoices = drafts.flatMap((each) => each.invoices);
  const loaded = await loadTaxes(
    scope,
    invoices.map(({ id }) => ({ id })),
  );
  return drafts.flatMap(({ contractId, invoices: own, refused }) => [
    ...own.map((row) => lineOf(row, { tax: taxOn(loaded, row, row.invoiceDate), actuals: actualsOn(loaded.lines.get(row.id)) })),
    ...refused.map((each) => ({ contractId, ...nothing, refused: each })),
  ]);
}

const nothing = { customerId: null, currency: null, actuals: 0, netMinor: 0n, taxMinor: null, failure: null };
const actualsOn = (lines: readonly { actualCount: number }[] = []): number => lines.reduce((sum, { actualCount }) => sum + actualCount, 0);

type Judged = { tax: ReturnType<typeof taxOn>; actuals: number };

function lineOf({ contractId, customerId, currency, subtotalMinor: netMinor }: InvoiceRow, { tax, actuals }: Judged): BillingPreviewLineRow {
  const determined = 'failure' in tax ? { taxMinor: null, failure: tax.failure } : { taxMinor: tax.totalMinor, failure: null };
  return { contractId: contractId ?? '', customerId, currency, actuals, netMinor, ...determined, refused: null };
}

const order = 'BILLING_PREVIEW';

/** A page of lines: a contract in a currency is one, and they come in the order of the contracts' ids. */
export function previewPage({ lines }: BillingPreviewRow, { first, after }: { first?: number | null | undefined; after?: string | null | undefined }) {
  const size = pageSize({ first });
  const place = after ? readCursor(order, after) : undefined;
  const keyOf = ({ contractId, currency }: BillingPreviewLineRow) => `${contractId} ${currency ?? ''}`;
  const behind = place ? lines.filter((line) => keyOf(line) > `${place.id} ${place.value}`) : lines;
  const cursorOf = ({ currency, contractId }: BillingPreviewLineRow) => writeCursor(order, [currency ?? '', contractId]);
  return connection(behind, { ...size, continued: place !== undefined, cursorOf }, async () => lines.length);
}

type Total = { currency: string; invoices: number; netMinor: bigint; taxMinor: bigint };

/** What would be drafted, by currency. */
export function previewTotals({ lines }: BillingPreviewRow): Total[] {
  const drafted = lines.filter(({ refused }) => refused === null);
  return [...Map.groupBy(drafted, ({ currency }) => currency ?? '')].map(([currency, own]) => ({
    ...{ currency, invoices: own.length },
    netMinor: own.reduce((sum, { netMinor }) => sum + netMinor, 0n),
    taxMinor: own.reduce((sum, { taxMinor }) => sum + (taxMinor ?? 0n), 0n),
  }));
}

/** The tax failures of what would be drafted. */
export function previewFailures({ lines }: BillingPreviewRow): { contractId: string; failure: string }[] {
  return lines.flatMap(({ contractId, failure }) => (failure ? [{ contractId, failure }] : []));
}
