import { type Actor, may } from '#kernel/actor.ts';
import { pageLimit } from '#kernel/connection.ts';
import type { Batch, Context } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { sql } from '#kernel/sql.ts';
import { personsOf, seesOwnOnly } from '#kernel/visibility.ts';
import { readException } from '../exception/queries.ts';
import { readBreak, readReconciliationRun } from '../reconciliation/queries.ts';
import { type NodeType, nodeTypes, showsNode } from './nodeTypes.ts';

/** A reference to an entity, from which its own subgraph goes on. */
export type NodeReference = { __typename: NodeType; id: string };

type Known = { id: string; type: string; cost: boolean; person: string | null };

/** What there is of these ids, and whether the actor may know of it: row-level security has judged the rows, permissions and the contract judge the rest. */
export const entitiesById: Batch<NodeReference & { known: boolean }> = async ({ actor, db }, ids) => {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Map();
  const rows = await db.execute<Known>(sql`select id, type, cost, person from log.known_entity where id = any(${sql.param(wanted)}::uuid[])`);
  return new Map(rows.flatMap((row) => (isNode(row.type) ? [[row.id, { __typename: row.type, id: row.id, known: mayKnow(actor, row.type, row) }]] : [])));
};

export function isNode(type: string | null): type is NodeType {
  return type !== null && Object.hasOwn(nodeTypes, type);
}

/** Whether the actor may know of some of a type. */
export function mayKnowType(actor: Actor, type: NodeType): boolean {
  const permission = nodeTypes[type];
  return (permission === null || may(actor, permission)) && showsNode(actor, type);
}

function mayKnow(actor: Actor, type: NodeType, { cost, person }: Known): boolean {
  if (!mayKnowType(actor, type)) return false;
  if (cost && !may(actor, 'cost:read')) return false;
  return person === null || !seesOwnOnly(actor, 'colleague:read') || personsOf(actor).includes(person);
}

/** What is our own is given whole: nobody else goes on from it. */
const own: Partial<Record<NodeType, (context: Context, id: string) => Promise<object | undefined>>> = {
  ProcessException: readException,
  ReconciliationBreak: readBreak,
  ReconciliationRun: readReconciliationRun,
};

/** What an id stands for. Null when there is none that the actor may know of. */
export async function readNode(context: Context, id: string): Promise<NodeReference | null> {
  const found = await context.load(entitiesById, id.toLowerCase());
  if (!found?.known) return null;
  const reference = { __typename: found.__typename, id: found.id };
  const read = own[reference.__typename];
  if (!read) return reference;
  const row = await read(context, found.id);
  return row ? { ...row, ...reference } : null;
}

/** The same for several, in their order: as many as one page may have rows. */
export function readNodes(context: Context, ids: readonly string[]): Promise<(NodeReference | null)[]> {
  if (ids.length > pageLimit) throw new Refused('VALIDATION_FAILED', `ids may have at most ${pageLimit} values; these are ${ids.length}.`);
  return Promise.all(ids.map((id) => readNode(context, id)));
}
