import { Refused } from '#kernel/errors.ts';

/** Things in one answer at most. A few that lead to each other can be asked for in rounds, and come to more than any memory holds. */
export const answerLimit = 250_000;

/** How many things an answer has so far. */
export type Amount = { things: number };

/** Counts another one; refuses the answer when it is one too many. */
export function count(amount: Amount): void {
  amount.things += 1;
  if (amount.things > answerLimit) throw tooLarge;
}

/** It can be told of the whole alone: which of its parts is one too many is chance. One for all: what is left of an answer meets it at every turn. */
export const tooLarge = new Refused('COST_LIMIT', `The answer comes to more than ${answerLimit} things. Ask for smaller pages, or for less of each thing.`);

export function isTooLarge({ things }: Amount): boolean {
  return things > answerLimit;
}
