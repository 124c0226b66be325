import type { Scope } from './context.ts';
import type { Db } from './db.ts';
import { type SQL, sql } from './sql.ts';

/** What one subgraph holds of another's entity, so that only one of both goes on: up to which version, and for what. */
export type Claim = {
  /** The subgraph; null when nobody does any more. */
  holder: string | null;
  version: number;
  /** What it is held for, such as a paper. */
  forId: string | null;
};
export type Claimed = Claim & { entityType: string; entityId: string };

const columns = sql.raw('entity_type, entity_id, version, holder, for_id');

function claimsIn(rows: readonly Record<string, unknown>[]): Map<string, Claim> {
  const textOf = (value: unknown) => (value === null ? null : String(value));
  return new Map(rows.map((row) => [String(row.entity_id), { holder: textOf(row.holder), version: Number(row.version), forId: textOf(row.for_id) }]));
}

/** What is held of entities now; absent where nobody ever held one. */
export async function claimsOf(db: Db, entityType: string, ids: readonly string[]): Promise<Map<string, Claim>> {
  if (ids.length === 0) return new Map();
  return claimsIn(
    await db.execute(sql`select ${columns} from log.claim where entity_type = ${entityType} and entity_id = any(${sql.param([...ids])}::uuid[])`),
  );
}

/** The same, kept from being taken or let go of until the transaction ends, also where nobody holds one yet. */
export async function lockClaims(scope: Scope, entityType: string, ids: readonly string[]): Promise<Map<string, Claim>> {
  const wanted = [...new Set(ids)].sort();
  if (wanted.length === 0) return new Map();
  await scope.tx.execute(sql`
    insert into log.claim (entity_type, entity_id, version) select ${entityType}, id, 0 from unnest(${sql.param(wanted)}::uuid[]) as id order by id on conflict do nothing`);
  return claimsIn(
    await scope.tx.execute(sql`
      select ${columns} from log.claim where entity_type = ${entityType} and entity_id = any(${sql.param(wanted)}::uuid[]) order by entity_id for update`),
  );
}

/** Writes what decisions made of claims that they had locked. Nobody's claim stays a row: a row that is gone could not be waited for. */
export async function keepClaims(scope: Scope, claims: readonly Claimed[]): Promise<void> {
  if (claims.length === 0) return;
  const last = new Map(claims.map((claim) => [`${claim.entityType} ${claim.entityId}`, claim]));
  const rows = [...last.values()].map(({ entityType, entityId, version, holder, forId }) => ({
    entity_type: entityType,
    entity_id: entityId,
    version,
    holder,
    for_id: forId,
  }));
  await scope.tx.execute(sql`
    insert into log.claim (${columns}) select ${columns} from jsonb_populate_recordset(null::log.claim, ${JSON.stringify(rows)}::jsonb)
    on conflict (entity_type, entity_id) do update set version = excluded.version, holder = excluded.holder, for_id = excluded.for_id`);
}

/**
 * Takes hold of many at once, to stand in another statement's WITH: `wanted` gives entity_type, entity_id, version and for_id, each entity once and in their order.
 * Waits for whoever locked one. Returns those that it got; what another holds of the same version, or of a later one, stays with that other.
 */
export function takeStatement(holder: string, wanted: SQL): SQL {
  return sql`insert into log.claim as held (${columns}) select entity_type, entity_id, version, ${holder}, for_id from (${wanted}) as wanted
    on conflict (entity_type, entity_id) do update set version = excluded.version, holder = excluded.holder, for_id = excluded.for_id
    where held.holder is null or held.holder = excluded.holder or held.version < excluded.version returning entity_type, entity_id`;
}

type Release = {
  holder: string;
  forIds: readonly string[];
  /** What else the holder holds of entities that a SELECT names: entity_id and for_id. Those are held for that from then on. */
  others?: (entityIds: SQL) => SQL;
};

/** Lets go of all that is held for these. */
export async function releaseClaims(scope: Scope, { holder, forIds, others }: Release): Promise<void> {
  if (forIds.length === 0) return;
  const held = sql`claim.holder = ${holder} and claim.for_id = any(${sql.param([...forIds])}::uuid[])`;
  if (others)
    await scope.tx.execute(sql`
      with others as materialized (${others(sql`select entity_id from log.claim where ${held}`)})
      update log.claim set for_id = others.for_id from others where claim.entity_id = others.entity_id and ${held}`);
  await scope.tx.execute(sql`update log.claim set holder = null, for_id = null where ${held}`);
}
