import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import { contractOf } from '../contracts.ts';
import type { CostLimits } from './limit.ts';

/** What the operations of one principal may cost together in a minute, by who asks; whoever is not named may ask on. */
export type Budgets = Partial<CostLimits>;

/** Seconds for which a budget is, from the first operation on that spends of it. */
const span = 60;

export type Budget = {
  /** Takes the cost of an operation; says what is left, or nothing where there is no budget. Refuses what is more than is left. */
  spend(actor: Pick<Actor, 'id' | 'kind' | 'contract'>, cost: number): Promise<number | undefined>;
};

/** The budgets of this process's clients. */
export function createBudget(budgets: Budgets): Budget {
  const limiters = new Map(Object.entries(budgets).map(([caller, points]) => [caller, new RateLimiterMemory({ points, duration: span, keyPrefix: caller })]));
  return {
    spend: async (actor, cost) => {
      const limiter = limiters.get(contractOf(actor) ?? 'whole');
      if (!limiter) return undefined;
      const { points } = limiter;
      if (cost > points)
        throw new Refused('COST_LIMIT', `The operation would cost ${cost}, and there is a budget of ${points} a minute. Ask for less at once.`);
      try {
        return (await limiter.consume(actor.id, cost)).remainingPoints;
      } catch (spent) {
        if (!(spent instanceof RateLimiterRes)) throw spent;
        const wait = Math.max(1, Math.ceil(spent.msBeforeNext / 1_000));
        throw new Refused('RATE_LIMITED', `Of the budget of ${points} a minute less is left than the ${cost} of this operation. Send it again in ${wait} s.`, {
          retryAfterMs: wait * 1_000,
        });
      }
    },
  };
}
