import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, decisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { demandOwnerOf } from '#kernel/ownership.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { lockMaking, notFound, rowsById } from '#kernel/rows.ts';
import { stepSet } from '#kernel/setStep.ts';
import { sql } from '#kernel/sql.ts';
import { sees } from '#kernel/visibility.ts';
import { write } from '#kernel/write.ts';
import { actualMachine } from '../actual/machine.ts';
import { amountsOf, borrowerEntry, chargeLines, lenderEntry } from '../billing/intercompany.ts';
import { actual, intercompanyCharge, intercompanyChargeLine } from '../entities.ts';
import { bookEntry, books } from '../journal/enter.ts';
import { demandOpen, holdPeriods } from '../journal/periods.ts';
import { facts } from '../published.ts';
import { type IntercompanyChargeRow, intercompanyCharges, type LegalEntityRow, legalEntities } from '../tables.ts';
import { seesCost } from '../visibility.ts';
import { type Chargeable, lockChargeable } from './uncharged.ts';

export type ChargeInput = { lenderId: string; borrowerId?: string | null | undefined; chargedOn: CalendarDate };

/** Asks borrowers for the work that a lender's people did for them up to a day, a charge per borrower and currency, in both books at once. Twice is once. */
export async function chargeIntercompany(scope: Scope, input: ChargeInput): Promise<IntercompanyChargeRow[]> {
  demand(scope.actor, 'intercompany:charge');
  if (!seesCost(scope.actor)) throw new Refused('FORBIDDEN', 'A charge says what work costs: charging needs the permission cost:read, too.');
  if (scope.actor.customerIds) throw new Refused('FORBIDDEN', 'A charge is of the work for all customers of a legal entity; this token sees some of them.');
  demandOwnerOf(scope, 'IntercompanyCharge');
  const { lenderId, chargedOn } = input;
  const lender = isId(lenderId) ? (await rowsById(scope.tx, legalEntities, [lenderId])).get(lenderId) : undefined;
  if (!lender || !sees(scope.actor, { legalEntityId: lenderId })) throw notFound('LegalEntity', lenderId, 'lenderId');
  if (chargedOn > dateOf(scope.now))
    throw new Refused('GUARD_REFUSED', `${chargedOn} has not come. Work is not charged before its day.`, { guard: 'dateReached', field: 'chargedOn' });
  // Charges of a lender are numbered without a gap, and charge the same work once: one goes after the other.
  await lockMaking(scope, [{ kind: 'finance IntercompanyCharge', id: lenderId }]);
  const work = await lockChargeable(scope.tx, { lenderId, borrowerId: input.borrowerId, upTo: chargedOn });
  const borrowers = await rowsById(
    scope.tx,
    legalEntities,
    work.map(({ borrowerId }) => borrowerId),
  );
  await demandBooks(scope, { lender, borrowers, chargedOn });
  const draft = openDraft(decisionContext(scope));
  const pairs = Map.groupBy(work, ({ borrowerId, currency, borrowerCurrency }) => `${borrowerId} ${currency} ${borrowerCurrency}`);
  const last = pairs.size === 0 ? 0 : await lastNumber(scope, lenderId);
  const charges = [...pairs.values()].map((own, index) => draftCharge(draft, { lender, borrowers, chargedOn, own, number: last + index + 1 }));
  await write(scope, [...books, intercompanyCharge, intercompanyChargeLine], draft.done(lenderId).effects);
  for (const { charge, own } of charges) await mark(scope, charge, own);
  return charges.map(({ charge }) => charge);
}

type Sides = { lender: LegalEntityRow; borrowers: ReadonlyMap<string, LegalEntityRow>; chargedOn: CalendarDate };

/** A charge is booked on both sides, or on none. */
async function demandBooks(scope: Scope, { lender, borrowers, chargedOn }: Sides): Promise<void> {
  if (borrowers.size === 0) return;
  const unseen = [...borrowers.keys()].find((legalEntityId) => !sees(scope.actor, { legalEntityId }));
  if (unseen) throw new Refused('FORBIDDEN', 'A charge is booked with the lender and with the borrower; this token sees one of them.', { field: 'borrowerId' });
  const days = [lender.id, ...borrowers.keys()].map((legalEntityId) => ({ legalEntityId, date: chargedOn }));
  const periods = await holdPeriods(scope, days);
  for (const day of days) demandOpen(periods, day, 'chargedOn');
}

async function lastNumber(scope: Scope, lenderId: string): Promise<number> {
  const [row] = await scope.tx.execute(sql`select coalesce(max(number), 0)::int as last from ${intercompanyCharges} where lender_id = ${lenderId}::uuid`);
  return Number(row?.last ?? 0);
}

type Drafted = { charge: IntercompanyChargeRow; own: readonly Chargeable[] };

function draftCharge(draft: Draft, { lender, borrowers, chargedOn, own, number }: Sides & { own: readonly Chargeable[]; number: number }): Drafted {
  const [first] = own;
  const borrower = borrowers.get(first?.borrowerId ?? '');
  if (!first || !borrower) throw new Error('a charge of nothing, or to nobody');
  const { currency, borrowerCurrency } = first;
  const lines = chargeLines(own);
  const { minor: amountMinor, borrowerMinor } = amountsOf(lines);
  const description = `Charge ${number} of ${lender.name} to ${borrower.name}, up to ${chargedOn}`.slice(0, 255);
  const entry = { postingDate: chargedOn, description, source: 'INTERCOMPANY' } as const;
  const ofLender = lenderEntry({ legalEntityId: lender.id, currency }, lines);
  const ofBorrower = borrowerEntry({ legalEntityId: borrower.id, currency: borrowerCurrency }, lines);
  const lenderEntryId = ofLender.length > 0 ? bookEntry(draft, { ...entry, legalEntityId: lender.id, lines: ofLender }).id : null;
  const borrowerEntryId = ofBorrower.length > 0 ? bookEntry(draft, { ...entry, legalEntityId: borrower.id, lines: ofBorrower }).id : null;
  const pair = { lenderId: lender.id, borrowerId: borrower.id };
  const charge = draft.insert(intercompanyCharge, {
    ...{ ...pair, number, chargedOn, actuals: BigInt(own.length), amountMinor, currency, borrowerMinor, borrowerCurrency, lenderEntryId, borrowerEntryId },
  });
  for (const [index, { minor, ...line }] of lines.entries()) {
    const { projectId, employeeId, transactionClass, reversing, seconds, actuals } = line;
    const amounts = { amountMinor: minor, currency, borrowerMinor: line.borrowerMinor, borrowerCurrency };
    draft.insert(intercompanyChargeLine, {
      chargeId: charge.id,
      position: index + 1,
      projectId,
      employeeId,
      transactionClass,
      reversing,
      seconds,
      actuals,
      ...amounts,
    });
  }
  const payload = { intercompanyChargeId: charge.id, ...pair, number, chargedOn, actuals: own.length };
  draft.state(facts.IntercompanyCharged, { subject: charge, keys: { legalEntityId: [lender.id, borrower.id] }, payload });
  return { charge, own };
}

/** Marks the sales with their charge; they are locked, so that all of them still are as they were. */
async function mark(scope: Scope, charge: IntercompanyChargeRow, own: readonly Chargeable[]): Promise<void> {
  const ids = sql.param(own.map(({ id }) => id));
  const set = { intercompany_charge_id: sql`${charge.id}::uuid` };
  const marked = await stepSet(scope, actual, { machine: actualMachine, action: 'charge', where: sql`own.id = any(${ids}::uuid[])`, set });
  if (marked.length !== own.length) throw new Error(`charge ${charge.id} marked ${marked.length} of ${own.length} sales`);
}
