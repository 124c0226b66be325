import type { Db } from '#kernel/db.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { type SQL, sql } from '#kernel/sql.ts';
import { actuals } from '../tables.ts';

/**
 * What a lender may ask for, or has to give back, up to a day: sales of its people's work that are on no charge. One that was taken back by then before it was
 * asked for is nothing to anybody. `own` is the sale.
 */
export function chargeable(upTo: SQL): SQL {
  return sql`own.kind = 'INTERCOMPANY_SALES' and own.intercompany_charge_id is null and own.accounting_date <= ${upTo} and case
    when own.reverses_id is not null then exists (select from ${actuals} as asked where asked.id = own.reverses_id and asked.intercompany_charge_id is not null)
    when own.reversed_by_id is not null then exists (select from ${actuals} as given where given.id = own.reversed_by_id and given.accounting_date > ${upTo})
    else true end`;
}

export type Wanted = { lenderId: string; borrowerId?: string | null | undefined; upTo: CalendarDate };

/** One sale that is to be charged: where it stands, and what the borrower's books have of it. */
export type Chargeable = {
  id: string;
  borrowerId: string;
  projectId: string;
  employeeId: string;
  transactionClass: 'TIME' | 'EXPENSE';
  reversing: boolean;
  seconds: bigint | null;
  minor: bigint;
  currency: string;
  borrowerMinor: bigint;
  borrowerCurrency: string;
};

/** What is to be charged, locked in the order in which everybody locks actuals. The cost of the borrower stands beside the sale: same source, version and pricing revision. */
export async function lockChargeable(db: Db, { lenderId, borrowerId, upTo }: Wanted): Promise<Chargeable[]> {
  const ofBorrower = borrowerId ? sql`and own.counterpart_id = ${borrowerId}::uuid` : sql``;
  const rows = await db.execute(sql`
    select own.id, own.counterpart_id, own.project_id, own.employee_id, own.transaction_class, own.reverses_id is not null as reversing,
      own.seconds::text as seconds, own.amount_minor::text as minor, own.currency, cost.amount_minor::text as cost_minor, cost.currency as cost_currency
    from ${actuals} as own join ${actuals} as cost on cost.source_id = own.source_id and cost.source_type = own.source_type
      and cost.source_version = own.source_version and cost.kind = 'COST' and cost.pricing_revision = own.pricing_revision and cost.part = 1
      and cost.reverses_id is null
    where own.legal_entity_id = ${lenderId}::uuid ${ofBorrower} and ${chargeable(sql`${upTo}::date`)}
    order by own.id for update of own`);
  return rows.map((row) => {
    const reversing = row.reversing === true;
    const costMinor = BigInt(String(row.cost_minor));
    return {
      ...{ id: String(row.id), borrowerId: String(row.counterpart_id), projectId: String(row.project_id), employeeId: String(row.employee_id), reversing },
      ...{ transactionClass: row.transaction_class === 'TIME' ? ('TIME' as const) : ('EXPENSE' as const) },
      ...{ seconds: row.seconds === null ? null : BigInt(String(row.seconds)), minor: BigInt(String(row.minor)), currency: String(row.currency) },
      ...{ borrowerMinor: reversing ? -costMinor : costMinor, borrowerCurrency: String(row.cost_currency) },
    };
  });
}
