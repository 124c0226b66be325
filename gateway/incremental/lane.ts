import { inSpan } from '#kernel/span.ts';
import { ownPath, withOwnNames } from '../aliases.ts';
import { logFaults, toldAnswer } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import { carryOutInParts, type Delivery } from '../execution/carry.ts';
import { type PlannedOperation, plannedFor } from '../execution/planned.ts';
import type { OperationParts } from '../operations.ts';
import { operationWork, type Ready } from '../preparedLane.ts';
import { knowsSchema } from '../schemaAccess.ts';
import { type Deferring, deferringOf } from './deferring.ts';
import type { Told } from './payloads.ts';

/** An operation whose plan says what comes later. */
export type ReadyInParts = Ready & { deferring: Deferring; planned: PlannedOperation };

/** What of an operation is answered later, planned; undefined where nothing is, or where the planner finds no way to do so: then its answer is one. */
export async function readyInParts({ actor }: Exchange, ready: Ready): Promise<ReadyInParts | undefined> {
  const deferring = deferringOf(ready);
  if (!deferring) return undefined;
  const { planning } = ready;
  const { document } = deferring;
  const planned = await plannedFor(planning, { ...ready, document, deferring, denied: planning.access.denied(document, actor) });
  return planned.refused ? undefined : { ...ready, deferring, planned };
}

/** Carries it out, and tells each part as soon as it is there. It counts as one request, and what its fetches share is theirs until the last part. */
export async function carriedOutInParts(parts: OperationParts, { exchange, ready }: { exchange: Exchange; ready: ReadyInParts }, tell: (told: Told) => void) {
  const { metrics, graph } = parts;
  const { planning, planned, given, variables, operation } = ready;
  const done = metrics.startRequest();
  await using held = new AsyncDisposableStack();
  await inSpan(operationWork(exchange, ready), (trace) => {
    const carrying = { planning, planned, services: graph.waysOf(planning).services, exchange: { ...exchange, trace, operation: held }, given, variables };
    return carryOutInParts(carrying, (delivery) => tell(toldDelivery(parts, { exchange, ready }, delivery)));
  });
  done({ operation: operation.operation, status: 200 }, exchange.trace);
}

/** Parts as the caller may see them, by its own names. */
function toldDelivery(parts: OperationParts, { exchange, ready }: { exchange: Exchange; ready: ReadyInParts }, delivery: Delivery): Told {
  const { log } = parts;
  const telling = { trace: exchange.trace, hints: knowsSchema(parts, exchange.actor), log };
  const answers = delivery.answers.map(({ part, data, errors, faults }) => {
    logFaults(errors, telling);
    const untold = { data, errors: errors.map((error) => error.toJSON()), faults: faults.length > 0 ? faults : undefined, isLater: part.label !== undefined };
    const told = toldAnswer(untold, telling);
    return { ...announcedAs(ready, part), ...(ready.isRenamed ? withOwnNames(told) : told) };
  });
  return { answers, announced: delivery.announced.map((part) => announcedAs(ready, part)), hasNext: delivery.hasNext };
}

function announcedAs({ deferring, isRenamed }: ReadyInParts, { label, path }: Delivery['announced'][number]) {
  return { label: label === undefined ? undefined : deferring.labels.get(label), path: isRenamed ? ownPath(path) : path };
}
