import type { ApplyPaymentMatchInput } from '#generated/finance.ts';
import { demand } from '#kernel/actor.ts';
import { executeOne } from '#kernel/command.ts';
import type { Scope } from '#kernel/context.ts';
import { Refused } from '#kernel/errors.ts';
import { showMoney } from '#kernel/money.ts';
import { NotOwner } from '#kernel/proposal.ts';
import { applyPayment } from '../payment/commands.ts';
import { demandPayment, loadPayments } from '../payment/load.ts';
import { paymentMachine } from '../payment/machine.ts';
import { matchesOfPayments } from './candidates.ts';

export { setRemittanceAdvice } from './advice.ts';

/** Applies a payment as one of its matches says. The payment is locked and its matches are made again: what no longer is one is refused. */
export async function applyPaymentMatch(scope: Scope, input: ApplyPaymentMatchInput): Promise<{ id: string }> {
  const { idempotencyKey, id, expectedVersion, matchKey, appliedOn } = input;
  demand(scope.actor, paymentMachine.actions.apply.may);
  const payment = demandPayment(await loadPayments(scope, [{ id }]), { id, expectedVersion }, scope.actor);
  const match = (await matchesOfPayments(scope.tx, [payment])).get(id)?.find((each) => each.key === matchKey);
  if (!match) throw new Refused('STALE_VERSION', 'That is no match of the payment any more. Read its matches again, then decide.', { field: 'matchKey' });
  const applications = match.shares.map(({ invoiceId, minor }) => ({ invoiceId, amount: showMoney({ minor, currency: payment.currency }) }));
  try {
    return await executeOne(scope, applyPayment, { idempotencyKey, id, applications, appliedOn });
  } catch (error) {
    // What is kept for the owner to decide on is the call as it came.
    if (error instanceof NotOwner) error.item = input;
    throw error;
  }
}
