import type { DraftInvoicesInput } from '#generated/finance.ts';
import { customerScope } from '#kernel/actor.ts';
import { takeStatement } from '#kernel/claim.ts';
import type { Scope } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { noteStatement, stepStatement } from '#kernel/setStep.ts';
import { and, gt, inArray, lte, type SQL, sql } from '#kernel/sql.ts';
import { actualMachine } from '../actual/machine.ts';
import type { LineGroup } from '../billing/lines.ts';
import { actual } from '../entities.ts';
import { actuals } from '../tables.ts';
import { letGo } from './claims.ts';

/** Contracts that one transaction drafts at most. */
const contractLimit = 100;
/** Actuals after which a transaction begins no further contract. */
const actualLimit = 10_000;

/** What is ready on one contract in one currency: an invoice at most. */
export type ReadyBatch = { contractId: string; currency: string };
/** Where it is to be billed, and the days on which the rate of its tax changes. */
type Taking = ReadyBatch & { invoiceId: string; taxChanges: readonly CalendarDate[] };

/** Literally the predicate of the partial index actual_to_bill, so that the planner takes it. */
const toBill = sql`kind = 'UNBILLED_SALES' and status = 'READY' and reverses_id is null and reversed_by_id is null`;

/** What is to be drafted; `sourceIds`: what these made, and nothing else. */
export type Wish = Omit<DraftInvoicesInput, 'idempotencyKey'> & { idempotencyKey?: string; sourceIds?: readonly string[] };

function wanted(scope: Scope, { cutOffDate, customerIds, contractIds, legalEntityIds, sourceIds }: Wish): SQL | undefined {
  const seen = customerScope(scope.actor);
  return and(
    toBill,
    lte(actuals.workDate, cutOffDate),
    customerIds ? inArray(actuals.customerId, customerIds.filter(isId)) : undefined,
    contractIds ? inArray(actuals.contractId, contractIds.filter(isId)) : undefined,
    legalEntityIds ? inArray(actuals.legalEntityId, legalEntityIds.filter(isId)) : undefined,
    sourceIds ? sql`${actuals.sourceId} = any(${sql.param([...sourceIds])}::uuid[])` : undefined,
    seen ? inArray(actuals.customerId, [...seen]) : undefined,
  );
}

export type ReadyPage = {
  batches: ReadyBatch[];
  /** The last contract of the page, when there are more behind it. */
  next: string | null;
};

/** The contracts that have something ready, in the order of their ids: as many as one transaction should take. */
export async function readyPage(scope: Scope, input: Wish, after: string | null): Promise<ReadyPage> {
  const beyond = after === null ? sql`contract_id is not null` : gt(actuals.contractId, after);
  const rows = await scope.tx.execute(sql`
    select contract_id, currencies, found from (
      select contract_id, currencies, sum(n) over (order by contract_id) - n as before, count(*) over () as found from (
        select contract_id, string_agg(distinct currency, ' ' order by currency) as currencies, count(*) as n from ${actuals}
        where ${and(wanted(scope, input), beyond)} group by contract_id order by contract_id limit ${contractLimit + 1}
      ) as contracts
    ) as page where before < ${actualLimit} order by contract_id limit ${contractLimit}`);
  const batches = rows.flatMap(({ contract_id, currencies }) =>
    String(currencies)
      .split(' ')
      .map((currency) => ({ contractId: String(contract_id), currency })),
  );
  const more = rows.length > 0 && rows.length < Number(rows[0]?.found);
  return { batches, next: more ? String(rows.at(-1)?.contract_id) : null };
}

/** How many contracts have something ready. */
export async function countReady(scope: Scope, input: Wish): Promise<number> {
  const [row] = await scope.tx.execute(sql`select count(distinct contract_id)::int as n from ${actuals} where ${wanted(scope, input)}`);
  return Number(row?.n ?? 0);
}

/** A line of a new invoice, with what was taken for it. */
export type TakenLine = LineGroup & {
  id: string;
  invoiceId: string;
  actualCount: number;
  seconds: bigint | null;
  amountMinor: bigint;
  supplyStartDate: CalendarDate;
  supplyEndDate: CalendarDate;
};

export type Taken = {
  lines: TakenLine[];
  /** Invoices whose actuals add up to nothing to pay: they were left as they are. */
  unpaying: ReadonlySet<string>;
};

/**
 * Puts what is ready on the invoices, and claims the work behind it; READ COMMITTED looks again at rows that it waited for: what a concurrent draft took,
 * or the work's owner asked back, is left out. Actuals never leave the database, and no amount is rounded again.
 */
export async function takeReady(scope: Scope, input: Wish, invoices: readonly Taking[]): Promise<Taken> {
  if (invoices.length === 0) return { lines: [], unpaying: new Set() };
  const column = (name: Exclude<keyof Taking, 'taxChanges'>) => sql.param(invoices.map((invoice) => invoice[name]));
  const changes = sql.param(invoices.map((invoice) => invoice.taxChanges.join(' ')));
  const group = sql.raw('invoice_id, project_id, contract_line_id, transaction_class, labor_category_id, label, taxed_from');
  const rows = await scope.tx.execute(sql`
    with taken as materialized (
      select actual.id, invoice.invoice_id, project_id, contract_line_id, transaction_class, labor_category_id, seconds, amount_minor, source_type, source_id, source_version, work_date,
        (select max(day) from string_to_array(changes, ' ') as days(list), unnest(list::date[]) as day where day <= work_date) as taxed_from,
        case transaction_class when 'TIME' then null else description end as label
      from ${actuals} join unnest(${column('contractId')}::uuid[], ${column('currency')}::text[], ${column('invoiceId')}::uuid[], ${changes}::text[])
        as invoice(of_contract, in_currency, invoice_id, changes) on actual.contract_id = of_contract and actual.currency = in_currency
      where ${wanted(scope, input)} order by actual.id for update of actual
    ), claimed as materialized (${takeStatement('finance', workOf(sql`taken`))}), placed as materialized (
      select *, first_value(fresh) over (partition by ${group}) as line_id, sum(amount_minor) over (partition by invoice_id) > 0 as pays
      from (select *, uuidv7() as fresh from taken where ${notWork} or source_id in (select entity_id from claimed)) as each
    ), moved as (${stepStatement(scope, actual, ontoLines)}), noted as (${noteStatement(scope, actual, 'moved')})
    select ${group}, line_id, count(*) as n, sum(seconds) as seconds, sum(amount_minor) as minor,
      min(work_date)::text as supplied_from, max(work_date)::text as supplied_to from placed where pays group by ${group}, line_id
    union all select distinct invoice_id, null::uuid, null::uuid, null, null::uuid, null, null::date, null::uuid, null::bigint, null::numeric, null::numeric, null, null from placed where not pays`);
  const unpaying = rows.filter((row) => row.line_id === null).map((row) => String(row.invoice_id));
  await letGo(scope, unpaying);
  return { lines: rows.filter((row) => row.line_id !== null).map(takenLine), unpaying: new Set(unpaying) };
}

/** Actuals of no work of anybody's: fees, and what other systems recorded. */
const notWork = sql`source_type not in ('TIMESHEET_ENTRY', 'EXPENSE_ITEM')`;

/** The work that actuals stand for, each once, in the order in which everybody locks. */
function workOf(taken: SQL): SQL {
  return sql`select distinct on (entity_type, entity_id) * from (
      select case source_type when 'TIMESHEET_ENTRY' then 'TimesheetEntry' else 'ExpenseItem' end as entity_type, source_id as entity_id,
        source_version as version, invoice_id as for_id from ${taken} where not (${notWork})
    ) as work order by entity_type, entity_id, version desc`;
}

/** Each actual that was taken goes onto the line of its group, which its window names: joining groups again could take quadratic time. */
const ontoLines = {
  machine: actualMachine,
  action: 'draft',
  set: { invoice_id: sql`placed.invoice_id`, invoice_line_id: sql`placed.line_id` },
  from: sql`placed`,
  where: sql`own.id = placed.id and placed.pays`,
} as const;

const classes = ['TIME', 'EXPENSE', 'FEE'] as const;
const orNull = (value: unknown): string | null => (value === null ? null : String(value));

function takenLine(row: Record<string, unknown>): TakenLine {
  return {
    id: String(row.line_id),
    invoiceId: String(row.invoice_id),
    transactionClass: classes.find((each) => each === row.transaction_class) ?? 'FEE',
    contractLineId: orNull(row.contract_line_id),
    projectId: orNull(row.project_id),
    laborCategoryId: orNull(row.labor_category_id),
    label: orNull(row.label),
    actualCount: Number(row.n),
    seconds: row.seconds === null ? null : BigInt(String(row.seconds)),
    amountMinor: BigInt(String(row.minor)),
    supplyStartDate: String(row.supplied_from),
    supplyEndDate: String(row.supplied_to),
  };
}
