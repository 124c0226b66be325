import { references as engagements } from '#engagements/published.ts';
import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { durationOfSeconds } from '#kernel/duration.ts';
import { type SQL, sql } from '#kernel/sql.ts';
import { references as resources } from '#resources/published.ts';
import { actuals, type BillingScope, billingRunContracts, fiscalPeriods, invoices, legalEntities } from '../tables.ts';

/** Warnings of one kind that are named at most. */
const namedAtMost = 20;

/** Days behind the cut-off in which a rate that ends is worth a word: the next run would miss it. */
const rateHorizon = 31;

type Figures = { count: number; hours: string | null; name: string };
/** `rows`: what is wrong, with the columns name, count, seconds, project_id, contract_id, employee_id; the worst first. */
type Check = { says: (figures: Figures) => string; mutation: string; rows: (of: Looked) => SQL };
type Looked = { scope: BillingScope; runId: string | undefined };

const any = (column: string, ids: readonly string[] | null): SQL => (ids ? sql`${sql.raw(column)} = any(${sql.param([...ids])}::uuid[])` : sql`true`);

/** The projects that the scope bills, with the books of their contracts. */
const projects = ({ customerIds, contractIds, legalEntityIds }: BillingScope): SQL => sql`(select * from (
  select project.entity_id as id, project.data ->> 'name' as name, (project.data ->> 'billable')::boolean as billable, (project.data ->> 'customerId')::uuid as customer_id,
    (project.data ->> 'contractId')::uuid as contract_id, coalesce(contract.data ->> 'legalEntityId', project.data ->> 'legalEntityId')::uuid as books
  from log.reference as project left join log.reference as contract
    on contract.entity_type = ${engagements.Contract.type} and contract.entity_id = (project.data ->> 'contractId')::uuid
  where project.entity_type = ${engagements.Project.type}) as every_project
  where ${any('customer_id', customerIds)} and ${any('contract_id', contractIds)} and ${any('books', legalEntityIds)}) as project`;

const plural = ({ count }: Figures, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const hoursIn = ({ hours }: Figures): string => (hours === null ? '' : ` (${hours} h)`);

/** Open work in a state, by project and person. */
const openWork =
  (state: string) =>
  ({ scope }: Looked) =>
    sql`
  select project.name, count(*) as count, sum(open.seconds) as seconds, project.id as project_id, project.contract_id, open.employee_id
  from log.open_work as open join ${projects(scope)} on project.id = open.project_id
  where open.state = ${state} and open.day <= ${scope.cutOffDate}::date group by 1, 4, 5, 6`;

/** Weeks of the cut-off's month in which somebody is assigned to billable work and neither the ledger nor anybody's desk has time of it. */
const missingTime = ({ scope }: Looked): SQL => sql`
  select project.name, count(*) as count, null::numeric as seconds, project.id as project_id, project.contract_id, assigned.employee_id
  from (select entity_id as employee_id, (each ->> 'projectId')::uuid as project_id, (each ->> 'from')::date as first, (each ->> 'to')::date as last
    from log.reference, jsonb_array_elements(data -> 'assignments') as each where entity_type = ${resources.EmployeeAssignments.type}) as assigned
  join ${projects(scope)} on project.id = assigned.project_id and project.billable
  cross join lateral (select greatest(week, assigned.first, date_trunc('month', ${scope.cutOffDate}::date)::date) as first,
    least(week + 6, assigned.last, ${scope.cutOffDate}::date) as last
    from generate_series(date_trunc('week', date_trunc('month', ${scope.cutOffDate}::date)), ${scope.cutOffDate}::date, interval '1 week') as week(at), lateral (select at::date as week) as day) as week
  where exists (select from generate_series(week.first, week.last, interval '1 day') as day where extract(isodow from day) < 6)
    and not exists (select from ${actuals} as done where done.kind = 'COST' and done.employee_id = assigned.employee_id and done.project_id = assigned.project_id
      and done.work_date between week.first and week.last)
    and not exists (select from log.open_work as open where open.employee_id = assigned.employee_id and open.project_id = assigned.project_id
      and open.day between week.first and week.last)
  group by 1, 4, 5, 6`;

const onHold = ({ scope }: Looked): SQL => sql`
  select contract.data ->> 'name' as name, count(*) as count, sum(held.seconds) as seconds, null::uuid as project_id, held.contract_id, null::uuid as employee_id
  from ${actuals} as held join log.reference as contract on contract.entity_type = ${engagements.Contract.type} and contract.entity_id = held.contract_id
  where held.kind = 'UNBILLED_SALES' and held.status = 'NOT_READY' and held.reverses_id is null and held.reversed_by_id is null and held.work_date <= ${scope.cutOffDate}::date
    and ${any('held.customer_id', scope.customerIds)} and ${any('held.contract_id', scope.contractIds)} and ${any('held.legal_entity_id', scope.legalEntityIds)}
  group by 1, 5`;

/** Rates that contracts agree. A card has none that ends: its versions hold until another does. */
const endingRates = ({ scope }: Looked): SQL => sql`
  select (contract.data ->> 'name') || ', ' || min(rate ->> 'effectiveTo') as name, count(*) as count, null::numeric as seconds, null::uuid as project_id,
    contract.entity_id as contract_id, null::uuid as employee_id
  from log.reference as contract, jsonb_array_elements(contract.data -> 'versions') as terms, jsonb_array_elements(terms -> 'rates') as rate
  where contract.entity_type = ${engagements.Contract.type} and contract.data ->> 'status' = 'CONFIRMED' and terms ->> 'effectiveTo' is null
    and ${any('contract.entity_id', scope.contractIds)} and ${any(`(contract.data ->> 'customerId')::uuid`, scope.customerIds)}
    and ${any(`(contract.data ->> 'legalEntityId')::uuid`, scope.legalEntityIds)}
    and (rate ->> 'effectiveTo')::date between ${scope.cutOffDate}::date and ${scope.cutOffDate}::date + ${rateHorizon}::int
    and not exists (select from jsonb_array_elements(terms -> 'rates') as later where (later ->> 'effectiveFrom')::date > (rate ->> 'effectiveTo')::date
      and later ->> 'employeeId' is not distinct from rate ->> 'employeeId' and later ->> 'laborCategoryId' is not distinct from rate ->> 'laborCategoryId')
  group by contract.entity_id, contract.data ->> 'name'`;

/** Books that the invoices belong into, and that take nothing on their date. */
const closedBooks = ({ scope, runId }: Looked): SQL => sql`
  select books.name, 1 as count, null::numeric as seconds, null::uuid as project_id, null::uuid as contract_id, null::uuid as employee_id
  from ${legalEntities} as books
  where not exists (select from ${fiscalPeriods} as period where period.legal_entity_id = books.id and period.status = 'OPEN'
      and ${scope.invoiceDate}::date between period.start_date and period.end_date)
    and (exists (select from ${actuals} as ready where ready.legal_entity_id = books.id and kind = 'UNBILLED_SALES' and status = 'READY' and reverses_id is null and reversed_by_id is null
        and work_date <= ${scope.cutOffDate}::date and ${any('customer_id', scope.customerIds)} and ${any('contract_id', scope.contractIds)} and ${any('legal_entity_id', scope.legalEntityIds)})
      or exists (select from ${billingRunContracts} as drafted join ${invoices} as invoice on invoice.id = drafted.invoice_id
        where drafted.billing_run_id = ${runId ?? null}::uuid and invoice.legal_entity_id = books.id and invoice.status in ('DRAFT', 'VALIDATED')))`;

const failedTax = ({ runId }: Looked): SQL => sql`
  select coalesce(invoice.tax_failure, '') as name, 1 as count, null::numeric as seconds, null::uuid as project_id, invoice.contract_id, null::uuid as employee_id
  from ${billingRunContracts} as drafted join ${invoices} as invoice on invoice.id = drafted.invoice_id
  where drafted.billing_run_id = ${runId ?? null}::uuid and invoice.tax_failed_at is not null and invoice.status in ('DRAFT', 'VALIDATED')`;

const checks = {
  TIME_MISSING: {
    says: (f) => `${f.name}: somebody is assigned and has handed in no time in ${plural(f, 'week', 'weeks')} of the month.`,
    mutation: 'submitTimesheet',
    rows: missingTime,
  },
  WORK_NOT_APPROVED: {
    says: (f) => `${f.name}: ${plural(f, 'entry or expense is', 'entries and expenses are')} handed in and not decided about${hoursIn(f)}.`,
    mutation: 'approveTimesheet',
    rows: openWork('SUBMITTED'),
  },
  WORK_NOT_POSTED: {
    says: (f) => `${f.name}: ${plural(f, 'piece of work is', 'pieces of work are')} approved and posted within moments${hoursIn(f)}. Run again for it.`,
    mutation: 'runBilling',
    rows: openWork('APPROVED'),
  },
  WORK_IN_EXCEPTION: {
    says: (f) => `${f.name}: ${plural(f, 'piece of approved work stands', 'pieces of approved work stand')} in an exception${hoursIn(f)}.`,
    mutation: 'retryExceptionsWhere',
    rows: openWork('EXCEPTED'),
  },
  WORK_ON_HOLD: {
    says: (f) => `${f.name}: ${plural(f, 'actual is', 'actuals are')} on hold${hoursIn(f)}.`,
    mutation: 'releaseActuals',
    rows: onHold,
  },
  RATE_ENDS: {
    says: (f) => `${f.name}: ${plural(f, 'rate ends', 'rates end')}, and none follows.`,
    mutation: 'addContractVersion',
    rows: endingRates,
  },
  PERIOD_NOT_OPEN: {
    says: (f) => `The books of ${f.name} have no open period for the date of the invoices: they cannot be posted.`,
    mutation: 'reopenFiscalPeriod',
    rows: closedBooks,
  },
  TAX_FAILED: { says: (f) => `The tax of an invoice cannot be determined. ${f.name}`, mutation: 'updateTaxProfile', rows: failedTax },
} as const satisfies Record<string, Check>;

export type BillingWarningCode = keyof typeof checks;
/** In the order in which they are told. */
const codes: readonly BillingWarningCode[] = [
  'TIME_MISSING',
  'WORK_NOT_APPROVED',
  'WORK_NOT_POSTED',
  'WORK_IN_EXCEPTION',
  'WORK_ON_HOLD',
  'RATE_ENDS',
  'PERIOD_NOT_OPEN',
  'TAX_FAILED',
];
export type BillingWarningItem = {
  code: BillingWarningCode;
  message: string;
  count: number;
  hours: string | null;
  duration: string | null;
  projectId: string | null;
  contractId: string | null;
  employeeId: string | null;
  mutation: string;
};
export type Warned = { warnings: BillingWarningItem[]; more: boolean };

/** What the invoices of a scope may lack now: one statement for each kind, and a bounded number of names from it. `failures`: of a run that is none yet. */
export async function warningsOf(context: Context, looked: Looked & { failures?: readonly { contractId: string; failure: string }[] }): Promise<Warned> {
  demand(context.actor, 'invoice:read');
  const warnings: BillingWarningItem[] = [];
  let more = false;
  for (const code of codes) {
    const found = await namedOf(context, code, looked);
    more ||= found.length > namedAtMost;
    warnings.push(...found.slice(0, namedAtMost));
  }
  const failures = looked.failures ?? [];
  more ||= failures.length > namedAtMost;
  for (const { contractId, failure } of failures.slice(0, namedAtMost))
    warnings.push(itemOf('TAX_FAILED', { name: failure, count: 1, contract_id: contractId }));
  return { warnings, more };
}

async function namedOf(context: Context, code: BillingWarningCode, looked: Looked): Promise<BillingWarningItem[]> {
  const rows = await context.db.execute(
    sql`select * from (${checks[code].rows(looked)}) as each order by count desc, name, employee_id, contract_id limit ${namedAtMost + 1}`,
  );
  return rows.map((row) => itemOf(code, row));
}

function itemOf(code: BillingWarningCode, row: Readonly<Record<string, unknown>>): BillingWarningItem {
  const orNull = (value: unknown) => (value === null || value === undefined ? null : String(value));
  const seconds = orNull(row.seconds);
  const figures = { count: Number(row.count), hours: seconds === null ? null : hoursOfSeconds(BigInt(seconds)), name: String(row.name) };
  const duration = seconds === null ? null : durationOfSeconds(BigInt(seconds));
  const { says, mutation } = checks[code];
  const about = { projectId: orNull(row.project_id), contractId: orNull(row.contract_id), employeeId: orNull(row.employee_id) };
  return { code, message: says(figures), count: figures.count, hours: figures.hours, duration, ...about, mutation };
}
