import type { ActorKind } from '#kernel/actor.ts';
import type { FactKeys } from '#kernel/facts.ts';
import { demandFit, type FactType } from '#kernel/published.ts';

/** Who did it: a system that Accord is connected to, somebody of the firm, or one of Accord's own processes. */
export type Doer = { id: string; kind: ActorKind };

/** The circumstances of facts that were stated together. */
export type Moment = { at: Date; by: Doer; correlationId: string; cause?: Stated | undefined };

/** A fact of the firm's history, as its command stated it then. */
export type Stated = Moment & { id: string; type: string; version: number; subgraph: string; subject: Subject; keys: FactKeys; payload: object };

type Subject = { type: string; id: string; version: number };

type Said<Payload> = { id: string; subject: { id: string; version: number }; keys: FactKeys; payload: Payload };

/** A fact of the catalogue in the words of its payload. */
export function stated<Payload extends object>(type: FactType<Payload>, { id, subject, keys, payload }: Said<NoInfer<Payload>>, moment: Moment): Stated {
  const { type: name, version, subgraph, subject: entity } = type;
  demandFit(name, type.exact, payload);
  return { ...moment, id, type: name, version, subgraph, keys, payload, subject: { type: entity, id: subject.id, version: subject.version } };
}

/** A system that owns entities, as its token names it. */
export function system(name: 'crm' | 'erp' | 'psa' | 'hr'): Doer {
  return { id: name, kind: 'INTEGRATION' };
}

export function staff(employeeId: string): Doer {
  return { id: employeeId, kind: 'STAFF' };
}

export function service(name: string): Doer {
  return { id: `service:${name}`, kind: 'SERVICE' };
}

/** That many minutes later. */
export function later(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * 60_000);
}
