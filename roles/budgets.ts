import type { Budgets } from '#gateway/cost/budget.ts';
import { callers } from '#gateway/cost/limit.ts';
import type { Call } from './command.ts';
import { namedNumbers } from './namedNumbers.ts';

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
  const refusal = (part: string) =>
    `${part} is no budget; write a contract (${callers.join(', ')}) and a whole cost: portal=100000 (--budgets or ACCORD_BUDGETS).`;
  return namedNumbers(flags.budgets ?? env.ACCORD_BUDGETS, { names: callers, refusal });
}
