import { demand } from '#kernel/actor.ts';
import type { Context } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import { type CalendarDate, dateOf } from '#kernel/period.ts';
import { type SQL, sql } from '#kernel/sql.ts';
import { demandWholeFirm } from '#kernel/visibility.ts';
import { type Check, checks, type GapCode } from './checks.ts';

/** Something that lacks what billing needs. */
export type Gap = { code: GapCode; message: string; subjectType: string; subjectId: string | null; mutation: string };
export type ReadinessAnswer = { asOf: CalendarDate; ready: boolean; gaps: Gap[]; more: boolean };

/** Gaps of one kind that are named at most. */
const namedAtMost = 20;

/** What is missing before the firm can bill work of a day: one statement for each kind of gap, and a bounded number of names from it. */
export async function readReadiness(context: Context, asOf: CalendarDate = dateOf(context.clock())): Promise<ReadinessAnswer> {
  demand(context.actor, 'reference:read');
  demandWholeFirm(context.actor, 'Readiness');
  const day = sql`${asOf}::date`;
  const found: { gaps: Gap[]; more: boolean }[] = [];
  for (const code of Object.keys(checks) as GapCode[]) found.push(await gapsOf(context.db, { code, check: checks[code], day }));
  const gaps = found.flatMap((each) => each.gaps);
  return { asOf, ready: gaps.length === 0, gaps, more: found.some((each) => each.more) };
}

async function gapsOf(db: Db, { code, check, day }: { code: GapCode; check: Check; day: SQL }): Promise<{ gaps: Gap[]; more: boolean }> {
  const rows = await db.execute(sql`${check.lacking(day)} order by 2, 1 limit ${namedAtMost + 1}`);
  const gaps = rows.slice(0, namedAtMost).map(({ id, name }): Gap => {
    const subjectId = id === null ? null : String(id);
    const message = `${String(name)}${subjectId ? ` (${subjectId})` : ''} ${check.says}`;
    return { code, message, subjectType: check.type, subjectId, mutation: check.mutation };
  });
  return { gaps, more: rows.length > namedAtMost };
}
