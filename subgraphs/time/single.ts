import type { Scope } from '#kernel/context.ts';
import type { Outcome } from '#kernel/mutation.ts';

/** A bulk command for one item: what was refused is thrown, as single mutations have it. */
export function single<Item>(command: (scope: Scope, items: readonly Item[]) => Promise<Outcome[]>) {
  return async (scope: Scope, item: Item & { idempotencyKey?: string | null | undefined }): Promise<{ id: string }> => {
    const [outcome] = await command(scope, [item]);
    if (!outcome) throw new Error('a bulk command gives one outcome per item');
    if ('refused' in outcome) throw outcome.refused;
    return outcome;
  };
}
