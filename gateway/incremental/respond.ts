import type { ServerResponse } from 'node:http';
import type { Trace } from '#kernel/context.ts';
import { breakOff } from '#kernel/http2.ts';
import { idsOf, type Logger } from '#kernel/telemetry.ts';
import { answerType } from '../accept.ts';
import type { HttpOperation, Operations } from '../operations.ts';
import type { Reply } from '../respond.ts';
import { beginStream, incrementalParts } from '../subscriptions/framing.ts';
import type { IncrementalForm } from './payloads.ts';

type Answering = { operations: Operations; log: Logger; response: ServerResponse; trace: Trace; form: IncrementalForm };

/**
 * Answers in parts where something is deferred; else gives the whole answer. Parts are written as soon as they are there, and wait in memory for a client
 * that reads slowly: nothing in the database is held for it.
 */
export async function answerInParts({ operations, log, response, trace, form }: Answering, asked: HttpOperation): Promise<Reply | undefined> {
  const framed = { response, framing: incrementalParts(form) };
  const tell = (payload: object, headers: Reply['headers'] = {}) => {
    if (response.destroyed) return;
    if (!response.headersSent) {
      response.setHeaders(new Map(Object.entries(headers)));
      beginStream(framed, trace);
    }
    response.write(framed.framing.next(payload));
  };
  // Who takes nothing but parts gets JSON where there is one: there is nothing else that it could be answered with.
  const accept = answerType(asked.accept) ? asked.accept : `${asked.accept}, application/json`;
  try {
    const reply = await operations.runInParts({ ...asked, accept }, { form, tell });
    if (!reply) response.end(framed.framing.complete);
    return reply;
  } catch (error) {
    if (!response.headersSent) throw error;
    log.error({ err: error, ...idsOf(trace) }, 'an answer broke off between its parts');
    breakOff(response);
    return undefined;
  }
}
