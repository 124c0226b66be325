import { type BudgetSource, type Budgets, ownBudgets } from '#gateway/cost/budget.ts';
import { callers } from '#gateway/cost/limit.ts';
import { takeBudget } from '#kernel/budget.ts';
import type { Db } from '#kernel/db.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call } from './command.ts';
import { namedNumbers } from './namedNumbers.ts';

/** What clients may spend. */
export const budgetFlags = {
  budgets: {
    type: 'string',
    value: 'COSTS',
    help: 'what the operations of one principal may cost in a minute, by contract: portal=100000,partner=100000,whole=5000000 (ACCORD_BUDGETS; default: no bound)',
  },
  'budget-count': {
    type: 'string',
    value: 'shared|memory',
    help: 'where budgets are counted: for all gateways together, in the database, or by each for itself (ACCORD_BUDGET_COUNT; default shared)',
  },
} as const;

/** The budgets that are configured; whoever is not named has none to keep to. */
export function budgetsOf({ flags, env }: Pick<Call, 'flags' | 'env'>): Budgets {
  const refusal = (part: string) =>
    `${part} is no budget; write a contract (${callers.join(', ')}) and a whole cost: portal=100000 (--budgets or ACCORD_BUDGETS).`;
  return namedNumbers(flags.budgets ?? env.ACCORD_BUDGETS, { names: callers, refusal });
}

/** Where they are counted. */
export function budgetSourceOf({ flags, env }: Pick<Call, 'flags' | 'env'>, db: Db): BudgetSource {
  const text = flags['budget-count'] ?? env.ACCORD_BUDGET_COUNT ?? 'shared';
  if (text === 'memory') return ownBudgets;
  if (text === 'shared') return (wish) => takeBudget(db, wish);
  throw new CannotStart(`${String(text)} is no place to count budgets; use shared or memory (--budget-count or ACCORD_BUDGET_COUNT).`);
}

/** Budgets, and where they are counted, as a gateway takes them. */
export function countedBudgets(call: Pick<Call, 'flags' | 'env'>, db: Db): { budgets: Budgets; budgetSource: BudgetSource } {
  return { budgets: budgetsOf(call), budgetSource: budgetSourceOf(call, db) };
}
