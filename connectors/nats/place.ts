import type { Db } from '#kernel/db.ts';
import { logBounds, readFacts } from '#kernel/facts.ts';
import { positionBefore, type SinkRow } from '#kernel/sink.ts';
import { OtherHistory, type Stand, streamName } from './stream.ts';

/** Where a stream goes on: behind this fact, and behind its own number of it. */
export type Place = { stream: string; made: string; position: bigint; sequence: bigint };

type Look = { row: SinkRow; stand: Stand; since: Date };

/**
 * The stream says what it holds, and the log whether that is so; what we noted counts where the stream is silent, because all of it came to its end.
 * One that is new or was lost begins with what it would still keep.
 */
export async function placeOf(db: Db, { row, stand, since }: Look): Promise<Place> {
  const { made, sequence, last } = stand;
  const bounds = await logBounds(db);
  const place = { stream: streamName, made, sequence };
  if (last) {
    await demandOurs(db, last, bounds);
    return { ...place, position: last.position };
  }
  const { mark } = row;
  if (mark?.made !== made || sequence < mark.sequence) return { ...place, position: await positionBefore(db, since, bounds) };
  const position = row.position + sequence - mark.sequence;
  if (position > bounds.head) throw other(position);
  return { ...place, position };
}

async function demandOurs(db: Db, last: NonNullable<Stand['last']>, { head, tail }: { head: bigint; tail: bigint }): Promise<void> {
  if (last.position > head) throw other(last.position);
  if (last.position < tail) return;
  const [fact] = await readFacts(db, { after: last.position - 1n, limit: 1 });
  if (fact?.id !== last.factId) throw other(last.position);
}

function other(position: bigint): OtherHistory {
  return new OtherHistory(
    `The stream ${streamName} holds position ${position} of another log: it is another installation's, or the database was restored. Delete the stream (nats stream rm ${streamName}) to have it filled from this log, and have its readers start anew.`,
  );
}
