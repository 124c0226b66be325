import type { Sql } from 'postgres';

/** What a balance holds, by key, against what its rows add up to. */
function balanced(name: string, keys: string, sums: string): string {
  const totals = sums.split(', ').map((sum) => `sum(${sum})::bigint as ${sum}`);
  const held = `select ${keys}, ${totals.join(', ')} from ${name} group by ${keys} having ${sums
    .split(', ')
    .map((sum) => `sum(${sum}) <> 0`)
    .join(' or ')}`;
  const due = `select ${keys}, ${sums} from ${name}_due`;
  return `((${held}) except all (${due})) union all ((${due}) except all (${held}))`;
}

/** Each rule as a query for what breaks it. */
const rules: Readonly<Record<string, string>> = {
  'every fact has its position': 'select 1 from log.pending',
  'positions are contiguous from 1': `select 1 from (select min(position) as first, max(position) as last, count(*) as n from log.fact) f, log.head
    where n > 0 and (first <> 1 or last <> n or head.position <> last)`,
  'a fact stands in the log once': 'select id from log.fact group by id having count(*) > 1',
  'facts of a subject are in the order of its versions': `select 1 from (select subject_version, lag(subject_version) over (partition by subject_type, subject_id order by position) as before from log.fact) f where subject_version < before`,
  'a key has its answer': 'select key from log.idempotency where answer is null',
  'every consumer is at the end of the log': 'select name from log.consumer, log.head where consumer.position <> head.position',
  'every run has come to its end': "select id from log.process_run where state not in ('DONE', 'COMPENSATED')",
  'every delivery is delivered': "select consumer from log.delivery where status <> 'DELIVERED'",
  'an approval is stated once': `select entry from log.fact, jsonb_array_elements_text(payload -> 'entryIds') entry where type = 'TimesheetApproved'
    and not exists (select 1 from log.fact recall where recall.type = 'TimeEntryRecalled' and recall.subject_id = entry::uuid) group by entry having count(*) > 1`,
  'every approved entry is stated': `select id from time.timesheet_entry where status = 'APPROVED' and not exists
    (select 1 from log.fact where type = 'TimesheetApproved' and payload -> 'entryIds' ? timesheet_entry.id::text)`,
  'every approved entry is an actual or an open exception':
    "select id from time.timesheet_entry where status in ('APPROVED', 'RECALL_REQUESTED') and posting_status = 'NOT_POSTED'",
  'what is posted was not taken back': `select e.id from time.timesheet_entry e join finance.actual gone on gone.source_id = e.id and gone.source_version = e.approved_version
    and gone.kind <> 'BILLED_SALES' and gone.reverses_id is null and gone.reversed_by_id is not null
    where e.posting_status = 'POSTED' and not exists (select 1 from finance.actual a where a.source_id = e.id and a.source_version = gone.source_version
      and a.reverses_id is null and a.reversed_by_id is null and ((a.kind like '%_SALES' and a.kind <> 'INTERCOMPANY_SALES') = (gone.kind like '%_SALES' and gone.kind <> 'INTERCOMPANY_SALES') or (a.kind = 'COST' and a.pricing_revision > gone.pricing_revision)))`,
  'a posted entry has its cost, once': `select e.id from time.timesheet_entry e left join finance.actual a on a.source_id = e.id and a.kind = 'COST' and a.reverses_id is null and a.reversed_by_id is null
    where e.posting_status = 'POSTED' group by e.id having count(a.id) <> 1`,
  'a posted entry has its sales, once': `select e.id from time.timesheet_entry e join finance.actual a on a.source_id = e.id and a.kind = 'UNBILLED_SALES' and a.reverses_id is null and a.reversed_by_id is null
    where e.posting_status = 'POSTED' group by e.id having count(a.id) > count(distinct a.part)`,
  'a posted entry that is sold by the hour has its sales': `select e.id from time.timesheet_entry e join finance.actual cost on cost.source_id = e.id and cost.kind = 'COST' and cost.reverses_id is null and cost.reversed_by_id is null
    join engagements.contract_line_terms line on line.line_id = cost.contract_line_id and line.method = 'TIME_AND_MATERIALS'
    join engagements.contract_version v on v.id = line.contract_version_id and e.work_date between v.effective_from and coalesce(v.effective_to, 'infinity')
    where e.posting_status = 'POSTED' and e.billable and not exists (select 1 from finance.actual a where a.source_id = e.id and a.kind = 'UNBILLED_SALES' and a.reverses_id is null and a.reversed_by_id is null)`,
  'of lent work a cost, what it costs the lender and what that one asks stand together': `select source_id from finance.actual where reverses_id is null and reversed_by_id is null
    and kind in ('COST', 'RESOURCING_COST', 'INTERCOMPANY_SALES') group by source_type, source_id, source_version, pricing_revision
    having count(counterpart_id) > 0 and (count(*) filter (where kind = 'COST') <> 1 or count(*) filter (where kind = 'RESOURCING_COST') <> 1
      or count(*) filter (where kind = 'INTERCOMPANY_SALES') <> 1)`,
  'a charge between legal entities is what it marked': `select charge.id from finance.intercompany_charge charge left join finance.actual a on a.intercompany_charge_id = charge.id
    group by charge.id having sum(a.amount_minor) is distinct from charge.amount_minor or count(a.id) <> charge.actuals
      or charge.amount_minor <> (select sum(line.amount_minor) from finance.intercompany_charge_line line where line.charge_id = charge.id)
      or charge.borrower_minor <> (select sum(line.borrower_minor) from finance.intercompany_charge_line line where line.charge_id = charge.id)`,
  'a pricing revision counts once': `select source_id from finance.actual where reverses_id is null and reversed_by_id is null group by source_type, source_id, source_version, kind, part having count(*) > 1`,
  'what is not posted has no actuals, unless somebody is told why': `select e.id from time.timesheet_entry e join finance.actual a on a.source_id = e.id and a.reverses_id is null and a.reversed_by_id is null
    where e.posting_status <> 'POSTED' and not exists (select 1 from operations.exception x where x.subject_id = e.id
      and (x.process = 'recalled-time' and x.status in ('OPEN', 'RETRYING') or x.code in ('ACTUAL_REVERSED', 'GUARD_REFUSED') and x.status <> 'RESOLVED'))
    -- A part was taken back, and a retry met another obstacle, such as a closed month.
    and not (exists (select 1 from finance.actual gone where gone.source_id = e.id and gone.reversed_by_id is not null)
      and exists (select 1 from operations.exception x where x.subject_id = e.id and x.status in ('OPEN', 'RETRYING')))`,
  'an exception stands open for what it holds up, once': `select e.id from time.timesheet_entry e left join operations.exception x on x.subject_id = e.id and x.status in ('OPEN', 'RETRYING') and x.process <> 'recalled-time'
    where e.posting_status = 'EXCEPTION' and not exists (select 1 from operations.exception gone where gone.subject_id = e.id and gone.status = 'DISMISSED') group by e.id having count(x.id) <> 1`,
  'what was taken back is posted anew or among the exceptions': `select gone.source_id from finance.actual gone where gone.source_type <> 'INVOICE_LINE' and gone.kind <> 'BILLED_SALES' and gone.reverses_id is null and gone.reversed_by_id is not null
    and not exists (select 1 from finance.actual a where a.source_id = gone.source_id and a.source_version >= gone.source_version and a.reverses_id is null and a.reversed_by_id is null
      and ((a.kind like '%_SALES' and a.kind <> 'INTERCOMPANY_SALES') = (gone.kind like '%_SALES' and gone.kind <> 'INTERCOMPANY_SALES') or a.source_version > gone.source_version or (a.kind = 'COST' and a.pricing_revision > gone.pricing_revision)))
    and not exists (select 1 from operations.exception x where x.subject_id in (gone.source_id, case gone.source_type when 'CONTRACT_FEE' then gone.contract_id end) and x.status <> 'RESOLVED')
    and not exists (select 1 from time.timesheet_entry e where e.id = gone.source_id and e.approved_version is distinct from gone.source_version)
    and not exists (select 1 from time.expense_item e where e.id = gone.source_id and e.approved_version is distinct from gone.source_version)`,
  'no exception stands open for what is posted': `select x.id from operations.exception x join time.timesheet_entry e on e.id = x.subject_id
    where x.status in ('OPEN', 'RETRYING') and x.process <> 'recalled-time' and e.posting_status = 'POSTED'`,
  'actuals carry the hours of their entries': `select e.id from finance.actual a join time.timesheet_entry e on e.id = a.source_id where a.kind <> 'BILLED_SALES' and a.reverses_id is null and a.reversed_by_id is null
    group by e.id, case when a.kind in ('UNBILLED_SALES', 'DRAWN_SALES') then 'SALE' else a.kind end having sum(a.seconds) <> e.seconds`,
  // A limit, and a retainer that is used up, split sales into what adds up to what all of it was priced at.
  'the parts of a sale are all of it': `select source_id from finance.actual where reverses_id is null and reversed_by_id is null and price_explanation ? 'wholeMinor'
    and kind <> 'BILLED_SALES' group by source_type, source_id, source_version having sum(amount_minor) <> max((price_explanation ->> 'wholeMinor')::bigint)`,
  'finance.actual_balance is the sum of its rows': balanced(
    'finance.actual_balance',
    'kind, transaction_class, status, source_type, legal_entity_id, customer_id, engagement_id, contract_id, contract_line_id, project_id, currency, month',
    'actuals, seconds, amount_minor',
  ),
  'finance.cost_balance is the sum of its rows': balanced('finance.cost_balance', 'legal_entity_id, customer_id, project_id, currency, month', 'amount_minor'),
  'finance.account_balance is the sum of its rows': balanced(
    'finance.account_balance',
    'legal_entity_id, account, currency, month',
    'debit_minor, credit_minor',
  ),
  'time.entry_balance is the sum of its rows': balanced(
    'time.entry_balance',
    'customer_id, engagement_id, project_id, employee_id, labor_category_id, status, posting_status, billable, month',
    'entries, seconds',
  ),
  'time.project_balance is the sum of its rows': balanced(
    'time.project_balance',
    'customer_id, engagement_id, project_id, status, posting_status, billable, month',
    'entries, seconds',
  ),
  'operations.exception_balance is the sum of its rows': balanced(
    'operations.exception_balance',
    'status, code, process, owner, customer_id, currency',
    'exceptions, seconds, amount_minor',
  ),
  // A limit may have split its sale, so that the parts stand on two invoices: one of them holds it.
  'work is held by the invoice that it stands on, and by no other': `select sold.source_id, for_id from (
      select source_id, array_agg(invoice_id) as invoice_ids, count(*) filter (where part = 1) as firsts from finance.actual
      where source_type in ('TIMESHEET_ENTRY', 'EXPENSE_ITEM') and kind = 'UNBILLED_SALES' and status in ('ON_INVOICE', 'BILLED')
        and reverses_id is null and reversed_by_id is null group by source_id) as sold
    full join (select entity_id, for_id from log.claim where holder = 'finance') as held on held.entity_id = sold.source_id
    where sold.source_id is null or held.entity_id is null or for_id <> all(invoice_ids) or firsts > 1`,
  'no invoice has what is not approved': `select e.id from time.timesheet_entry e join log.claim on entity_id = e.id and holder = 'finance' where e.status <> 'APPROVED'`,
  'accrued revenue in the books is what of the work stands accrued': `select contract_id from (
      select legal_entity_id, contract_id, project_id, currency, amount_minor as minor from finance.actual
      where accrual_event_id is not null and status <> 'BILLED' and reversed_by_id is null
      union all select line.legal_entity_id, contract_id, project_id, currency, credit_minor - debit_minor from finance.journal_line as line
      join finance.journal_entry as entry on entry.id = line.journal_entry_id where account = 'ACCRUED_REVENUE' and entry.revenue_event_id is not null) as each
    group by legal_entity_id, contract_id, project_id, currency having sum(minor) <> 0`,
  'all revenue by events is all revenue in the books': `select 1 from (select coalesce(sum(amount_minor), 0) as minor from finance.revenue_event where status = 'RECOGNIZED') as events,
    (select coalesce(sum(credit_minor - debit_minor), 0) as minor from finance.journal_line as line join finance.journal_entry as entry on entry.id = line.journal_entry_id
      where account = 'REVENUE' and entry.status = 'POSTED') as books where events.minor <> books.minor`,
  'every journal entry is balanced': 'select journal_entry_id from finance.journal_line group by journal_entry_id having sum(debit_minor) <> sum(credit_minor)',
};

/** The rules that do not hold, with how many rows break each. */
export async function brokenRules(sql: Sql): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [rule, query] of Object.entries(rules)) {
    const rows = await sql.unsafe(query);
    if (rows.length > 0) found[rule] = rows.length;
  }
  return found;
}
