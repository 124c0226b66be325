import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectType } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenWish } from '../../roles/tokens.ts';
import { type EventWorld, eventWorld, subscribe } from '../support/eventWorld.ts';
import { untilTrue } from '../support/program.ts';
import { type ScoringWorld, scoringWorld } from '../support/scoring.ts';

let scoring: ScoringWorld;
let world: EventWorld;
beforeAll(async () => {
  scoring = await scoringWorld();
  world = await eventWorld({ registry: scoring.file });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await scoring[Symbol.asyncDispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
async function ask(query: string, variables: Record<string, unknown> = {}, wish?: TokenWish, headers: Record<string, string> = {}): Promise<any> {
  const authorization = `Bearer ${await world.tokenFor(wish)}`;
  const response = await fetch(world.url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

const scoreOf = 'query ($id: ID!) { customer(id: $id) { name creditScore } }';
const rate = 'mutation ($id: ID!, $score: Int!) { rateCustomer(id: $id, score: $score) { name creditScore } }';
const changed = 'subscription { creditScoreChanged { id name creditScore } }';

describe('a subgraph of the firm’s own, over https with its own credential', () => {
  test('answers queries beside ours, and learns of the caller what it may', async () => {
    const { id } = await world.customer('Scored');
    expect(await ask(scoreOf, { id }, { role: 'admin', subject: 'Zoë' }, { 'x-tenant': 'north', 'x-other': 'kept back' })).toEqual({
      data: { customer: { name: 'Scored', creditScore: 50 } },
    });
    const { authorization, ...headers } = scoring.seen.at(-1) ?? {};
    expect(authorization).toBe('Bearer word');
    expect(JSON.parse(String(headers['x-accord-caller']))).toEqual({ id: 'Zoë', kind: 'STAFF' });
    expect(Object.keys(headers).sort()).toEqual(
      ['accept', 'connection', 'content-length', 'content-type', 'host', 'traceparent', 'x-accord-caller', 'x-correlation-id', 'x-tenant'].sort(),
    );
  });

  test('answers mutations, also in the payloads of ours, and says its own errors', async () => {
    const { id } = await world.customer('Rated');
    expect(await ask(rate, { id, score: 80 })).toEqual({ data: { rateCustomer: { name: 'Rated', creditScore: 80 } } });
    const made = await ask('mutation { createCustomer(input: { name: "Made" }) { customer { name creditScore } userErrors { code } } }');
    expect(made).toEqual({ data: { createCustomer: { customer: { name: 'Made', creditScore: 50 }, userErrors: [] } } });
    const refused = await ask(rate, { id, score: 900 });
    expect(refused).toMatchObject({
      data: { rateCustomer: null },
      errors: [{ message: 'A score is from 0 to 100.', path: ['rateCustomer'], extensions: { code: 'NO_SCORE', retryable: false } }],
    });
    expect(refused.errors[0].extensions.correlationId).toBeTruthy();
  });

  test('is in live events of ours', async () => {
    const { id } = await world.customer('Live');
    await ask(rate, { id, score: 70 });
    const events = subscribe(world.client(), 'subscription ($id: [ID!]) { customerUpdated(customerIds: $id) { name customer { creditScore } } }', { id });
    const first = events.next();
    await events.opened;
    await world.state(id, 'told');
    expect((await first).data).toEqual({ customerUpdated: { name: 'told', customer: { creditScore: 70 } } });
    await events.end();
  });

  test('is shown under a contract by its own tags alone, whatever the type of ours says', async () => {
    const { id } = await world.customer('Contracted');
    const portal = { role: 'portal', customerIds: [id] };
    expect(await ask('query ($id: ID!) { customer(id: $id) { name } }', { id }, portal)).toEqual({ data: { customer: { name: 'Contracted' } } });
    expect((await ask(scoreOf, { id }, portal)).errors).toMatchObject([{ message: 'Customer.creditScore is not in the portal contract.' }]);
    const psa = await fetch(world.url.replace('/graphql', '/psa/graphql'), {
      method: 'POST',
      headers: { authorization: `Bearer ${await world.tokenFor()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: scoreOf, variables: { id } }),
    });
    expect(await psa.json()).toEqual({ data: { customer: { name: 'Contracted', creditScore: 50 } } });
    const analytics = await fetch(world.url.replace('/graphql', '/analytics/graphql'), {
      method: 'POST',
      headers: { authorization: `Bearer ${await world.tokenFor()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query: scoreOf, variables: { id } }),
    });
    expect(await analytics.json()).toMatchObject({ errors: [{ message: 'Customer.creditScore is not in the analytics contract.' }] });
  });
});

/** The requests for event streams that have come. */
const streams = () => scoring.seen.filter(({ accept }) => accept === 'text/event-stream').length;

describe('its own subscriptions', () => {
  test('come over WebSocket with what ours know, and break with a reason', async () => {
    const { id } = await world.customer('Watched');
    const before = streams();
    const events = subscribe(world.client(), changed);
    const first = events.next();
    await untilTrue('the subgraph is asked', () => streams() > before);
    // The subgraph begins to listen some time after it was asked.
    let told = false;
    void first.then(() => {
      told = true;
    });
    await untilTrue('an event', async () => {
      await ask(rate, { id, score: 61 });
      return told;
    });
    expect(await first).toEqual({ data: { creditScoreChanged: { id, name: 'Watched', creditScore: 61 } } });
    scoring.cut();
    expect(await events.failure()).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } }]);
  });

  test('come as an event stream without ids', async () => {
    const { id } = await world.customer('Streamed');
    const before = streams();
    const client = createSseClient({ url: world.url, headers: async () => ({ authorization: `Bearer ${await world.tokenFor()}` }), retryAttempts: 0 });
    const events = client.iterate({ query: changed });
    const first = events.next();
    await untilTrue('the subgraph is asked', () => streams() > before);
    let told = false;
    void first.then(() => {
      told = true;
    });
    await untilTrue('an event', async () => {
      await ask(rate, { id, score: 62 });
      return told;
    });
    expect((await first).value).toEqual({ data: { creditScoreChanged: { id, name: 'Streamed', creditScore: 62 } } });
    await events.return?.();
    client.dispose();
  });

  test('are refused to a contract that does not show them', async () => {
    const { id } = await world.customer('Outside');
    const events = subscribe(world.client({ role: 'portal', customerIds: [id] }), changed);
    expect(await events.failure()).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

/** The registry is looked at until it is taken: whoever watches its files may have been first. */
async function taken(isThere: () => boolean): Promise<void> {
  await untilTrue('the other graph', async () => {
    expect(await world.look()).not.toMatchObject({ kind: 'refused' });
    return isThere();
  });
}

const shows = (coordinate: string) => {
  const [type = '', field = ''] = coordinate.split('.');
  const found = world.graph.planning().apiSchema.getType(type);
  return isObjectType(found) && field in found.getFields();
};

describe('a registry that changes', () => {
  const withoutScore = () => scoring.sdl.replace(/ {2}"What our rating agency.*\n {2}creditScore.*\n/, '  rating: Int\n');

  test('is refused where clients would break, and where it does not compose: the graph stays', async () => {
    const { id } = await world.customer('Kept');
    const before = world.graph.planning();
    await scoring.writeSdl(withoutScore());
    expect(await world.look()).toMatchObject({ kind: 'refused', why: expect.stringContaining('- Customer.creditScore: ') });
    await scoring.writeSdl(scoring.sdl.replace('creditScore: Int', 'name: Int'));
    expect(await world.look()).toMatchObject({ kind: 'refused', why: expect.stringMatching(/do not compose:\n {2}- .*Customer\.name/) });
    await scoring.written(scoring.registry.replace('actor: identity', 'actor: everything'));
    expect(await world.look()).toMatchObject({ kind: 'refused', why: expect.stringContaining('subgraphs[0].actor') });
    await scoring.written(scoring.registry);
    await scoring.writeSdl(scoring.sdl);
    expect(await world.look()).toEqual({ kind: 'unchanged' });
    expect(world.graph.planning()).toBe(before);
    expect(await ask(scoreOf, { id })).toEqual({ data: { customer: { name: 'Kept', creditScore: 50 } } });
  });

  test('gives another credential without another graph', async () => {
    const { id } = await world.customer('Secret');
    const before = world.graph.planning();
    await writeFile(join(scoring.folder, 'token'), 'another');
    const refused = { data: { customer: { name: 'Secret', creditScore: null } }, errors: [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }] };
    await expect.poll(() => ask(scoreOf, { id })).toMatchObject(refused);
    await writeFile(join(scoring.folder, 'token'), 'word');
    await untilTrue('the file was seen', async () => !(await ask(scoreOf, { id })).errors);
    expect(world.graph.planning()).toBe(before);
  });

  test('is taken under load: no request fails, no event is lost or told twice, and its own subscriptions stay open', async () => {
    const { id } = await world.customer('Loaded');
    const events = subscribe(world.client(), 'subscription ($id: [ID!]) { customerUpdated(customerIds: $id) { name customer { creditScore } } }', { id });
    const first = events.next();
    await events.opened;
    const own = subscribe(world.client(), changed);
    const ratings: unknown[] = [];
    const rated = (async () => {
      for (;;) ratings.push((await own.next()).data.creditScoreChanged.creditScore);
    })().catch((error: unknown) => error);
    await untilTrue('the first rating', async () => {
      await ask(rate, { id, score: 1 });
      return ratings.length > 0;
    });
    const opened = streams();
    const answers: unknown[] = [];
    const names: string[] = [];
    let loaded = true;
    const reader = async () => {
      while (loaded) answers.push(await ask(scoreOf, { id }));
    };
    const writer = async () => {
      while (loaded) {
        names.push(`name ${names.length}`);
        await world.state(id, names.at(-1) ?? '');
      }
    };
    const load = Promise.all([reader(), reader(), writer()]);
    for (const field of ['limit', 'limit: Int\n  rating']) {
      await scoring.writeSdl(scoring.sdl.replace('creditScore: Int', `${field}: Int\n  creditScore: Int`));
      await taken(() => shows(`Customer.${field.split(' ').at(-1)}`));
      const asked = answers.length;
      await untilTrue('answers after it', () => answers.length > asked + 3);
    }
    loaded = false;
    await load;
    expect(answers.filter((answer) => JSON.stringify(answer) !== JSON.stringify({ data: { customer: { name: 'Loaded', creditScore: 1 } } }))).toEqual([]);
    const told = [await first, ...(await events.take(names.length - 1))].map(({ data }) => data.customerUpdated);
    expect(told).toEqual(names.map((name) => ({ name, customer: { creditScore: 1 } })));
    await ask(rate, { id, score: 99 });
    await untilTrue('the last rating', () => ratings.at(-1) === 99);
    expect(streams()).toBe(opened);
    await Promise.all([events.end(), own.end(), rated]);
  });

  test('may break clients where it says so', async () => {
    await scoring.written(`${scoring.registry}\nallowed: [Customer.creditScore, Customer.limit]\n`);
    await scoring.writeSdl(withoutScore());
    await taken(() => !shows('Customer.creditScore'));
    const { id } = await world.customer('Broken');
    expect((await ask(scoreOf, { id })).errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
  });
});
