import type { Scope, Trace } from './context.ts';
import type { Fact } from './facts.ts';

/** What an effect names as its cause, and the business transaction that it belongs to. */
export type Cause = Pick<Fact, 'id' | 'position' | 'correlationId' | 'traceparent'>;

/** By the id of the entity that an effect is about, or stems from: the fact that caused it. */
export type Causes = ReadonlyMap<string, Cause>;

/** The causes that facts are by themselves: each for its own subject, the later one where two speak of the same. */
export function causesOf(facts: readonly Fact[]): Causes {
  return new Map(facts.map((fact) => [fact.subjectId, fact]));
}

/** The scope, with more that its facts cause: the ids that their payloads speak of. */
export function withCauses(scope: Scope, more: Iterable<readonly [string, Cause]>): Scope {
  return { ...scope, causes: new Map([...(scope.causes ?? []), ...more]) };
}

/** The scope of what follows of one fact alone. */
export function causedBy({ causes: _, ...scope }: Scope, fact: Omit<Cause, 'position'>): Scope {
  return { ...scope, trace: traceOf(fact) };
}

/** The trace of what several facts caused together: it has no cause yet, and a correlation only when all share it. */
export function traceOfFacts(facts: readonly Cause[]): Trace {
  const [first] = facts;
  if (!first) throw new Error('no fact, no trace');
  if (facts.length === 1) return traceOf(first);
  return { correlationId: facts.every((fact) => fact.correlationId === first.correlationId) ? first.correlationId : 'several' };
}

/** The trace of one effect. `ids`: what it stems from, the latest of which caused it; then what it is about. */
export function traceOfEffect(scope: Scope, ids: { source?: string | readonly string[] | null | undefined; subject: string }): Trace {
  if (!scope.causes) return scope.trace;
  const sources = [ids.source ?? []].flat().flatMap((id) => scope.causes?.get(id) ?? []);
  const cause = latest(sources) ?? scope.causes.get(ids.subject);
  if (cause) return traceOf(cause);
  if (scope.trace.causationId) return scope.trace;
  throw new Error(`several facts are handled at once, and none of them is known as the cause of what happens to ${ids.subject}`);
}

function latest(causes: readonly Cause[]): Cause | undefined {
  return causes.reduce<Cause | undefined>((last, each) => (last && last.position > each.position ? last : each), undefined);
}

function traceOf({ id, correlationId, traceparent }: Omit<Cause, 'position'>): Trace {
  return { correlationId, causationId: id, traceparent: traceparent ?? undefined };
}
