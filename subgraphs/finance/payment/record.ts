import { references as engagements } from '#engagements/published.ts';
import type { RecordPaymentItem } from '#generated/finance.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { absorbRows, type DecisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, findByExternalRefs } from '#kernel/external.ts';
import { isId } from '#kernel/ids.ts';
import { checkLines } from '#kernel/input.ts';
import { begin } from '#kernel/machine.ts';
import { type Money, readMoney } from '#kernel/money.ts';
import { demandCome, demandNotBefore } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { lockRows, notFound, rowsById } from '#kernel/rows.ts';
import { sees } from '#kernel/visibility.ts';
import { paymentEntry } from '../billing/entries.ts';
import { invoice as invoiceEntity, payment as paymentEntity, remittanceAdvice } from '../entities.ts';
import { bookEntry } from '../journal/enter.ts';
import { demandOpen, holdPeriods, type PeriodJudge } from '../journal/periods.ts';
import { checkAdvice } from '../matching/remittance.ts';
import { facts } from '../published.ts';
import { externalRefs, invoices, legalEntities } from '../tables.ts';
import { appliedEntities, applyingDays, type LoadedInvoices, settleInvoices } from './apply.ts';
import { paymentKeys, paymentSnapshot } from './facts.ts';
import { paymentMachine } from './machine.ts';

/** An item, whoever named what it points to. */
type RecordItem = Meant<RecordPaymentItem, 'customer' | 'legalEntity'>;

/** What judging needs, read once for all items. */
type Loaded = LoadedInvoices & {
  customers: ReadonlySet<string>;
  legalEntities: ReadonlySet<string>;
  /** External references that are taken, also by earlier items of the call. */
  taken: Set<string>;
  periods: PeriodJudge;
};

const bookDay = (item: RecordItem) => ({ legalEntityId: item.legalEntityId, date: item.postingDate ?? item.receivedOn });

/** Records money that arrived, and settles at once what each item names. */
export const recordPayments: Command<RecordItem, Loaded> = {
  may: 'payment:write',
  entities: [...appliedEntities, remittanceAdvice],
  load: async (scope, items) => {
    const refs = items.flatMap((item) => item.externalRefs ?? []);
    const customers = await references(scope.tx, engagements.Customer, items.map((item) => item.customerId).filter(isId));
    const entities = await rowsById(
      scope.tx,
      legalEntities,
      items.map((item) => item.legalEntityId),
    );
    const taken = await findByExternalRefs(scope, externalRefs, { entityType: paymentEntity.name, refs });
    const named = items.flatMap((item) => (item.applications ?? []).map((each) => each.invoiceId));
    const held = await lockRows(scope, invoices, named);
    const days = items.flatMap((item) => {
      const day = bookDay(item);
      return isId(day.legalEntityId) ? [day, ...applyingDays({ invoices: held }, item.applications ?? [], day)] : [];
    });
    const periods = await holdPeriods(scope, days);
    return { customers: new Set(customers.keys()), legalEntities: new Set(entities.keys()), taken: new Set(taken.keys()), invoices: held, periods };
  },
  decide: (loaded, item, context) => {
    const { minor, currency } = demandRecordable(loaded, item, context);
    const { customerId, legalEntityId, receivedOn, reference } = item;
    const draft = openDraft(context);
    const [id, journalEntryId] = [context.newId(), context.newId()];
    const text = reference ? checkLines('reference', reference, 255) : null;
    const about = { customerId, legalEntityId, currency, receivedOn, method: item.method ?? 'BANK_TRANSFER', reference: text };
    const sums = { amountMinor: minor, appliedMinor: 0n, refundedMinor: 0n, reversalReason: null };
    const row = draft.insert(paymentEntity, { id, journalEntryId, ...about, ...sums }, begin(paymentMachine));
    bookEntry(draft, {
      ...{ id: journalEntryId, legalEntityId, customerId, paymentId: id, postingDate: bookDay(item).date, source: 'PAYMENT' },
      description: text ? `Payment: ${text}`.slice(0, 255) : 'Payment',
      lines: paymentEntry(row, minor),
    });
    draft.state(facts.PaymentReceived, { subject: row, keys: paymentKeys(row), payload: paymentSnapshot(row) });
    const lines = checkAdvice(item.remittanceLines ?? [], currency, 'remittanceLines');
    if (lines.length > 0) draft.insert(remittanceAdvice, { paymentId: id, customerId, legalEntityId, lines });
    if (item.applications?.length) settleInvoices(draft, loaded, { payment: row, inputs: item.applications, earliest: bookDay(item).date });
    draft.link({ refs: externalRefs, entity: paymentEntity, id }, item.externalRefs);
    return draft.done(id);
  },
  absorb: ({ invoices: held, taken }, decision, item) => {
    absorbRows(held, decision, invoiceEntity);
    for (const ref of item.externalRefs ?? []) taken.add(externalKey(ref));
  },
};

function demandRecordable(loaded: Loaded, item: RecordItem, { actor, now }: DecisionContext): Money {
  const { customerId, legalEntityId } = item;
  if (!loaded.customers.has(customerId) || !sees(actor, { customerId })) throw notFound('Customer', customerId, 'customerId');
  if (!loaded.legalEntities.has(legalEntityId)) throw notFound('LegalEntity', legalEntityId, 'legalEntityId');
  const money = readMoney(item.amount, 'amount');
  if (money.minor <= 0n) throw new Refused('VALIDATION_FAILED', 'A payment is more than zero.', { field: 'amount' });
  const taken = item.externalRefs?.find((ref) => loaded.taken.has(externalKey(ref)));
  if (taken) throw new Refused('DUPLICATE_EXTERNAL_REF', `${taken.system} ${taken.externalId} already refers to another Payment.`, { field: 'externalRefs' });
  demandCome({ date: item.receivedOn, field: 'receivedOn' }, now);
  demandNotBefore({ date: bookDay(item).date, field: 'postingDate' }, { date: item.receivedOn, what: 'the receipt' });
  demandOpen(loaded.periods, bookDay(item), item.postingDate ? 'postingDate' : 'receivedOn');
  return money;
}
