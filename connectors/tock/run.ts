import { type BulkOperation, type Refusal, type Sent, sendAll } from './bulk.ts';
import type { Client } from './client.ts';
import type { Mapped } from './map.ts';
import type { Progress } from './progress.ts';
import type { Source } from './read.ts';

/** One import under way. */
export type Run = {
  client: Client;
  source: Source;
  progress: Progress;
  /** Accord's ids of what was sent, by entity type and source. */
  ids: Map<string, string>;
  refusals: Refusal[];
  /** True once a call was carried out that had not been before. */
  acted: boolean;
  /** The calendar date of the run. */
  today: string;
};

/** Sends mapped records, and remembers their ids under the entity's type. */
export async function send<Item>(run: Run, wanted: { entity: string; operation: BulkOperation; pieces: readonly Mapped<Item>[] }): Promise<Sent> {
  const sent = await sendAll(run.client, wanted.operation, wanted.pieces);
  for (const [source, { id }] of sent.entities) if (id) run.ids.set(`${wanted.entity} ${source}`, id);
  run.refusals.push(...sent.refusals);
  run.acted ||= sent.acted;
  run.progress.add(wanted.pieces.length);
  return sent;
}
