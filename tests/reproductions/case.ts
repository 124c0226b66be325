import type { Graph } from '../support/graph.ts';
import type { Program } from '../support/program.ts';

/** A fresh start, and how to be somebody there. */
export type Place = { graph: Graph; program: Program };

/** One thing that went wrong somewhere, told in a line, with the smallest way to see whether it does here. */
export type Case = {
  /** As in the list of public cases: T time, M money, F federation, I integration, H hostile input; S security. */
  id: string;
  what: string;
  right: string;
} & (
  | { run: (place: Place) => Promise<string> }
  /** Not offered yet: which later issue has it. */
  | { later: string }
  /** Why it cannot be seen from outside, and what shows it instead. */
  | { seenBy: string }
);

export type Verdict = 'right' | 'wrong' | 'later' | 'seen elsewhere';
export type Judged = { id: string; what: string; right: string; actual: string; verdict: Verdict };

/** Runs one; what breaks on the way is wrong, and says how. */
export async function judge(each: Case, place: Place): Promise<Judged> {
  const { id, what, right } = each;
  if ('later' in each) return { id, what, right, actual: each.later, verdict: 'later' };
  if ('seenBy' in each) return { id, what, right, actual: each.seenBy, verdict: 'seen elsewhere' };
  const actual = await each.run(place).catch((error: unknown) => `failed: ${error instanceof Error ? error.message : String(error)}`);
  return { id, what, right, actual, verdict: actual === right ? 'right' : 'wrong' };
}
