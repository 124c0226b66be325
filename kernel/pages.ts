import type { Context, Scope } from './context.ts';
import { toUserErrors, type UserError } from './errors.ts';
import { transact } from './mutation.ts';
import { asRefused } from './outcome.ts';

/** What one page gives; `next` is where the following one begins, null after the last. */
type Page<Place> = { next: Place | null };

/** The pages that were gone through. Where one is refused, those before it stand, and `userErrors` say why it went no further. */
export type Pages<Gone> = { pages: Gone[]; userErrors: UserError[]; replayed: boolean };

type Ran<Gone> = { answer: Gone; replayed: boolean };

/** Goes from page to page, each from where the one before it ended. */
export async function pageByPage<Place, Gone extends Page<Place>>(
  context: Context,
  step: (after: Place | null, number: number) => Promise<Ran<Gone>>,
): Promise<Pages<Gone>> {
  const ran: Ran<Gone>[] = [];
  const userErrors: UserError[] = [];
  try {
    for (let number = 0, after: Place | null = null; number === 0 || after !== null; number += 1) {
      const gone: Ran<Gone> = await step(after, number);
      ran.push(gone);
      after = gone.answer.next;
    }
  } catch (error) {
    userErrors.push(...toUserErrors(asRefused(error), context.trace.correlationId));
  }
  context.forget();
  return { pages: ran.map(({ answer }) => answer), userErrors, replayed: ran.length > 0 && ran.every(({ replayed }) => replayed) };
}

/** A page per transaction, each with an answer of its own to the same key: a retry finds the pages that are done and goes on behind them. */
export function inPages<Place, Gone extends Page<Place>>(
  context: Context,
  { mutation, input }: { mutation: string; input: { idempotencyKey: string } },
  run: (scope: Scope, after: Place | null) => Promise<Gone>,
): Promise<Pages<Gone>> {
  return pageByPage<Place, Gone>(context, (after, number) =>
    transact(context, { mutation: number === 0 ? mutation : `${mutation} ${number}`, input }, (scope) => run(scope, after)),
  );
}
