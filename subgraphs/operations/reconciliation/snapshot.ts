import { hoursOfSeconds } from '#kernel/decimal.ts';
import type { Draft } from '#kernel/draft.ts';
import { showMinor } from '#kernel/money.ts';
import { type BreakFactName, facts } from '../published.ts';
import type { ReconciliationBreakRow, ReconciliationRunRow } from '../tables/reconciliation.ts';

/** States a fact about a break as it now is. */
export function stateBreak(draft: Draft, fact: BreakFactName, row: ReconciliationBreakRow): void {
  const { id, pair, week, status, count, seconds, amountMinor, currency, customerId, projectId, legalEntityId, reason } = row;
  const moneyAtRisk = showMinor(amountMinor, currency);
  const payload = { breakId: id, pair, startDate: week, status, rows: count, hours: hoursOfSeconds(seconds), moneyAtRisk };
  const input = { subject: row, keys: { customerId, projectId, legalEntityId }, payload };
  if (fact === 'ReconciliationBreakAccepted') draft.state(facts[fact], { ...input, payload: { ...payload, reason: reason ?? '' } });
  else draft.state(facts[fact], input);
}

/** States that a run is through. */
export function stateCompleted(draft: Draft, row: ReconciliationRunRow): void {
  const { id: runId, complete, asOfPosition, customers, opened, resolved } = row;
  draft.state(facts.ReconciliationCompleted, {
    subject: row,
    payload: { runId, complete, asOfPosition: asOfPosition.toString(), customers, opened, resolved },
  });
}
