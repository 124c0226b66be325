import postgres, { type Sql } from 'postgres';
import { afterAll, describe, expect, test } from 'vitest';
import { recall } from '../../roles/database/cluster.ts';
import { composeTopology } from '../support/compose.ts';
import { cloneDatabase } from '../support/database.ts';
import { startHasty, temporaryFolder } from '../support/embedded.ts';
import { freePort, runProgram } from '../support/program.ts';
import { expectRowSecurity, refusal } from '../support/rowSecurity.ts';

// Each topology is started as people start it, with the sample firm.
const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

function connect(url: string): Sql {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  stack.defer(() => sql.end({ timeout: 1 }));
  return sql;
}

/** `npm start` with the sample firm, until it serves. */
async function started(env: Record<string, string> = {}) {
  const folder = stack.use(await temporaryFolder());
  const program = stack.use(runProgram(['start', '--data', folder.path, '--port', String(await freePort())], { env }));
  await program.said(/Ctrl-C stops everything/);
  expect(program.output()).toMatch(/it has 8 customers/);
  return { program, folder: folder.path };
}

test('the embedded start: nobody who serves, migrates or reads is mighty', async () => {
  const { program, folder } = await started();
  const known = await recall(folder);
  const at = `127.0.0.1:${known?.port}/accord`;
  const admin = connect(`postgres://accord:${known?.password}@${at}`);
  await expectRowSecurity({ servingUrl: `postgres://accord_app:${known?.appPassword}@${at}`, admin });

  const roles = await admin`select rolname as name, rolcanlogin as logs_in from pg_roles where rolname ~ '^accord_'
    and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication) order by 1`;
  expect([...roles]).toEqual([
    { name: 'accord_app', logs_in: true },
    { name: 'accord_command', logs_in: false },
    { name: 'accord_owner', logs_in: true },
    { name: 'accord_reader', logs_in: false },
  ]);
  expect([...(await admin`select distinct relowner::regrole::text as owner from pg_class where relnamespace::regnamespace::text = any(${schemas})`)]).toEqual([
    { owner: 'accord_owner' },
  ]);
  const serving = await admin`select distinct usename::text as name from pg_stat_activity where application_name like 'accord-%'`;
  expect([...serving]).toEqual([{ name: 'accord_app' }]);
  // Row-level security binds the owner too; and who reads reports may only read.
  const owner = connect(`postgres://accord_owner:${known?.ownerPassword}@${at}`);
  expect(await owner`select from engagements.customer`).toHaveLength(0);
  await admin`set role accord_reader`;
  expect(await admin`select from engagements.customer`).toHaveLength(0);
  await admin`reset role`;
  const writable = await admin`select relname from pg_class where relkind in ('r', 'p', 'v') and relnamespace::regnamespace::text = any(${schemas})
    and has_table_privilege('accord_reader', oid, 'insert, update, delete, truncate, references, trigger')`;
  expect(writable).toHaveLength(0);
  expect(await program.kill('SIGINT')).toBe(0);
});

const schemas = ['engagements', 'resources', 'time', 'finance', 'operations', 'log', 'drizzle'];

describe('a managed server, whose owner is no superuser', async () => {
  const folder = stack.use(await temporaryFolder());
  const server = stack.use(await startHasty(folder.path));
  const admin = connect(server.adminUrl);
  // As a provider hands it out: nothing of Accord's is there yet.
  await admin.unsafe('drop role accord_app; drop role accord_command; drop role accord_reader');
  await admin.unsafe(`create role managed login createrole nosuperuser nobypassrls password 'managed'`);
  const addressOf = async (name: string) => {
    await admin.unsafe(`create database ${name} owner managed`);
    const of = (url: string, user: string) => Object.assign(new URL(url), { username: user, password: user, pathname: `/${name}` }).href;
    return {
      owner: of(server.url, 'managed'),
      app: of(server.url, 'portal_app'),
      admin: connect(Object.assign(new URL(server.adminUrl), { pathname: `/${name}` }).href),
    };
  };

  test('with an address of its own for whoever serves', async () => {
    const address = await addressOf('with_app');
    const { program } = await started({ DATABASE_URL: address.owner, ACCORD_APP_DATABASE_URL: address.app });
    await expectRowSecurity({ servingUrl: address.app, admin: address.admin });
    expect(await refusal(connect(address.app), 'set role managed')).toBe('42501');
    const serving = await admin`select distinct usename::text as name from pg_stat_activity where application_name like 'accord-%'`;
    expect([...serving]).toEqual([{ name: 'portal_app' }]);
    expect(await program.kill('SIGINT')).toBe(0);
  });

  test("without one: the owner's login in another role, which keeps out mistakes, and nobody who holds that login", async () => {
    const address = await addressOf('without_app');
    const { program } = await started({ DATABASE_URL: address.owner });
    const servingUrl = `${address.owner}?role=accord_app`;
    await expectRowSecurity({ servingUrl, admin: address.admin });
    // As docs/runbook.md says: who can send any SQL leaves the role, and may then alter what is the owner's.
    const held = connect(servingUrl);
    expect(await refusal(held, 'set role none; alter table engagements.customer no force row level security')).toBe('done');
    expect(await program.kill('SIGINT')).toBe(0);
  });
});

test('the services of docker-compose.yml', async () => {
  const database = stack.use(await cloneDatabase());
  const topology = stack.use(await composeTopology({ databaseUrl: database.url, appDatabaseUrl: database.appUrl }));
  await using sample = topology.runOnce('migrate', ['sample']);
  expect([await sample.ended, sample.output()]).toEqual([0, expect.stringContaining('it has 8 customers')]);
  await expectRowSecurity({ servingUrl: database.appUrl, admin: database.sql });
  const serving =
    await database.sql`select distinct usename::text as name from pg_stat_activity where application_name like 'accord-%' and datname = current_database()`;
  expect([...serving]).toEqual([{ name: 'accord_app' }]);
});
