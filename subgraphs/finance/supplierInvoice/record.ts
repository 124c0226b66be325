import type { RecordSupplierInvoiceItem, SupplierInvoiceLineInput } from '#generated/finance.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type DecisionContext, differs, openDraft, rowsIn } from '#kernel/draft.ts';
import { missingTime, readSeconds, timeField } from '#kernel/duration.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkText } from '#kernel/input.ts';
import { begin } from '#kernel/machine.ts';
import { priceOfSeconds, readMoney } from '#kernel/money.ts';
import { among, rowsWhere } from '#kernel/read.ts';
import { references as read, referencesWhere } from '#kernel/reference.ts';
import { lockMaking, notFound } from '#kernel/rows.ts';
import { and, ne } from '#kernel/sql.ts';
import { references } from '#resources/published.ts';
import type { PurchaseLine } from '../billing/subcontract.ts';
import { supplierInvoice, supplierInvoiceLine } from '../entities.ts';
import { externalRefs, type SupplierInvoiceLineRow, type SupplierInvoiceRow, supplierInvoices } from '../tables.ts';
import { linesOf, seesInvoice, stateSupplierInvoice } from './load.ts';
import { supplierInvoiceMachine } from './machine.ts';

type GivenLine = Meant<SupplierInvoiceLineInput, 'subcontract'>;
type Item = Omit<Meant<RecordSupplierInvoiceItem, 'subcontractor'>, 'lines'> & { lines: readonly GivenLine[] };

type Loaded = {
  sellers: ReadonlyMap<string, { name: string; legalEntityId: string }>;
  /** By subcontractor. */
  orders: ReadonlyMap<string, PurchaseLine[]>;
  /** Those that were recorded before, rejected ones aside, by subcontractor and number. */
  recorded: Map<string, { row: SupplierInvoiceRow; lines: readonly SupplierInvoiceLineRow[] }>;
};

const keyOf = ({ subcontractorId, number }: Pick<SupplierInvoiceRow, 'subcontractorId' | 'number'>) => `${subcontractorId} ${number}`;

/** Records what subcontractors ask for; the same number with the same content is the same invoice. */
export const recordSupplierInvoices: Command<Item, Loaded> = {
  may: 'supplier-invoice:write',
  entities: [supplierInvoice, supplierInvoiceLine],
  load,
  decide: (loaded, item, context) => {
    const { head, lines } = wantedOf(loaded, item, context);
    const draft = openDraft(context);
    const before = loaded.recorded.get(keyOf(head));
    if (before) demandSame(before, head, lines);
    const id = before?.row.id ?? context.newId();
    if (!before) {
      const undecided = { recordedBy: context.actor.id, approvedBy: null, decisionNote: null, postedOn: null, journalEntryId: null };
      const row = draft.insert(supplierInvoice, { id, ...head, ...undecided }, begin(supplierInvoiceMachine));
      for (const line of lines) draft.insert(supplierInvoiceLine, { ...line, supplierInvoiceId: id, legalEntityId: head.legalEntityId, differences: [] });
      stateSupplierInvoice(draft, 'SupplierInvoiceReceived', row);
    }
    draft.link({ refs: externalRefs, entity: supplierInvoice, id }, item.externalRefs);
    return draft.done(id);
  },
  absorb: ({ recorded }, decision) => {
    const [made] = rowsIn(decision, supplierInvoice);
    const lines = rowsIn(decision, supplierInvoiceLine).flatMap(({ row }) => row ?? []);
    if (made?.row) recorded.set(keyOf(made.row), { row: made.row, lines });
  },
};

/** Whoever records for a subcontractor goes alone: two calls with one number make one invoice. */
async function load(scope: Scope, items: readonly Item[]): Promise<Loaded> {
  const ids = [...new Set(items.map(({ subcontractorId }) => subcontractorId))].filter(isId);
  await lockMaking(
    scope,
    ids.map((id) => ({ kind: 'SupplierInvoice', id })),
  );
  const lines = await referencesWhere(scope.tx, references.SubcontractLine, { any: { subcontractorId: ids } });
  const numbers = [...new Set(items.map(({ number }) => number))];
  const { subcontractorId, number, status } = supplierInvoices;
  const rows = await rowsWhere(scope.tx, supplierInvoices, and(among(subcontractorId, ids), among(number, numbers), ne(status, 'REJECTED')));
  const own = await linesOf(
    scope.tx,
    rows.map(({ id }) => id),
  );
  return {
    sellers: await read(scope.tx, references.Subcontractor, ids),
    orders: Map.groupBy(
      [...lines].map(([id, line]) => ({ id, ...line })),
      (line) => line.subcontractorId,
    ),
    recorded: new Map(rows.map((row) => [keyOf(row), { row, lines: own.get(row.id) ?? [] }])),
  };
}

type Head = Pick<SupplierInvoiceRow, 'subcontractorId' | 'legalEntityId' | 'number' | 'invoiceDate' | 'currency' | 'totalMinor'>;
type Line = Pick<
  SupplierInvoiceLineRow,
  'position' | 'subcontractLineId' | 'projectId' | 'startDate' | 'endDate' | 'seconds' | 'rateMinor' | 'amountMinor' | 'currency'
>;

const most = 100;

function wantedOf(loaded: Loaded, { subcontractorId, number, invoiceDate, lines: given }: Item, { actor }: DecisionContext): { head: Head; lines: Line[] } {
  const seller = loaded.sellers.get(subcontractorId);
  if (!seller || !seesInvoice(actor, seller)) throw notFound('Subcontractor', subcontractorId, 'subcontractorId');
  if (given.length === 0 || given.length > most) throw new Refused('VALIDATION_FAILED', `An invoice has 1 to ${most} lines.`, { field: 'lines' });
  const lines = given.map((line, index) => lineOf(line, index + 1, loaded.orders.get(subcontractorId) ?? []));
  const currency = lines[0]?.currency ?? '';
  const other = lines.find((line) => line.currency !== currency);
  if (other) throw new Refused('CURRENCY_MISMATCH', `Line 1 is in ${currency}, and line ${other.position} in ${other.currency}.`, { field: 'lines' });
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const { legalEntityId } = seller;
  return { head: { subcontractorId, legalEntityId, number: checkText('number', number, 100), invoiceDate, currency, totalMinor }, lines };
}

function lineOf(given: GivenLine, position: number, orders: readonly PurchaseLine[]): Line {
  const { subcontractId, lineNumber, startDate, endDate } = given;
  const refusal = (message: string, field: string) => new Refused('VALIDATION_FAILED', `Line ${position}: ${message}`, { field: `lines.${field}` });
  const order = orders.find((line) => line.subcontractId === subcontractId && line.number === lineNumber);
  if (!order) throw new Refused('NOT_FOUND', `Line ${position}: no confirmed order of the subcontractor has that line.`, { field: 'lines.lineNumber' });
  if (endDate < startDate) throw refusal(`the last day ${endDate} is before the first day ${startDate}.`, 'endDate');
  const seconds = readSeconds(given);
  if (seconds === undefined) throw missingTime();
  if (seconds <= 0n) throw refusal('hours are above zero.', timeField(given));
  const rate = readMoney(given.unitRate, 'lines.unitRate');
  if (rate.minor <= 0n) throw refusal('unitRate is above zero.', 'unitRate');
  const worth = { minor: priceOfSeconds(rate.minor, seconds, 'HALF_UP'), currency: rate.currency };
  const amount = given.amount ? readMoney(given.amount, 'lines.amount') : worth;
  if (amount.minor <= 0n) throw refusal('amount is above zero.', 'amount');
  if (amount.currency !== rate.currency)
    throw new Refused('CURRENCY_MISMATCH', `Line ${position}: amount and unitRate are in different currencies.`, { field: 'lines.amount' });
  const asked = { seconds, rateMinor: rate.minor, amountMinor: amount.minor, currency: rate.currency };
  return { position, subcontractLineId: order.id, projectId: order.projectId, startDate, endDate, ...asked };
}

/** Refuses other content under a number that is taken. */
function demandSame({ row, lines: held }: { row: SupplierInvoiceRow; lines: readonly SupplierInvoiceLineRow[] }, head: Head, lines: readonly Line[]): void {
  const same = !differs(row, head) && held.length === lines.length && lines.every((line, index) => !differs(held[index] ?? {}, line));
  if (same) return;
  const message = `The invoice ${row.number} of this subcontractor was recorded with other content. Reject it first, or give this one its own number.`;
  throw new Refused('GUARD_REFUSED', message, { field: 'number', guard: 'sameContent' });
}
