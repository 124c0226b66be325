import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { action, engaged, factsOf, made, mutate, reference, running, siblings, upsert } from '../support/engagements.ts';
import { allowed, portalOf, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
let ids: Awaited<ReturnType<typeof siblings>>;
let customerId: string;
beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
  ids = await siblings(world);
  customerId = (await made(world, 'createCustomer', { name: 'Acme' })).id;
});
afterAll(() => world[Symbol.asyncDispose]());

const create = (more: Record<string, unknown> = {}) => made(world, 'createEngagement', { customerId, name: 'Programme', ...more });

describe('an engagement', () => {
  test('is created as DRAFT, with fact and reference', async () => {
    let id = '';
    const facts = await factsOf(world, async () => {
      ({ id } = await create({ startDate: '2026-01-01' }));
    });
    expect(facts).toEqual([
      expect.objectContaining({
        type: 'EngagementCreated',
        customer_id: customerId,
        engagement_id: id,
        payload: { engagementId: id, customerId, name: 'Programme', status: 'DRAFT' },
      }),
    ]);
    expect(await reference(world, 'Engagement', id)).toEqual({ version: 1, data: { customerId, name: 'Programme', status: 'DRAFT' } });
    const query = 'query ($id: ID!) { engagement(id: $id) { name description startDate endDate customer { name } availableActions { name refusals } } }';
    expect((await world.ok(query, { variables: { id } })).engagement).toEqual({
      name: 'Programme',
      description: null,
      startDate: '2026-01-01',
      endDate: null,
      customer: { name: 'Acme' },
      availableActions: [
        { name: 'activate', refusals: [] },
        { name: 'cancel', refusals: [] },
      ],
    });
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['a blank name', { name: ' ' }, { code: 'VALIDATION_FAILED', field: 'name' }],
    ['a customer that is none', { customerId: newId() }, { code: 'NOT_FOUND', field: 'customerId' }],
    ['an id that is none', { customerId: 'x' }, { code: 'NOT_FOUND', field: 'customerId' }],
    ['an end before the start', { startDate: '2026-02-01', endDate: '2026-01-01' }, { code: 'VALIDATION_FAILED', field: 'endDate' }],
  ])('is not created with %s', async (_, more, refused) => {
    const { errors } = await mutate(world, 'createEngagement', { customerId, name: 'Programme', ...more });
    expect(errors).toMatchObject([refused]);
  });

  test('goes its way, each step with its fact', async () => {
    const { id } = await create();
    const facts = await factsOf(world, async () => {
      for (const name of ['activate', 'hold', 'resume', 'complete', 'close']) await action(world, `${name}Engagement`, { id });
    });
    expect(facts.map(({ type, subject_version, payload }) => [type, subject_version, payload.previousStatus, payload.status].join(' '))).toEqual([
      'EngagementStatusChanged 2 DRAFT ACTIVE',
      'EngagementStatusChanged 3 ACTIVE ON_HOLD',
      'EngagementStatusChanged 4 ON_HOLD ACTIVE',
      'EngagementStatusChanged 5 ACTIVE COMPLETED',
      'EngagementStatusChanged 6 COMPLETED CLOSED',
    ]);
    expect(await reference(world, 'Engagement', id)).toMatchObject({ version: 6, data: { status: 'CLOSED' } });
    expect((await action(world, 'activateEngagement', { id })).refused).toMatchObject({ code: 'INVALID_TRANSITION' });
    const { errors } = await mutate(world, 'updateEngagement', { id, name: 'Late' });
    expect(errors).toMatchObject([{ code: 'GUARD_REFUSED', guard: 'engagementOpen' }]);
    expect((await mutate(world, 'createProject', { engagementId: id, name: 'Late' })).errors).toMatchObject([{ guard: 'engagementOpen' }]);
    expect((await mutate(world, 'createContract', { engagementId: id, name: 'Late', currency: 'USD', startDate: '2026-01-01' })).errors).toMatchObject([
      { guard: 'engagementOpen' },
    ]);
  });

  test('changes what it is told to, clears what is null, and states nothing for nothing', async () => {
    const { id } = await create({ description: 'Old', endDate: '2026-12-31' });
    const select = 'version name description endDate';
    expect(await made(world, 'updateEngagement', { id, expectedVersion: 1, name: 'New', description: null }, { select })).toEqual({
      version: 2,
      name: 'New',
      description: null,
      endDate: '2026-12-31',
    });
    expect(await made(world, 'updateEngagement', { id, name: 'New' }, { select })).toMatchObject({ version: 2 });
    expect((await mutate(world, 'updateEngagement', { id, expectedVersion: 1, name: 'Newer' })).errors).toMatchObject([{ code: 'STALE_VERSION' }]);
    expect((await mutate(world, 'updateEngagement', { id, name: null })).errors).toMatchObject([{ code: 'VALIDATION_FAILED' }]);
  });

  test('closes and cancels only without open projects', async () => {
    const acme = await engaged(world, ids, 'Closing');
    const id = await running(world, ids, acme);
    await action(world, 'activateEngagement', { id: acme.engagement });
    await action(world, 'completeEngagement', { id: acme.engagement });
    expect((await action(world, 'closeEngagement', { id: acme.engagement })).refused).toMatchObject({
      guard: 'noOpenProject',
      message: '1 of its projects are still open. Close or cancel them first.',
    });
    const actions = 'query ($id: ID!) { engagement(id: $id) { availableActions { name refusals } } }';
    expect((await world.ok(actions, { variables: { id: acme.engagement } })).engagement.availableActions).toEqual([
      { name: 'reopen', refusals: [] },
      { name: 'close', refusals: [expect.stringMatching(/^noOpenProject: 1 of/)] },
    ]);
    await action(world, 'completeProject', { id });
    await action(world, 'closeProject', { id });
    expect(await action(world, 'closeEngagement', { id: acme.engagement })).toMatchObject({ status: 'CLOSED' });
    const draft = await create();
    const project = await made(world, 'createProject', { engagementId: draft.id, name: 'P' });
    expect((await action(world, 'cancelEngagement', { id: draft.id })).refused).toMatchObject({ guard: 'noOpenProject' });
    await action(world, 'cancelProject', { id: project.id });
    expect(await action(world, 'cancelEngagement', { id: draft.id })).toMatchObject({ status: 'CANCELLED' });
  });

  test('is upserted by external reference, activated on the way, and unchanged the second time', async () => {
    const item = (n: number, more = {}) => ({ externalRef: { system: 'erp', externalId: `E${n}` }, customerId, name: `Code ${n}`, activate: true, ...more });
    const items = [item(1), item(2, { name: '' }), item(3, { activate: false }), item(1), item(4, { customerId: newId() })];
    const first = await upsert(world, 'Engagement', { idempotencyKey: 'e1', items });
    expect(first).toMatchObject({ succeeded: 2, failed: 3, userErrors: [] });
    expect(first.results.map((result: { engagement: object | null; userErrors: object[] }) => result.engagement ?? result.userErrors[0])).toMatchObject([
      { status: 'ACTIVE', version: 2 },
      { code: 'VALIDATION_FAILED', field: 'name' },
      { status: 'DRAFT', version: 1 },
      { code: 'VALIDATION_FAILED', field: 'externalRef' },
      { code: 'NOT_FOUND', field: 'customerId' },
    ]);
    const facts = await factsOf(world, async () => {
      const again = await upsert(world, 'Engagement', { idempotencyKey: 'e2', items: [item(1), item(3, { name: 'Renamed' })] });
      expect(again.results).toMatchObject([{ engagement: { version: 2 } }, { engagement: { version: 3, name: 'Renamed', status: 'ACTIVE' } }]);
    });
    expect(facts.map((fact) => fact.type)).toEqual(['EngagementStatusChanged']);
    expect((await upsert(world, 'Engagement', { idempotencyKey: 'e2', items: [item(1), item(3, { name: 'Renamed' })] })).replayed).toBe(true);
    const moved = await upsert(world, 'Engagement', {
      idempotencyKey: 'e3',
      items: [item(1, { customerId: (await made(world, 'createCustomer', { name: 'Other' })).id })],
    });
    expect(moved.results[0].userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'customerId' }]);
  });

  test('is found by external reference, status, name and customer', async () => {
    await create({ name: 'Needle 100%', externalRefs: [{ system: 'erp', externalId: 'N1' }] });
    const find = async (filter: object) =>
      (
        await world.ok('query ($filter: EngagementFilter) { engagements(filter: $filter) { nodes { name externalRefs { externalId } } } }', {
          variables: { filter },
        })
      ).engagements.nodes;
    const needle = [{ name: 'Needle 100%', externalRefs: [{ externalId: 'N1' }] }];
    expect(await find({ externalRefs: [{ system: 'erp', externalId: 'N1' }] })).toEqual(needle);
    expect(await find({ nameContains: '100%', customerIds: [customerId], statuses: ['DRAFT'] })).toEqual(needle);
    expect(await find({ nameContains: '100%', statuses: ['CLOSED'] })).toEqual([]);
    expect(await find({ customerIds: ['no-id'] })).toEqual([]);
    expect((await mutate(world, 'createEngagement', { customerId, name: 'Thief', externalRefs: [{ system: 'erp', externalId: 'N1' }] })).errors).toMatchObject([
      { code: 'DUPLICATE_EXTERNAL_REF' },
    ]);
  });

  test('is not for whoever lacks the permission or the customer', async () => {
    const { id } = await create();
    const stranger = { ...allowed, customerIds: [newId()] };
    expect((await mutate(world, 'updateEngagement', { id, name: 'Mine' }, { actor: stranger })).errors).toMatchObject([{ code: 'NOT_FOUND', field: 'id' }]);
    expect((await mutate(world, 'createEngagement', { customerId, name: 'Mine' }, { actor: stranger })).errors).toMatchObject([
      { code: 'NOT_FOUND', field: 'customerId' },
    ]);
    expect((await mutate(world, 'updateEngagement', { id, name: 'Mine' }, { actor: portalOf(customerId) })).errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect((await action(world, 'activateEngagement', { id }, { actor: portalOf(customerId) })).refused).toMatchObject({ code: 'FORBIDDEN' });
  });
});
