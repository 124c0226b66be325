import type { Refused } from '#kernel/errors.ts';
import { lentOtherwise } from '../intercompany/lines.ts';
import { type ActualRow, isCost, isSale } from '../tables.ts';
import type { Assessed, Priced } from './assess.ts';
import { onInvoice } from './sources.ts';

/** What the terms of now would have otherwise: a cost, with all of its lines where the employee is lent, or a sale, in as many parts as it stands; none before, none after, or at another price. */
export type Change = { kind: 'COST' | 'UNBILLED_SALES'; before: readonly ActualRow[]; after: Priced | undefined };

/** What pricing a source anew would do: the lines that change, what that is worth in sales, and the revision that it makes. */
export type Repricing = { changes: Change[]; deltas: ReadonlyMap<string, bigint>; revision: number };

/** Compares what counts of a source's version with what it would be at the terms of now. What a client is being asked for stands: refused. */
export function planRepricing(assessed: Assessed, rows: readonly ActualRow[]): Repricing | Refused {
  const changes = [...changesOf(assessed, rows)];
  if (!changes.some(({ kind }) => kind === 'UNBILLED_SALES')) changes.push(...drawnAnew(assessed, rows));
  const taken = takenIn(changes);
  if (taken) return onInvoice(taken);
  return { changes, deltas: deltasOf(changes), revision: Math.max(0, ...rows.map((row) => row.pricingRevision)) + 1 };
}

/** What went beyond a retainer is drawn from it after all, as far as it has room again. */
function drawnAnew({ sales, place }: Assessed, rows: readonly ActualRow[]): Change[] {
  const parts = rows.filter((row) => isSale(row) && row.reversedById === null);
  const beyond = place.draws !== undefined && parts.some(({ kind }) => kind === 'UNBILLED_SALES') && !parts.some(isTaken);
  return beyond && sales ? [{ kind: 'UNBILLED_SALES', before: parts, after: sales }] : [];
}

/** True of what a client is being asked for. */
export function isTaken({ status }: Pick<ActualRow, 'status'>): boolean {
  return status === 'ON_INVOICE' || status === 'BILLED';
}

/** What of it a client is being asked for. */
export function takenIn(changes: readonly Change[]): ActualRow | undefined {
  return changes.flatMap(({ before }) => before).find(isTaken);
}

/** What counts of a source's version and would be otherwise at these terms, whoever is asked for it. */
export function changesOf({ cost, lent, sales, place }: Assessed, rows: readonly ActualRow[]): Change[] {
  const postings = (kind: Change['kind']) => rows.filter((row) => (kind === 'COST' ? isCost(row) : isSale(row)) && row.reversedById === null);
  const otherwise = ({ kind, before, after }: Change) =>
    kind === 'COST'
      ? differs(
          before.filter((row) => row.kind === kind),
          after,
        ) || lentOtherwise(lent, before)
      : differs(before, after);
  const differs = (before: readonly ActualRow[], after: Priced | undefined) =>
    before.length > 0 !== (after !== undefined) ||
    before.reduce((sum, row) => sum + row.amountMinor, 0n) !== (after?.minor ?? 0n) ||
    before.some((row) => row.currency !== after?.currency || row.contractLineId !== (place.line?.id ?? null)) ||
    before.some((row) => row.subcontractLineId !== (after?.explanation.subcontract?.lineId ?? null));
  const wanted: Change[] = [
    { kind: 'COST', before: postings('COST'), after: cost },
    { kind: 'UNBILLED_SALES', before: postings('UNBILLED_SALES'), after: sales },
  ];
  const changes = wanted.filter(otherwise);
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
    for (const row of before) add(row.currency, -row.amountMinor);
    if (after) add(after.currency, after.minor);
  }
  return deltas;
}
