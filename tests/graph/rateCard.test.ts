import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { references as published } from '#finance/published.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { asRefused } from '#kernel/outcome.ts';
import { references } from '#kernel/reference.ts';
import { createCard, createVersion, done, type Firm, firm, publishedCard, publishVersion, type World } from '../support/books.ts';
import { plantCorruption } from '../support/corruption.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: World;
let f: Firm;
beforeAll(async () => {
  world = await subgraphWorld(financeSubgraph);
});
afterAll(() => world[Symbol.asyncDispose]());

const card = async (more: Record<string, unknown> = {}): Promise<string> => {
  f = await firm(world);
  return (await done(world, createCard, { name: 'Card', kind: 'SALES', scope: 'STANDARD', currency: 'EUR', legalEntityId: f.legalEntityId, ...more })).rateCard
    .id;
};
const draft = async (rateCardId: string, effectiveFrom: string, rate = '100.00') =>
  (await done(world, createVersion, { rateCardId, effectiveFrom, lines: [{ laborCategoryId: f.senior, rate }] })).rateCardVersion;
const versions = async (id: string) =>
  (await world.ok('query ($id: ID!) { rateCard(id: $id) { versions { nodes { number status effectiveFrom effectiveTo } } } }', { variables: { id } })).rateCard
    .versions.nodes;

describe('a rate card', () => {
  test('belongs to whom its scope says', async () => {
    const id = await card();
    expect(await references(world.db, published.RateCard, [id])).toEqual(
      new Map([[id, { name: 'Card', kind: 'SALES', currency: 'EUR', customerId: null, legalEntityId: f.legalEntityId }]]),
    );
    const refusals = [
      [{ kind: 'SALES', scope: 'STANDARD' }, 'legalEntityId'],
      [{ kind: 'SALES', scope: 'CUSTOMER' }, 'customerId'],
      [{ kind: 'SALES', scope: 'NAMED', customerId: f.customerId }, 'customerId'],
      [{ kind: 'COST', scope: 'CUSTOMER', customerId: f.customerId }, 'scope'],
      [{ kind: 'SALES', scope: 'CUSTOMER', customerId: newId() }, 'customerId'],
      [{ kind: 'SALES', scope: 'NAMED', name: ' ' }, 'name'],
    ] as const;
    for (const [input, field] of refusals) {
      const answer = await world.ok(createCard, { variables: { input: { name: 'Card', currency: 'EUR', ...input } } });
      expect(answer.createRateCard.userErrors, JSON.stringify(input)).toMatchObject([{ field }]);
    }
    const second = await world.ok(createCard, {
      variables: { input: { name: 'Card', kind: 'SALES', scope: 'STANDARD', currency: 'EUR', legalEntityId: f.legalEntityId } },
    });
    expect(second.createRateCard.userErrors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('is upserted by external reference and only ever renamed', async () => {
    await card();
    const upsert =
      'mutation ($input: UpsertRateCardsInput!) { upsertRateCards(input: $input) { results { rateCard { id version name externalRefs { externalId } } userErrors { code field } } } }';
    const item = { externalRef: { system: 'erp', externalId: newId() }, name: 'Named', kind: 'SALES', scope: 'NAMED', currency: 'EUR' };
    const run = async (each: Record<string, unknown>) =>
      (await world.ok(upsert, { variables: { input: { idempotencyKey: newId(), items: [each] } } })).upsertRateCards.results[0];
    const first = await run(item);
    expect(first.rateCard).toMatchObject({ version: 1, externalRefs: [{ externalId: item.externalRef.externalId }] });
    expect((await run(item)).rateCard).toMatchObject({ id: first.rateCard.id, version: 1 });
    expect((await run({ ...item, name: 'Other' })).rateCard).toMatchObject({ version: 2, name: 'Other' });
    expect((await run({ ...item, currency: 'USD' })).userErrors).toEqual([{ code: 'VALIDATION_FAILED', field: 'currency' }]);
  });

  test('refuses lines that say nothing or too much', async () => {
    const id = await card();
    const lines = [
      [{ rate: '1' }],
      [{ rate: '1', laborCategoryId: f.senior, employeeId: f.employeeId }],
      [{ rate: '1.001', laborCategoryId: f.senior }],
      [{ rate: '-1', laborCategoryId: f.senior }],
      [
        { rate: '1', laborCategoryId: f.senior },
        { rate: '2', laborCategoryId: f.senior },
      ],
      [{ rate: '1', laborCategoryId: newId() }],
      [{ rate: '1', employeeId: 'no id' }],
    ];
    for (const each of lines) {
      const answer = await world.ok(createVersion, { variables: { input: { rateCardId: id, effectiveFrom: '2026-01-01', lines: each } } });
      expect(answer.createRateCardVersion.userErrors, JSON.stringify(each)).toMatchObject([
        { field: expect.stringMatching(/^lines(\.(laborCategory|employee)Id)?$/) },
      ]);
    }
    expect(await versions(id)).toEqual([]);
    const unknown = await world.ok(createVersion, { variables: { input: { rateCardId: newId(), effectiveFrom: '2026-01-01', lines: [] } } });
    expect(unknown.createRateCardVersion.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: 'rateCardId' }]);
  });
});

describe('a version', () => {
  test('changes while it is DRAFT, and never again once published, in code and in the database', async () => {
    const id = await card();
    const version = await draft(id, '2026-01-01');
    const update =
      'mutation ($input: UpdateRateCardVersionInput!) { updateRateCardVersion(input: $input) { rateCardVersion { effectiveFrom lines { rate { amount } laborCategory { id } employee { id } } } userErrors { code field } } }';
    const changed = await done(world, update, {
      id: version.id,
      effectiveFrom: '2026-02-01',
      lines: [
        { employeeId: f.employeeId, rate: '120.5' },
        { laborCategoryId: f.junior, rate: '50' },
      ],
    });
    expect(changed.rateCardVersion).toEqual({
      effectiveFrom: '2026-02-01',
      lines: [
        { rate: { amount: '50.00' }, laborCategory: { id: f.junior }, employee: null },
        { rate: { amount: '120.50' }, laborCategory: null, employee: { id: f.employeeId } },
      ],
    });
    const before = (await world.facts()).length;
    expect((await done(world, publishVersion, { id: version.id })).rateCardVersion).toMatchObject({
      status: 'PUBLISHED',
      effectiveFrom: '2026-02-01',
      effectiveTo: null,
    });
    expect((await world.facts()).slice(before)).toEqual(['RateCardPublished']);
    expect((await world.ok(update, { variables: { input: { id: version.id, lines: [] } } })).updateRateCardVersion.userErrors).toEqual([
      { code: 'INVALID_TRANSITION', field: 'status' },
    ]);
    const around = [
      plantCorruption(world.sql)`update finance.rate_card_version set effective_from = '2020-01-01' where id = ${version.id}`,
      plantCorruption(world.sql)`update finance.rate_card_version set status = 'DRAFT' where id = ${version.id}`,
      plantCorruption(world.sql)`delete from finance.rate_card_version where id = ${version.id}`,
      plantCorruption(world.sql)`update finance.rate_card_line set rate_minor = 1 where rate_card_version_id = ${version.id}`,
      plantCorruption(world.sql)`delete from finance.rate_card_line where rate_card_version_id = ${version.id}`,
      plantCorruption(
        world.sql,
      )`insert into finance.rate_card_line (id, rate_card_version_id, labor_category_id, rate_minor, currency) values (${newId()}, ${version.id}, ${f.senior}, 1, 'EUR')`,
    ];
    for (const attempt of await Promise.allSettled(around)) {
      expect(attempt.status).toBe('rejected');
      if (attempt.status === 'rejected') expect(asRefused(attempt.reason)).toMatchObject({ code: 'GUARD_REFUSED', guard: 'versionPublished' });
    }
  });

  test('takes 5,000 lines of a version at most', async () => {
    const id = await card();
    const lines = Array(5001).fill({ laborCategoryId: f.senior, rate: '1' });
    const refused = [{ code: 'VALIDATION_FAILED', field: 'lines', message: 'A version holds at most 5000 lines; these are 5001.' }];
    const input = { rateCardId: id, effectiveFrom: '2026-01-01', lines };
    const text = (name: string, type: string) =>
      `mutation ($input: ${type}!) { ${name}(input: $input) { rateCardVersion { id lines { id } } userErrors { code field message } } }`;
    const create = text('createRateCardVersion', 'CreateRateCardVersionInput');
    expect((await world.ok(create, { variables: { input } })).createRateCardVersion).toEqual({ rateCardVersion: null, userErrors: refused });
    const { rateCardVersion } = await done(world, create, { ...input, lines: lines.slice(0, 1) });
    const update = text('updateRateCardVersion', 'UpdateRateCardVersionInput');
    const variables = { input: { id: rateCardVersion.id, lines } };
    expect((await world.ok(update, { variables })).updateRateCardVersion).toEqual({ rateCardVersion: null, userErrors: refused });
  });

  test('needs lines to be published', async () => {
    const id = await card();
    const { rateCardVersion } = await done(world, createVersion, { rateCardId: id, effectiveFrom: '2026-01-01', lines: [] });
    const answer = await world.ok(publishVersion, { variables: { input: { id: rateCardVersion.id } } });
    expect(answer.publishRateCardVersion.userErrors).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'hasLines' }]);
  });

  test('that was published wrongly is corrected for its own date by another one from that day, as often as needed', async () => {
    const id = await card();
    for (const from of ['2026-01-01', '2026-04-01', '2026-07-01', '2026-04-01', '2026-04-01'])
      await done(world, publishVersion, { id: (await draft(id, from)).id });
    const found = (await versions(id)).sort((a: { number: number }, b: { number: number }) => a.number - b.number);
    expect(found).toEqual([
      { number: 1, status: 'SUPERSEDED', effectiveFrom: '2026-01-01', effectiveTo: '2026-03-31' },
      { number: 2, status: 'SUPERSEDED', effectiveFrom: '2026-04-01', effectiveTo: '2026-03-31' },
      { number: 3, status: 'PUBLISHED', effectiveFrom: '2026-07-01', effectiveTo: null },
      { number: 4, status: 'SUPERSEDED', effectiveFrom: '2026-04-01', effectiveTo: '2026-03-31' },
      { number: 5, status: 'PUBLISHED', effectiveFrom: '2026-04-01', effectiveTo: '2026-06-30' },
    ]);
    const query = 'query ($id: ID!) { rateCard(id: $id) { march: versionOn(date: "2026-03-31") { number } april: versionOn(date: "2026-04-01") { number } } }';
    expect((await world.ok(query, { variables: { id } })).rateCard).toEqual({ march: { number: 1 }, april: { number: 5 } });
  });

  test('ends the one before it, whatever the order of publishing', async () => {
    const id = await card();
    for (const from of ['2026-01-01', '2026-07-01', '2026-04-01']) await done(world, publishVersion, { id: (await draft(id, from)).id });
    expect(await versions(id)).toEqual([
      { number: 1, status: 'SUPERSEDED', effectiveFrom: '2026-01-01', effectiveTo: '2026-03-31' },
      { number: 3, status: 'PUBLISHED', effectiveFrom: '2026-04-01', effectiveTo: '2026-06-30' },
      { number: 2, status: 'PUBLISHED', effectiveFrom: '2026-07-01', effectiveTo: null },
    ]);
    const query = `query ($id: ID!, $senior: ID!) { rateCard(id: $id) { march: versionOn(date: "2026-03-31") { number line(laborCategoryId: $senior) { rate { amount } } } never: versionOn(date: "2025-12-31") { number } } }`;
    expect((await world.ok(query, { variables: { id, senior: f.senior } })).rateCard).toEqual({
      march: { number: 1, line: { rate: { amount: '100.00' } } },
      never: null,
    });
  });

  test('races another publication and never overlaps it', async () => {
    const id = await card();
    const drafts = [];
    for (const month of ['01', '02', '03', '04', '05', '06', '07', '08']) drafts.push(await draft(id, `2026-${month}-01`));
    const answers = await Promise.all(drafts.toReversed().map((version) => world.ok(publishVersion, { variables: { input: { id: version.id } } })));
    expect(answers.flatMap((answer) => answer.publishRateCardVersion.userErrors)).toEqual([]);
    const published = await versions(id);
    expect(published.map((version: { effectiveTo: string | null }) => version.effectiveTo)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
      '2026-07-31',
      null,
    ]);
    const overlap = plantCorruption(
      world.sql,
    )`insert into finance.rate_card_version (id, rate_card_id, kind, number, status, effective_from, effective_to, published_at)
      values (${newId()}, ${id}, 'SALES', 99, 'PUBLISHED', '2026-01-15', '2026-01-20', now())`;
    await expect(overlap).rejects.toMatchObject({ code: '23P01', constraint_name: 'rate_card_version_no_overlap' });
  });
});

describe('who sees rates', () => {
  test('cost cards need cost:read, and a client never sees them', async () => {
    f = await firm(world);
    const { cost, sales } = await f.standardCards();
    const query =
      'query ($cost: ID!, $sales: ID!, $entity: ID!) { cost: rateCard(id: $cost) { name } sales: rateCard(id: $sales) { name } rateCards(filter: { legalEntityIds: [$entity] }) { totalCount } rateCardVersions(filter: { effectiveOn: "2026-02-02" }) { nodes { rateCard { kind } } } }';
    const variables = { cost: cost.cardId, sales: sales.cardId, entity: f.legalEntityId };
    expect(await world.ok(query, { variables })).toMatchObject({ cost: { name: 'STANDARD COST' }, rateCards: { totalCount: 2 } });
    const seller = await world.ok(query, { variables, actor: { ...allowed, permissions: ['rate:read'] } });
    expect(seller).toMatchObject({ cost: null, sales: { name: 'STANDARD SALES' }, rateCards: { totalCount: 1 } });
    expect(new Set(seller.rateCardVersions.nodes.map((node: { rateCard: { kind: string } }) => node.rateCard.kind))).toEqual(new Set(['SALES']));
    const greedy = { ...portalOf(f.customerId), permissions: ['rate:read', 'cost:read'] };
    expect(await world.ok(query, { variables, actor: greedy })).toMatchObject({
      cost: null,
      sales: null,
      rateCards: { totalCount: 0 },
      rateCardVersions: { nodes: [] },
    });
  });

  test("a customer's card is seen and written by who may see the customer", async () => {
    f = await firm(world);
    const lines = [{ laborCategoryId: f.senior, rate: '90' }];
    const { cardId, versionId } = await publishedCard(world, { kind: 'SALES', scope: 'CUSTOMER', customerId: f.customerId, lines });
    const other = { ...allowed, customerIds: [newId()] };
    const query = 'query ($card: ID!, $version: ID!) { rateCard(id: $card) { customer { id } } rateCardVersion(id: $version) { number } }';
    const variables = { card: cardId, version: versionId };
    expect(await world.ok(query, { variables, actor: { ...allowed, customerIds: [f.customerId] } })).toEqual({
      rateCard: { customer: { id: f.customerId } },
      rateCardVersion: { number: 1 },
    });
    expect(await world.ok(query, { variables, actor: other })).toEqual({ rateCard: null, rateCardVersion: null });
    const write = await world.ok(createVersion, { variables: { input: { rateCardId: cardId, effectiveFrom: '2027-01-01', lines } }, actor: other });
    expect(write.createRateCardVersion.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const update = 'mutation ($input: UpdateRateCardInput!) { updateRateCard(input: $input) { rateCard { name } userErrors { code } } }';
    expect((await world.ok(update, { variables: { input: { id: cardId, name: 'x' } }, actor: other })).updateRateCard.userErrors).toEqual([
      { code: 'NOT_FOUND' },
    ]);
    expect((await done(world, update, { id: cardId, name: 'Renamed' })).rateCard.name).toBe('Renamed');
    const publish = await world.ok(publishVersion, { variables: { input: { id: versionId } }, actor: { ...allowed, permissions: ['rate:write'] } });
    expect(publish.publishRateCardVersion.userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
  });

  test('a page of cards with versions, lines and actions takes a handful of statements', async () => {
    const query =
      '{ rateCards(first: 50) { nodes { legalEntity { name } versions { nodes { lines { rate { amount } } availableActions { name } } } versionOn(date: "2026-02-02") { number } externalRefs { externalId } } } }';
    world.statements.length = 0;
    await world.ok(query);
    expect(world.statements.length).toBeLessThanOrEqual(7);
  });
});
