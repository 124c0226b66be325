import { demand, type Permission } from '#kernel/actor.ts';
import type { Scope } from '#kernel/context.ts';
import type { Entity } from '#kernel/entity.ts';
import { markRows } from '#kernel/setStep.ts';
import { sql } from '#kernel/sql.ts';
import type { expenses, timesheetEntries } from './tables.ts';

type Marked = { may: Permission; states: readonly string[] };
type Set = Partial<Pick<typeof timesheetEntries.$inferSelect, 'postingStatus' | 'postedAt' | 'billedAt'>>;

/** How far finance has got with approved work. `version` stays: (id, approvedVersion) is what the actuals refer to. */
export function postingMarks(entity: Entity<typeof timesheetEntries | typeof expenses>, { may, states }: Marked) {
  const mark = async (scope: Scope, ids: readonly string[], { set, unlessPosted = false }: { set: Set; unlessPosted?: boolean }): Promise<void> => {
    demand(scope.actor, may);
    if (ids.length === 0) return;
    const free = unlessPosted ? sql`and own.posting_status <> 'POSTED'` : sql``;
    const where = sql`own.id = any(${sql.param([...ids])}::uuid[]) and own.status = any(${sql.param([...states])}::text[]) ${free}`;
    await markRows(scope, entity, { set, where });
  };
  return {
    posted: (scope: Scope, ids: readonly string[]) => mark(scope, ids, { set: { postingStatus: 'POSTED', postedAt: scope.now } }),
    /** Posted work stays posted. */
    excepted: (scope: Scope, ids: readonly string[]) => mark(scope, ids, { set: { postingStatus: 'EXCEPTION', postedAt: null }, unlessPosted: true }),
    /** It is to be posted again. */
    unposted: (scope: Scope, ids: readonly string[]) => mark(scope, ids, { set: { postingStatus: 'NOT_POSTED', postedAt: null } }),
    billed: (scope: Scope, ids: readonly string[], billedAt: Date | null) => mark(scope, ids, { set: { billedAt } }),
  };
}
