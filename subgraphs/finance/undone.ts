import type { Context, Scope } from '#kernel/context.ts';
import { transact } from '#kernel/mutation.ts';

/** Thrown at the end, so that the transaction leaves nothing behind. */
class Undone extends Error {}

/** Does, and takes back: what it would be is found by the very code that does it. */
export async function undone<Answer>(context: Context, call: { mutation: string; input: object }, run: (scope: Scope) => Promise<Answer>): Promise<Answer> {
  const found: Answer[] = [];
  await transact(context, { ...call, input: { ...call.input, idempotencyKey: null } }, async (scope) => {
    found.splice(0, 1, await run(scope));
    throw new Undone();
  }).catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  const [answer] = found;
  if (answer === undefined) throw new Error('a preview without an answer');
  return answer;
}
