import type { Logger } from '#kernel/telemetry.ts';
import type { Workload } from '#kernel/workload.ts';
import { demandRoots } from './access/verdict.ts';
import { type AdmissionLimits, createAdmissions, defaultAdmission, type Place } from './admission.ts';
import { apolloLane } from './apolloLane.ts';
import type { Answers } from './cache/answers.ts';
import { cachedLane } from './cache/lane.ts';
import type { Contracts } from './contracts.ts';
import { type Budget, budgetFields, type Standing } from './cost/budget.ts';
import { type Charged, charge, wantsCost, withCost } from './cost/limit.ts';
import type { Exchange } from './exchange.ts';
import type { Graph } from './graph.ts';
import { carriedOutInParts, readyInParts } from './incremental/lane.ts';
import { type IncrementalForm, payloadsIn } from './incremental/payloads.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { plainParams, textIn } from './params.ts';
import { createPreparer, type Prepare } from './prepared.ts';
import { carriedOut, type Ready, readyFor } from './preparedLane.ts';
import type { Reply } from './respond.ts';
import { type Revocations, revokingMutation } from './revocations.ts';
import { demandSchema } from './schemaAccess.ts';
import type { TrustedDocuments } from './trusted.ts';
import type { Usage } from './usage/usage.ts';
import { keepWarm } from './warming.ts';

/** An operation as it came over HTTP. */
export type HttpOperation = { method: string; search: string; accept: string | undefined; body: unknown; exchange: Exchange; ifNoneMatch?: string | undefined };

/** A way to an answer. Admission, limits, the schema's secrecy and contracts stand before every one of them. */
export type Lane = { run(operation: HttpOperation): Promise<Reply & { text: string }>; close(): Promise<void> };

export type Operations = Lane & {
  /** Refuses with RATE_LIMITED whose operation would be, before more of it is read. */
  demandTurn(principal: string): void;
  /**
   * The same for who takes an answer in parts: tells each payload as soon as it is there, and is done with the last. Gives the whole answer instead where
   * nothing of it is deferred.
   */
  runInParts(operation: HttpOperation, asked: InParts): Promise<(Reply & { text: string }) | undefined>;
};

export type InParts = { form: IncrementalForm; tell(payload: object, headers?: Reply['headers']): void };

export type OperationParts = {
  graph: Graph;
  contracts: Contracts;
  trusted: TrustedDocuments;
  metrics: Metrics;
  log: Logger;
  limits: Limits;
  budget: Budget;
  admission?: Partial<AdmissionLimits> | undefined;
  /** Counts who uses what. */
  usage: Pick<Usage, 'note'>;
  revocations: Pick<Revocations, 'look'>;
  /** Answers that are kept, where some are. */
  answers?: Answers | undefined;
};

/**
 * Queries and mutations. A document is looked at once; a well-formed request of one that fits the schema is carried out from there, and all others,
 * whatever is wrong with them or special about them, are Apollo Server's to answer.
 */
export async function createOperations(parts: OperationParts): Promise<Operations> {
  const admission = createAdmissions({ ...defaultAdmission, ...parts.admission });
  parts.metrics.watchOperations(admission.count);
  const prepare = createPreparer(parts);
  const cool = await keepWarm({ ...parts, prepare });
  const other = await apolloLane(parts);
  const carry = parts.answers ? cachedLane(parts, parts.answers) : (asked: HttpOperation, ready: Ready) => carriedOut(parts, asked.exchange, ready);
  const whole = async (asked: HttpOperation, found: Admitted | undefined) => {
    if (!found) return other.run(asked);
    const { ready, cost, workload } = found;
    const reply = await carry({ ...asked, exchange: { ...asked.exchange, workload } }, ready);
    await lookAtRevocations(parts, ready);
    return wantsCost(asked.exchange) && reply.status === 200 ? { ...reply, text: withCost(reply.text, cost) } : reply;
  };
  return {
    demandTurn: admission.demand,
    run: async (given) => {
      using place = await admission.enter(given.exchange.actor.id, given.exchange.signal);
      const { asked, fields } = spending(given, place);
      return withFields(await whole(asked, await admitted(parts, prepare, asked)), fields());
    },
    runInParts: async (given, { form, tell }) => {
      using place = await admission.enter(given.exchange.actor.id, given.exchange.signal);
      const { asked, fields } = spending(given, place);
      const found = await admitted(parts, prepare, asked);
      const exchange = { ...asked.exchange, workload: found?.workload };
      const ready = found && (await readyInParts(exchange, found.ready));
      if (!ready) return withFields(await whole(asked, found), fields());
      const write = payloadsIn(form);
      let extra = wantsCost(exchange) ? { extensions: { cost: found?.cost } } : {};
      await carriedOutInParts(parts, { exchange, ready }, (told) => {
        tell({ ...write(told), ...extra }, fields());
        extra = {};
      });
      await lookAtRevocations(parts, ready);
      return undefined;
    },
    close: () => {
      cool();
      return other.close();
    },
  };
}

/** An operation in its place; `fields` are the header fields that tell of the budget that it spent of. */
function spending(asked: HttpOperation, place: Place): { asked: HttpOperation; fields: () => Reply['headers'] } {
  let fields: Reply['headers'];
  const onSpent = (standing: Standing) => {
    fields = budgetFields(standing).headers;
  };
  return { asked: { ...asked, exchange: { ...asked.exchange, place, onSpent } }, fields: () => fields };
}

function withFields<Told extends Reply>(reply: Told, fields: Reply['headers']): Told {
  return fields ? { ...reply, headers: { ...reply.headers, ...fields } } : reply;
}

/** What can be carried out from a prepared document, what it may cost, and what kind of work it is. */
type Admitted = { ready: Ready; cost: Charged; workload: Workload };

/** Asks what guards stand before every lane; undefined for what is Apollo Server's to answer. */
async function admitted(parts: OperationParts, prepare: Prepare, asked: HttpOperation): Promise<Admitted | undefined> {
  const { method, search, body, exchange } = asked;
  const params = plainParams(method, search, body);
  const text = params?.query ?? textIn(method, search, body);
  parts.trusted.demand(exchange.actor, text);
  const prepared = prepare(text);
  const { document, planning } = prepared;
  if (prepared.size.introspects) demandSchema(parts, exchange.actor);
  if (document) parts.contracts.demand(exchange.actor, document);
  if (document) demandRoots(planning, document, { actor: exchange.actor, operationName: params?.operationName });
  const ready = params && readyFor(prepared, asked, params);
  if (!ready || !document) return undefined;
  const charged = await charge(parts, ready.planning, { ...ready, document, exchange });
  if (exchange.client !== undefined) parts.usage.note(exchange.client, exchange.actor, ready);
  return { ready, ...charged };
}

/** Whoever revokes is answered when this gateway knows of it. */
async function lookAtRevocations({ revocations }: OperationParts, { operation, coordinates }: Ready): Promise<void> {
  if (operation.operation === 'mutation' && coordinates.includes(revokingMutation)) await revocations.look();
}
