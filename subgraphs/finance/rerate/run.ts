import { causedBy } from '#kernel/cause.ts';
import { type Command, execute, executeAll } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { type Draft, decisionContext, openDraft } from '#kernel/draft.ts';
import type { Refused } from '#kernel/errors.ts';
import { begin } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { and, asc, eq, inArray, isNull, lt } from '#kernel/sql.ts';
import { write } from '#kernel/write.ts';
import { releaseActual } from '../actual/hold.ts';
import { foreseenLimits } from '../actual/limits.ts';
import { repriceActual } from '../actual/reprice.ts';
import { lockSources } from '../actual/sources.ts';
import { rerate, rerateProposal } from '../entities.ts';
import { facts } from '../published.ts';
import { type ActualRow, type RerateProposalRow, type RerateRow, rerateProposals, rerates } from '../tables.ts';
import { calendarOf } from './calendar.ts';
import { rerateProposalMachine } from './machine.ts';
import { biteSize, planLines, touchedCosts } from './plan.ts';
import type { RerateLine } from './report.ts';
import { amountsOf } from './sums.ts';

/** An amendment that was applied: what finance needs to know of it. */
export type AppliedAmendment = {
  amendmentId: string;
  contractId: string;
  customerId: string;
  legalEntityId: string | null;
  name: string;
  currency: string;
  effectiveFrom: CalendarDate;
  adjustmentDate: CalendarDate | null;
  fact: { id: string; correlationId: string; traceparent: string | null };
};

/** Keeps in mind that the work under these contracts is to be priced anew; turns do it. Heard of twice it is the same. */
export async function startRerates(scope: Scope, applied: readonly AppliedAmendment[]): Promise<void> {
  if (applied.length === 0) return;
  const ids = applied.map(({ amendmentId }) => amendmentId);
  const there = await scope.tx.select({ id: rerates.amendmentId }).from(rerates).where(inArray(rerates.amendmentId, ids));
  const known = new Set(there.map(({ id }) => id));
  const draft = openDraft(decisionContext(scope));
  for (const { fact, effectiveFrom, ...own } of applied.filter(({ amendmentId }) => !known.has(amendmentId))) {
    const nothing = { finishedAt: null, afterDate: null, afterId: null, repriced: 0, invoiced: 0, refused: 0, beforeMinor: 0n, afterMinor: 0n };
    const { id: factId, correlationId, traceparent } = fact;
    draft.insert(rerate, { ...own, ...nothing, fromDate: effectiveFrom, startedAt: scope.now, factId, correlationId, traceparent });
  }
  await write(scope, [rerate], draft.done('').effects);
}

/** A piece of work that could not be priced anew, by an actual of it, and why. */
export type Unpriced = { actual: ActualRow; refused: Refused };

export type RerateTurn = { looked: number; rerate: RerateRow; unpriced: Unpriced[]; scope: Scope };

/** One turn at the re-rate that began first: prices the next bite of its work anew. Nothing when there is none to work on. */
export async function takeRerateTurn(scope: Scope): Promise<RerateTurn | undefined> {
  const [standing] = await scope.tx
    .select()
    .from(rerates)
    // What this very re-rate posts is younger than its beginning: it is not looked at again.
    .where(and(isNull(rerates.finishedAt), lt(rerates.startedAt, scope.now)))
    .orderBy(asc(rerates.startedAt), asc(rerates.id))
    .limit(1)
    .for('update', { skipLocked: true });
  if (!standing) return undefined;
  const { contractId, fromDate: from, afterDate, afterId, startedAt: madeUntil, correlationId, factId, traceparent } = standing;
  const caused = causedBy(scope, { id: factId, correlationId, traceparent });
  const after = afterDate && afterId ? { date: afterDate, id: afterId } : undefined;
  const costs = await touchedCosts(scope.tx, { contractId, from, after, madeUntil });
  const done = await rerateSources(caused, standing, costs);
  const row = await goOn(caused, standing, { ...done, last: costs.length < biteSize ? undefined : costs.at(-1) });
  return { looked: costs.length + 1, rerate: row, unpriced: done.unpriced, scope: caused };
}

type Done = { repriced: RerateLine[]; proposed: RerateLine[]; unpriced: Unpriced[] };

/** Prices these pieces of work anew as far as they are not billed; what stands on invoices is left to proposals. */
export async function rerateSources(scope: Scope, standing: RerateRow, costs: readonly ActualRow[]): Promise<Done> {
  const rows = await lockSources(
    scope,
    ['TIMESHEET_ENTRY', 'EXPENSE_ITEM'],
    costs.map(({ sourceId }) => sourceId),
  );
  const around = { calendar: calendarOf(scope.tx), limits: foreseenLimits(scope.tx), adjustmentDate: standing.adjustmentDate ?? undefined };
  const { lines, waiting } = await planLines(scope.tx, { costs, rows }, around);
  const repriced = lines.filter(({ outcome }) => outcome === 'REPRICED');
  const outcomes = await execute(
    scope,
    repriceActual,
    repriced.map((line) => ({ id: line.cost.id, reason: reasonOf(standing, line), accountingDate: line.adjustmentDate ?? null })),
  );
  const failed = repriced.flatMap((line, index): Unpriced[] => {
    const outcome = outcomes[index];
    return outcome && 'refused' in outcome ? [{ actual: line.sale ?? line.cost, refused: outcome.refused }] : [];
  });
  const refused = lines.flatMap(({ cost, sale, refused: why }): Unpriced[] => (why ? [{ actual: sale ?? cost, refused: why }] : []));
  return {
    repriced: repriced.filter((_, index) => !('refused' in (outcomes[index] ?? { refused: true }))),
    proposed: lines.filter(({ outcome }) => outcome === 'DRAFTED' || outcome === 'INVOICED'),
    unpriced: [...refused, ...failed, ...(await releaseWaiting(scope, waiting))],
  };
}

/** What waits over a limit goes on as far as the limit of now leaves room. */
async function releaseWaiting(scope: Scope, waiting: readonly ActualRow[]): Promise<Unpriced[]> {
  const outcomes = await execute(
    scope,
    releaseActual,
    waiting.map(({ id }) => ({ id })),
  );
  return waiting.flatMap((actual, index): Unpriced[] => {
    const outcome = outcomes[index];
    return outcome && 'refused' in outcome && outcome.refused.code !== 'NOT_TO_EXCEED' ? [{ actual, refused: outcome.refused }] : [];
  });
}

/** Stands on the reversals, and on what comes instead where that is not on its own day. */
function reasonOf({ name, fromDate }: RerateRow, { cost, adjustmentDate }: RerateLine): string {
  const adjusted = adjustmentDate ? ` ${cost.workDate} lies in a closed period: adjusted on ${adjustmentDate}.` : '';
  return `Amendment ${name}, from ${fromDate} on.${adjusted}`;
}

type Progress = Done & { last: ActualRow | undefined };

async function goOn(scope: Scope, standing: RerateRow, { repriced, proposed, unpriced, last }: Progress): Promise<RerateRow> {
  const sums = totalOf(repriced, standing.currency);
  const proposals = await lockProposals(scope, standing.id, proposed);
  const done: { row: RerateRow } = { row: standing };
  const command: Command<RerateRow, null> = {
    entities: [rerate, rerateProposal],
    load: async () => null,
    decide: (_, before, context) => {
      const draft = openDraft(context);
      const counts = { repriced: before.repriced + repriced.length, invoiced: before.invoiced + proposed.length, refused: before.refused + unpriced.length };
      const amounts = { beforeMinor: before.beforeMinor + sums.before, afterMinor: before.afterMinor + sums.after };
      const place = last ? { afterDate: last.workDate, afterId: last.id } : { finishedAt: context.now };
      done.row = draft.update(rerate, before, { changes: { ...counts, ...amounts, ...place } });
      propose(draft, { standing: before, proposals, proposed });
      if (!last) stateRerated(draft, done.row);
      return draft.done(before.id);
    },
  };
  await executeAll(scope, command, [standing]);
  return done.row;
}

function totalOf(lines: readonly RerateLine[], currency: string): { before: bigint; after: bigint } {
  const amounts = lines.map((line) => amountsOf(line).get(currency) ?? { before: 0n, after: 0n });
  return { before: amounts.reduce((sum, each) => sum + each.before, 0n), after: amounts.reduce((sum, each) => sum + each.after, 0n) };
}

async function lockProposals(scope: Scope, rerateId: string, lines: readonly RerateLine[]): Promise<RerateProposalRow[]> {
  const invoiceIds = [...new Set(lines.flatMap(({ sale }) => sale?.invoiceId ?? []))];
  if (invoiceIds.length === 0) return [];
  const own = and(eq(rerateProposals.rerateId, rerateId), inArray(rerateProposals.invoiceId, invoiceIds));
  return scope.tx.select().from(rerateProposals).where(own).orderBy(asc(rerateProposals.id)).for('update');
}

type Proposing = { standing: RerateRow; proposals: readonly RerateProposalRow[]; proposed: readonly RerateLine[] };

/** One proposal per invoice; more work that is found on it is added. */
function propose(draft: Draft, { standing, proposals, proposed }: Proposing): void {
  const { id: rerateId, amendmentId, contractId, customerId, legalEntityId, currency } = standing;
  for (const [invoiceId, lines] of Map.groupBy(proposed, ({ sale }) => sale?.invoiceId ?? '')) {
    const { before: beforeMinor, after: afterMinor } = totalOf(lines, currency);
    const held = proposals.find((each) => each.invoiceId === invoiceId);
    if (held) {
      const changes = { entries: held.entries + lines.length, beforeMinor: held.beforeMinor + beforeMinor, afterMinor: held.afterMinor + afterMinor };
      draft.update(rerateProposal, held, { changes });
      continue;
    }
    const kind = lines[0]?.outcome === 'INVOICED' ? ('CREDIT_AND_REBILL' as const) : ('CANCEL_AND_REDRAFT' as const);
    const owner = { rerateId, amendmentId, contractId, customerId, legalEntityId, invoiceId };
    const undecided = { decidedBy: null, decidedAt: null, reason: null, creditNoteId: null, rebilledId: null };
    draft.insert(rerateProposal, { ...owner, kind, entries: lines.length, currency, beforeMinor, afterMinor, ...undecided }, begin(rerateProposalMachine));
  }
}

function stateRerated(draft: Draft, row: RerateRow): void {
  const { amendmentId, contractId, customerId, legalEntityId, repriced, invoiced, refused, currency } = row;
  const show = (minor: bigint) => showMoney({ minor, currency });
  draft.state(facts.ContractRerated, {
    subject: row,
    keys: { customerId, legalEntityId },
    payload: { amendmentId, contractId, customerId, repriced, invoiced, refused, before: show(row.beforeMinor), after: show(row.afterMinor) },
  });
}
