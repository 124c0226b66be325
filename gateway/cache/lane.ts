import { hash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import type { Exchange } from '../exchange.ts';
import type { HttpOperation, OperationParts } from '../operations.ts';
import type { Planning } from '../planning.ts';
import { carriedOut, type Ready } from '../preparedLane.ts';
import type { Reply } from '../respond.ts';
import type { Answers } from './answers.ts';

type Lane = (asked: HttpOperation, ready: Ready) => Promise<Reply & { text: string }>;

/** Carries prepared operations out; queries by way of the answers that are kept. */
export function cachedLane(parts: OperationParts, answers: Answers): Lane {
  const states = new WeakMap<Planning, number>();
  let last = 0;
  const stateOf = (planning: Planning): number => {
    const known = states.get(planning) ?? ++last;
    states.set(planning, known);
    return known;
  };
  return async ({ exchange }, ready) => {
    const { operation, planning } = ready;
    if (operation.operation !== 'query' || !isKept(exchange.actor)) return carriedOut(parts, exchange, ready);
    const done = parts.metrics.requestSeconds.startTimer();
    let isHit = true;
    const carryOut = (reads: Exchange['reads']) => {
      isHit = false;
      return carriedOut(parts, reads ? { ...exchange, reads } : exchange, ready);
    };
    const reply = await answers.answer({ key: keyOf(stateOf(planning), exchange.actor, ready), actor: exchange.actor }, carryOut);
    if (isHit) done({ operation: 'query', status: 200 });
    return reply;
  };
}

/** What a partner sees depends on assignments by a way that statements do not show. */
function isKept({ kind }: Actor): boolean {
  return kind !== 'PARTNER';
}

/** All that an answer follows from beside what is in the database. When a token ends is not among it: the door lets nobody in after that. */
function keyOf(state: number, { expiresAt: _, ...actor }: Actor, { queryHash, operationName, given, type }: Ready): string {
  return hash('sha256', JSON.stringify([state, queryHash, operationName ?? null, type, given, actor]), 'base64url');
}
