import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { sealAudit, verifyAudit } from '#kernel/audit.ts';
import { newId } from '#kernel/ids.ts';
import { auditCommand } from '../../roles/audit.ts';
import { cloneDatabase, type TestDatabase } from '../support/database.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
});
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(sealed);

/** Seals all that is noted: its records in order. */
async function sealed(): Promise<Record<string, unknown>[]> {
  const [head] = await world.sql`select position from log.audit_head`;
  while ((await sealAudit(world.db)) > 0);
  const rows = await world.sql`select entry from log.audit where position > ${String(head?.position)} order by position`;
  return rows.map(({ entry }) => JSON.parse(entry));
}

const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { code } } }';
const make = async (input: object, call: object = {}) => (await world.ok(create, { variables: { input }, ...call })).createCustomer;
const upsert =
  'mutation ($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { results { customer { id } userErrors { code } } userErrors { code } } }';

test('a call that was done stands there with who, what, when and on whose behalf; a call that was repeated, too', async () => {
  const idempotencyKey = newId();
  const actor = { ...allowed, id: 'ada', roles: ['crm'], system: 'crm', contract: 'psa' };
  const { customer } = await make({ name: 'Audited', idempotencyKey }, { actor, correlationId: 'c-1' });
  await make({ name: 'Audited', idempotencyKey }, { actor, correlationId: 'c-2' });
  const who = { at: '2026-03-02T09:00:00.000Z', actor: 'ada', kind: 'STAFF', roles: ['crm'], system: 'crm', contract: 'psa', mutation: 'createCustomer' };
  expect(await sealed()).toEqual([
    { ...who, outcome: 'DONE', subjects: [customer.id], correlationId: 'c-1' },
    { ...who, outcome: 'REPLAYED', subjects: [customer.id], correlationId: 'c-2' },
  ]);
});

test('a refusal stands there with its code, and nothing of what was sent', async () => {
  const canary = 'canary 4711';
  await make({ name: `${canary}\u0000` });
  await make({ name: canary }, { actor: { ...allowed, permissions: [] } });
  const update = 'mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { userErrors { code } } }';
  await world.ok(update, { variables: { input: { id: canary, name: canary } } });
  const items = [
    { externalRef: { system: 'crm', externalId: newId() }, name: 'One' },
    { externalRef: { system: 'crm', externalId: canary }, name: '' },
  ];
  const { upsertCustomers } = await world.ok(upsert, { variables: { input: { idempotencyKey: newId(), items } } });
  const records = await sealed();
  expect(records.map(({ mutation, outcome, codes, subjects }) => [mutation, outcome, codes, subjects])).toEqual([
    ['createCustomer', 'REFUSED', ['VALIDATION_FAILED'], undefined],
    ['createCustomer', 'REFUSED', ['FORBIDDEN'], undefined],
    ['updateCustomer', 'REFUSED', ['NOT_FOUND'], undefined],
    ['upsertCustomers', 'DONE', ['VALIDATION_FAILED'], [upsertCustomers.results[0].customer.id]],
  ]);
  expect(JSON.stringify(records)).not.toContain(canary);
});

test('what does not commit leaves no record of being done', async () => {
  await world.sql`create function public.fail() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`;
  await world.sql`create constraint trigger fails after insert on engagements.customer deferrable initially deferred for each row execute function public.fail()`;
  const { errors } = await world.run(create, { variables: { input: { name: 'Lost', idempotencyKey: newId() } } });
  await world.sql`drop function public.fail() cascade`;
  expect(errors).toHaveLength(1);
  expect((await sealed()).map(({ outcome, codes }) => [outcome, codes])).toEqual([['REFUSED', ['INTERNAL']]]);
});

test('many who call and many who seal make one chain', async () => {
  const calls = Array.from({ length: 60 }, (_, index) => make({ name: `Many ${index}` }));
  const seals = Array.from({ length: 20 }, () => sealAudit(world.db));
  await Promise.all([...calls, ...seals]);
  while ((await sealAudit(world.db)) > 0);
  const { records, head, waiting, faults } = await verifyAudit(world.db);
  expect([faults, waiting, BigInt(records)]).toEqual([[], 0, head.position]);
  expect(records).toBeGreaterThanOrEqual(60);
});

test('nobody who serves may change it, nor what waits to be sealed', async () => {
  await make({ name: 'Final' });
  for (const statement of [
    "update log.audit set entry = '{}'",
    'delete from log.audit',
    "insert into log.audit values (999999, '{}', '')",
    'update log.audit_head set position = 0',
    "update log.audit_pending set entry = '{}'",
    'delete from log.audit_pending',
  ])
    await expect(world.db.execute(statement), statement).rejects.toThrow();
  const session = world.session();
  const seen = await session.db.execute('select 1 from log.audit union all select 1 from log.audit_pending union all select 1 from log.audit_head');
  await session.end();
  expect([...seen]).toEqual([]);
});

/** A chain of ten records in a database of its own, and a hand that owns its tables. */
async function chain(): Promise<{ database: TestDatabase; owner: Sql } & AsyncDisposable> {
  const database = await cloneDatabase();
  const owner = postgres(database.ownerUrl, { max: 1 });
  const entry = (index: number) => JSON.stringify({ at: new Date(Date.UTC(2026, 2, 1 + index)), actor: `a${index}` });
  for (let index = 0; index < 10; index += 1) await owner`insert into log.audit_pending (entry) values (${entry(index)})`;
  await owner`select log.seal_audit(100)`;
  return {
    database,
    owner,
    async [Symbol.asyncDispose]() {
      await owner.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function verify(database: TestDatabase, anchor?: string): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const flags = anchor === undefined ? {} : { anchor };
  const code = await auditCommand.run({ flags, words: ['verify'], env: { DATABASE_URL: database.appUrl }, out: (line) => lines.push(line) });
  return { code, lines };
}

test.each([
  ['changed', "update log.audit set entry = replace(entry, 'a4', 'b4') where position = 5", 'record 5 is not what was sealed'],
  ['taken out', 'delete from log.audit where position = 5', 'records 5 to 5 are gone'],
  ['taken from the end', 'delete from log.audit where position >= 9', 'records 9 to 10 are gone'],
  ['taken from the beginning', 'delete from log.audit where position <= 2', 'records 1 to 2 are gone'],
  ['put in behind', "insert into log.audit values (11, '{}', 'x')", 'records 11 to 11 were put in'],
  ['put in before', "insert into log.audit values (0, '{}', 'x')", '1 records stand before the oldest one'],
  [
    'put in another’s place',
    'update log.audit as own set entry = other.entry from log.audit as other where own.position = 3 and other.position = 7',
    'record 3',
  ],
])('a record that was %s is found', async (_, statement, fault) => {
  await using open = await chain();
  expect(await verify(open.database)).toMatchObject({ code: 0 });
  await open.owner.unsafe(statement);
  const { code, lines } = await verify(open.database);
  expect(code).toBe(1);
  expect(lines.join('\n')).toContain(`broken: ${fault}`);
});

test('a chain that somebody wrote anew is found by the record that was kept elsewhere', async () => {
  await using open = await chain();
  const { lines } = await verify(open.database);
  const anchor = lines.at(-1)?.replace('last record: ', '') ?? '';
  expect(await verify(open.database, anchor)).toMatchObject({ code: 0 });
  await open.owner`insert into log.audit_pending (entry) select replace(entry, 'a4', 'b4') from log.audit order by position`;
  await open.owner`delete from log.audit`;
  await open.owner`update log.audit_head set position = 0, hash = before`;
  await open.owner`select log.seal_audit(100)`;
  expect(await verify(open.database)).toMatchObject({ code: 0 });
  expect((await verify(open.database, anchor)).lines[0]).toContain('record 10 is not the one of the anchor');
  await expect(verify(open.database, '10:xyz')).rejects.toThrow('POSITION:HASH');
});

test('what is past its time is forgotten from the beginning, and the chain goes on', async () => {
  await using open = await chain();
  expect(await open.owner`select log.forget_audit('2026-03-05', 100) as n`).toEqual([{ n: 4 }]);
  expect((await verify(open.database)).lines[0]).toMatch(/records from 5: whole/);
});
