import { eq } from 'drizzle-orm';
import { references as engagements } from '#engagements/published.ts';
import type {
  CreateJournalEntryInput,
  JournalLineInput,
  PostJournalEntryInput,
  ReverseJournalEntryInput,
  UpdateJournalEntryInput,
} from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { checkText, given } from '#kernel/input.ts';
import { stepTo } from '#kernel/machine.ts';
import { readMoney } from '#kernel/money.ts';
import type { AnyDocument } from '#kernel/published.ts';
import { references } from '#kernel/reference.ts';
import { lockRow, notFound, saveRow } from '#kernel/rows.ts';
import { differenceOf, type EntryLine } from '../billing/entries.ts';
import { demandCustomer, demandLegalEntities, demandSeen } from '../known.ts';
import { type JournalEntryRow, type JournalLineRow, journalEntries, journalLines } from '../tables.ts';
import { linesOfEntries } from './lines.ts';
import { journalEntryMachine } from './machine.ts';
import { holdPeriods } from './periods.ts';
import { draftEntries, finishEntries, insertLines, reverseEntries } from './post.ts';

/** A DRAFT entry by hand; it may be off balance until it is posted. */
export async function createJournalEntry(scope: Scope, input: CreateJournalEntryInput): Promise<JournalEntryRow> {
  demand(scope.actor, 'journal:write');
  const { legalEntityId, postingDate, customerId } = input;
  const description = checkText('description', input.description);
  if (customerId) await demandCustomer(scope, customerId);
  else demandSeen(scope, { entity: 'JournalEntry', id: '', customerId: null });
  const lines = await readLines(scope, input.lines, legalEntityId);
  const [entry] = await draftEntries(scope, [{ legalEntityId, postingDate, description, source: 'MANUAL', customerId: customerId ?? null, lines }]);
  if (!entry) throw new Error('no entry was written');
  return entry;
}

/** Changes a DRAFT entry; lines, when given, replace all lines. */
export async function updateJournalEntry(scope: Scope, input: UpdateJournalEntryInput): Promise<JournalEntryRow> {
  const before = await lockEntry(scope, input);
  stepTo(journalEntryMachine, { subject: { ...before, difference: undefined }, action: 'update', actor: scope.actor });
  if (input.description !== undefined) checkText('description', input.description);
  if (input.lines) {
    const lines = await readLines(scope, input.lines, before.legalEntityId);
    await scope.tx.delete(journalLines).where(eq(journalLines.journalEntryId, before.id));
    await insertLines(scope, [{ entryId: before.id, customerId: before.customerId, lines }]);
  }
  const { postingDate, description } = input;
  return saveRow(scope, journalEntries, { row: before, changes: given({ postingDate, description }) });
}

/** DRAFT to POSTED. */
export async function postJournalEntry(scope: Scope, input: PostJournalEntryInput): Promise<JournalEntryRow> {
  const before = await lockEntry(scope, input);
  const lines = (await linesOfEntries(scope.tx, [before.id])).get(before.id) ?? [];
  stepTo(journalEntryMachine, { subject: { ...before, difference: differenceOf(lines) }, action: 'post', actor: scope.actor });
  await demandOpen(scope, { legalEntityId: before.legalEntityId, date: before.postingDate, lines });
  const [posted] = await finishEntries(scope, [before], new Map([[before.id, lines]]));
  return posted ?? before;
}

/** Posts the opposite entry and gives it; the original only learns who undid it. */
export async function reverseJournalEntry(scope: Scope, input: ReverseJournalEntryInput): Promise<JournalEntryRow> {
  const original = await lockEntry(scope, input);
  stepTo(journalEntryMachine, { subject: { ...original, difference: undefined }, action: 'reverse', actor: scope.actor });
  const postingDate = input.postingDate ?? original.postingDate;
  const lines = (await linesOfEntries(scope.tx, [original.id])).get(original.id) ?? [];
  await demandOpen(scope, { legalEntityId: original.legalEntityId, date: postingDate, lines });
  const description = input.description ? { description: checkText('description', input.description) } : {};
  const [reversal] = await reverseEntries(scope, [{ original, postingDate, ...description }]);
  if (!reversal) throw new Error('no opposite entry was written');
  return reversal;
}

async function lockEntry(scope: Scope, input: { id: string; expectedVersion?: number | null | undefined }): Promise<JournalEntryRow> {
  const entry = await lockRow(scope, journalEntries, { entity: 'JournalEntry', ...input });
  demandSeen(scope, { entity: 'JournalEntry', id: entry.id, customerId: entry.customerId });
  return entry;
}

async function demandOpen(scope: Scope, entry: { legalEntityId: string; date: string; lines: readonly JournalLineRow[] }): Promise<void> {
  const books = [...new Set([entry.legalEntityId, ...entry.lines.map((line) => line.legalEntityId)])];
  const days = books.map((legalEntityId) => ({ legalEntityId, date: entry.date }));
  const judge = await holdPeriods(scope, days);
  for (const day of days) {
    const closed = judge(day, 'postingDate');
    if (closed) throw closed;
  }
}

async function readLines(scope: Scope, inputs: readonly JournalLineInput[], legalEntityId: string): Promise<EntryLine[]> {
  if (inputs.length === 0 || inputs.length > 1000) throw new Refused('VALIDATION_FAILED', 'An entry has 1 to 1,000 lines.', { field: 'lines' });
  await demandLegalEntities(scope, [legalEntityId, ...inputs.flatMap((line) => (line.legalEntityId ? [line.legalEntityId] : []))]);
  await demandPublished(scope, engagements.Contract, { field: 'lines.contractId', ids: inputs.flatMap((line) => (line.contractId ? [line.contractId] : [])) });
  await demandPublished(scope, engagements.Project, { field: 'lines.projectId', ids: inputs.flatMap((line) => (line.projectId ? [line.projectId] : [])) });
  return inputs.map((line) => readLine(line, legalEntityId));
}

function readLine(line: JournalLineInput, legalEntityId: string): EntryLine {
  const { account, contractId, projectId, note } = line;
  const side = line.debit ?? line.credit;
  if (!side || (line.debit && line.credit)) throw new Refused('VALIDATION_FAILED', 'Each line has a debit or a credit, not both.', { field: 'lines' });
  const { minor, currency } = readMoney(side, 'lines');
  if (minor <= 0n) throw new Refused('VALIDATION_FAILED', 'The amount of a line is more than zero; take the other side instead of a sign.', { field: 'lines' });
  const amounts = line.debit ? { debitMinor: minor, creditMinor: 0n } : { debitMinor: 0n, creditMinor: minor };
  const about = { contractId: contractId ?? null, projectId: projectId ?? null, note: note ? checkText('lines.note', note) : null };
  return { account, currency, legalEntityId: line.legalEntityId ?? legalEntityId, ...amounts, ...about };
}

async function demandPublished(scope: Scope, document: AnyDocument, wanted: { field: string; ids: readonly string[] }): Promise<void> {
  const known = await references(scope.tx, document, wanted.ids.filter(isId));
  const missing = wanted.ids.find((id) => !known.has(id));
  if (missing !== undefined) throw notFound(document.type, missing, wanted.field);
}
