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

/** What the ids stand for, as far as the actor may know: row-level security has judged the rows, permissions and the contract judge the rest. */
const nodesById: Batch<NodeReference> = async ({ actor, db }, ids) => {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Map();
  const rows = await db.execute<Known>(sql`select id, type, cost, person from log.known_entity where id = any(${sql.param(wanted)}::uuid[])`);
  return new Map(rows.flatMap((row) => (isNode(row.type) && mayKnow(actor, row.type, row) ? [[row.id, { __typename: row.type, id: row.id }]] : [])));
};

function isNode(type: string | null): type is NodeType {
  return type !== null && Object.hasOwn(nodeTypes, type);
}

function mayKnow(actor: Actor, type: NodeType, { cost, person }: Known): boolean {
  const permission = nodeTypes[type];
  if ((permission !== null && !may(actor, permission)) || !showsNode(actor, type)) return false;
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
  const found = await context.load(nodesById, id.toLowerCase());
  const read = found && own[found.__typename];
  if (!read) return found ?? null;
  const row = await read(context, found.id);
  return row ? { ...row, ...found } : null;
}

/** The same for several, in their order: as many as one page may have rows. */
export function readNodes(context: Context, ids: readonly string[]): Promise<(NodeReference | null)[]> {
  if (ids.length > pageLimit) throw new Refused('VALIDATION_FAILED', `ids may have at most ${pageLimit} values; these are ${ids.length}.`);
  return Promise.all(ids.map((id) => readNode(context, id)));
}
