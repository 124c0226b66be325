import type { Scope } from './context.ts';
import type { Db } from './db.ts';
import { Refused } from './errors.ts';
import { newId } from './ids.ts';
import { sql } from './sql.ts';

/** What a revocation names: one token by its id, or all of a subject or a client that were issued before a moment. */
export type RevocationKind = 'TOKEN' | 'SUBJECT' | 'CLIENT';

/** Tokens that are not believed until they end by themselves. */
export type Revocation = { kind: RevocationKind; value: string; issuedBefore: Date };

/** Revocations that stand at once: each gateway holds all of them. */
export const revocationLimit = 10_000;

/** The channel that rings when one is written. */
export const revocationChannel = 'accord_revocation';

/** Writes a revocation down; gives its id. */
export async function revoke(scope: Scope, wanted: Revocation & { expiresAt: Date; reason: string }): Promise<string> {
  const { tx, now, actor } = scope;
  await tx.execute(sql`delete from log.token_revocation where expires_at <= ${now.toISOString()}::timestamptz`);
  const [count] = await tx.execute(sql`select count(*) as n from log.token_revocation`);
  if (Number(count?.n) >= revocationLimit)
    throw new Refused(
      'VALIDATION_FAILED',
      `${revocationLimit} revocations stand already. Revoke all tokens of a subject or of a client instead of one by one.`,
    );
  const id = newId(now.getTime());
  await tx.execute(sql`
    insert into log.token_revocation (id, kind, value, issued_before, expires_at, reason, revoked_by, created_at, updated_at)
    values (${id}::uuid, ${wanted.kind}, ${wanted.value}, ${wanted.issuedBefore.toISOString()}::timestamptz, ${wanted.expiresAt.toISOString()}::timestamptz,
      ${wanted.reason}, ${actor.id}, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz)`);
  return id;
}

/** All that stand at a moment. */
export async function revocationsAt(db: Db, now: Date): Promise<Revocation[]> {
  const rows = await db.execute(sql`select kind, value, issued_before from log.token_revocation where expires_at > ${now.toISOString()}::timestamptz`);
  return rows.map((row) => ({ kind: row.kind as RevocationKind, value: String(row.value), issuedBefore: new Date(String(row.issued_before)) }));
}
