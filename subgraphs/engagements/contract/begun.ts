import type { Db } from '#kernel/db.ts';
import { among } from '#kernel/read.ts';
import { sql } from '#kernel/sql.ts';
import { milestones, projects } from '../tables.ts';

/** What has begun under contracts, as a clause: a project that took work, a milestone that was reached. Contracts without any are absent. */
export async function begunOf(db: Db, contractIds: readonly string[]): Promise<Map<string, string>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db.execute(sql`
    select contract_id, 'the project ' || name || ' is ' || status as what from ${projects}
    where ${among(projects.contractId, contractIds)} and status not in ('DRAFT', 'PROVISIONING', 'CANCELLED')
    union all select contract_id, 'the milestone ' || name || ' is ' || status from ${milestones}
    where ${among(milestones.contractId, contractIds)} and status in ('REACHED', 'ACCEPTED') order by 1, 2`);
  return new Map(rows.map(({ contract_id, what }) => [String(contract_id), String(what)]));
}
