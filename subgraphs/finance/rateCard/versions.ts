import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { CreateRateCardVersionInput, RateCardLineInput, RateCardVersionActionInput, UpdateRateCardVersionInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { record } from '#kernel/facts.ts';
import { isId, newId } from '#kernel/ids.ts';
import { stepTo } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import { addDays, within } from '#kernel/period.ts';
import type { AnyDocument } from '#kernel/published.ts';
import { references } from '#kernel/reference.ts';
import { insertRow, insertRows, lockRow, notFound, rowsById, saveRow } from '#kernel/rows.ts';
import { references as resources } from '#resources/published.ts';
import { facts } from '../published.ts';
import { type RateCardRow, type RateCardVersionRow, rateCardLines, rateCardVersions } from '../tables.ts';
import { lockCard } from './commands.ts';
import { rateCardVersionMachine } from './machine.ts';

/** Lines that a version holds at most. */
const lineLimit = 5000;

/** Creates a version of a card as DRAFT, with its lines. */
export async function createRateCardVersion(scope: Scope, input: CreateRateCardVersionInput): Promise<RateCardVersionRow> {
  demand(scope.actor, 'rate:write');
  const { rateCardId, effectiveFrom, lines } = input;
  const card = await lockCard(scope, rateCardId, 'rateCardId');
  const [last] = await scope.tx
    .select({ number: sql<number>`coalesce(max(${rateCardVersions.number}), 0)` })
    .from(rateCardVersions)
    .where(eq(rateCardVersions.rateCardId, rateCardId));
  const { kind, customerId } = card;
  const fields = { id: newId(scope.now.getTime()), rateCardId, kind, customerId, number: Number(last?.number ?? 0) + 1, effectiveFrom };
  const version = await insertRow(scope, rateCardVersions, fields);
  await writeLines(scope, { card, versionId: version.id, lines });
  return version;
}

/** Changes a version while it is DRAFT; lines replace all former ones. */
export async function updateRateCardVersion(scope: Scope, input: UpdateRateCardVersionInput): Promise<RateCardVersionRow> {
  demand(scope.actor, 'rate:write');
  const { card, version: before } = await lockVersion(scope, input);
  if (before.status !== 'DRAFT')
    throw new Refused('INVALID_TRANSITION', `RateCardVersion is ${before.status}; only a DRAFT changes. Create another version.`, { field: 'status' });
  if (input.lines) {
    await scope.tx.delete(rateCardLines).where(eq(rateCardLines.rateCardVersionId, before.id));
    await writeLines(scope, { card, versionId: before.id, lines: input.lines });
  }
  return saveRow(scope, rateCardVersions, { row: before, changes: input.effectiveFrom ? { effectiveFrom: input.effectiveFrom } : {} });
}

/** DRAFT to PUBLISHED: its days run to the next published version; the one before it ends on the day before. */
export async function publishRateCardVersion(scope: Scope, input: RateCardVersionActionInput): Promise<RateCardVersionRow> {
  const { card, version: before } = await lockVersion(scope, input);
  const lineCount = await scope.tx.$count(rateCardLines, eq(rateCardLines.rateCardVersionId, before.id));
  const status = stepTo(rateCardVersionMachine, { subject: { status: before.status, lineCount }, action: 'publish', actor: scope.actor });
  const next = await makeRoom(scope, before);
  const effectiveTo = next ? addDays(next.effectiveFrom, -1) : null;
  const version = await saveRow(scope, rateCardVersions, { row: before, changes: { status, effectiveTo, publishedAt: scope.now } });
  const payload = {
    rateCardId: card.id,
    rateCardVersionId: version.id,
    name: card.name,
    kind: card.kind,
    currency: card.currency,
    effectiveFrom: version.effectiveFrom,
  };
  const keys = { customerId: card.customerId, legalEntityId: card.legalEntityId };
  await record(scope, facts.RateCardPublished, { subject: { id: version.id, version: version.version }, keys, payload });
  return version;
}

/** Ends the version that prices the new one's first day, and gives the one that comes after it. */
async function makeRoom(scope: Scope, { id, rateCardId, effectiveFrom }: RateCardVersionRow): Promise<RateCardVersionRow | undefined> {
  const published = await scope.tx
    .select()
    .from(rateCardVersions)
    .where(and(eq(rateCardVersions.rateCardId, rateCardId), ne(rateCardVersions.status, 'DRAFT'), ne(rateCardVersions.id, id)))
    .orderBy(asc(rateCardVersions.effectiveFrom))
    .for('update');
  const former = published.find((each) => within(effectiveFrom, { from: each.effectiveFrom, to: each.effectiveTo }));
  if (former) {
    const subject = { status: former.status, lineCount: 1 };
    const status = former.status === 'PUBLISHED' ? stepTo(rateCardVersionMachine, { subject, action: 'supersede', actor: scope.actor }) : former.status;
    await saveRow(scope, rateCardVersions, { row: former, changes: { status, effectiveTo: addDays(effectiveFrom, -1) } });
  }
  return published.find((each) => each.effectiveFrom > effectiveFrom);
}

/** The card is locked before its version, everywhere. */
async function lockVersion(
  scope: Scope,
  wanted: { id: string; expectedVersion?: number | null | undefined },
): Promise<{ card: RateCardRow; version: RateCardVersionRow }> {
  const found = (await rowsById(scope.tx, rateCardVersions, [wanted.id])).get(wanted.id);
  if (!found) throw notFound('RateCardVersion', wanted.id);
  const card = await lockCard(scope, found.rateCardId, 'id');
  return { card, version: await lockRow(scope, rateCardVersions, { entity: 'RateCardVersion', id: wanted.id, expectedVersion: wanted.expectedVersion }) };
}

type Written = { card: RateCardRow; versionId: string; lines: readonly RateCardLineInput[] };

async function writeLines(scope: Scope, { card, versionId, lines }: Written): Promise<void> {
  if (lines.length > lineLimit) throw refusal(`A version holds at most ${lineLimit} lines; these are ${lines.length}.`);
  const seen = new Set<string>();
  const rows = lines.map((line) => {
    const laborCategoryId = line.laborCategoryId ?? null;
    const employeeId = line.employeeId ?? null;
    const key = laborCategoryId ?? employeeId;
    if (!key || (laborCategoryId && employeeId)) throw refusal('A line is for a labor category or for an employee, not for both or none.');
    if (seen.has(key)) throw refusal(`${key} has more than one line.`);
    seen.add(key);
    return {
      id: newId(scope.now.getTime()),
      rateCardVersionId: versionId,
      laborCategoryId,
      employeeId,
      rateMinor: readRate(line.rate, card.currency),
      currency: card.currency,
    };
  });
  await demandKnown(scope, { document: resources.LaborCategory, ids: rows.flatMap((row) => row.laborCategoryId ?? []) });
  await demandKnown(scope, { document: resources.Employee, ids: rows.flatMap((row) => row.employeeId ?? []) });
  await insertRows(scope, rateCardLines, rows);
}

function readRate(rate: string, currency: string): bigint {
  const { minor } = readMoney({ amount: rate, currency }, 'lines');
  if (minor < 0n) throw refusal(`${rate} is no rate of ${currency}: it must be 0 or more.`);
  return minor;
}

async function demandKnown(scope: Scope, { document, ids }: { document: AnyDocument; ids: readonly string[] }): Promise<void> {
  const known = await references(scope.tx, document, ids.filter(isId));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw notFound(document.type, unknown, 'lines');
}

function refusal(message: string): Refused {
  return new Refused('VALIDATION_FAILED', message, { field: 'lines' });
}
