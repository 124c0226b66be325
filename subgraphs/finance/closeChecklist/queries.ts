import { type ContractReference, references as engagements } from '#engagements/published.ts';
import { type Actor, may } from '#kernel/actor.ts';
import type { Batch, Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { references } from '#kernel/reference.ts';
import { inArray, type SQL, sql } from '#kernel/sql.ts';
import { references as resources } from '#resources/published.ts';
import { termsOn } from '../billing/price.ts';
import { namesPeople, type OpenWork } from '../fiscalPeriod/openWork.ts';
import { shownOpenWork } from '../fiscalPeriod/queries.ts';
import { draftEntries, draftInvoices, inPeriod } from '../fiscalPeriod/unposted.ts';
import { chargeable } from '../intercompany/uncharged.ts';
import { uninvoiced } from '../supplierInvoice/uninvoiced.ts';
import { actuals, fiscalPeriods, invoices, journalEntries, journalLines, legalEntities, payments, revenueEvents } from '../tables.ts';
import { type ChecklistItem, type ChecklistKind, checklistKinds, itemsOf, kindOfWork, type OpenSum, type OpenThing, shownAtMost } from './kinds.ts';

/** The databases to ask: what may be seen, and how things are called, whoever reads. */
type Asked = { shown: Db; published: Db; actor: Actor };
export type Open = { sums: OpenSum[]; things: OpenThing[] };

const { startDate, endDate, legalEntityId: books } = fiscalPeriods;
const openSales = sql`${actuals.legalEntityId} = ${books} and ${actuals.accountingDate} <= ${endDate} and ${actuals.kind} = 'UNBILLED_SALES'
  and ${actuals.status} <> 'BILLED' and ${actuals.reversesId} is null and ${actuals.reversedById} is null and ${actuals.accrualEventId} is null`;
const standing = sql`${revenueEvents.status} not in ('REVERSED', 'CANCELLED')`;
const measured = sql`('COST_TO_COST', 'PERCENT_COMPLETE', 'RETAINER')`;

type Part = { type: OpenThing['type']; rows: SQL };

/** Per kind, beside the row of a period: its things as (id, contract_id, project_id, day, label, minor, currency, seconds). */
const parts: Readonly<Partial<Record<ChecklistKind, Part>>> = {
  UNPOSTED_INVOICES: {
    type: 'Invoice',
    rows: sql`select ${invoices.id}, ${invoices.contractId}, null::uuid as project_id, ${invoices.invoiceDate} as day, ${invoices.status} as label,
      ${invoices.totalMinor} as minor, ${invoices.currency}, 0::bigint as seconds from ${invoices} where ${draftInvoices}`,
  },
  DRAFT_JOURNAL_ENTRIES: {
    type: 'JournalEntry',
    rows: sql`select ${journalEntries.id}, null::uuid, null::uuid, ${journalEntries.postingDate}, ${journalEntries.description}, debit.minor, debit.currency, 0::bigint
      from ${journalEntries} left join lateral (select currency, sum(debit_minor)::bigint as minor from ${journalLines} as line where line.journal_entry_id = ${journalEntries.id}
        group by currency order by currency limit 1) as debit on true where ${draftEntries}`,
  },
  UNAPPLIED_PAYMENTS: {
    type: 'Payment',
    rows: sql`select ${payments.id}, null::uuid, null::uuid, ${payments.receivedOn}, coalesce(${payments.reference}, ${payments.method}),
      ${payments.amountMinor} - ${payments.appliedMinor} - ${payments.refundedMinor}, ${payments.currency}, 0::bigint
      from ${payments} where ${inPeriod(payments.legalEntityId, payments.receivedOn)} and ${payments.status} in ('RECEIVED', 'PARTLY_APPLIED')`,
  },
  UNRECOGNIZED_REVENUE: {
    type: 'RevenueEvent',
    rows: sql`select ${revenueEvents.id}, ${revenueEvents.contractId}, ${revenueEvents.projectId}, ${revenueEvents.recognitionDate}, ${revenueEvents.description},
      ${revenueEvents.amountMinor}, ${revenueEvents.currency}, 0::bigint from ${revenueEvents}
      where ${inPeriod(revenueEvents.legalEntityId, revenueEvents.recognitionDate)} and ${revenueEvents.status} in ('SCHEDULED', 'PENDING_APPROVAL')`,
  },
  UNMEASURED_REVENUE: {
    type: 'Contract',
    // Measured before, and not since; or drawn on and not measured yet.
    rows: sql`select ${revenueEvents.contractId}, ${revenueEvents.contractId}, ${revenueEvents.projectId}, max(${revenueEvents.recognitionDate}), ${revenueEvents.method},
        null::bigint, null::text, 0::bigint from ${revenueEvents} where ${revenueEvents.legalEntityId} = ${books} and ${revenueEvents.method} in ${measured} and ${standing}
      group by ${revenueEvents.contractId}, ${revenueEvents.projectId}, ${revenueEvents.method} having max(${revenueEvents.recognitionDate}) < ${startDate}
      union all select ${actuals.contractId}, ${actuals.contractId}, null::uuid, max(${actuals.accountingDate}), 'RETAINER', null::bigint, null::text, 0::bigint
      from ${actuals} where ${inPeriod(actuals.legalEntityId, actuals.accountingDate)} and ${actuals.kind} = 'DRAWN_SALES'
        and ${actuals.reversesId} is null and ${actuals.reversedById} is null
        and not exists (select from ${revenueEvents} where ${revenueEvents.contractId} = ${actuals.contractId} and ${revenueEvents.method} = 'RETAINER' and ${standing})
      group by ${actuals.contractId}`,
  },
  UNBILLED_WORK: {
    type: 'Contract',
    rows: sql`select ${actuals.contractId}, ${actuals.contractId}, null::uuid, min(${actuals.accountingDate}), '', sum(${actuals.amountMinor})::bigint, ${actuals.currency},
      coalesce(sum(${actuals.seconds}), 0)::bigint from ${actuals} where ${openSales} and ${actuals.contractId} is not null group by ${actuals.contractId}, ${actuals.currency}`,
  },
  UNCHARGED_INTERCOMPANY: {
    type: 'LegalEntity',
    // In the period of the lender and in that of the borrower, each with the other one.
    rows: sql`select sale.other, null::uuid, null::uuid, min(sale.day), counterpart.name, sum(sale.minor)::bigint, sale.currency, coalesce(sum(sale.seconds), 0)::bigint
      from (select case when own.legal_entity_id = ${books} then own.counterpart_id else own.legal_entity_id end as other, own.accounting_date as day,
          own.amount_minor as minor, own.currency, own.seconds from ${actuals} as own
        where (own.legal_entity_id = ${books} or own.counterpart_id = ${books}) and ${chargeable(sql`${endDate}`)}) as sale
      join ${legalEntities} as counterpart on counterpart.id = sale.other group by sale.other, counterpart.name, sale.currency`,
  },
  UNINVOICED_PURCHASES: { type: 'SubcontractLine', rows: uninvoiced(sql`${books}`, sql`${endDate}`) },
};

/** What finance itself has open in periods, by period: one statement and the names of contracts, however many periods. */
async function openThingsIn({ shown, published, actor }: Asked, periodIds: readonly string[]): Promise<Map<string, Open>> {
  const columns = sql`(id, contract_id, project_id, day, label, minor, currency, seconds)`;
  const each = Object.entries(parts).map(
    ([
      kind,
      { rows },
    ]) => sql`select ${kind} as kind, ${fiscalPeriods.id} as period, ${startDate}, own.* from ${fiscalPeriods} cross join lateral (${rows}) as own ${columns}
      where ${inArray(fiscalPeriods.id, [...periodIds])}`,
  );
  const rows = await shown.execute(sql`
    with placed as (select *, row_number() over (partition by period, kind order by day, id) as place from (${sql.join(each, sql` union all `)}) as each)
    select period, start_date::text as start, kind, currency, count(*)::int as n, sum(seconds)::text as seconds, coalesce(sum(minor), 0)::text as minor,
      jsonb_agg(jsonb_build_object('id', id, 'contractId', contract_id, 'projectId', project_id, 'day', day, 'label', label, 'minor', minor::text, 'seconds', seconds::text))
        filter (where place <= ${shownAtMost} or kind = 'UNMEASURED_REVENUE') as things
    from placed group by period, start_date, kind, currency`);
  const raw = rows.map((row) => ({ period: String(row.period), start: String(row.start), ...readSum(row, actor), things: thingsOf(row) }));
  const contracts = await references(
    published,
    engagements.Contract,
    raw.flatMap(({ things }) => things.flatMap(({ contractId }) => contractId ?? [])),
  );
  const orders = await references(
    published,
    resources.SubcontractLine,
    raw.flatMap(({ things }) => things.flatMap(({ type, id }) => (type === 'SubcontractLine' ? id : []))),
  );
  const nameOf = ({ id, contractId }: OpenThing) => orders.get(id)?.name ?? contracts.get(contractId ?? '')?.name;
  const found = new Map<string, Open>(periodIds.map((id) => [id, { sums: [], things: [] }]));
  for (const { period, start, sum, things } of raw) {
    // What is over is not measured any more.
    const own = sum.kind === 'UNMEASURED_REVENUE' ? things.filter(({ contractId }) => isInForce(contracts.get(contractId ?? ''), start)) : things;
    const open = found.get(period);
    open?.sums.push(sum.kind === 'UNMEASURED_REVENUE' ? { ...sum, count: own.length } : sum);
    if (may(actor, checklistKinds[sum.kind].read)) open?.things.push(...own.map((thing) => ({ ...thing, label: labelOf(nameOf(thing), thing) })));
  }
  return found;
}

function isInForce(contract: ContractReference | undefined, start: string): boolean {
  return contract?.status === 'CONFIRMED' && (termsOn(contract, start).endDate ?? start) >= start;
}

type Row = Readonly<Record<string, unknown>>;

/** Money is for who may read the things. */
function readSum(row: Row, actor: Actor): { sum: OpenSum } {
  const kind = String(row.kind) as ChecklistKind;
  const money = may(actor, checklistKinds[kind].read) && row.currency !== null;
  const amount = money ? { currency: String(row.currency), minor: BigInt(String(row.minor)) } : { currency: null, minor: 0n };
  return { sum: { kind, count: Number(row.n), seconds: BigInt(String(row.seconds)), ...amount } };
}

type Thing = { id: string; contractId: string | null; projectId: string | null; day: string | null; label: string; minor: string | null; seconds: string };

function thingsOf(row: Row): OpenThing[] {
  const kind = String(row.kind) as ChecklistKind;
  const currency = row.currency === null ? null : String(row.currency);
  return ((row.things ?? []) as Thing[]).map(({ minor, seconds, ...rest }) => {
    const amount = minor === null || currency === null ? { minor: null, currency: null } : { minor: BigInt(minor), currency };
    return { kind, type: parts[kind]?.type ?? 'Contract', ...rest, ...amount, seconds: seconds === '0' ? null : BigInt(seconds) };
  });
}

function labelOf(name: string | undefined, { label }: OpenThing): string {
  return [name, label].filter(Boolean).join(': ');
}

/** The first pieces of open work of periods, by what `openWorkIn` found in their books. */
async function openWorkThings({ shown, published, actor }: Asked, work: ReadonlyMap<string, readonly OpenWork[]>): Promise<Map<string, OpenThing[]>> {
  const pairs = [...work].flatMap(([period, all]) =>
    [...new Map(all.map((each) => [each.projectId, each.project]))].map(([project, name]) => ({ period, project, name })),
  );
  if (pairs.length === 0) return new Map();
  const list = (values: readonly string[]) => sql.param([...values]);
  const rows = await shown.execute(sql`
    select * from (select own.period, entity_type, entity_id, open.project_id, employee_id, day::text as day, seconds::text as seconds, state, code,
        row_number() over (partition by own.period, entity_type, state, code is not distinct from 'PERIOD_CLOSED' order by day, entity_id) as place
      from unnest(${list(pairs.map(({ period }) => period))}::uuid[], ${list(pairs.map(({ project }) => project))}::uuid[]) as own (period, project_id)
      join ${fiscalPeriods} on ${fiscalPeriods.id} = own.period
      join log.open_work as open on open.project_id = own.project_id and open.day between ${startDate} and ${endDate}) as placed
    where place <= ${shownAtMost}`);
  const named = namesPeople(actor);
  const people = named
    ? await references(
        published,
        resources.Employee,
        rows.flatMap((row) => (row.employee_id === null ? [] : [String(row.employee_id)])),
      )
    : new Map<string, { name: string }>();
  const projects = new Map(pairs.map(({ project, name }) => [project, name]));
  const found = rows.map((row): readonly [string, OpenThing] => {
    const type = String(row.entity_type) as OpenWork['type'];
    const kind = kindOfWork({ type, state: String(row.state) as OpenWork['state'], code: row.code === null ? null : String(row.code) });
    const who = people.get(String(row.employee_id))?.name;
    const projectId = String(row.project_id);
    const project = projects.get(projectId) ?? projectId;
    const about = { contractId: null, projectId, minor: null, currency: null, seconds: row.seconds === null ? null : BigInt(String(row.seconds)) };
    return [String(row.period), { kind, type, id: String(row.entity_id), label: who ? `${who} on ${project}` : project, day: String(row.day), ...about }];
  });
  const readable = (type: OpenThing['type']) => (type === 'Milestone' ? may(actor, 'milestone:read') : named);
  const visible = found.filter(([, { type }]) => readable(type));
  return new Map([...Map.groupBy(visible, ([period]) => period)].map(([period, all]) => [period, all.map(([, thing]) => thing)]));
}

/** What is still open in a period, whether or not it holds up the close. */
const checklists: Batch<ChecklistItem[]> = async (context, ids) => {
  const asked = { shown: context.db, published: context.unconfined, actor: context.actor };
  const work = new Map(await Promise.all(ids.map(async (id) => [id, await shownOpenWork(context, id)] as const)));
  const pieces = await openWorkThings(asked, work);
  const own = await openThingsIn(asked, ids);
  return new Map(
    ids.map((id) => {
      const sums = (work.get(id) ?? []).map((each) => ({ kind: kindOfWork(each), count: each.count, seconds: each.seconds, currency: null, minor: 0n }));
      const { sums: others = [], things = [] } = own.get(id) ?? {};
      return [id, itemsOf([...sums, ...others], [...(pieces.get(id) ?? []), ...things])];
    }),
  );
};

/** The same, as far as the actor may know of it. */
export async function checklistOf(context: Context, id: string): Promise<ChecklistItem[]> {
  return (await context.load(checklists, id)) ?? [];
}
