import { hash } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import { noteSpan } from '#kernel/span.ts';
import type { Exchange } from '../exchange.ts';
import type { HttpOperation, OperationParts } from '../operations.ts';
import { textIn } from '../params.ts';
import type { Planning } from '../planning.ts';
import { carriedOut, type Ready } from '../preparedLane.ts';
import type { Answers, Carried } from './answers.ts';
import { createSharing } from './sharing.ts';

type Lane = (asked: HttpOperation, ready: Ready) => Promise<Carried>;

/** Carries prepared operations out; queries by way of the answers that are kept. */
export function cachedLane(parts: OperationParts, answers: Answers): Lane {
  const mayShare = createSharing(parts.graph);
  const states = new WeakMap<Planning, number>();
  let last = 0;
  const stateOf = (planning: Planning): number => {
    const known = states.get(planning) ?? ++last;
    states.set(planning, known);
    return known;
  };
  return async (asked, ready) => {
    const { exchange } = asked;
    const { operation, planning } = ready;
    if (operation.operation !== 'query' || !isKept(exchange.actor)) return carriedOut(parts, exchange, ready);
    const done = parts.metrics.startRequest();
    let isHit = true;
    const actor = mayShare(ready.document) ? withoutName(exchange.actor) : exchange.actor;
    const carryOut = (reads: Exchange['reads']) => {
      isHit = false;
      return carriedOut(parts, reads ? { ...exchange, actor, reads } : exchange, ready);
    };
    const reply = await answers.answer({ key: keyOf(stateOf(planning), actor, ready), actor }, carryOut);
    if (isHit) done({ operation: 'query', status: 200 }, exchange.trace);
    noteSpan(exchange.trace, { 'accord.cache.hit': isHit });
    return isRevalidated(parts, asked) ? withTag(reply, asked.ifNoneMatch) : reply;
  };
}

/** A browser asks again for what it keeps of documents that have an address. */
function isRevalidated({ trusted }: OperationParts, { method, search, body }: HttpOperation): boolean {
  return method === 'GET' && trusted.texts.has(textIn(method, search, body));
}

/** Weak: it is one for every encoding. Whether it is still the answer, and for whom, is asked each time. */
function withTag(reply: Carried, ifNoneMatch: string | undefined): Carried {
  const etag = `W/"${hash('sha256', reply.text, 'base64url')}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', vary: 'authorization, accept, accept-encoding' };
  const known = ifNoneMatch?.split(',').some((each) => each.trim() === etag || each.trim() === '*');
  return known ? { ...reply, status: 304, text: '', headers } : { ...reply, headers };
}

/** What a partner sees depends on assignments by a way that statements do not show. */
function isKept({ kind }: Actor): boolean {
  return kind !== 'PARTNER';
}

/** For whom a question is carried out that all may share who have the same rights: it cannot come to depend on who asks. Refusals say the name. */
function withoutName({ id: _, roles: __, expiresAt: ___, permissions, ...rights }: Actor): Actor {
  return { ...rights, id: 'this token', permissions: [...permissions].sort() };
}

/** All that an answer follows from beside what is in the database. */
function keyOf(state: number, actor: Actor, { queryHash, operationName, given, type }: Ready): string {
  return hash('sha256', JSON.stringify([state, queryHash, operationName ?? null, type, given, actor]), 'base64url');
}
