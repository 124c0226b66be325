import { createHash } from 'node:crypto';
import type { Actor } from './actor.ts';
import type { Context, Scope } from './context.ts';
import type { Db } from './db.ts';
import { Refused } from './errors.ts';
import { type SQL, sql } from './sql.ts';

/** What came of a call: it was done, it was answered from before, or it was refused. */
export type AuditOutcome = 'DONE' | 'REPLAYED' | 'REFUSED';

type Call = { mutation?: string; document?: string | undefined; outcome: AuditOutcome; subjects?: readonly string[]; codes?: readonly string[] };

/** Records that are sealed in one go. */
const sealBatch = 2_000;

/** A call as it is written down: who, for whom, by what, what it was about, and how it ended. Of what was sent, nothing but the ids of what was done. */
function entryOf(by: { actor: Actor; correlationId: string; at: Date }, call: Call): string {
  const { id, kind, roles, system, employeeId, contract, tool } = by.actor;
  const { subjects = [], codes = [], ...rest } = call;
  return JSON.stringify({
    ...{ at: by.at.toISOString(), actor: id, kind, roles, system, employee: employeeId, contract, tool, ...rest },
    ...(subjects.length > 0 ? { subjects } : {}),
    ...(codes.length > 0 ? { codes } : {}),
    correlationId: by.correlationId,
  });
}

/** The statement that notes a call that was carried out; it belongs into the call's own transaction. */
export function noteOfDone({ actor, trace, now }: Scope, { mutation, answer, replayed }: { mutation: string; answer: unknown; replayed: boolean }): SQL {
  const { subjects, codes } = cameTo(answer);
  const call: Call = { mutation, outcome: replayed ? 'REPLAYED' : 'DONE', subjects, codes };
  return sql`insert into log.audit_pending (entry) values (${entryOf({ actor, correlationId: trace.correlationId, at: now }, call)})`;
}

/** A call of a tool by an agent: which, of what is kept for clients, and how it ended. What it changed has a record of its own, by the same correlation id. */
export type AuditedTool = { tool: string; outcome: AuditOutcome; codes: readonly string[]; document?: string | undefined };

/** The statement that notes it; reads by agents are noted, too. */
export function noteOfTool(by: { actor: Actor; correlationId: string; at: Date }, { tool, ...call }: AuditedTool): SQL {
  return sql`insert into log.audit_pending (entry) values (${entryOf({ ...by, actor: { ...by.actor, tool } }, call)})`;
}

/** What a stored answer was about, and why parts of it were refused. */
function cameTo(answer: unknown): { subjects: string[]; codes: string[] } {
  const parts = [answer].flat().map((part) => (typeof part === 'object' && part !== null ? (part as { id?: unknown; userErrors?: unknown }) : {}));
  const refused = parts.filter(({ userErrors }) => Array.isArray(userErrors) && userErrors.length > 0);
  const done = parts.filter((part) => !refused.includes(part));
  return { subjects: done.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])), codes: refused.flatMap(codesOf) };
}

function codesOf({ userErrors }: { userErrors?: unknown }): string[] {
  return Array.isArray(userErrors) ? userErrors.flatMap((each: { code?: unknown }) => (typeof each?.code === 'string' ? [each.code] : [])) : [];
}

type Resolve = (...given: [parent: unknown, args: unknown, context: Context, info: unknown]) => unknown;

/** A mutation whose refusals are noted before they are told. What it did, it notes itself, with what it did. */
export function noting(mutation: string, resolve: Resolve): Resolve {
  return async (...given) => {
    const [, , context] = given;
    try {
      const payload = await resolve(...given);
      const codes = codesOf((payload ?? {}) as { userErrors?: unknown });
      if (codes.length > 0) await noteRefusal(context, mutation, codes);
      return payload;
    } catch (error) {
      await noteRefusal(context, mutation, [error instanceof Refused ? error.code : 'INTERNAL']);
      throw error;
    }
  };
}

function noteRefusal({ actor, trace, clock, transaction }: Context, mutation: string, codes: readonly string[]): Promise<unknown> {
  const entry = entryOf({ actor, correlationId: trace.correlationId, at: clock() }, { mutation, outcome: 'REFUSED', codes });
  return transaction((tx) => tx.execute(sql`insert into log.audit_pending (entry) values (${entry})`));
}

/** Puts records that are committed at the end of the chain; how many. */
export async function sealAudit(db: Db): Promise<number> {
  const [sealed] = await db.execute(sql`select log.seal_audit(${sealBatch}) as n`);
  return Number(sealed?.n ?? 0);
}

/** A record of the chain that somebody kept elsewhere. */
export type Anchor = { position: bigint; hash: string };

export type Verdict = { records: number; oldest: bigint; head: Anchor; waiting: number; faults: string[] };

/** Records that are read at once, and faults that are told at most. */
const page = 5_000;
const faultsTold = 20;

/** Reads the chain from its oldest record, and says where it is broken. */
export async function verifyAudit(db: Db, anchor?: Anchor): Promise<Verdict> {
  const [row] = await db.execute(sql`select position, hash, oldest, before, (select count(*) from log.audit_pending) as waiting from log.audit_head`);
  const head = { position: BigInt(String(row?.position ?? 0)), hash: String(row?.hash) };
  const verdict: Verdict = { records: 0, oldest: BigInt(String(row?.oldest ?? 1)), head, waiting: Number(row?.waiting ?? 0), faults: [] };
  const tell = (fault: string) => verdict.faults.length < faultsTold && verdict.faults.push(fault);
  let [last, hash] = [verdict.oldest - 1n, String(row?.before)];
  for (;;) {
    const rows = await db.execute(sql`select position, entry, hash from log.audit where position > ${last.toString()}::bigint order by position limit ${page}`);
    for (const each of rows) {
      const position = BigInt(String(each.position));
      if (position !== last + 1n) tell(`records ${last + 1n} to ${position - 1n} are gone`);
      else if (hashOf(hash, position, String(each.entry)) !== each.hash) tell(`record ${position} is not what was sealed, or the one before it is not`);
      if (anchor?.position === position && anchor.hash !== each.hash) tell(`record ${position} is not the one of the anchor: the chain was written anew`);
      [last, hash] = [position, String(each.hash)];
      verdict.records += 1;
    }
    if (rows.length < page) break;
  }
  const [before] = await db.execute(sql`select count(*) as n from log.audit where position < ${verdict.oldest.toString()}::bigint`);
  if (Number(before?.n) > 0) tell(`${before?.n} records stand before the oldest one`);
  if (last < head.position) tell(`records ${last + 1n} to ${head.position} are gone`);
  else if (last > head.position) tell(`records ${head.position + 1n} to ${last} were put in behind the last one`);
  else if (hash !== head.hash) tell(`record ${last} is not the last one that was sealed`);
  if (anchor && anchor.position > head.position) tell(`there is no record ${anchor.position}, which the anchor names`);
  return verdict;
}

function hashOf(before: string, position: bigint, entry: string): string {
  return createHash('sha256').update(`${before}\n${position}\n${entry}`).digest('hex');
}
