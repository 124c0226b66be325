import type { Scope } from '#kernel/context.ts';
import { record } from '#kernel/facts.ts';
import { showMoney } from '#kernel/money.ts';
import { facts } from '../published.ts';
import type { RevenueEventRow } from '../tables.ts';

/** States RevenueRecognized of each event, in the command's transaction. */
export async function tellRecognized(scope: Scope, events: readonly RevenueEventRow[]): Promise<void> {
  await record(
    scope,
    facts.RevenueRecognized,
    events.map((event) => {
      const { id, customerId, engagementId, contractId, projectId, legalEntityId, method, amountMinor, currency, recognitionDate } = event;
      const amount = showMoney({ minor: amountMinor, currency });
      const payload = { revenueEventId: id, customerId, contractId, projectId, method, amount, recognizedOn: recognitionDate };
      return { subject: event, keys: { customerId, engagementId, projectId, legalEntityId }, payload };
    }),
  );
}
