import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '#kernel/context.ts';
import type { Db } from '#kernel/db.ts';
import type { Doorbell } from '#kernel/doorbell.ts';
import { type Fact, logBounds, readFacts } from '#kernel/facts.ts';
import { type Loop, startLoop } from '#kernel/loop.ts';
import { holdSink, moveSink, noteSink, releaseSink, type SinkRow } from '#kernel/sink.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { messageOf } from './message.ts';
import { type Place, placeOf } from './place.ts';
import { asked, type Broker, BrokerFault, type Link, openLink, openStream, standOf } from './stream.ts';

export const sinkName = 'nats';

export type SinkParts = { db: Db; broker: Broker; clock: Clock; log: Logger; doorbell: Doorbell };

/** Facts that are published before the first of them is acknowledged, and read at once. */
const batch = 256;
/** Milliseconds that an idle sink waits for the doorbell, and between two looks at a stream that nothing comes for. */
const idleWait = 1_000;
const lookEvery = 10_000;
/** Milliseconds between two attempts to reach a broker, as they grow. */
const patience = { least: 250, most: 5_000 };

type Session = { link: Link; place: Place; lookedAt: number };
type Sink = SinkParts & { holder: string; session: Session | undefined; failures: number };

/** Copies the log into the stream until it is stopped. Any number of workers may run it: one of them writes, and the stream refuses a second. */
export function startNatsSink(parts: SinkParts): Loop {
  const sink: Sink = { ...parts, holder: randomUUID(), session: undefined, failures: 0 };
  const wait = parts.doorbell.waiter();
  const idle = async (signal: AbortSignal): Promise<void> => {
    if (sink.failures === 0) return wait(idleWait, signal);
    await pause(Math.min(patience.most, patience.least * 2 ** Math.min(sink.failures, 10)), undefined, { signal }).catch(() => {});
  };
  const loop = startLoop({ name: sinkName, log: parts.log, round: () => roundOf(sink), idle });
  const stop = async () => {
    await loop.stop();
    await hangUp(sink);
    // A database that is gone lets the lease end by itself.
    await releaseSink(sink.db, { name: sinkName, holder: sink.holder }).catch(() => undefined);
  };
  return { healthy: () => loop.healthy(), stop };
}

async function roundOf(sink: Sink): Promise<boolean> {
  const row = await holdSink(sink.db, { name: sinkName, holder: sink.holder });
  if (!row) {
    await hangUp(sink);
    return false;
  }
  try {
    sink.session ??= await openSession(sink, row);
    const moved = await publishNext(sink, sink.session, row);
    sink.failures = 0;
    return moved;
  } catch (error) {
    await hangUp(sink);
    if (!(error instanceof BrokerFault)) throw error;
    await noteFault(sink, error);
    return false;
  }
}

/** Said when it begins and each time that it is tried in vain, as far as the log's own bound lets it. */
async function noteFault(sink: Sink, error: BrokerFault): Promise<void> {
  sink.failures += 1;
  await noteSink(sink.db, sinkName, error.message.slice(0, 500));
  sink.log.warn({ reason: error.message, failures: sink.failures }, 'the NATS stream is not written: facts wait in the log, everything else goes on');
}

async function hangUp(sink: Sink): Promise<void> {
  const { session } = sink;
  sink.session = undefined;
  await session?.link.connection.close().catch(() => undefined);
}

/** Connects, makes the stream what it should be, and finds where it stands: so nothing that a broker has lost goes unnoticed. */
async function openSession(sink: Sink, row: SinkRow): Promise<Session> {
  const link = await openLink(sink.broker);
  try {
    const session = { link, place: await findPlace(sink, link, row), lookedAt: performance.now() };
    await noteSink(sink.db, sinkName, null);
    sink.log.info({ server: link.connection.getServer(), position: session.place.position.toString(), failures: sink.failures }, 'the NATS stream is written');
    return session;
  } catch (error) {
    await link.connection.close();
    throw error;
  }
}

async function findPlace(sink: Sink, link: Link, row: SinkRow): Promise<Place> {
  const info = await openStream(link, sink.broker.keep);
  const stand = await standOf(link, info);
  const since = new Date(sink.clock().getTime() - sink.broker.keep.days * 86_400_000);
  const place = await placeOf(sink.db, { row, stand, since });
  const [from, to] = [place.position.toString(), row.position.toString()];
  if (place.position < row.position) sink.log.warn({ from, to }, 'the NATS stream no longer holds facts that it had: they are published again');
  return place;
}

/** The next facts, all sent at once; the position moves past those that are acknowledged. */
async function publishNext(sink: Sink, session: Session, row: SinkRow): Promise<boolean> {
  const { link, place } = session;
  const { tail } = await logBounds(sink.db);
  if (place.position + 1n < tail) {
    sink.log.warn(
      { from: place.position.toString(), to: tail.toString() },
      'the log no longer keeps facts that the NATS stream has not: whoever counts positions notices',
    );
    session.place = { ...place, position: tail - 1n };
    return true;
  }
  const facts = await readFacts(sink.db, { after: place.position, limit: batch });
  if (facts.length === 0) return lookAgain(sink, session, row);
  const { acknowledged, fault } = await send(link, place, facts);
  const last = acknowledged.at(-1);
  if (last) {
    session.place = { ...place, position: last.position, sequence: place.sequence + BigInt(acknowledged.length) };
    const mark = { made: place.made, sequence: session.place.sequence };
    await moveSink(sink.db, { name: sinkName, holder: sink.holder, position: last.position, mark, published: acknowledged.length });
  }
  if (fault) throw fault;
  session.lookedAt = performance.now();
  return true;
}

/** Each names the one before it: where one is lost, none behind it is taken. */
async function send({ stream, most }: Link, place: Place, facts: readonly Fact[]): Promise<{ acknowledged: Fact[]; fault: BrokerFault | undefined }> {
  const answers = facts.map(async (fact, index) => {
    const after = place.sequence + BigInt(index);
    const { subject, headers, body } = messageOf(fact, { stream: place.stream, after, most });
    const { seq } = await asked(stream.publish(subject, body, { headers }));
    if (BigInt(seq) !== after + 1n) throw new BrokerFault(`the stream holds the fact at position ${fact.position} as its number ${seq}, not ${after + 1n}`);
  });
  const settled = await Promise.allSettled(answers);
  const failed = settled.findIndex(({ status }) => status === 'rejected');
  if (failed < 0) return { acknowledged: [...facts], fault: undefined };
  const { reason } = settled[failed] as PromiseRejectedResult;
  if (!(reason instanceof BrokerFault)) throw reason;
  return { acknowledged: facts.slice(0, failed), fault: reason };
}

/** Nothing to publish is no sign that the stream is there. */
async function lookAgain(sink: Sink, session: Session, row: SinkRow): Promise<boolean> {
  if (session.link.connection.isClosed()) throw new BrokerFault('the connection was lost');
  if (performance.now() - session.lookedAt < lookEvery) return false;
  session.lookedAt = performance.now();
  session.place = await findPlace(sink, session.link, row);
  return false;
}
