import type { UpsertSubcontractItem } from '#generated/resources.ts';
import type { Meant } from '#kernel/byReference.ts';
import type { Command } from '#kernel/command.ts';
import { type DecisionContext, type Draft, differs, openDraft, rowsIn } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { externalKey, takenElsewhere } from '#kernel/external.ts';
import { checkText, given } from '#kernel/input.ts';
import { step } from '#kernel/machine.ts';
import { absorbReferred, findReferred } from '#kernel/referred.ts';
import { sees } from '#kernel/visibility.ts';
import { demandWholeFirm } from '../subcontractor/decide.ts';
import { externalRefs, type SubcontractLineRow, type SubcontractRow, subcontract, subcontractLine } from '../tables.ts';
import { onSubcontracts } from './commands.ts';
import { demandSeller, drafted, linesFor, othersOf, stateSubcontract, subjectIn, subjectOf, toleranceOf } from './decide.ts';
import { type Ordering, replaceLines, sameLines } from './lines.ts';
import { absorbSubcontracts, type LoadedSubcontracts, loadSubcontracts } from './load.ts';
import { subcontractMachine } from './machine.ts';

type Upsert = Ordering<Meant<UpsertSubcontractItem, 'subcontractor'>>;

/** Creates or changes orders by external reference and brings them to a state. Unchanged ones keep their version and state nothing. */
export const upsertSubcontracts: Command<Upsert, LoadedSubcontracts> = {
  ...onSubcontracts,
  may: 'subcontract:write',
  load: (scope, items) => loadSubcontracts(scope, { refs: items.map(({ externalRef }) => externalRef), pointing: items }),
  source: { refs: externalRefs, entity: subcontract, of: ({ externalRef }) => externalRef },
  once: ({ externalRef }) => ({ field: 'externalRef', key: externalKey(externalRef) }),
  decide: (loaded, item, context) => {
    demandWholeFirm(context.actor);
    const draft = openDraft(context);
    const before = findReferred(loaded, item.externalRef);
    const row = before ? changed(draft, loaded, { before, item }) : drafted(draft, loaded, item);
    const lines = linesAfter(draft, loaded.lines.get(row.id) ?? []);
    moved(draft, loaded, { row, lines, item });
    draft.link({ refs: externalRefs, entity: subcontract, id: row.id }, [item.externalRef]);
    return draft.done(row.id);
  },
  absorb: (loaded, decision, { externalRef }) => {
    absorbSubcontracts(loaded, decision);
    absorbReferred(loaded, decision, { entity: subcontract, ref: externalRef });
  },
};

type Changing = { before: SubcontractRow; item: Upsert };

function changed(draft: Draft, loaded: LoadedSubcontracts, { before, item }: Changing): SubcontractRow {
  const { context } = draft;
  if (!sees(context.actor, before)) throw takenElsewhere();
  if (item.subcontractorId !== before.subcontractorId)
    throw new Refused('VALIDATION_FAILED', 'The subcontractor of an order cannot change. Cancel it and draft another.', { field: 'subcontractorId' });
  const { currency } = before;
  const held = loaded.lines.get(before.id) ?? [];
  const wanted = item.lines ? wantedOf(loaded, { before, lines: item.lines, context }) : undefined;
  const changes = given({
    name: checkText('name', item.name),
    toleranceMinor: item.tolerance === undefined ? undefined : toleranceOf(item.tolerance, currency),
  });
  if (!differs(before, changes) && (!wanted || sameLines({ held, wanted }))) return before;
  const by = step(subcontractMachine, { subject: subjectIn(loaded, before, context.now), action: 'update', actor: context.actor });
  const touch = wanted ? replaceLines(draft, before, { held, wanted }) : false;
  const row = draft.update(subcontract, before, { changes, by, touch });
  stateSubcontract(draft, { row, by, lines: linesAfter(draft, held) });
  return row;
}

type Wanting = { before: SubcontractRow; lines: NonNullable<Upsert['lines']>; context: DecisionContext };

function wantedOf(loaded: LoadedSubcontracts, { before, lines, context }: Wanting) {
  const seller = loaded.subcontractors.get(before.subcontractorId) ?? demandSeller(loaded, before.subcontractorId, context);
  return linesFor(loaded, { seller, currency: before.currency, lines, context });
}

/** The lines as this decision leaves them. */
function linesAfter(draft: Draft, held: readonly SubcontractLineRow[]): SubcontractLineRow[] {
  const rows = new Map(held.map((row) => [row.id, row]));
  for (const { id, row } of rowsIn(draft.done(''), subcontractLine)) {
    if (row) rows.set(id, row);
    else rows.delete(id);
  }
  return [...rows.values()].toSorted((a, b) => a.number - b.number);
}

type Moving = { row: SubcontractRow; lines: readonly SubcontractLineRow[]; item: Upsert };

/** Brings an order to the state that the item names, over those between. */
function moved(draft: Draft, loaded: LoadedSubcontracts, { row, lines, item: { status, closedOn } }: Moving): void {
  if (!status || status === row.status) return;
  if (status === 'DRAFT') throw new Refused('INVALID_TRANSITION', `An order does not go from ${row.status} to DRAFT.`, { field: 'status' });
  const { actor, now } = draft.context;
  const around = { seller: loaded.subcontractors.get(row.subcontractorId), lines, others: othersOf(row, loaded), now };
  const go = (before: SubcontractRow, action: 'confirm' | 'close' | 'cancel'): SubcontractRow => {
    const by = step(subcontractMachine, { subject: subjectOf(before, around), action, actor });
    if (action === 'close' && !closedOn) throw new Refused('VALIDATION_FAILED', 'closedOn is needed to close an order.', { field: 'closedOn' });
    const after = draft.update(subcontract, before, { changes: action === 'close' ? { closedOn: closedOn ?? null } : {}, by });
    stateSubcontract(draft, { row: after, by, lines });
    return after;
  };
  if (status === 'CANCELLED') go(row, 'cancel');
  else {
    const confirmed = row.status === 'DRAFT' ? go(row, 'confirm') : row;
    if (status === 'CLOSED') go(confirmed, 'close');
    else if (confirmed === row) go(row, 'confirm');
  }
}
