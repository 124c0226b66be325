import type { NameLaborCategoriesInput } from '#generated/time.ts';
import { demand } from '#kernel/actor.ts';
import { execute } from '#kernel/command.ts';
import type { Context, Scope } from '#kernel/context.ts';
import { toUserErrors, type UserError } from '#kernel/errors.ts';
import { transact } from '#kernel/mutation.ts';
import { asRefused } from '#kernel/outcome.ts';
import { assignLaborCategory } from '../entry/commands.ts';
import { entryMachine } from '../entry/machine.ts';
import { type Bite, type BiteFigures, figuresOf, missingBite, type NamedEntry, type Place, totalOf } from './missing.ts';
import { demandRules } from './rules.ts';

const mutation = 'nameLaborCategories';

type Page = BiteFigures & { next: Place | null };
export type Naming = BiteFigures & { userErrors: UserError[]; replayed: boolean };

/**
 * Gives approved time that lacks a labor category the one that the first fitting rule names. A bite of entries per transaction, each with an answer of its
 * own to the same key: a retry finds the bites that are done and goes on behind them. With dryRun it only looks.
 */
export async function nameLaborCategories(context: Context, input: NameLaborCategoriesInput): Promise<Naming> {
  const pages: BiteFigures[] = [];
  const replays: boolean[] = [];
  const userErrors: UserError[] = [];
  try {
    for (let number = 0, after: Place | null = null; number === 0 || after !== null; number += 1) {
      const from: Place | null = after;
      const { answer, replayed }: { answer: Page; replayed: boolean } = input.dryRun
        ? { answer: await lookAt(context, input, from), replayed: false }
        : await transact(context, { mutation: number === 0 ? mutation : `${mutation} ${number}`, input }, (scope) => nameBite(scope, input, from));
      pages.push(answer);
      replays.push(replayed);
      after = answer.next;
    }
  } catch (error) {
    userErrors.push(...toUserErrors(asRefused(error), context.trace.correlationId));
  }
  context.forget();
  return { ...totalOf(pages), userErrors, replayed: replays.length > 0 && replays.every(Boolean) };
}

async function lookAt(context: Context, input: NameLaborCategoriesInput, after: Place | null): Promise<Page> {
  demand(context.actor, entryMachine.actions.assignLaborCategory.may);
  const rules = await demandRules(context.unconfined, input);
  return pageOf(await missingBite(context.db, { rules, after, actor: context.actor }));
}

async function nameBite(scope: Scope, input: NameLaborCategoriesInput, after: Place | null): Promise<Page> {
  demand(scope.actor, entryMachine.actions.assignLaborCategory.may);
  const rules = await demandRules(scope.tx, input);
  const bite = await missingBite(scope.tx, { rules, after, actor: scope.actor });
  const fitting = bite.named.flatMap(({ entry, laborCategoryId }) => (laborCategoryId === undefined ? [] : [{ entry, laborCategoryId }]));
  const items = fitting.map(({ entry, laborCategoryId }) => ({ id: entry.id, laborCategoryId }));
  const outcomes = await execute(scope, assignLaborCategory, items);
  // Somebody was faster with these: they lack nothing any more, or are nobody's but their owner's.
  const lost = new Set(items.flatMap(({ id }, index) => ('refused' in (outcomes[index] ?? {}) ? [id] : [])));
  return pageOf({ ...bite, named: bite.named.filter(({ entry }: NamedEntry) => !lost.has(entry.id)) });
}

function pageOf({ named, next }: Bite): Page {
  return { ...figuresOf(named), next };
}
