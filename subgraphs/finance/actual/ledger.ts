import { and, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { Scope } from '#kernel/context.ts';
import { hoursOfSeconds } from '#kernel/decimal.ts';
import { type FactInput, record } from '#kernel/facts.ts';
import { newId } from '#kernel/ids.ts';
import { showMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { type ActualSnapshot, facts } from '../published.ts';
import { type ActualRow, actuals } from '../tables.ts';

/** What a draft leaves out. */
const unsaid = {
  pricingRevision: 1,
  billable: true,
  holdCode: null,
  holdReason: null,
  taskId: null,
  employeeId: null,
  laborCategoryId: null,
  seconds: null,
  description: null,
  invoiceId: null,
  invoiceLineId: null,
  reversesId: null,
  reversedById: null,
  reason: null,
};

type Unsaid = keyof typeof unsaid | 'version' | 'createdAt' | 'updatedAt';

/** A line to be added to the ledger. */
export type ActualDraft = Omit<ActualRow, Unsaid> & Partial<Pick<ActualRow, Unsaid>>;

/** Adds lines and states ActualPosted for each. What somebody else posted meanwhile from the same source stays as it is and is not given. */
export async function addActuals(scope: Scope, drafts: readonly ActualDraft[]): Promise<ActualRow[]> {
  const added = await insertActuals(scope, drafts);
  await record(
    scope,
    facts.ActualPosted,
    added.map((actual) => ({ ...aboutActual(actual), payload: snapshotOf(actual) })),
  );
  return added;
}

/** One parameter for all rows: a thousand rows of forty columns cost the driver ten times as much as parameters of their own. */
async function insertActuals(scope: Scope, drafts: readonly ActualDraft[]): Promise<ActualRow[]> {
  if (drafts.length === 0) return [];
  const columns = Object.entries(getTableColumns(actuals));
  const rows = drafts.map((draft) => wholeRow(scope, draft));
  const nameOf = new Map(columns.map(([field, column]) => [field, column.name]));
  const json = rows.map((row) => Object.fromEntries(Object.entries(row).map(([field, value]) => [nameOf.get(field) ?? field, value])));
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  const inserted = await scope.tx.execute(sql`
    insert into ${actuals} (${names}) select ${names} from jsonb_populate_recordset(null::${actuals}, ${JSON.stringify(json, bigintAsText)}::jsonb)
    on conflict do nothing returning id`);
  const ids = new Set(inserted.map((row) => row.id));
  return rows.filter((row) => ids.has(row.id));
}

const bigintAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);

/** The draft as it will stand in the table. */
function wholeRow(scope: Scope, draft: ActualDraft): ActualRow {
  return { ...unsaid, version: 1, createdAt: scope.now, updatedAt: scope.now, ...draft };
}

/** Why actuals are taken back, and on which day of the books; by actual id where they differ. */
export type Reversal = { actual: ActualRow; accountingDate: CalendarDate; reason: string };

/** Takes locked actuals back by opposite ones, in the order given, and states ActualReversed for each. */
export async function reverseLocked(scope: Scope, reversals: readonly Reversal[]): Promise<ActualRow[]> {
  if (reversals.length === 0) return [];
  const rows = reversals.map((reversal) => opposite(scope, reversal));
  const added = new Map((await insertActuals(scope, rows)).map((row) => [row.reversesId, row]));
  await markReversed(scope, rows);
  const inOrder = reversals.flatMap(({ actual }) => added.get(actual.id) ?? []);
  await record(
    scope,
    facts.ActualReversed,
    reversals.flatMap(({ actual, reason }): FactInput<ActualSnapshot & { reversalActualId: string; reason: string }>[] => {
      const reversal = added.get(actual.id);
      return reversal
        ? [{ ...aboutActual({ ...actual, version: actual.version + 1 }), payload: { ...snapshotOf(actual), reversalActualId: reversal.id, reason } }]
        : [];
    }),
  );
  return inOrder;
}

function opposite(scope: Scope, { actual, accountingDate, reason }: Reversal): ActualDraft & { reversesId: string } {
  const { invoiceId: _, invoiceLineId: __, reversedById: ___, holdCode: ____, holdReason: _____, ...same } = actual;
  return {
    ...same,
    id: newId(scope.now.getTime()),
    version: 1,
    createdAt: scope.now,
    updatedAt: scope.now,
    status: actual.status === 'NOT_READY' ? 'READY' : actual.status,
    accountingDate,
    seconds: actual.seconds === null ? null : -actual.seconds,
    amountMinor: -actual.amountMinor,
    reversesId: actual.id,
    reason,
  };
}

async function markReversed(scope: Scope, rows: readonly (ActualDraft & { reversesId: string })[]): Promise<void> {
  const originals = sql.param(rows.map((row) => row.reversesId));
  const reversals = sql.param(rows.map((row) => row.id));
  await scope.tx.execute(sql`
    update ${actuals} set reversed_by_id = pair.reversal, version = actual.version + 1, updated_at = ${scope.now.toISOString()}
    from unnest(${originals}::uuid[], ${reversals}::uuid[]) as pair(original, reversal) where actual.id = pair.original`);
}

/** What still counts of sources, locked in the order of their ids: neither reversed nor a reversal. */
export function lockCounting(scope: Scope, sourceType: ActualRow['sourceType'], sourceIds: readonly string[]): Promise<ActualRow[]> {
  return scope.tx
    .select()
    .from(actuals)
    .where(and(eq(actuals.sourceType, sourceType), inArray(actuals.sourceId, [...sourceIds]), isNull(actuals.reversesId), isNull(actuals.reversedById)))
    .orderBy(actuals.id)
    .for('update');
}

/** The subject, the keys and the origin of a fact about an actual. */
export function aboutActual(actual: ActualRow): Pick<FactInput<unknown>, 'subject' | 'keys' | 'source'> {
  const { id, version, sourceId, customerId, engagementId, projectId, employeeId, legalEntityId } = actual;
  return { subject: { id, version }, source: sourceId, keys: { customerId, engagementId, projectId, employeeId, legalEntityId } };
}

/** A cost's amount stays out of the log, which more people read than may see costs. */
export function snapshotOf(actual: ActualRow): ActualSnapshot {
  const { id, kind, status, customerId, engagementId, projectId, contractId, employeeId, workDate, seconds, amountMinor, currency, sourceType, sourceId } =
    actual;
  return {
    actualId: id,
    kind,
    status,
    customerId,
    engagementId,
    projectId,
    contractId,
    employeeId,
    workDate,
    hours: seconds === null ? null : hoursOfSeconds(seconds),
    amount: kind === 'COST' ? null : showMoney({ minor: amountMinor, currency }),
    sourceType,
    sourceId,
  };
}
