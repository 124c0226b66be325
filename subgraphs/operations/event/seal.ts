import type { Batch, Context } from '#kernel/context.ts';
import { logBounds } from '#kernel/facts.ts';
import type { Seal } from '#kernel/logCursor.ts';

const seals: Batch<Seal> = async ({ db }, keys) => {
  const { seal } = await logBounds(db);
  return new Map(keys.map((key) => [key, seal]));
};

/** What closes cursors of the log to people outside: read once in an operation, however many timelines and pages it asks for. */
export async function sealOf(context: Context): Promise<Seal> {
  const seal = await context.load(seals, 'log');
  if (seal === undefined) throw new Error('the log has no seal');
  return seal;
}
