import { references as finance } from '#finance/published.ts';
import { type Claim, claimsOf, lockClaims } from '#kernel/claim.ts';
import type { Scope } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Draft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { references } from '#kernel/reference.ts';
import type { Taken } from './guards.ts';

type WorkType = 'TimesheetEntry' | 'ExpenseItem';

/** Where work stands with finance. Absent: it was never approved and taken back, nor ever on an invoice. */
export type Standing = { taken: Taken | null };
export type Standings = ReadonlyMap<string, Standing>;

async function standingsOf(db: Db, claims: ReadonlyMap<string, Claim>): Promise<Standings> {
  const papers = [...claims.values()].flatMap(({ holder, forId }) => (holder === 'finance' && forId ? [forId] : []));
  const invoices = await references(db, finance.Invoice, papers);
  const takenBy = ({ holder, forId }: Claim): Taken | null =>
    holder === 'finance' && forId ? { invoiceId: forId, number: invoices.get(forId)?.number ?? null } : null;
  return new Map([...claims].map(([id, claim]) => [id, { taken: takenBy(claim) }]));
}

/** On which invoices work stands now. */
export async function readStandings(db: Db, type: WorkType, ids: readonly string[]): Promise<Standings> {
  return standingsOf(db, await claimsOf(db, type, ids));
}

/** The same, and no draft takes the work until the transaction ends: for who is about to let go of it. */
export async function lockStandings(scope: Scope, type: WorkType, ids: readonly string[]): Promise<Standings> {
  return standingsOf(scope.tx, await lockClaims(scope, type, ids));
}

type Approved = { id: string; version: number; approvedVersion: number | null };

/** What was approved is on its way back: no invoice takes it any more, until it is approved anew. */
export function withdraw(draft: Draft, type: WorkType, { id, version, approvedVersion }: Approved): void {
  draft.claim(type, id, { holder: 'time', version: approvedVersion ?? version, forId: null });
}

/** The approval stands after all; what was approved before it stays withdrawn. */
export function restore(draft: Draft, type: WorkType, { id, version, approvedVersion }: Approved): void {
  draft.claim(type, id, { holder: 'time', version: (approvedVersion ?? version) - 1, forId: null });
}

/** For the guards: null where nothing of it is on an invoice. */
export function takenOf(standings: Standings, id: string): Taken | null {
  return standings.get(id)?.taken ?? null;
}

/** What was approved once stays: the ledger, reversed or not, and the log say which work they mean. */
export function demandNeverApproved(standings: Standings, id: string): void {
  if (!standings.has(id)) return;
  const why =
    'It was approved once, and the ledger refers to it: it cannot be deleted. Change it to what was done, or leave it a draft, which is never billed.';
  throw new Refused('GUARD_REFUSED', why, { guard: 'neverApproved' });
}
