import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Scope } from './context.ts';
import type { Tx } from './db.ts';
import { type RefusalDetail, Refused } from './errors.ts';
import { record } from './facts.ts';
import { anyId, nullable, text } from './fields.ts';
import { newId } from './ids.ts';
import { catalogue, fact } from './published.ts';
import { lockMaking } from './rows.ts';
import { sql } from './sql.ts';

declare module './actor.ts' {
  interface KnownPermissions {
    'proposal:read': true;
    'proposal:decide': true;
  }
}

/** `ACCEPTING`: somebody accepted it, and the process that carries it out has not come to it yet. */
export const proposalStates = ['OPEN', 'ACCEPTING', 'ACCEPTED', 'REJECTED', 'SUPERSEDED'] as const;
export type ProposalState = (typeof proposalStates)[number];

/** One field that is not the proposer's: what it holds, and what it should, as JSON. */
export type ProposedChange = { field: string; before: unknown; after: unknown };

/** What a decision would have done to what another system owns. */
export type Proposed = { entityType: string /** Absent of something new. */; entityId: string | undefined; changes: readonly ProposedChange[] };

/** A refusal that may be kept as a proposal: what was wanted, and the item that wanted it, as its command takes it. */
export class NotOwner extends Refused {
  readonly proposed: Proposed;
  item: unknown;

  constructor(message: string, detail: RefusalDetail, proposed: Proposed) {
    super('OWNERSHIP_VIOLATION', message, detail);
    this.proposed = proposed;
  }
}

const fields = {
  proposalId: anyId('The proposal.'),
  entityType: text('What it is about: the entity type.'),
  entityId: nullable(anyId('What it is about: the id; null of something that is not there yet.')),
  system: text('The system that proposes it.'),
  status: text('Its state then.'),
  reason: nullable(text('Why it was decided so, or why it could not be carried out.')),
};
const common = { subject: 'OwnershipProposal', read: 'proposal:read', fields } as const;

/** The facts of proposals; operations publishes them. */
export const proposalRows = {
  ProposalMade: fact({ ...common, description: 'A system wanted something of what it does not own; it waits for whoever owns that.' }),
  ProposalAccepted: fact({ ...common, description: 'Whoever owns it wants it so: what was proposed is carried out.' }),
  ProposalRejected: fact({ ...common, description: 'Whoever owns it does not want it so, for the reason given.' }),
  ProposalReturned: fact({ ...common, description: 'What was accepted could not be carried out, for the reason given; it waits again.' }),
};
export const proposalFacts = catalogue('operations', proposalRows);

/** A refused item, and the mutation that brought it. */
export type Wanted = { mutation: string; refused: NotOwner };

type Target = { key: string; entity_type: string; fields: string; hash: string };

/** The item without what concerns the one call: a retry is no other wish, and who accepts it accepts the values, whatever version the proposer had read. */
function wishOf({ item }: NotOwner): Readonly<Record<string, unknown>> {
  const { idempotencyKey: _, expectedVersion: __, ...wish } = (item ?? {}) as Record<string, unknown>;
  return wish;
}

function targetOf({ mutation, refused }: Wanted): Target {
  const { proposed } = refused;
  const item = wishOf(refused);
  const hash = createHash('sha256')
    .update(canonicalize({ mutation, item: JSON.parse(JSON.stringify(item)) }) ?? '')
    .digest('hex');
  const { externalRef: ref } = item as { externalRef?: { system: string; externalId: string } | null };
  const key = proposed.entityId ?? (ref ? `${ref.system} ${ref.externalId}` : hash);
  return { key, entity_type: proposed.entityType, fields: proposed.changes.map(({ field }) => field).join(' '), hash };
}

const placeOf = ({ entity_type, key, fields }: Target): string => JSON.stringify([entity_type, key, fields]);

/** Keeps what was refused; gives the ids, in their order. What waits already, with the same values, is not kept twice; other values take its place. Five statements at most. */
export async function keepProposals(scope: Scope, wanted: readonly Wanted[]): Promise<string[]> {
  const targets = wanted.map(targetOf);
  const standing = await lockStanding(scope, targets);
  const fresh = new Map<string, Row>();
  for (const [index, target] of targets.entries()) {
    const place = placeOf(target);
    const before = fresh.get(place) ?? standing.get(place);
    if (before?.input_hash !== target.hash) fresh.set(place, rowOf(scope, wanted[index] as Wanted, target));
  }
  await supersede(scope, fresh, standing);
  await insertAll(scope, [...fresh.values()]);
  return targets.map((target) => (fresh.get(placeOf(target)) ?? standing.get(placeOf(target)))?.id ?? '');
}

type Standing = { id: string; input_hash: string };
type Row = Standing & { entity_type: string; entity_id: string | null; system: string };

/** Whoever proposes for these goes alone until the transaction ends. */
async function lockStanding(scope: Scope, targets: readonly Target[]): Promise<Map<string, Standing>> {
  await lockMaking(
    scope,
    targets.map(({ key }) => ({ kind: 'proposal', id: key })),
  );
  const rows = await scope.tx.execute(sql`
    select id, entity_type, target, fields, input_hash from log.proposal
    where status = 'OPEN' and system = ${scope.actor.system ?? ''} and target = any(${sql.param(targets.map(({ key }) => key))}::text[]) order by id for update`);
  const placed = rows.map((row) => {
    const target = { entity_type: String(row.entity_type), key: String(row.target), fields: String(row.fields), hash: '' };
    return [placeOf(target), { id: String(row.id), input_hash: String(row.input_hash) }] as const;
  });
  return new Map(placed);
}

function rowOf({ now, actor, trace }: Scope, { mutation, refused }: Wanted, target: Target) {
  const { proposed, message } = refused;
  const item = wishOf(refused);
  const { externalRef } = item as { externalRef?: { version?: string | null } | null };
  return {
    ...{ id: newId(now.getTime()), version: 1, created_at: now, updated_at: now, status: 'OPEN', system: actor.system ?? '', proposed_by: actor.id },
    ...{ entity_type: proposed.entityType, entity_id: proposed.entityId ?? null, target: target.key, fields: target.fields, changes: proposed.changes },
    ...{ mutation, item, input_hash: target.hash, source_version: externalRef?.version ?? null, message, correlation_id: trace.correlationId },
  };
}

async function supersede(scope: Scope, fresh: ReadonlyMap<string, Row>, standing: ReadonlyMap<string, Standing>): Promise<void> {
  const pairs = [...fresh].flatMap(([place, { id }]) => {
    const before = standing.get(place);
    return before ? [{ id: before.id, by: id }] : [];
  });
  if (pairs.length === 0) return;
  await scope.tx.execute(sql`
    update log.proposal own set status = 'SUPERSEDED', version = version + 1, updated_at = ${scope.now.toISOString()}, superseded_by = given.by
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as given(id uuid, by uuid) where own.id = given.id`);
}

async function insertAll(scope: Scope, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await scope.tx.execute(sql`insert into log.proposal select * from jsonb_populate_recordset(null::log.proposal, ${JSON.stringify(rows)}::jsonb)`);
  await record(
    scope,
    proposalFacts.ProposalMade,
    rows.map(({ id, entity_type: entityType, entity_id: entityId, system }) => {
      return { subject: { id, version: 1 }, payload: { proposalId: id, entityType, entityId, system, status: 'OPEN', reason: null } };
    }),
  );
}

/** A proposal as decisions read it. */
export type Proposal = {
  id: string;
  status: ProposalState;
  entityType: string;
  entityId: string | null;
  changes: readonly ProposedChange[];
  system: string;
  mutation: string;
  item: unknown;
};

/** Locked until the transaction ends; undefined where there is none. */
export async function lockProposal(tx: Tx, id: string): Promise<Proposal | undefined> {
  const [row] = await tx.execute(sql`select * from log.proposal where id = ${id}::uuid for update`);
  if (!row) return undefined;
  return {
    id: String(row.id),
    status: row.status as ProposalState,
    entityType: String(row.entity_type),
    entityId: row.entity_id === null ? null : String(row.entity_id),
    changes: row.changes as ProposedChange[],
    system: String(row.system),
    mutation: String(row.mutation),
    item: row.item,
  };
}

type Move = { status: Exclude<ProposalState, 'SUPERSEDED'>; reason?: string | null; fact?: keyof typeof proposalRows };

/** The next state of a locked proposal, with its fact. */
export async function moveProposal(scope: Scope, proposal: Proposal, { status, reason = null, fact: type }: Move): Promise<void> {
  const at = scope.now.toISOString();
  // What is returned stands beside no newer one.
  const next = sql`case when ${status} = 'OPEN' and exists (select from log.proposal other where other.id <> own.id and other.status = 'OPEN' and other.system = own.system
    and other.entity_type = own.entity_type and other.target = own.target and other.fields = own.fields) then 'SUPERSEDED' else ${status} end`;
  const decided = type === 'ProposalAccepted' || type === 'ProposalRejected';
  const [row] = await scope.tx.execute(sql`
    update log.proposal own set status = ${next}, version = version + 1, updated_at = ${at}, reason = ${reason},
      decided_by = ${decided ? scope.actor.id : sql`decided_by`}, decided_at = ${decided ? at : sql`decided_at`}
    where id = ${proposal.id}::uuid returning version`);
  if (!type) return;
  const { id, entityType, entityId, system } = proposal;
  await record(scope, proposalFacts[type], {
    subject: { id, version: Number(row?.version) },
    payload: { proposalId: id, entityType, entityId, system, status, reason },
  });
}
