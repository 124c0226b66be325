import type { JournalEntryFilter, JournalEntryOrderField, JournalLineFilter, JournalLineOrderField } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import { childList, type List } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { isId } from '#kernel/ids.ts';
import { type CalendarDate, inMonths } from '#kernel/period.ts';
import { changedSince, idIn, wordIn } from '#kernel/read.ts';
import { gte, inArray, lte, type SQL, sql } from '#kernel/sql.ts';
import { visibleById, visibleTo } from '#kernel/visibility.ts';
import type { LedgerAccount } from '../billing/accounts.ts';
import { differenceOf } from '../billing/entries.ts';
import { accountBalances, type JournalEntryRow, type JournalLineRow, journalEntries, journalLines } from '../tables.ts';
import { linesOfEntries } from './lines.ts';

const entriesById = visibleById(journalEntries, 'journal:read');

/** A journal entry, if there is one that the actor may know of. */
export function readJournalEntry(context: Context, id: string): Promise<JournalEntryRow | undefined> {
  return context.load(entriesById, id);
}

const linesById = visibleById(journalLines, 'journal:read');

/** A journal line, if there is one that the actor may know of. */
export function readJournalLine(context: Context, id: string): Promise<JournalLineRow | undefined> {
  return context.load(linesById, id);
}

async function differences(context: Context, ids: readonly string[]): Promise<Map<string, string | undefined>> {
  const lines = await linesOfEntries(context.db, ids);
  return new Map([...lines].map(([id, own]) => [id, differenceOf(own)]));
}

/** Where a DRAFT entry is off balance; a posted one never is. */
export async function readDifference(context: Context, entry: JournalEntryRow): Promise<string | undefined> {
  return entry.status === 'DRAFT' ? context.load(differences, entry.id) : undefined;
}

function withLine(column: typeof journalLines.contractId | typeof journalLines.account, values: readonly string[] | null | undefined): SQL | undefined {
  if (!values) return undefined;
  return sql`exists (select from ${journalLines} where ${journalLines.journalEntryId} = ${journalEntries.id} and ${inArray(column, [...values])})`;
}

export const journalEntryList: List<typeof journalEntries, JournalEntryFilter, JournalEntryOrderField> = {
  table: journalEntries,
  read: 'journal:read',
  orders: { POSTING_DATE: journalEntries.postingDate, CREATED_AT: journalEntries.createdAt, UPDATED_AT: journalEntries.updatedAt },
  defaultOrder: { field: 'POSTING_DATE', direction: 'DESC' },
  filter: (filter) => [
    changedSince(journalEntries, filter.updatedSince),
    wordIn(journalEntries.status, filter.statuses),
    wordIn(journalEntries.source, filter.sources),
    idIn(journalEntries.legalEntityId, filter.legalEntityIds),
    idIn(journalEntries.customerId, filter.customerIds),
    withLine(journalLines.contractId, filter.contractIds?.filter(isId)),
    withLine(journalLines.account, filter.accounts),
    filter.postingDateFrom ? gte(journalEntries.postingDate, filter.postingDateFrom) : undefined,
    filter.postingDateTo ? lte(journalEntries.postingDate, filter.postingDateTo) : undefined,
  ],
};

const journalLineList: List<typeof journalLines, JournalLineFilter, JournalLineOrderField> = {
  table: journalLines,
  read: 'journal:read',
  orders: { POSITION: journalLines.position },
  defaultOrder: { field: 'POSITION', direction: 'ASC' },
  filter: (filter) => [wordIn(journalLines.account, filter.accounts)],
};

export const linesOfEntry = childList(journalLineList, journalLines.journalEntryId);

export type AccountSum = { account: LedgerAccount; currency: string; debitMinor: bigint; creditMinor: bigint };

/** Debits and credits of the posted journal by account and currency: whole months from their balances, the days of the last one from its entries. */
export async function sumAccounts(context: Context, legalEntityId: string, asOf: CalendarDate | null): Promise<AccountSum[]> {
  demand(context.actor, 'journal:read');
  const confined = visibleTo(context.actor, journalLines);
  const { months, edges } = inMonths(undefined, asOf);
  const of = sql`journal_line.legal_entity_id = ${legalEntityId} and journal_entry.status = 'POSTED'`;
  const lines = sql`select account, currency, debit_minor, credit_minor from ${journalLines} join ${journalEntries} on journal_entry.id = journal_line.journal_entry_id where ${of}`;
  const own = sql`${lines} and ${confined ?? sql`true`} ${asOf ? sql`and journal_entry.posting_date <= ${asOf}` : sql``}`;
  const balances = sql`select account, currency, debit_minor, credit_minor from ${accountBalances}
    where legal_entity_id = ${legalEntityId} ${months?.to ? sql`and month <= ${months.to}` : sql``}`;
  const days = edges.map(({ from, to }) => sql`union all ${lines} and journal_entry.posting_date between ${from} and ${to}`);
  const rows = await context.db.execute<AccountTotals>(sql`
    select account, currency, sum(debit_minor)::text as debit, sum(credit_minor)::text as credit
    from (${confined ? own : sql`${balances} ${sql.join(days)}`}) as each group by account, currency order by account, currency`);
  return rows.map(({ account, currency, debit, credit }) => ({ account, currency, debitMinor: BigInt(debit), creditMinor: BigInt(credit) }));
}

type AccountTotals = { account: LedgerAccount; currency: string; debit: string; credit: string };
