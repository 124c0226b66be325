import { EventEmitter, on } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { buildSchema, execute, GraphQLError, parse, subscribe } from 'graphql';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
const entities = 'scalar _Any union _Entity = Customer type Query { _entities(representations: [_Any!]!): [_Entity]! }';
const schema = buildSchema(`${read('scoring.graphql')} ${entities}`, { assumeValidSDL: true });

const scores = new Map<string, number>();
const ratings = new EventEmitter();
const customer = (id: string) => ({ __typename: 'Customer', id, creditScore: scores.get(id) ?? 50 });

const rootValue = {
  _entities: ({ representations }: { representations: { id: string }[] }) => representations.map(({ id }) => customer(id)),
  rateCustomer: ({ id, score }: { id: string; score: number }) => {
    if (score < 0 || score > 100) throw new GraphQLError('A score is from 0 to 100.', { extensions: { code: 'NO_SCORE' } });
    scores.set(id, score);
    ratings.emit('rated', id);
    return customer(id);
  },
  creditScoreChanged: async function* () {
    for await (const [id] of on(ratings, 'rated')) yield { creditScoreChanged: customer(id) };
  },
};

/** Answers whoever knows the word: once, or with a stream of events. */
export async function answer(word: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.authorization !== `Bearer ${word}`) return void response.writeHead(401).end();
  const { query, variables: variableValues, operationName } = JSON.parse(await text(request));
  const asked = { schema, document: parse(query), rootValue, variableValues, operationName };
  if (!request.headers.accept?.includes('event-stream'))
    return void response.setHeader('content-type', 'application/json').end(JSON.stringify(await execute(asked)));
  const events = await subscribe(asked);
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  if (!(Symbol.asyncIterator in events)) return void response.end(`event: next\ndata: ${JSON.stringify(events)}\n\nevent: complete\ndata:\n\n`);
  response.on('close', () => void events.return());
  for await (const event of events) response.write(`event: next\ndata: ${JSON.stringify(event)}\n\n`);
}

if (import.meta.main) {
  const word = read('token').trim();
  const server = createServer((request, response) => void answer(word, request, response).catch(() => response.destroy()));
  server.on('error', ({ message }) => console.error(message)).listen(4010, '127.0.0.1', () => console.log('scoring listens at http://127.0.0.1:4010/graphql'));
}
