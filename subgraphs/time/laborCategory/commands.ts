import type { NameLaborCategoriesInput } from '#generated/time.ts';
import { demand } from '#kernel/actor.ts';
import { execute } from '#kernel/command.ts';
import type { Context, Scope } from '#kernel/context.ts';
import type { UserError } from '#kernel/errors.ts';
import { inPages, pageByPage } from '#kernel/pages.ts';
import { assignLaborCategory } from '../entry/commands.ts';
import { entryMachine } from '../entry/machine.ts';
import { type Bite, type BiteFigures, figuresOf, missingBite, type NamedEntry, type Place, totalOf } from './missing.ts';
import { demandRules } from './rules.ts';

type Page = BiteFigures & { next: Place | null };
export type Naming = BiteFigures & { userErrors: UserError[]; replayed: boolean };

/** Gives approved time that lacks a labor category the one that the first fitting rule names, a bite of entries per transaction. With dryRun it only looks. */
export async function nameLaborCategories(context: Context, input: NameLaborCategoriesInput): Promise<Naming> {
  const { pages, ...rest } = input.dryRun
    ? await pageByPage(context, async (after: Place | null) => ({ answer: await lookAt(context, input, after), replayed: false }))
    : await inPages(context, { mutation: 'nameLaborCategories', input }, (scope, after: Place | null) => nameBite(scope, input, after));
  return { ...totalOf(pages), ...rest };
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
