import { abandonBillingRun, billNextContracts } from '#finance/billingRun/commands.ts';
import { facts as finance } from '#finance/published.ts';
import { process, Waiting } from '#kernel/process.ts';

/**
 * A billing run goes from contract to contract, some in one transaction: whoever takes it up after a crash goes on behind them. Is the process itself ended,
 * so is the run.
 */
export const billingRuns = process({
  name: 'billing-runs',
  starts: [finance.BillingRunStarted],
  data: () => ({}),
  steps: [
    {
      name: 'begin',
      run: async () => null,
      compensate: (scope, { subject, ended }) => abandonBillingRun(scope, subject.id, ended?.reason ?? 'Its process was ended.'),
    },
    { name: 'draft', run: async (scope, { subject }) => ((await billNextContracts(scope, subject.id)) ? new Waiting(scope.now) : null) },
  ],
});
