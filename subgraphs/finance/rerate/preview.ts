import { references as engagements } from '#engagements/published.ts';
import type { PreviewRerateInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import { connection, pageSize } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { readCursor, writeCursor } from '#kernel/cursor.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { references } from '#kernel/reference.ts';
import { notFound } from '#kernel/rows.ts';
import { isOutside, sees } from '#kernel/visibility.ts';
import { foreseenLimits } from '../actual/limits.ts';
import type { RerateReportRow } from '../tables.ts';
import { type Calendar, calendarOf } from './calendar.ts';
import { biteSize, type Place, planLines, rowsOfSources, touchedCosts } from './plan.ts';
import type { RerateLine } from './report.ts';
import { type RerateSums, sumsOf } from './sums.ts';

/** Judges what is asked for; what it comes to is read when a field asks. */
export async function previewRerate(
  context: Context,
  { amendmentId, contractId, effectiveFrom, adjustmentDate }: PreviewRerateInput,
): Promise<RerateReportRow> {
  demand(context.actor, 'actual:read');
  demand(context.actor, 'rate:read');
  if (isOutside(context.actor)) throw new Refused('FORBIDDEN', 'What an amendment would do to the books is the firm’s own affair.');
  if (Boolean(amendmentId) === Boolean(contractId))
    throw new Refused('VALIDATION_FAILED', 'Give an amendment, or a contract and the day from which on.', { field: 'amendmentId' });
  if (amendmentId) return ofAmendment(context, amendmentId.toLowerCase(), adjustmentDate ?? undefined);
  if (!effectiveFrom) throw new Refused('VALIDATION_FAILED', 'Say from which day on.', { field: 'effectiveFrom' });
  const contract = await demandContract(context, contractId?.toLowerCase() ?? '', 'contractId');
  return { contract, amendmentId: null, effectiveFrom, adjustmentDate: adjustmentDate ?? undefined };
}

async function ofAmendment(context: Context, id: string, given: CalendarDate | undefined): Promise<RerateReportRow> {
  const amendment = isId(id) ? (await references(context.unconfined, engagements.Amendment, [id])).get(id) : undefined;
  if (!amendment || !sees(context.actor, amendment)) throw notFound('Amendment', id, 'amendmentId');
  const { contractId, status, versions, effectiveFrom, adjustmentDate } = amendment;
  if (!['DRAFT', 'SUBMITTED', 'ACCEPTED'].includes(status))
    throw new Refused('INVALID_TRANSITION', `The amendment is ${status}. Ask rerate what it did, or preview its contract at the terms of now.`, {
      field: 'amendmentId',
    });
  if (versions.length === 0)
    throw new Refused('GUARD_REFUSED', 'The contract would not take the amendment. Its availableActions say why.', {
      field: 'amendmentId',
      guard: 'contractTakesIt',
    });
  const contract = await demandContract(context, contractId, 'amendmentId');
  return { contract: { ...contract, versions }, amendmentId: id, effectiveFrom, adjustmentDate: given ?? adjustmentDate ?? undefined };
}

async function demandContract(context: Context, id: string, field: string) {
  const contract = isId(id) ? (await references(context.unconfined, engagements.Contract, [id])).get(id) : undefined;
  if (!contract || !sees(context.actor, contract)) throw notFound('Contract', id, field);
  return { ...contract, id };
}

/** The sums of a whole report: one look at all work, a bite at a time. */
export async function reportSums(context: Context, report: RerateReportRow): Promise<RerateSums> {
  const calendar = calendarOf(context.unconfined);
  const sums = sumsOf(calendar);
  for await (const lines of bites(context, report, { calendar, after: undefined })) for (const line of lines) sums.add(line);
  return sums;
}

const order = 'RERATE';

type Asked = { first?: number | null | undefined; after?: string | null | undefined };

/** A page of lines. */
export async function reportLines(context: Context, report: RerateReportRow, { first, after }: Asked) {
  const size = pageSize({ first });
  const place = after ? placeOf(after) : undefined;
  // What a limit leaves to a line hangs on all work before it.
  const limited = report.contract.versions.some(({ lines }) => lines.some(({ notToExceedMinor }) => notToExceedMinor !== null));
  const found: RerateLine[] = [];
  const calendar = calendarOf(context.unconfined);
  for await (const lines of bites(context, report, { calendar, after: limited ? undefined : place })) {
    found.push(...lines.filter(({ cost }) => !place || cost.workDate > place.date || (cost.workDate === place.date && cost.id > place.id)));
    if (found.length > size.limit) break;
  }
  const count = async () => [...(await reportSums(context, report)).totals.values()].reduce((sum, { entries }) => sum + entries, 0);
  const cursorOf = ({ cost }: RerateLine) => writeCursor(order, [cost.workDate, cost.id]);
  return connection(found, { ...size, continued: place !== undefined, cursorOf }, count);
}

function placeOf(cursor: string): Place {
  const { value, id } = readCursor(order, cursor);
  return { date: value, id };
}

/** The lines of the report in the bites in which they would be priced anew; none stays in memory. */
async function* bites(context: Context, report: RerateReportRow, start: { calendar: Calendar; after: Place | undefined }): AsyncGenerator<RerateLine[]> {
  const db = context.unconfined;
  const { contract, effectiveFrom: from, adjustmentDate, amendmentId } = report;
  const limits = foreseenLimits(db);
  for (let { after } = start; ; ) {
    const costs = await touchedCosts(db, { contractId: contract.id, from, after });
    if (costs.length === 0) return;
    const rows = await rowsOfSources(db, costs);
    const { lines } = await planLines(db, { costs, rows }, { calendar: start.calendar, limits, adjustmentDate, ...(amendmentId ? { contract } : {}) });
    yield lines;
    const last = costs.at(-1);
    if (!last || costs.length < biteSize) return;
    after = { date: last.workDate, id: last.id };
  }
}
