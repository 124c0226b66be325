import { randomUUID } from 'node:crypto';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TokenWish } from '../../roles/tokens.ts';
import { untilTrue } from './program.ts';

/** Where a graph is, and how to be somebody there. */
export type Place = { url: string; token(wish: TokenWish): Promise<string>; send?: typeof fetch };

type Variables = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
export type Json = any;

export type Graph = ReturnType<typeof graphAt>;

/** A refusal as a payload has it. */
function refusedPayload({ message, extensions }: Json): Json {
  const userErrors = [{ code: extensions.code, field: null, guard: null, message, retryable: false, correlationId: extensions.correlationId }];
  return { userErrors, results: [], replayed: false };
}

const inputTypes = '{ __schema { mutationType { fields { name args { type { ofType { name } } } } } } }';

/** A graph as clients meet it: over the network, whoever serves it. */
export function graphAt({ url, token, send = fetch }: Place) {
  const post = async (body: unknown, wish: TokenWish = { role: 'admin' }, headers: Record<string, string> = {}) =>
    send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token(wish)}`, ...headers },
      body: JSON.stringify(body),
    });
  const ask = async (query: string, variables: Variables = {}, wish?: TokenWish): Promise<Json> => (await post({ query, variables }, wish)).json();
  const ok = async (query: string, variables?: Variables, wish?: TokenWish): Promise<Json> => {
    const { data, errors } = await ask(query, variables, wish);
    if (errors) throw new Error(`${query}\n${JSON.stringify(errors, undefined, 2)}`);
    return data;
  };
  let types: Promise<Map<string, string>> | undefined;
  const readTypes = async () => {
    type Field = { name: string; args: { type: { ofType: { name: string } } }[] };
    const fields: Field[] = (await ok(inputTypes)).__schema.mutationType.fields;
    return new Map(fields.map(({ name, args }) => [name, args[0]?.type.ofType.name ?? '']));
  };
  /** Runs a mutation and gives its payload; `select` is what is wanted beside the errors. */
  const mutate = async (name: string, input: Variables, { select = '', wish }: { select?: string; wish?: TokenWish } = {}): Promise<Json> => {
    types ??= readTypes();
    const text = `mutation ($input: ${(await types).get(name)}!) { ${name}(input: $input) { ${select} replayed userErrors { code field guard message retryable correlationId } } }`;
    const { data, errors } = await ask(text, { input }, wish);
    // What the door refuses before it runs reads as what the mutation itself would refuse.
    const [refused] = errors ?? [];
    if (!data && refused?.extensions.code === 'FORBIDDEN' && refused.message.startsWith(`${name}: `)) return refusedPayload(refused);
    if (errors) throw new Error(`${text}\n${JSON.stringify(errors, undefined, 2)}`);
    return data[name];
  };
  /** The same mutation once for each input in one operation, one after the other: the payloads. */
  const mutateEach = async (name: string, inputs: readonly Variables[], { select = '' }: { select?: string } = {}): Promise<Json[]> => {
    types ??= readTypes();
    const type = (await types).get(name);
    const asked = inputs.map((_, index) => `n${index}: ${name}(input: $n${index}) { ${select} replayed userErrors { code field guard message } }`);
    const text = `mutation (${inputs.map((_, index) => `$n${index}: ${type}!`).join(', ')}) { ${asked.join(' ')} }`;
    const data = await ok(text, Object.fromEntries(inputs.map((input, index) => [`n${index}`, input])));
    return inputs.map((_, index) => data[`n${index}`]);
  };
  /** Runs a mutation once, and nothing may stand against it. */
  const done = async (name: string, input: Variables, options: { select?: string; wish?: TokenWish } = {}): Promise<Json> => {
    const payload = await mutate(name, { idempotencyKey: randomUUID(), ...input }, options);
    const refused = [...payload.userErrors, ...(payload.results ?? []).flatMap((result: Json) => result.userErrors ?? [])];
    if (refused.length > 0) throw new Error(`${name}: ${JSON.stringify(refused)}`);
    return payload;
  };
  /** Makes an entity and gives its id. */
  const made = async (name: string, entity: string, input: Variables): Promise<string> => (await done(name, input, { select: `${entity} { id }` }))[entity].id;
  const client = (wish: TokenWish): Client =>
    createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: async () => ({ token: await token(wish) }) });
  /** The events of a subscription, until so many have come. */
  const events = async (
    query: string,
    { count, variables = {}, wish = { role: 'admin' } }: { count: number; variables?: Record<string, unknown>; wish?: TokenWish },
  ): Promise<Json[]> => {
    const connected = client(wish);
    const taken: Json[] = [];
    for await (const event of connected.iterate({ query, variables })) {
      if (event.errors) throw new Error(JSON.stringify(event.errors));
      taken.push(event.data);
      if (taken.length === count) break;
    }
    await connected.dispose();
    return taken;
  };
  /** Waits until everything approved is an actual or an exception. */
  const posted = (customerId: string) =>
    untilTrue('all approved work is posted', async () => {
      const query = 'query ($id: ID!) { approvedNotPostedSummary(filter: { customerIds: [$id] }) { pending { entries } } }';
      return (await ok(query, { id: customerId })).approvedNotPostedSummary.pending.entries === 0;
    });
  return { url, token, post, ask, ok, mutate, mutateEach, done, made, client, events, posted };
}

/** Where the log ends at present: resume after it to see all that comes. */
export async function headOf({ ok }: Graph): Promise<string> {
  return (await ok('{ operations { log { newestCursor } } }')).operations.log.newestCursor;
}
