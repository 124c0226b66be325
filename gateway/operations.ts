import type { Logger } from '#kernel/telemetry.ts';
import { demandRoots } from './access/verdict.ts';
import { type AdmissionLimits, createAdmission, defaultAdmission } from './admission.ts';
import { apolloLane } from './apolloLane.ts';
import type { Answers } from './cache/answers.ts';
import { cachedLane } from './cache/lane.ts';
import type { Contracts } from './contracts.ts';
import type { Exchange } from './exchange.ts';
import type { Graph } from './graph.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { plainParams, textIn } from './params.ts';
import { createPreparer } from './prepared.ts';
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

export type Operations = Lane;

export type OperationParts = {
  graph: Graph;
  contracts: Contracts;
  trusted: TrustedDocuments;
  metrics: Metrics;
  log: Logger;
  limits: Limits;
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
  const admission = createAdmission({ ...defaultAdmission, ...parts.admission });
  parts.metrics.watchOperations(admission.count);
  const prepare = createPreparer(parts);
  const cool = await keepWarm({ ...parts, prepare });
  const other = await apolloLane(parts);
  const carry = parts.answers ? cachedLane(parts, parts.answers) : (asked: HttpOperation, ready: Ready) => carriedOut(parts, asked.exchange, ready);
  return {
    run: async (asked) => {
      const { method, search, body, exchange } = asked;
      using _ = await admission.enter(exchange.actor.id, exchange.signal);
      const params = plainParams(method, search, body);
      const text = params?.query ?? textIn(method, search, body);
      parts.trusted.demand(exchange.actor, text);
      const prepared = prepare(text);
      if (prepared.size.introspects) demandSchema(parts, exchange.actor);
      if (prepared.document) parts.contracts.demand(exchange.actor, prepared.document);
      if (prepared.document) demandRoots(prepared.planning, prepared.document, { actor: exchange.actor, operationName: params?.operationName });
      const ready = params && readyFor(prepared, asked, params);
      if (ready && exchange.client !== undefined) parts.usage.note(exchange.client, exchange.actor, ready);
      const reply = await (ready ? carry(asked, ready) : other.run(asked));
      if (ready?.coordinates.includes(revokingMutation)) await parts.revocations.look();
      return reply;
    },
    close: () => {
      cool();
      return other.close();
    },
  };
}
