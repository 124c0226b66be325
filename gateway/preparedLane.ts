import { getVariableValues } from 'graphql';
import { inSpan, type Work } from '#kernel/span.ts';
import { type AnswerType, answerType } from './accept.ts';
import { withOwnNames } from './aliases.ts';
import { logFaults, toldAnswer } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { carryOut } from './execution/carry.ts';
import { plannedFor } from './execution/planned.ts';
import type { HttpOperation, OperationParts } from './operations.ts';
import type { Params } from './params.ts';
import type { Prepared, PreparedOperation } from './prepared.ts';
import type { Reply } from './respond.ts';
import { knowsSchema } from './schemaAccess.ts';

/** All that carrying out a request takes. */
export type Ready = PreparedOperation & {
  planning: Prepared['planning'];
  operationName: string | undefined;
  /** As the client gave them, and the same with defaults. */
  given: Readonly<Record<string, unknown>>;
  variables: Readonly<Record<string, unknown>>;
  type: AnswerType;
};

/** What a request of a prepared document needs to be carried out; undefined for one with which something is wrong. */
export function readyFor({ planning, operation: operationOf }: Prepared, { method, accept }: HttpOperation, params: Params): Ready | undefined {
  const operationName = params.operationName ?? undefined;
  const found = operationOf(operationName);
  const type = found && answerType(accept);
  if (!found || !type || (method === 'GET' && found.operation.operation !== 'query')) return undefined;
  const given = params.variables ?? {};
  const { coerced: variables } = getVariableValues(planning.apiSchema, found.operation.variableDefinitions ?? [], given);
  return variables && { ...found, planning, operationName, given, variables, type };
}

/** An operation as it stands in a trace: by its type and the name that the client gave it. */
export function operationWork({ trace }: Exchange, { operation }: Ready): Work {
  const { operation: type, name } = operation;
  const attributes = { 'graphql.operation.type': type, ...(name ? { 'graphql.operation.name': name.value } : {}) };
  return { name: type, trace, attributes };
}

/** Carries it out and writes the answer. */
export async function carriedOut(parts: OperationParts, exchange: Exchange, ready: Ready): Promise<Reply & { text: string }> {
  const { metrics, log, graph } = parts;
  const { planning, given, variables, type, operation } = ready;
  const done = metrics.startRequest();
  await using held = new AsyncDisposableStack();
  const planned = await inSpan({ name: 'plan', trace: exchange.trace }, async () =>
    plannedFor(planning, { ...ready, denied: planning.access.denied(ready.document, exchange.actor) }),
  );
  const { data, errors, faults } = await inSpan(operationWork(exchange, ready), (trace) =>
    carryOut({ planning, planned, services: graph.waysOf(planning).services, exchange: { ...exchange, trace, operation: held }, given, variables }),
  );
  const telling = { trace: exchange.trace, hints: knowsSchema(parts, exchange.actor), log };
  logFaults(errors, telling);
  const answer = toldAnswer({ data, errors: errors.map((error) => error.toJSON()), faults: faults.length > 0 ? faults : undefined }, telling);
  done({ operation: operation.operation, status: 200 }, exchange.trace);
  const text = `${JSON.stringify(ready.isRenamed ? withOwnNames(answer) : answer)}\n`;
  if (answer.errors && exchange.reads) exchange.reads.untold ??= 'not all of it is there';
  return { status: 200, type: `${type}; charset=utf-8`, text };
}
