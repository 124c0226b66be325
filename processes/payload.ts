import type { Fact } from '#kernel/facts.ts';

/** A text of a fact's payload. A fact without it is of a shape that this process does not know: a bug, not a refusal. */
export function textIn(fact: Fact, key: string): string {
  const value = fact.payload[key];
  if (typeof value !== 'string') throw new Error(`${fact.type} ${fact.id} has no text ${key}`);
  return value;
}

/** A list of ids of a fact's payload. */
export function idsIn(fact: Fact, key: string): string[] {
  const value = fact.payload[key];
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) throw new Error(`${fact.type} ${fact.id} has no ids ${key}`);
  return value;
}

/** A number of a fact's payload. */
export function numberIn(fact: Fact, key: string): number {
  const value = fact.payload[key];
  if (typeof value !== 'number') throw new Error(`${fact.type} ${fact.id} has no number ${key}`);
  return value;
}
