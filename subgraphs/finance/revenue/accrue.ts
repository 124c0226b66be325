import { type ContractReference, references as engagements } from '#engagements/published.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { decisionContext, openDraft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { dateOf } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound, rowsById } from '#kernel/rows.ts';
import { stepSet } from '#kernel/setStep.ts';
import { sql } from '#kernel/sql.ts';
import { write } from '#kernel/write.ts';
import { actualMachine } from '../actual/machine.ts';
import { accountOfBilling } from '../billing/accounts.ts';
import { actual } from '../entities.ts';
import { demandOpen, holdPeriods } from '../journal/periods.ts';
import { type ActualClass, type ActualRow, actuals, type FiscalPeriodRow, fiscalPeriods, type RevenueEventRow } from '../tables.ts';
import { accrualBooks, bookAccrual } from './accrual.ts';

/** Work of one kind that is sold, counts, and is neither on a posted invoice nor accrued. */
type Unaccrued = {
  contractId: string;
  projectId: string | null;
  contractLineId: string | null;
  transactionClass: ActualClass;
  currency: string;
  minor: bigint;
};
type Target = Unaccrued & { contract: ContractReference; eventId: string };

/** Accrues what the work of a legal entity earned up to the end of a period and no posted invoice bills: an event per contract and project. Twice is once. */
export async function accrueRevenue(scope: Scope, { fiscalPeriodId }: { fiscalPeriodId: string }): Promise<RevenueEventRow[]> {
  demand(scope.actor, 'revenue:recognize');
  if (scope.actor.customerIds) throw new Refused('FORBIDDEN', 'An accrual is of all customers of a legal entity; this token sees some of them.');
  const period = (await rowsById(scope.tx, fiscalPeriods, [fiscalPeriodId])).get(fiscalPeriodId);
  if (!period) throw notFound('FiscalPeriod', fiscalPeriodId, 'fiscalPeriodId');
  const { legalEntityId, endDate } = period;
  if (endDate > dateOf(scope.now)) {
    throw new Refused('GUARD_REFUSED', `The period ends on ${endDate}. Revenue is not accrued before its day.`, {
      guard: 'dateReached',
      field: 'fiscalPeriodId',
    });
  }
  demandOpen(await holdPeriods(scope, [{ legalEntityId, date: endDate }]), { legalEntityId, date: endDate }, 'fiscalPeriodId');
  const targets = await targetsOf(scope, period);
  const marked = await mark(scope, period, targets);
  const draft = openDraft(decisionContext(scope));
  const contracts = new Map(targets.map(({ eventId, ...target }) => [eventId, target]));
  const events = [...marked].flatMap(([eventId, rows]) => {
    const target = contracts.get(eventId);
    const amountMinor = rows.reduce((sum, row) => sum + row.amountMinor, 0n);
    if (!target || amountMinor === 0n) return [];
    const { contract, contractId, projectId, currency } = target;
    const owner = { customerId: contract.customerId, engagementId: contract.engagementId, contractId, projectId, legalEntityId, currency };
    const said = { description: `${contract.name}: accrued to ${endDate}`, explanation: `${sayWork(rows)}, earned by ${endDate} and not invoiced.` };
    return [bookAccrual(draft, { id: eventId, owner, amountMinor, date: endDate, ...said })];
  });
  await write(scope, accrualBooks, draft.done(fiscalPeriodId).effects);
  return events;
}

function sayWork(rows: readonly ActualRow[]): string {
  const seconds = rows.reduce((sum, row) => sum + (row.seconds ?? 0n), 0n);
  return `${rows.length} ${rows.length === 1 ? 'piece' : 'pieces'} of work${seconds > 0n ? ` (${hoursOfSeconds(seconds)} h)` : ''}`;
}

/** What billing it would credit to revenue, in the books of its contract, with the event that is going to accrue it; nothing where it adds up to nothing. */
async function targetsOf(scope: Scope, period: FiscalPeriodRow): Promise<Target[]> {
  const found = await unaccruedIn(scope.tx, period);
  const contracts = await references(
    scope.tx,
    engagements.Contract,
    found.map(({ contractId }) => contractId),
  );
  const { newId } = decisionContext(scope);
  const earned = found.flatMap((each) => {
    const contract = contracts.get(each.contractId);
    const isOurs = contract?.legalEntityId === period.legalEntityId;
    return contract && isOurs && isEarned(contract, each) ? [{ ...each, contract }] : [];
  });
  return [...Map.groupBy(earned, ({ contractId, projectId, currency }) => `${contractId} ${projectId} ${currency}`).values()]
    .filter((own) => own.reduce((sum, { minor }) => sum + minor, 0n) !== 0n)
    .flatMap((own) => {
      const eventId = newId();
      return own.map((each) => ({ ...each, eventId }));
    });
}

/** The same question as the one that an invoice line asks for its account. */
function isEarned({ versions }: ContractReference, { contractLineId, transactionClass }: Unaccrued): boolean {
  const line = versions.flatMap(({ lines }) => lines).findLast(({ id }) => id === contractLineId);
  return accountOfBilling(line?.method, transactionClass) === 'REVENUE';
}

/** Literally the predicate of the partial index actual_unaccrued. */
const unaccrued = sql`kind = 'UNBILLED_SALES' and status <> 'BILLED' and reverses_id is null and reversed_by_id is null and accrual_event_id is null`;

const classes = ['TIME', 'EXPENSE', 'FEE'] as const;

async function unaccruedIn(db: Db, { legalEntityId, endDate }: FiscalPeriodRow): Promise<Unaccrued[]> {
  const rows = await db.execute(sql`
    select contract_id, project_id, contract_line_id, transaction_class, currency, sum(amount_minor)::text as minor from ${actuals}
    where ${unaccrued} and status <> 'NOT_READY' and legal_entity_id = ${legalEntityId}::uuid and accounting_date <= ${endDate}::date
      and num_nulls(contract_id, customer_id, engagement_id) = 0
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`);
  const orNull = (value: unknown) => (value === null ? null : String(value));
  return rows.map((row) => ({
    ...{ contractId: String(row.contract_id), projectId: orNull(row.project_id), contractLineId: orNull(row.contract_line_id) },
    ...{ transactionClass: classes.find((each) => each === row.transaction_class) ?? 'FEE', currency: String(row.currency), minor: BigInt(String(row.minor)) },
  }));
}

/** Marks the work with its event. What was billed, reversed or accrued meanwhile is left out: READ COMMITTED looks again at rows that it waited for. */
async function mark(scope: Scope, { legalEntityId, endDate }: FiscalPeriodRow, targets: readonly Target[]): Promise<Map<string, ActualRow[]>> {
  if (targets.length === 0) return new Map();
  const column = (name: Exclude<keyof Target, 'contract' | 'minor'>) => sql.param(targets.map((target) => target[name]));
  const from = sql`unnest(${column('contractId')}::uuid[], ${column('projectId')}::uuid[], ${column('contractLineId')}::uuid[], ${column('transactionClass')}::text[],
    ${column('currency')}::text[], ${column('eventId')}::uuid[]) as target(of_contract, of_project, of_line, of_class, in_currency, event_id)`;
  const where = sql`own.legal_entity_id = ${legalEntityId}::uuid and own.accounting_date <= ${endDate}::date and ${unaccrued}
    and num_nulls(own.customer_id, own.engagement_id) = 0 and own.contract_id = of_contract and own.project_id is not distinct from of_project and own.contract_line_id is not distinct from of_line
    and own.transaction_class = of_class and own.currency = in_currency`;
  const set = { accrual_event_id: sql`target.event_id` };
  const marked = await stepSet(scope, actual, { machine: actualMachine, action: 'accrue', stays: true, where, from, set });
  return Map.groupBy(marked, (row) => row.accrualEventId ?? '');
}
