import type { Draft } from '#kernel/draft.ts';
import { showMoney } from '#kernel/money.ts';
import { facts } from '../published.ts';
import type { RevenueEventRow } from '../tables.ts';

/** States RevenueRecognized of an event. */
export function stateRecognized(draft: Draft, event: RevenueEventRow): void {
  const { id, customerId, engagementId, contractId, projectId, legalEntityId, method, amountMinor, currency, recognitionDate } = event;
  const amount = showMoney({ minor: amountMinor, currency });
  const payload = { revenueEventId: id, customerId, contractId, projectId, method, amount, recognizedOn: recognitionDate };
  draft.state(facts.RevenueRecognized, { subject: event, keys: { customerId, engagementId, projectId, legalEntityId }, payload });
}
