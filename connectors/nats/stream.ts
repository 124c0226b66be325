import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream';
import { type ConnectionOptions, connect, type NatsConnection } from '@nats-io/transport-node';
import { factHeader, positionHeader, subjects } from './message.ts';

export const streamName = 'ACCORD';

/** What the stream keeps: whatever it does not is read in the log. */
export type Keep = { days: number; mebibytes: number; replicas: number };

/** How the broker is reached; the options are made anew for each connection, so that changed secrets are taken. */
export type Broker = { options: () => Promise<ConnectionOptions>; keep: Keep };

/** The broker cannot be reached, or refuses. The rest goes on without it. */
export class BrokerFault extends Error {}

/** The stream tells of another history than the log: to go on would mix the two. */
export class OtherHistory extends BrokerFault {}

/** A connection, and the stream as it was when it was made. */
export type Link = { connection: NatsConnection; stream: JetStreamClient; manager: JetStreamManager; most: number };

/** Milliseconds for a connection, a request of the API, an acknowledgement. */
const patience = 10_000;
const oneMebibyte = 1024 * 1024;
const nanoseconds = 1_000_000_000;

/** Turns whatever the broker does not do into one kind of error. */
export async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof BrokerFault ? error : new BrokerFault(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

export async function openLink({ options }: Pick<Broker, 'options'>): Promise<Link> {
  // It ends with the first loss: whoever connects anew looks at the stream anew.
  const connection = await asked(
    options().then((own) => connect({ timeout: patience, pingInterval: 10_000, maxPingOut: 2, name: 'accord', ...own, reconnect: false })),
  );
  try {
    const manager = await asked(jetstreamManager(connection, { timeout: patience }));
    return {
      connection,
      manager,
      stream: jetstream(connection, { timeout: patience }),
      most: Math.min(connection.info?.max_payload ?? oneMebibyte, oneMebibyte),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The stream as it should be. A message is never taken out of its middle, so that numbers and positions count alike. */
export function streamConfig({ days, mebibytes, replicas }: Keep) {
  return {
    name: streamName,
    description: 'The log of Accord: docs/nats.md',
    subjects: [subjects],
    retention: 'limits',
    storage: 'file',
    discard: 'old',
    max_age: Math.round(days * 86_400) * nanoseconds,
    max_bytes: Math.round(mebibytes * oneMebibyte),
    max_msg_size: oneMebibyte,
    duplicate_window: Math.min(120, Math.round(days * 86_400)) * nanoseconds,
    num_replicas: replicas,
    allow_direct: true,
    deny_delete: true,
  } satisfies Partial<StreamConfig> & { name: string };
}

/** What of the stream is not as it should be. */
export function differences(info: StreamInfo, keep: Keep): string[] {
  const own: Record<string, unknown> = { ...info.config };
  return Object.entries(streamConfig(keep)).flatMap(([name, wanted]) => (JSON.stringify(own[name]) === JSON.stringify(wanted) ? [] : [name]));
}

export async function findStream({ manager }: Pick<Link, 'manager'>): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(streamName);
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return undefined;
    return asked(Promise.reject(error));
  }
}

/** Makes the stream, or gives it the limits that are set now. */
export async function openStream(link: Link, keep: Keep): Promise<StreamInfo> {
  const there = await findStream(link);
  if (!there) return asked(link.manager.streams.add(streamConfig(keep)));
  return differences(there, keep).length === 0 ? there : asked(link.manager.streams.update(streamName, streamConfig(keep)));
}

/** How a stream stands: when it was made, the last number that it gave, and the fact behind it where that is still kept. */
export type Stand = { made: string; sequence: bigint; last: { position: bigint; factId: string } | undefined };

export async function standOf({ manager }: Pick<Link, 'manager'>, info: StreamInfo): Promise<Stand> {
  const { created, state } = info;
  const stand = { made: String(created), sequence: BigInt(state.last_seq), last: undefined };
  if (state.messages === 0) return stand;
  const message = await asked(manager.streams.getMessage(streamName, { seq: state.last_seq }));
  // It came to its end between the two looks.
  if (!message) return stand;
  const position = message.header.get(positionHeader);
  if (!/^\d{1,18}$/.test(position)) {
    throw new OtherHistory(
      `The last message of the stream ${streamName} is not Accord's: somebody else publishes under ${subjects}. Keep them away, and delete the stream.`,
    );
  }
  return { ...stand, last: { position: BigInt(position), factId: message.header.get(factHeader) } };
}
