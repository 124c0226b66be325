import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { openDb } from '#kernel/db.ts';
import { newId } from '#kernel/ids.ts';
import { type Session, sessionsOn } from '#kernel/session.ts';
import { settingsOf } from '#kernel/visibility.ts';
import { crawl } from '../support/crawl/crawl.ts';
import { root } from '../support/house.ts';
import { type TwoClients, twoClients } from '../support/twoClients.ts';

let world: TwoClients;
let partner: { role: string; customerIds: string[]; employeeIds: string[] };
beforeAll(async () => {
  world = await twoClients();
  partner = { role: 'partner', customerIds: [world.clients.a.id, world.clients.b.id], employeeIds: [world.firm.people.only.a.id] };
});
afterAll(() => world[Symbol.asyncDispose]());

/** Reads as somebody whose resolver forgot every condition. */
async function reading<Found>(actor: Partial<Actor>, run: (read: (text: string) => Promise<Record<string, unknown>[]>) => Promise<Found>): Promise<Found> {
  await using pool = openDb({ url: world.databaseUrl, name: 'reading', max: 1 });
  const session: Session = sessionsOn(pool)(settingsOf({ id: 'x', kind: 'STAFF', permissions: ['*'], ...actor }));
  try {
    return await run(async (text) => [...(await session.db.execute(sql.raw(text)))]);
  } finally {
    await session.end();
  }
}
const ids = (rows: Record<string, unknown>[]) => rows.map(({ id }) => String(id)).sort();

describe('a query without any condition', () => {
  test('shows a client its own rows only, in every table that knows customers', async () => {
    const tables = await world.sql`select table_schema || '.' || table_name as name from information_schema.columns
      where column_name = 'customer_id' and table_schema in ('engagements', 'resources', 'time', 'finance', 'operations') and table_name not like '%_due'`;
    const own = world.clients.a.id;
    await reading({ kind: 'CLIENT_PORTAL', customerIds: [own] }, async (read) => {
      for (const { name } of tables)
        expect([name, await read(`select 1 from ${name} where customer_id is distinct from '${own}' limit 1`)]).toEqual([name, []]);
      expect(ids(await read('select id from engagements.customer'))).toEqual([own]);
      expect((await read('select 1 from time.timesheet_entry')).length).toBeGreaterThan(0);
      expect(await read("select 1 from engagements.contract where status in ('DRAFT', 'IN_REVIEW', 'LOST')")).toEqual([]);
      expect(await read('select 1 from log.reference union all select 1 from log.idempotency union all select 1 from log.pending')).toEqual([]);
      expect(await read(`select 1 from log.fact where not keys -> 'customerId' ? '${own}'`)).toEqual([]);
      expect((await read('select 1 from log.fact')).length).toBeGreaterThan(0);
    });
  });

  test('shows a partner only what the people whom it sends work on, and no money', async () => {
    const { a } = world.clients;
    await reading({ kind: 'PARTNER', customerIds: partner.customerIds, employeeIds: partner.employeeIds }, async (read) => {
      expect(ids(await read('select id from engagements.customer'))).toEqual([a.id]);
      expect(ids(await read('select id from engagements.project'))).toEqual(a.projects.map(({ id }) => id).sort());
      expect(ids(await read('select id from engagements.contract'))).toEqual([a.contracts.confirmed.id]);
      expect((await read('select distinct employee_id as id from time.timesheet_entry')).map(({ id }) => id)).toEqual(partner.employeeIds);
      expect((await read('select distinct employee_id as id from resources.assignment')).map(({ id }) => id)).toEqual(partner.employeeIds);
      for (const table of ['engagements.contract_rate', 'finance.actual', 'finance.invoice', 'finance.payment', 'finance.rate_card', 'finance.journal_entry'])
        expect([table, await read(`select 1 from ${table} limit 1`)]).toEqual([table, []]);
    });
  });

  test('shows a partner who sends nobody nothing', async () => {
    await reading({ kind: 'PARTNER', customerIds: partner.customerIds }, async (read) => {
      for (const table of ['engagements.customer', 'engagements.project', 'engagements.contract', 'time.timesheet_entry', 'resources.employee'])
        expect([table, await read(`select 1 from ${table} limit 1`)]).toEqual([table, []]);
    });
  });

  test('shows a colleague of another legal entity what belongs to none, and nothing of this one', async () => {
    await reading({ legalEntityIds: [newId()] }, async (read) => {
      expect((await read('select 1 from engagements.customer')).length).toBeGreaterThan(1);
      const tables = await world.sql`select table_schema || '.' || table_name as name from information_schema.columns
        where column_name = 'legal_entity_id' and table_schema in ('resources', 'time', 'finance', 'operations') and table_name not like '%_due'`;
      for (const { name } of tables) expect([name, await read(`select 1 from ${name} where legal_entity_id is not null limit 1`)]).toEqual([name, []]);
      for (const table of ['engagements.contract', 'engagements.milestone', 'finance.invoice_line', 'finance.payment_application'])
        expect([table, await read(`select 1 from ${table} limit 1`)]).toEqual([table, []]);
      expect(ids(await read('select id from engagements.project where contract_id is not null'))).toEqual([]);
    });
    await reading({ legalEntityIds: [world.firm.legalEntityId] }, async (read) => {
      expect((await read('select 1 from engagements.contract')).length).toBe(8);
      expect((await read('select 1 from finance.invoice')).length).toBeGreaterThan(1);
    });
  });
});

describe('over the graph', () => {
  const askAs =
    (wish: Parameters<TwoClients['post']>[1]) =>
    async (query: string, variables: Record<string, unknown> = {}): Promise<string> =>
      (await world.post({ query, variables }, wish)).text();

  test('a partner walks every field that it may ask, and meets no offer, no rate, nobody else', async () => {
    const contract = buildSchema(await readFile(new URL('schema/contracts/partner.graphql', root), 'utf8'));
    const walked = await crawl(contract, askAs(partner));
    const said = walked.answers.map(({ text }) => JSON.stringify(JSON.parse(text).data ?? null)).join('\n');
    expect(said).toContain(world.clients.a.projects[0]?.id);
    for (const hidden of [...world.clients.a.contracts.hidden, world.clients.b.id, ...world.clients.b.contracts.hidden, world.billed.a.postedInvoice])
      expect(said).not.toContain(hidden);
    expect([...walked.refused].filter(([, code]) => code === 'INTERNAL')).toEqual([]);
  });

  test('a colleague of another legal entity finds no such row, and changes none', async () => {
    const [project] = world.clients.a.projects;
    const bound = { role: 'admin', legalEntityIds: [newId()] };
    const found = JSON.parse(
      await askAs(bound)(`{ project(id: "${project?.id}") { id } contracts { totalCount } invoices { totalCount } customers { totalCount } }`),
    );
    expect(found.data).toMatchObject({ project: null, contracts: { totalCount: 0 }, invoices: { totalCount: 0 } });
    expect(found.data.customers.totalCount).toBeGreaterThan(1);
    const text = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { id } userErrors { code } } }';
    const update = async (legalEntityIds: string[]) =>
      JSON.parse(await askAs({ role: 'admin', legalEntityIds })(text, { input: { id: project?.id, idempotencyKey: newId(), description: 'moved' } })).data
        .updateProject;
    expect(await update([newId()])).toEqual({ project: null, userErrors: [{ code: 'NOT_FOUND' }] });
    expect(await update([world.firm.legalEntityId])).toEqual({ project: { id: project?.id }, userErrors: [] });
  });

  test('a colleague of another legal entity is not told in whose books a customer stands, and how it is taxed there', async () => {
    const books = async (legalEntityIds?: string[]) => {
      const { data } = JSON.parse(await askAs({ role: 'admin', legalEntityIds })('{ customers { nodes { legalEntity { id } taxProfile { id } } } }'));
      return data.customers.nodes.flatMap(({ legalEntity, taxProfile }: Record<string, { id: string } | null>) => [legalEntity?.id, taxProfile?.id]);
    };
    const all = await books();
    expect(all).toContain(world.firm.legalEntityId);
    expect(await books([world.firm.legalEntityId])).toEqual(all);
    expect((await books([newId()])).filter((id: unknown) => id !== undefined)).toEqual([]);
  });

  test.each([
    'rateCards(filter: { legalEntityIds: ["none"] })',
    'costCenters(filter: { legalEntityIds: ["none"] })',
    'taxProfiles(filter: { legalEntityIds: ["none"] })',
    'fiscalPeriods(filter: { legalEntityIds: ["none"] })',
    'rateCardVersions(filter: { rateCardIds: ["none"] })',
  ])('what is no id finds nothing: %s', async (field) => {
    const { data, errors } = JSON.parse(await askAs({ role: 'admin' })(`{ ${field} { totalCount } }`));
    expect([errors, Object.values(data)]).toEqual([undefined, [{ totalCount: 0 }]]);
  });
});
