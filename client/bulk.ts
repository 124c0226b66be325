import { joined } from './call.ts';
import { type AnyDocument, isRecord, keysOf, textOf, type Variables } from './document.ts';
import { AccordError, isPassing, refusalOf, type UserError } from './errors.ts';

export type Bulk<Item> = {
  /** One bulk mutation with `results { index userErrors { code message retryable } }`, `userErrors`, `replayed` and whatever else is wanted. */
  document: AnyDocument;
  items: readonly Item[];
  /** What tells an item from the others, whenever they are sent. */
  idOf: (item: Item) => string;
  /** What is sent of an item (default: all of it). */
  itemOf?: ((item: Item) => unknown) | undefined;
  /** What else the input says beside its items. */
  input?: Variables | undefined;
  /** Begins each key, so that two programs with one token have keys of their own (default `bulk`). */
  prefix?: string | undefined;
  /** Items in one call, at most 500 (the default). */
  size?: number | undefined;
  /** Calls under way at most (default 4). */
  concurrency?: number | undefined;
  /** How often an item is sent that may succeed at once (default 3). */
  rounds?: number | undefined;
  onProgress?: ((progress: BulkProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** Items that have their outcome, of all. */
export type BulkProgress = { done: number; total: number; refused: number };

/** What became of one item: its result as the document selected it, and its refusals. */
export type BulkOutcome<Item, Result> = { id: string; item: Item; result: Result; userErrors: readonly UserError[] };

export type BulkReport<Item, Result> = {
  /** In the order of the items. */
  outcomes: BulkOutcome<Item, Result>[];
  succeeded: number;
  refused: number;
  /** True once something was carried out that had not been before. */
  acted: boolean;
};

type Mutate = (document: AnyDocument, variables: Variables, options: { idempotencyKey: string; signal: AbortSignal | undefined }) => Promise<unknown>;

type Piece<Item> = { at: number; id: string; item: Item; sent: unknown };
type State<Item, Result> = {
  bulk: Bulk<Item>;
  mutate: Mutate;
  mutation: string;
  variable: string;
  outcomes: Map<number, BulkOutcome<Item, Result>>;
  acted: boolean;
};

/** Items in one call: what the gateway takes. */
export const largestCall = 500;

/** Sends items in calls, side by side. Keys are made of what is sent: whoever sends the same again gets the same outcomes, and does nothing twice. */
export async function sendBulk<Item, Result>(mutate: Mutate, bulk: Bulk<Item>): Promise<BulkReport<Item, Result>> {
  const { inputs, fields } = keysOf(textOf(bulk.document));
  const [variable, mutation] = [inputs[0], fields[0]];
  if (variable === undefined || mutation === undefined || fields.length !== 1) {
    throw new AccordError(
      'PROTOCOL',
      'A bulk document calls one mutation, with its input as a variable: mutation ($input: UpsertXInput!) { upsertX(input: $input) { ... } }',
    );
  }
  const state: State<Item, Result> = { bulk, mutate, mutation, variable, outcomes: new Map(), acted: false };
  const { itemOf = (item: Item): unknown => item, rounds = 3, size = largestCall } = bulk;
  let waiting: readonly Piece<Item>[] = bulk.items.map((item, at) => ({ at, id: bulk.idOf(item), item, sent: itemOf(item) }));
  for (let round = 1; waiting.length > 0; round += 1) {
    const again = await sideBySide(batchesOf(waiting, Math.min(size, largestCall)), bulk, (batch, signal) =>
      sendBatch(state, batch, { round, isLast: round >= rounds, signal }),
    );
    waiting = again.flat();
  }
  const outcomes = [...state.outcomes].sort(([a], [b]) => a - b).map(([, outcome]) => outcome);
  const refused = outcomes.filter(({ userErrors }) => userErrors.length > 0).length;
  return { outcomes, succeeded: outcomes.length - refused, refused, acted: state.acted };
}

/** The first failure ends the others: what they did is found again by their keys. */
async function sideBySide<Item, Result>(
  batches: readonly Item[],
  { concurrency = 4, signal }: Pick<Bulk<unknown>, 'concurrency' | 'signal'>,
  send: (batch: Item, signal: AbortSignal | undefined) => Promise<Result>,
): Promise<Result[]> {
  const failed = new AbortController();
  const results: Result[] = [];
  const left = batches.entries();
  const lane = async () => {
    for (const [at, batch] of left) {
      failed.signal.throwIfAborted();
      results[at] = await send(batch, joined(signal, failed.signal));
    }
  };
  const lanes = Array.from({ length: Math.max(1, concurrency) }, () =>
    lane().catch((error: unknown) => {
      if (!failed.signal.aborted) failed.abort(error);
    }),
  );
  await Promise.all(lanes);
  failed.signal.throwIfAborted();
  return results;
}

type Turn = { round: number; isLast: boolean; signal: AbortSignal | undefined };

/** Sends one batch; gives back what is to be sent once more. */
async function sendBatch<Item, Result>(state: State<Item, Result>, batch: readonly Piece<Item>[], { round, isLast, signal }: Turn): Promise<Piece<Item>[]> {
  const { bulk, mutation } = state;
  const idempotencyKey = await keyOf(state, batch, round);
  const variables = { [state.variable]: { ...bulk.input, idempotencyKey, items: batch.map(({ sent }) => sent) } };
  const data = await state.mutate(bulk.document, variables, { idempotencyKey, signal });
  const payload = readPayload(mutation, data, batch.length);
  if (!payload.replayed && payload.results.some(({ userErrors }) => userErrors.length === 0)) state.acted = true;
  const again: Piece<Item>[] = [];
  for (const { index, userErrors, result } of payload.results) {
    const piece = batch[index];
    if (!piece) throw new AccordError('PROTOCOL', `${mutation} answered for an item ${index} that was not sent.`);
    if (!isLast && userErrors[0] && mayPass(userErrors[0])) again.push(piece);
    // The shape of a result is what the document asked for.
    else state.outcomes.set(piece.at, { id: piece.id, item: piece.item, result: result as Result, userErrors });
  }
  const refused = [...state.outcomes.values()].filter((each) => each.userErrors.length > 0).length;
  bulk.onProgress?.({ done: state.outcomes.size, total: bulk.items.length, refused });
  return again;
}

/** An item that met another writer may be taken at once; it is another call, under another key. */
function mayPass(error: UserError): boolean {
  return error.retryable !== false && (error.code === 'STALE_VERSION' || isPassing(error));
}

type ItemResult = { index: number; userErrors: readonly UserError[]; result: Readonly<Record<string, unknown>> };

function readPayload(mutation: string, data: unknown, sent: number): { results: ItemResult[]; replayed: boolean } {
  const payload = isRecord(data) ? Object.values(data)[0] : undefined;
  if (!isRecord(payload) || !Array.isArray(payload.results)) throw new AccordError('PROTOCOL', `${mutation} gave no results. Does the document select them?`);
  const refusals = refusalsIn(payload.userErrors);
  if (refusals.length > 0) throw refusalOf(refusals, data);
  if (payload.results.length !== sent) throw new AccordError('PROTOCOL', `${mutation} answered for ${payload.results.length} of ${sent} items.`);
  const results = payload.results.filter(isRecord).map(({ index, userErrors, ...result }) => {
    if (typeof index !== 'number') throw new AccordError('PROTOCOL', `${mutation} gave results without index. Does the document select it?`);
    return { index, userErrors: refusalsIn(userErrors), result };
  });
  return { results, replayed: payload.replayed === true };
}

function refusalsIn(userErrors: unknown): readonly UserError[] {
  return Array.isArray(userErrors) ? (userErrors as UserError[]) : [];
}

/** Derived from the ids and from what is sent: the same content replays, other content is another intent. */
async function keyOf<Item>({ bulk, mutation }: State<Item, unknown>, batch: readonly Piece<Item>[], round: number): Promise<string> {
  const content = await contentKey(batch.map(({ id, sent }) => ({ source: id, item: sent })));
  const place = `${batch[0]?.id.slice(0, 60)}..${batch.at(-1)?.id.slice(0, 60)}`;
  return `${bulk.prefix ?? 'bulk'}:${mutation}:${place}:${content}${round > 1 ? `:${round}` : ''}`;
}

/** A key made of what is sent, for calls that are to be found again by it. */
export async function contentKey(content: unknown): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(content)));
  return [...new Uint8Array(digest)]
    .slice(0, 16)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

function batchesOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
