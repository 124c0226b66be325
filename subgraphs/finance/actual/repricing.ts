import type { Refused } from '#kernel/errors.ts';
import type { ActualRow } from '../tables.ts';
import type { Assessed, Priced } from './assess.ts';
import { onInvoice } from './sources.ts';

/** One line of the ledger that the terms of now would have otherwise: absent before, after, or with another price. */
export type Change = { kind: 'COST' | 'UNBILLED_SALES'; before: ActualRow | undefined; after: Priced | undefined };

/** What pricing a source anew would do: the lines that change, what that is worth in sales, and the revision that it makes. */
export type Repricing = { changes: Change[]; deltas: ReadonlyMap<string, bigint>; revision: number };

/** Compares what counts of a source's version with what it would be at the terms of now. What a client is being asked for stands: refused. */
export function planRepricing(assessed: Assessed, rows: readonly ActualRow[]): Repricing | Refused {
  const changes = changesOf(assessed, rows);
  const taken = takenIn(changes);
  if (taken) return onInvoice(taken);
  return { changes, deltas: deltasOf(changes), revision: Math.max(0, ...rows.map((row) => row.pricingRevision)) + 1 };
}

/** What of it a client is being asked for. */
export function takenIn(changes: readonly Change[]): ActualRow | undefined {
  return changes.flatMap(({ before }) => (before?.status === 'ON_INVOICE' || before?.status === 'BILLED' ? [before] : []))[0];
}

/** What counts of a source's version and would be otherwise at these terms, whoever is asked for it. */
export function changesOf({ cost, sales, place }: Assessed, rows: readonly ActualRow[]): Change[] {
  const postings = (kind: Change['kind']) => rows.find((row) => row.kind === kind && row.reversedById === null);
  const differs = (before: ActualRow | undefined, after: Priced | undefined) =>
    before?.amountMinor !== after?.minor ||
    before?.currency !== after?.currency ||
    (before !== undefined && before.contractLineId !== (place.line?.id ?? null));
  const wanted: Change[] = [
    { kind: 'COST', before: postings('COST'), after: cost },
    { kind: 'UNBILLED_SALES', before: postings('UNBILLED_SALES'), after: sales },
  ];
  const changes = wanted.filter(({ before, after }) => differs(before, after));
  const saleGoes = changes.some(({ kind, after }) => kind === 'UNBILLED_SALES' && !after);
  // A sale that goes leaves a cost of the next revision behind: it says that nothing is sold any more.
  if (saleGoes && !changes.some(({ kind }) => kind === 'COST')) changes.unshift({ kind: 'COST', before: postings('COST'), after: cost });
  return changes;
}

function deltasOf(changes: readonly Change[]): Map<string, bigint> {
  const deltas = new Map<string, bigint>();
  const add = (currency: string, minor: bigint) => deltas.set(currency, (deltas.get(currency) ?? 0n) + minor);
  for (const { kind, before, after } of changes) {
    if (kind !== 'UNBILLED_SALES') continue;
    if (before) add(before.currency, -before.amountMinor);
    if (after) add(after.currency, after.minor);
  }
  return deltas;
}
