import { createHash } from 'node:crypto';
import { type Client, ImportFailed } from './client.ts';
import { type Mapped, system } from './map.ts';

/** One record of the source that Accord did not take. */
export type Refusal = { source: string; mutation: string; code: string; guard: string | null; message: string };

export type UserError = { code: string; message: string; guard: string | null; retryable: boolean };

type Entity = { id: string; status?: string };

type Payload = {
  results: readonly ({ index: number; userErrors: readonly UserError[] } & Readonly<Record<string, unknown>>)[];
  userErrors: readonly UserError[];
  replayed: boolean;
  succeeded: number;
};

/** A bulk mutation: its document, its name in the answer, and the field of a result that holds the entity. */
export type BulkOperation = { document: string; mutation: string; field: string };

/** What became of a set of records: the entities by source, the refusals, and whether anything was really done. */
export type Sent = { entities: Map<string, Entity>; refusals: Refusal[]; acted: boolean };

/** Items in one request. */
export const batchSize = 500;
/** Refusals that another attempt may cure at once; the other retryable ones wait for a repair. */
const transient = new Set(['STALE_VERSION', 'IDEMPOTENCY_IN_PROGRESS', 'UPSTREAM_UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL']);
const rounds = 3;

/** Sends what was mapped in batches, side by side. A batch that must be repeated keeps its key; a refused item that may succeed gets a new one. */
export async function sendAll<Item>(client: Client, operation: BulkOperation, pieces: readonly Mapped<Item>[]): Promise<Sent> {
  const sent: Sent = { entities: new Map(), refusals: [], acted: false };
  const ready: Ready<Item>[] = [];
  for (const piece of pieces) {
    if ('item' in piece) ready.push(piece);
    else
      sent.refusals.push({
        source: piece.source,
        mutation: operation.mutation,
        code: 'NOT_FOUND',
        guard: null,
        message: `Not sent: Accord has no ${piece.lacks}.`,
      });
  }
  let waiting: readonly Ready<Item>[] = ready;
  for (let round = 1; waiting.length > 0; round += 1) {
    const batches = batchesOf(waiting, batchSize);
    const again = await Promise.all(batches.map((batch) => sendBatch(client, operation, { batch, round, sent })));
    waiting = again.flat();
  }
  return sent;
}

type Ready<Item> = { source: string; item: Item };
type Batch<Item> = { batch: readonly Ready<Item>[]; round: number; sent: Sent };

/** Sends one batch; gives back what is to be sent once more. */
async function sendBatch<Item>(client: Client, { document, mutation, field }: BulkOperation, { batch, round, sent }: Batch<Item>): Promise<Ready<Item>[]> {
  const items = batch.map((each) => each.item);
  const input = { idempotencyKey: keyOf(mutation, { batch, round }), items };
  const data = await client.call<Readonly<Record<string, Payload>>>({
    document,
    variables: { input },
    again: (answer) => repeatable(answer[mutation]?.userErrors),
  });
  const payload = data[mutation];
  if (!payload) throw new ImportFailed(`${mutation} gave no answer.`);
  demandNone(mutation, payload.userErrors);
  if (!payload.replayed && payload.succeeded > 0) sent.acted = true;
  const again: Ready<Item>[] = [];
  for (const { index, userErrors, ...result } of payload.results) {
    const piece = batch[index];
    if (!piece) throw new ImportFailed(`${mutation} answered for an item ${index} that was not sent.`);
    const [error] = userErrors;
    if (!error) sent.entities.set(piece.source, entityOf(result[field]));
    else if (round < rounds && isTransient(error)) again.push(piece);
    else sent.refusals.push({ source: piece.source, mutation, code: error.code, guard: error.guard, message: error.message });
  }
  if (payload.results.length !== batch.length) throw new ImportFailed(`${mutation} answered for ${payload.results.length} of ${batch.length} items.`);
  return again;
}

/** Derived from the source's ids and from what is sent: the same content replays, other content is another intent. */
function keyOf(mutation: string, { batch, round }: { batch: readonly { source: string; item: unknown }[]; round: number }): string {
  const content = createHash('sha256').update(JSON.stringify(batch)).digest('hex').slice(0, 32);
  return `${system}:${mutation}:${batch[0]?.source}..${batch.at(-1)?.source}:${content}${round > 1 ? `:${round}` : ''}`;
}

/** The key of a call that is not about a batch. */
export function singleKey(mutation: string, content: unknown): string {
  return `${system}:${mutation}:${createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32)}`;
}

export function isTransient({ code, retryable }: UserError): boolean {
  return retryable && transient.has(code);
}

/** Why a call as a whole should be made again as it is. */
export function repeatable(errors: readonly UserError[] | undefined): string | undefined {
  const [error] = errors ?? [];
  return error && isTransient(error) ? `${error.message} (${error.code})` : undefined;
}

/** A call that was refused as a whole is no matter of single records: the import cannot go on. */
export function demandNone(mutation: string, errors: readonly UserError[]): void {
  const [error] = errors;
  if (!error) return;
  const hint = error.code === 'FORBIDDEN' ? ' connectors/tock/README.md names the permissions that the token needs.' : '';
  throw new ImportFailed(`${mutation} was refused: ${error.message} (${error.code})${hint}`);
}

function entityOf(value: unknown): Entity {
  // The field that the document asked for.
  const entity = value as Entity | null | undefined;
  return entity ?? { id: '' };
}

function batchesOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
