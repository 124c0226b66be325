import { LRUCache } from 'lru-cache';
import type { Actor } from '#kernel/actor.ts';
import { type BudgetPart, type BudgetWish, budgetSpan } from '#kernel/budget.ts';
import { Refused } from '#kernel/errors.ts';
import { contractOf } from '../contracts.ts';
import type { BudgetMetrics } from '../metrics.ts';
import type { Caller, CostLimits } from './limit.ts';

/** What the operations of one principal may cost together in a minute, by who asks; whoever is not named may ask on. */
export type Budgets = Partial<CostLimits>;

/** Gives parts of budgets: of those that all gateways share, or of this process's own. */
export type BudgetSource = (wish: BudgetWish) => Promise<BudgetPart>;

/** Whose budget is spent. */
export type Spender = Pick<Actor, 'id' | 'kind' | 'contract'>;

/** What is left of a budget, and in how many seconds it begins anew. */
export type Standing = { caller: Caller; budget: number; remaining: number; endsIn: number };

export type Budget = {
  /** Takes the cost of an operation; says what is left, or nothing where there is no budget. Refuses what is more than is left. */
  spend(actor: Spender, cost: number): Promise<Standing | undefined>;
};

/** For one gateway alone: all of a budget is given at once, and kept here. */
export const ownBudgets: BudgetSource = async ({ budget }) => ({ given: budget, left: 0, endsIn: budgetSpan * 1_000 });

/** Parts in which a budget is taken: so few statements a minute and principal, and so little lies with a gateway that it does not go to. */
const parts = 20;
/** Principals whose parts are remembered. */
const remembered = 100_000;

/** What this process holds of one budget; `left` is what the others had left when it last asked, which only becomes less. */
type Held = { until: number; here: number; left: number; taking: Promise<void> | undefined };

type Options = { source?: BudgetSource | undefined; metrics?: BudgetMetrics | undefined; now?: () => number };
type Inside = { source: BudgetSource; metrics: BudgetMetrics | undefined; now: () => number; held: LRUCache<string, Held> };

/** Spends budgets of what this process holds of them, and takes more in parts. */
export function createBudget(budgets: Budgets, { source = ownBudgets, metrics, now = () => performance.now() }: Options = {}): Budget {
  const inside: Inside = { source, metrics, now, held: new LRUCache({ max: remembered }) };
  return {
    spend: async (actor, cost) => {
      const caller = contractOf(actor) ?? 'whole';
      const budget = budgets[caller];
      if (budget === undefined) return undefined;
      try {
        if (cost > budget)
          throw new Refused('COST_LIMIT', `The operation would cost ${cost}, and there is a budget of ${budget} a minute. Ask for less at once.`);
        const standing = await spent(inside, { caller, principal: actor.id, budget }, cost);
        metrics?.spent.inc({ contract: caller }, cost);
        return standing;
      } catch (error) {
        if (error instanceof Refused) metrics?.refused.inc({ contract: caller });
        throw error;
      }
    },
  };
}

type Of = { caller: Caller; principal: string; budget: number };

async function spent(inside: Inside, of: Of, cost: number): Promise<Standing> {
  const { now } = inside;
  const key = `${of.caller} ${of.principal}`;
  for (;;) {
    const held = inside.held.get(key) ?? { until: 0, here: 0, left: 0, taking: undefined };
    inside.held.set(key, held);
    const isOver = held.until <= now();
    if (!isOver && held.here >= cost) {
      held.here -= cost;
      return standingOf(of, held, now());
    }
    if (!isOver && held.here + held.left < cost) throw new Spent(standingOf(of, held, now()), cost);
    // Who comes meanwhile waits for the same part, and looks again.
    held.taking ??= take(inside, { of, held, cost }).finally(() => {
      held.taking = undefined;
    });
    await held.taking;
  }
}

async function take({ source, now }: Inside, { of, held, cost }: { of: Of; held: Held; cost: number }): Promise<void> {
  const asked = now();
  const least = Math.max(1, cost - (held.until <= asked ? 0 : held.here));
  const { given, left, endsIn } = await source({ ...of, least, most: Math.max(least, Math.ceil(of.budget / parts)) });
  const until = asked + endsIn;
  // Of another minute than what was held: that is gone with its own.
  const isSame = held.until > asked && until - held.until < (budgetSpan * 1_000) / 2;
  Object.assign(held, { until, here: (isSame ? held.here : 0) + given, left });
}

function standingOf({ caller, budget }: Of, { here, left, until }: Held, now: number): Standing {
  return { caller, budget, remaining: here + left, endsIn: Math.max(1, Math.ceil((until - now) / 1_000)) };
}

/** More is asked for than is left of a budget. */
export class Spent extends Refused {
  readonly headers: Readonly<Record<string, string>>;

  constructor(standing: Standing, cost: number) {
    const { budget, endsIn } = standing;
    super('RATE_LIMITED', `Of the budget of ${budget} a minute less is left than the ${cost} of this operation. Send it again in ${endsIn} s.`, {
      retryAfterMs: endsIn * 1_000,
    });
    this.headers = budgetFields(standing).headers;
  }
}

/** The standing in the fields of draft-ietf-httpapi-ratelimit-headers: quota, window and unit; what remains, and seconds until it begins anew. */
export function budgetFields({ caller, budget, remaining, endsIn }: Standing): { headers: Record<string, string> } {
  const policy = `"${caller}";q=${budget};w=${budgetSpan};qu="cost"`;
  const left = `"${caller}";r=${remaining};t=${endsIn}`;
  return { headers: { 'ratelimit-policy': policy, ratelimit: left } };
}
