import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '#kernel/actor.ts';
import { merged, otherClients, type SchemaUse } from '#kernel/schemaUsage.ts';
import type { Identity } from '../auth.ts';
import { contractOf } from '../contracts.ts';

/** Counts which client uses which places of the graph. A request costs one count; somebody else takes them and writes them down. */
export type Usage = {
  /** A request of what an operation uses, or (`requests` 0) a sign that it is still in use. */
  note(client: string, actor: Actor, asked: { coordinates: readonly string[]; requests?: number }): void;
  /** All that was counted since the last time. */
  take(): SchemaUse[];
  /** What could not be written down after all. */
  giveBack(uses: readonly SchemaUse[]): void;
};

type Tally = { requests: number; first: Date; last: Date };
type Client = { client: string; contract: string; operations: Map<readonly string[], Tally> };

/** Clients that are told apart until the next time, and operations that are counted as such. */
const namedClients = 500;
const countedOperations = 5_000;

/** Bounded: beyond so many clients others are one, and beyond so many operations their places are added up. */
export function createUsage(clock: () => Date): Usage {
  const clients = new Map<string, Client>();
  let operations = 0;
  let added: SchemaUse[] = [];
  const addUp = () => {
    added = merged([...added, ...[...clients.values()].flatMap(usesOf)]);
    for (const client of clients.values()) client.operations.clear();
    operations = 0;
  };
  const clientOf = (name: string, contract: string): Client => {
    const client = clients.has(`${contract}\n${name}`) || clients.size < namedClients ? name : otherClients;
    const key = `${contract}\n${client}`;
    const found = clients.get(key) ?? { client, contract, operations: new Map() };
    clients.set(key, found);
    return found;
  };
  return {
    note: (name, actor, { coordinates, requests = 1 }) => {
      const client = clientOf(name, contractOf(actor) ?? '');
      const now = clock();
      const before = client.operations.get(coordinates);
      if (before) {
        before.requests += requests;
        before.last = now;
        return;
      }
      if (operations >= countedOperations) addUp();
      client.operations.set(coordinates, { requests, first: now, last: now });
      operations += 1;
    },
    take: () => {
      addUp();
      const taken = added;
      added = [];
      clients.clear();
      return taken;
    },
    giveBack: (uses) => {
      added = merged([...added, ...uses]);
    },
  };
}

function usesOf({ client, contract, operations }: Client): SchemaUse[] {
  return [...operations].flatMap(([coordinates, tally]) => coordinates.map((coordinate) => ({ client, contract, coordinate, ...tally })));
}

/** What a client may call itself. */
const called = /^[\w .:/@+-]{1,64}$/;

/** By which name a client is counted: that of its token, else the one that it says, else the system or the kind of who asks. */
export function clientOf({ client, actor }: Identity, headers: IncomingHttpHeaders): string {
  const said = headers['graphql-client-name'] ?? headers['apollographql-client-name'];
  return client ?? (typeof said === 'string' && called.test(said) ? said : undefined) ?? actor.system ?? actor.kind;
}
