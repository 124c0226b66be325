import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { openDevelopmentIssuer } from '../../roles/tokens.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { type Graph, graphAt } from '../support/graph.ts';
import { installedPostgres, ownServer } from '../support/ownServer.ts';
import { freePort, runProgram, untilTrue } from '../support/program.ts';

// Two starts of the whole program on a server of its own, on a machine that may be busy.
const installed = installedPostgres();
const create = (idempotencyKey: string) => ['createCustomer', { idempotencyKey, name: idempotencyKey }, { select: 'customer { id }' }] as const;
const logOf = async (graph: Graph) => (await graph.ok('{ operations { log { newestPosition newestCursor } } }')).operations.log;
const eventsAfter = (graph: Graph, after: string) =>
  graph.ask('query ($after: Cursor) { operations { events(after: $after) { nodes { type cursor } } } }', { after });

test.skipIf(!installed)(
  `pg_dump and pg_restore bring back rows, keys and log, and nothing that came later${installed ? '' : ' (skipped: no pg_dump with its server here)'}`,
  async () => {
    await using server = await ownServer(installed ?? '');
    await using folder = await temporaryFolder();
    const admin = postgres(server.urlOf('postgres'), { max: 1 });
    await admin.unsafe('create role owner login createrole');
    await admin.unsafe('create database accord owner owner');
    const token = async (wish: { role: string }) => (await openDevelopmentIssuer({ dataFolder: folder.path, production: false })).token(wish);
    const started = async (database: string) => {
      const port = await freePort();
      const env = { DATABASE_URL: server.urlOf(database, 'owner') };
      const program = runProgram(['start', '--empty', '--data', folder.path, '--port', String(port)], { env });
      await program.said(/Ctrl-C stops everything/);
      return { program, graph: graphAt({ url: `http://127.0.0.1:${port}/graphql`, token }) };
    };
    const file = join(folder.path, 'accord.dump');
    const dump = (user: string) => server.tool('pg_dump', '--format=custom', `--file=${file}`, server.urlOf('accord', user));

    let kept: string;
    let before: { newestPosition: string; newestCursor: string };
    let later: { newestPosition: string; newestCursor: string };
    {
      const { program, graph } = await started('accord');
      await using _program = program;
      kept = (await graph.mutate(...create('kept'))).customer.id;
      await untilTrue('the fact is in the log', async () => Number((await logOf(graph)).newestPosition) > 0);
      before = await logOf(graph);
      // Row-level security binds the owner too: it would leave rows out, and says so instead.
      await expect(dump('owner')).rejects.toThrow(/row-level security/);
      await dump('postgres');
      await graph.mutate(...create('lost'));
      await untilTrue('the second fact is in the log', async () => Number((await logOf(graph)).newestPosition) > Number(before.newestPosition));
      later = await logOf(graph);
      await program.kill('SIGTERM');
    }

    await admin.unsafe('create database restored owner owner');
    await server.tool('pg_restore', '--exit-on-error', `--dbname=${server.urlOf('restored')}`, file);
    const { program, graph } = await started('restored');
    await using _program = program;
    expect((await graph.ok('{ customers { nodes { id name } } }')).customers.nodes).toEqual([{ id: kept, name: 'kept' }]);
    expect(await graph.mutate(...create('kept'))).toMatchObject({ replayed: true, customer: { id: kept } });
    expect(await logOf(graph)).toEqual(before);
    expect((await eventsAfter(graph, before.newestCursor)).data.operations.events.nodes).toEqual([]);
    // A place that the log has not reached any more is no place: the reader begins anew.
    expect((await eventsAfter(graph, later.newestCursor)).errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
    expect(await graph.mutate(...create('lost'))).toMatchObject({ replayed: false });
    await untilTrue('the log goes on', async () => (await logOf(graph)).newestPosition === later.newestPosition);
    await admin.end();
  },
);
