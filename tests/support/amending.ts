import { newId } from '#kernel/ids.ts';
import type { Firm } from './firmAt.ts';
import type { FlowWorld } from './flowWorld.ts';
import type { Json } from './graph.ts';

/** Who writes amendments, and who accepts them: two people. */
const author = { role: 'finance', subject: 'author' };
const approver = { role: 'finance', subject: 'approver' };

type Wanted = { effectiveFrom: string; changes: Record<string, unknown>; adjustmentDate?: string; notifiedSystems?: readonly string[] };

/** Amendments of a firm's contract as a flow makes them and looks at them. */
export function amending(world: Pick<FlowWorld, 'graph' | 'sql'>, firm: Firm) {
  const { graph, sql } = world;
  const drafted = async (wanted: Wanted): Promise<string> => {
    const input = { contractId: firm.contractId, name: 'Indexation', reason: 'Agreed in the spring', ...wanted };
    return (await graph.done('createAmendment', input, { select: 'amendment { id }', wish: author })).amendment.id;
  };
  /** An amendment of the contract, brought as far as asked. */
  const amended = async (wanted: Wanted, upTo: 'DRAFT' | 'SUBMITTED' | 'ACCEPTED' | 'APPLIED'): Promise<string> => {
    const id = await drafted(wanted);
    const path = { DRAFT: 0, SUBMITTED: 1, ACCEPTED: 2, APPLIED: 3 }[upTo];
    if (path > 0) await graph.done('submitAmendment', { id }, { wish: author });
    if (path > 1) await graph.done('acceptAmendment', { id, note: 'Signed' }, { wish: approver });
    if (path > 2) await graph.done('applyAmendment', { id }, { wish: author });
    return id;
  };
  const sums = 'before { amount } after { amount } difference { amount }';
  const preview = async (input: Record<string, unknown>, lines = ''): Promise<Json> =>
    (
      await graph.ok(
        `query ($input: PreviewRerateInput!) { previewRerate(input: $input) { totals { outcome entries ${sums} } invoices { invoice { id } kind entries ${sums} }
          periods { fiscalPeriod { name status } entries adjustmentDate } ${lines} } }`,
        { input },
      )
    ).previewRerate;
  const rerated = async (amendmentId: string): Promise<Json> =>
    (
      await graph.ok('query ($id: ID!) { rerate(amendmentId: $id) { repriced invoiced refused finishedAt before { amount } after { amount } } }', {
        id: amendmentId,
      })
    ).rerate;
  const proposals = async (amendmentId: string): Promise<Json[]> =>
    (
      await graph.ok(
        `query ($id: ID!) { rerateProposals(filter: { amendmentIds: [$id] }) { nodes { id status kind entries invoice { id status } ${sums} availableActions { name refusals } } } }`,
        { id: amendmentId },
      )
    ).rerateProposals.nodes;
  const read = async (id: string): Promise<Json> =>
    (
      await graph.ok(
        `query ($id: ID!) { amendment(id: $id) { version status changes { effectiveFrom part line field before after } contractVersions { number effectiveFrom effectiveTo }
          propagation { complete receipts { system outside acknowledgedAt acknowledgedBy note } } availableActions { name refusals } } }`,
        { id },
      )
    ).amendment;
  /** What counts of a source: kind, revision, amount. */
  const counting = async (sourceId: string): Promise<string[]> => {
    const rows = await sql`select kind, pricing_revision, amount_minor from finance.actual
      where source_id = ${sourceId} and reverses_id is null and reversed_by_id is null order by kind`;
    return rows.map((row) => `${row.kind} ${row.pricing_revision} ${row.amount_minor}`);
  };
  /** Sends a mutation and gives why it was refused. */
  const refusedFor = async (name: string, input: Record<string, unknown>, wish = author): Promise<Json> =>
    (await graph.mutate(name, { idempotencyKey: newId(), ...input }, { wish })).userErrors[0];
  return { drafted, amended, preview, rerated, proposals, read, counting, refusedFor, author, approver };
}
