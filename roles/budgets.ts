import type { Budgets } from '#gateway/cost/budget.ts';
import { defaultCostLimits } from '#gateway/cost/limit.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';

/** What clients may spend. */
export const budgetFlags = {
  budgets: {
    type: 'string',
    value: 'COSTS',
    help: 'what the operations of one principal may cost in a minute, by contract: portal=100000,partner=100000,whole=5000000 (ACCORD_BUDGETS; default: no bound)',
  },
} as const;

/** The budgets that are configured; whoever is not named has none to keep to. */
export function budgetsOf({ flags, env }: Pick<Call, 'flags' | 'env'>): Budgets {
  const text = flags.budgets ?? env.ACCORD_BUDGETS;
  if (typeof text !== 'string' || text.trim() === '') return {};
  const named = text.split(',').map((each) => {
    const [caller = '', cost] = each.split('=').map((part) => part.trim());
    const points = Number(cost);
    if (!Object.hasOwn(defaultCostLimits, caller) || !Number.isInteger(points) || points < 1)
      throw new CannotStart(
        `${each.trim()} is no budget; write a contract (${Object.keys(defaultCostLimits).join(', ')}) and a whole cost: portal=100000 (--budgets or ACCORD_BUDGETS).`,
      );
    return [caller, points] as const;
  });
  return Object.fromEntries(named);
}
