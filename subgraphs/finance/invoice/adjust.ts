import type { AddInvoiceDiscountInput, AddInvoiceLineInput, RemoveInvoiceAdjustmentInput } from '#generated/finance.ts';
import type { Command } from '#kernel/command.ts';
import { parseDecimal } from '#kernel/decimal.ts';
import { type Draft, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { checkText } from '#kernel/input.ts';
import { step, type Transition } from '#kernel/machine.ts';
import { readMoney, sayMoney, showMoney } from '#kernel/money.ts';
import { notFound } from '#kernel/rows.ts';
import { type Discount, type Discounted, discountOn, sharesOf } from '../billing/discount.ts';
import { invoice, invoiceLine } from '../entities.ts';
import { facts } from '../published.ts';
import { type InvoiceLineRow, type InvoiceRow, unadjusted } from '../tables.ts';
import { type Adjusting, judgeAdded, loadAdjusting } from './adjustTerms.ts';
import { invoiceKeys, invoiceSnapshot } from './facts.ts';
import { demandInvoice } from './load.ts';
import { type InvoiceStatus, invoiceMachine } from './machine.ts';
import { demandTax, type LoadedTaxes, loadTaxes } from './tax.ts';

/** Takes a per cent or an amount off a line of a DRAFT, or off the whole of it: then by rate of tax, account and project. */
export const addInvoiceDiscount: Command<AddInvoiceDiscountInput, LoadedTaxes> = {
  may: invoiceMachine.actions.discount.may,
  entities: [invoiceLine, invoice],
  load: loadTaxes,
  decide: (loaded, input, context) => {
    const before = demandInvoice(loaded, input, context.actor);
    const by = step(invoiceMachine, { subject: before, action: 'discount', actor: context.actor });
    const reason = checkText('reason', input.reason);
    const discount = discountIn(input, before.currency);
    const lines = loaded.lines.get(before.id) ?? [];
    const draft = openDraft(context);
    const off = input.lineId
      ? discountLine(draft, lineIn(lines, input.lineId), { discount, reason })
      : discountAll(draft, { before, lines, under: discountedOf(loaded, before), discount, reason });
    return draft.done(resum(draft, before, { minor: -off, reason, by }).id);
  },
};

function discountIn({ percent, amount }: AddInvoiceDiscountInput, currency: string): Discount {
  if (Boolean(percent) === Boolean(amount)) throw new Refused('VALIDATION_FAILED', 'Give percent or amount, one of both.', { field: 'percent' });
  if (percent) {
    const basisPoints = parseDecimal(percent, 2);
    if (basisPoints === undefined || basisPoints <= 0n || basisPoints > 10_000n)
      throw new Refused('VALIDATION_FAILED', 'A per cent is above 0 and at most 100, with at most two digits behind the point.', { field: 'percent' });
    return { basisPoints: Number(basisPoints), minor: null };
  }
  const money = readMoney(amount ?? { amount: '0', currency }, 'amount');
  if (money.currency !== currency) throw new Refused('CURRENCY_MISMATCH', `The invoice is in ${currency}.`, { field: 'amount' });
  if (money.minor <= 0n)
    throw new Refused('VALIDATION_FAILED', 'A discount is more than zero. What is to be added is a line (addInvoiceLine).', { field: 'amount' });
  return { basisPoints: null, minor: money.minor };
}

function lineIn(lines: readonly InvoiceLineRow[], id: string): InvoiceLineRow {
  const line = lines.find((each) => each.id === id);
  if (!line) throw notFound(invoiceLine.name, id, 'lineId');
  return line;
}

type Wish = { discount: Discount; reason: string };

function discountLine(draft: Draft, line: InvoiceLineRow, { discount, reason }: Wish): bigint {
  const field = 'lineId';
  if (line.kind === 'DISCOUNT') throw new Refused('VALIDATION_FAILED', 'The line is itself a discount.', { field });
  if (line.discountMinor > 0n) throw new Refused('VALIDATION_FAILED', 'The line has a discount. Remove it first (removeInvoiceAdjustment).', { field });
  const off = demandWithin(discountOn(line.amountMinor, discount), line.amountMinor, line.currency);
  const said = { discountMinor: off, discountBasisPoints: discount.basisPoints, discountReason: reason };
  draft.update(invoiceLine, line, { changes: { amountMinor: line.amountMinor - off, ...said } });
  return off;
}

function demandWithin(off: bigint, most: bigint, currency: string): bigint {
  if (off > 0n && off <= most) return off;
  throw new Refused('VALIDATION_FAILED', `A discount is more than nothing and at most ${sayMoney({ minor: most > 0n ? most : 0n, currency })}.`, {
    field: 'amount',
  });
}

/** Lines with the rate at which they are taxed as things stand; those of no rate are what refuses a validation, too. */
function discountedOf(loaded: LoadedTaxes, row: InvoiceRow): Discounted[] {
  const taxes = demandTax(loaded, row, row.invoiceDate).lines;
  return (loaded.lines.get(row.id) ?? []).map((line, index) => ({ ...line, basisPoints: taxes[index]?.basisPoints ?? 0 }));
}

type WholeWish = Wish & { before: InvoiceRow; lines: readonly InvoiceLineRow[]; under: readonly Discounted[] };

function discountAll(draft: Draft, { before, lines, under, discount, reason }: WholeWish): bigint {
  const shares = sharesOf(under, discount).filter(({ minor }) => minor > 0n);
  const off = demandWithin(
    shares.reduce((sum, { minor }) => sum + minor, 0n),
    before.subtotalMinor,
    before.currency,
  );
  const allowanceId = draft.context.newId();
  for (const [index, { minor, baseMinor, account, projectId, taxCategory, supplyStartDate, supplyEndDate }] of shares.entries()) {
    const said = { discountBasisPoints: discount.basisPoints, discountBaseMinor: baseMinor, allowanceId, taxCategory };
    const place = { kind: 'DISCOUNT' as const, description: reason, account, projectId, supplyStartDate, supplyEndDate, position: nextPosition(lines) + index };
    draft.insert(invoiceLine, { ...emptyLine(before), ...place, ...said, amountMinor: -minor });
  }
  return off;
}

function nextPosition(lines: readonly InvoiceLineRow[]): number {
  return lines.reduce((last, { position }) => Math.max(last, position), 0) + 1;
}

/** A line that stands for no work. */
function emptyLine({ id: invoiceId, customerId, currency }: InvoiceRow) {
  const nothing = { contractLineId: null, laborCategoryId: null, seconds: null, actualCount: 0, taxMinor: 0n, taxBasisPoints: null, rateMinor: null };
  return { invoiceId, customerId, currency, ...nothing, creditsLineId: null, ...unadjusted };
}

/** Adds a line of its own to a DRAFT: an amount that no work stands for, to correct what was billed before or to bill what is nobody's work. */
export const addInvoiceLine: Command<AddInvoiceLineInput, Adjusting> = {
  may: invoiceMachine.actions.addLine.may,
  entities: [invoiceLine, invoice],
  load: loadAdjusting,
  decide: (loaded, input, context) => {
    const before = demandInvoice(loaded, input, context.actor);
    const by = step(invoiceMachine, { subject: before, action: 'addLine', actor: context.actor });
    const description = checkText('description', input.description);
    const { minor, currency } = readMoney(input.amount, 'amount');
    if (currency !== before.currency) throw new Refused('CURRENCY_MISMATCH', `The invoice is in ${before.currency}.`, { field: 'amount' });
    if (minor === 0n) throw new Refused('VALIDATION_FAILED', 'An amount of nothing changes nothing.', { field: 'amount' });
    const day = input.suppliedOn ?? before.invoiceDate;
    const place = judgeAdded(loaded, input, { before, minor, day });
    const draft = openDraft(context);
    const position = nextPosition(loaded.lines.get(before.id) ?? []);
    const said = { kind: 'CORRECTION' as const, description, position, amountMinor: minor, supplyStartDate: day, supplyEndDate: day };
    draft.insert(invoiceLine, { ...emptyLine(before), ...said, ...place });
    return draft.done(resum(draft, before, { minor, reason: description, by }).id);
  },
};

/** Takes a discount or an added line off a DRAFT. */
export const removeInvoiceAdjustment: Command<RemoveInvoiceAdjustmentInput, LoadedTaxes> = {
  may: invoiceMachine.actions.removeAdjustment.may,
  entities: [invoiceLine, invoice],
  load: loadTaxes,
  decide: (loaded, input, context) => {
    const before = demandInvoice(loaded, input, context.actor);
    const by = step(invoiceMachine, { subject: before, action: 'removeAdjustment', actor: context.actor });
    const lines = loaded.lines.get(before.id) ?? [];
    const draft = openDraft(context);
    const minor = takeAway(draft, lines, lineIn(lines, input.lineId));
    return draft.done(resum(draft, before, { minor, reason: null, by }).id);
  },
};

/** What the invoice asks for more without it. */
function takeAway(draft: Draft, lines: readonly InvoiceLineRow[], line: InvoiceLineRow): bigint {
  if (line.discountMinor > 0n) {
    const changes = { amountMinor: line.amountMinor + line.discountMinor, discountMinor: 0n, discountBasisPoints: null, discountReason: null };
    draft.update(invoiceLine, line, { changes });
    return line.discountMinor;
  }
  if (line.kind !== 'DISCOUNT' && line.kind !== 'CORRECTION')
    throw new Refused('VALIDATION_FAILED', 'The line stands for work and has no discount. Hold the work back (holdActuals) and draft anew.', {
      field: 'lineId',
    });
  const gone = line.kind === 'DISCOUNT' ? lines.filter(({ allowanceId }) => allowanceId === line.allowanceId) : [line];
  for (const each of gone) draft.remove(invoiceLine, each);
  return gone.reduce((sum, each) => sum - each.amountMinor, 0n);
}

type Resum = { minor: bigint; reason: string | null; by: Transition<InvoiceStatus> };

/** A DRAFT is not taxed yet: its total is what its lines ask for. */
function resum(draft: Draft, before: InvoiceRow, { minor, reason, by }: Resum): InvoiceRow {
  const subtotalMinor = before.subtotalMinor + minor;
  const row = draft.update(invoice, before, { changes: { subtotalMinor, totalMinor: subtotalMinor + before.taxMinor }, by });
  const change = showMoney({ minor, currency: row.currency });
  draft.state(facts.InvoiceAdjusted, { subject: row, keys: invoiceKeys(row), payload: { ...invoiceSnapshot(row), change, reason } });
  return row;
}
