import { placeOf } from '#connectors/nats/place.ts';
import { sinkName } from '#connectors/nats/sink.ts';
import { type Broker, BrokerFault, differences, findStream, openLink, standOf, streamConfig, streamName } from '#connectors/nats/stream.ts';
import type { Db } from '#kernel/db.ts';
import { logBounds } from '#kernel/facts.ts';
import { readSinks } from '#kernel/sink.ts';

type Telling = { db: Db; broker: Broker; out: (line: string) => void };

/** Tells how the stream and its copying stand; false when something is wrong with either. */
export async function checkNats(telling: Telling): Promise<boolean> {
  const copied = await tellLog(telling);
  try {
    return (await tellStream(telling)) && copied;
  } catch (error) {
    if (!(error instanceof BrokerFault)) throw error;
    telling.out(`NATS: ${error.message}`);
    return false;
  }
}

/** What the workers have noted; false while they cannot go on. */
async function tellLog({ db, out }: Telling): Promise<boolean> {
  const { head, tail } = await logBounds(db);
  out(`log: positions ${tail} to ${head}`);
  const sink = (await readSinks(db)).find(({ name }) => name === sinkName);
  if (!sink) {
    out('copied: nothing yet; a worker with NATS_URL does it');
    return true;
  }
  out(`copied: up to ${sink.position}, ${sink.lag} to go; ${sink.published} published (${sink.republished} again) over ${sink.connections} connections`);
  if (sink.fault) out(`copying waits: ${sink.fault}`);
  return sink.fault === null;
}

async function tellStream({ db, broker, out }: Telling): Promise<boolean> {
  const link = await openLink(broker);
  try {
    out(`NATS: server ${link.connection.info?.version} at ${link.connection.getServer()}`);
    const info = await findStream(link);
    if (!info) {
      out(`stream ${streamName}: not made yet`);
      return true;
    }
    const { days, mebibytes, replicas } = broker.keep;
    const { messages, bytes } = info.state;
    const stand = await standOf(link, info);
    const last = stand.last ? `, the last one position ${stand.last.position}` : '';
    out(`stream ${streamName}: ${messages} messages, ${bytes} bytes${last}; set to ${days} days, ${mebibytes} MiB, ${replicas} of a cluster`);
    const wrong = differences(info, broker.keep);
    if (wrong.length > 0) out(`stream ${streamName}: a worker will change ${wrong.map((name) => `${name} to ${settingOf(broker, name)}`).join(', ')}`);
    const mark = { made: stand.made, sequence: stand.sequence };
    await placeOf(db, { row: { name: sinkName, position: stand.last?.position ?? 0n, mark }, stand, since: new Date() });
    return wrong.length === 0;
  } finally {
    await link.connection.close();
  }
}

function settingOf({ keep }: Broker, name: string): string {
  const config: Record<string, unknown> = streamConfig(keep);
  return JSON.stringify(config[name]);
}
