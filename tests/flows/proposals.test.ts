import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
let firm: Awaited<ReturnType<typeof firmAt>>;
beforeAll(async () => {
  world = await flowWorld();
  firm = await firmAt(world.graph);
});
afterAll(() => world[Symbol.asyncDispose]());

type Item = Readonly<Record<string, unknown>>;
const by = (system: string) => ({ role: system === 'erp' ? 'psa' : system, system });
const errors = 'userErrors { code field proposalId }';

const customer = (name: string, more: Item = {}) => world.graph.made('createCustomer', 'customer', { name, ...more });
const nameOf = async (id: string) => (await world.sql`select name, version from engagements.customer where id = ${id}`)[0];

/** PSA wants to change a customer, which is the CRM's. */
async function proposed(id: string, change: Item, more: Item = {}): Promise<string> {
  const { userErrors } = await world.graph.mutate('updateCustomer', { id, ...change, ...more }, { select: `customer { id } ${errors}`, wish: by('psa') });
  expect(userErrors).toMatchObject([{ code: 'OWNERSHIP_VIOLATION', proposalId: expect.any(String) }]);
  return userErrors[0].proposalId;
}

async function read(id: string): Promise<Json> {
  const fields = `id version status entityType entityId changes { field before after } mutation system proposedBy sourceVersion message supersededBy { id } decidedBy reason`;
  return (await world.graph.ok(`query ($id: ID!) { operations { proposal(id: $id) { ${fields} } } }`, { id })).operations.proposal;
}

const decide = (mutation: 'acceptProposal' | 'rejectProposal', input: Item, wish: { role: string; system?: string } = by('crm')) =>
  world.graph.mutate(mutation, input, { select: 'proposal { id status reason decidedBy }', wish });

const facts = async (id: string) => (await world.sql`select type from log.fact where subject_id = ${id} order by position`).map(({ type }) => type);

describe('what a system wants of what another owns', () => {
  test('changes nothing, is kept once, and says what it would change', async () => {
    const id = await customer('Kept');
    const before = await nameOf(id);
    const proposal = await proposed(id, { name: 'Better', billingEmail: 'pay@example.com' });
    expect(await nameOf(id)).toEqual(before);
    expect(await read(proposal)).toMatchObject({
      ...{ version: 1, status: 'OPEN', entityType: 'Customer', entityId: id, mutation: 'updateCustomer', system: 'psa', proposedBy: 'dev-psa', reason: null },
      changes: [
        { field: 'name', before: '"Kept"', after: '"Better"' },
        { field: 'billingEmail', before: null, after: '"pay@example.com"' },
      ],
    });
    expect(await proposed(id, { name: 'Better', billingEmail: 'pay@example.com' })).toBe(proposal);
    const key = { idempotencyKey: randomUUID() };
    expect(await proposed(id, { name: 'Better', billingEmail: 'pay@example.com' }, key)).toBe(proposal);
  });

  test('takes the place of what the same system wanted of the same fields; other fields wait beside it', async () => {
    const id = await customer('Old');
    const first = await proposed(id, { name: 'One' });
    const beside = await proposed(id, { billingEmail: 'x@example.com' });
    const second = await proposed(id, { name: 'Two' });
    expect(await read(first)).toMatchObject({ status: 'SUPERSEDED', supersededBy: { id: second } });
    expect([(await read(second)).status, (await read(beside)).status]).toEqual(['OPEN', 'OPEN']);
    expect((await decide('acceptProposal', { id: first })).userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
  });

  test('is carried out when its owner accepts it, by the mutation that was refused', async () => {
    const id = await customer('Before');
    const proposal = await proposed(id, { name: 'After' });
    expect((await decide('acceptProposal', { id: proposal })).proposal).toMatchObject({ status: 'ACCEPTING', decidedBy: 'dev-crm' });
    await world.settle();
    expect(await nameOf(id)).toMatchObject({ name: 'After', version: 2 });
    expect(await read(proposal)).toMatchObject({ status: 'ACCEPTED', decidedBy: 'dev-crm' });
    expect(await facts(proposal)).toEqual(['ProposalMade', 'ProposalAccepted']);
    const [cause] = await world.sql`select cause.type from log.fact own join log.fact cause on cause.id = own.causation_id
      where own.subject_id = ${id} and own.type = 'CustomerUpdated'`;
    expect(cause?.type).toBe('ProposalAccepted');
    // Heard of twice, it is carried out once.
    await world.sql`delete from log.delivery where consumer = 'accepted-proposals'`;
    await world.sql`update log.consumer set position = 0 where name = 'accepted-proposals'`;
    await world.settle();
    expect(await nameOf(id)).toMatchObject({ version: 2 });
  });

  test('stays as it was where its owner rejects it, with the reason', async () => {
    const id = await customer('Stays');
    const proposal = await proposed(id, { name: 'Goes' });
    expect((await decide('rejectProposal', { id: proposal, reason: ' ' })).userErrors).toMatchObject([{ code: 'VALIDATION_FAILED', field: 'reason' }]);
    expect((await decide('rejectProposal', { id: proposal, reason: 'Legal name.' })).proposal).toMatchObject({ status: 'REJECTED', reason: 'Legal name.' });
    await world.settle();
    expect(await nameOf(id)).toMatchObject({ name: 'Stays', version: 1 });
    expect(await facts(proposal)).toEqual(['ProposalMade', 'ProposalRejected']);
    expect(await proposed(id, { name: 'Goes' })).not.toBe(proposal);
  });

  test('is decided by who keeps these fields: not by who proposed it, by no other system, and not without the permission', async () => {
    const id = await customer('Whose');
    const proposal = await proposed(id, { name: 'Mine' });
    for (const wish of [by('psa'), by('hr'), by('erp')])
      expect((await decide('acceptProposal', { id: proposal }, wish)).userErrors).toMatchObject([{ code: 'OWNERSHIP_VIOLATION', field: 'name' }]);
    expect((await decide('acceptProposal', { id: proposal }, { role: 'manager' })).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const billing = await proposed(id, { billingEmail: 'b@example.com' });
    expect((await decide('acceptProposal', { id: billing }, by('erp'))).userErrors).toEqual([]);
    expect((await decide('acceptProposal', { id: proposal }, { role: 'finance' })).userErrors).toEqual([]);
    expect((await decide('acceptProposal', { id: randomUUID() })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    await world.settle();
    expect(await nameOf(id)).toMatchObject({ name: 'Mine' });
  });

  test('waits again, with the reason, where its guards refuse it then', async () => {
    const [parentId, id] = [await customer('Above'), await customer('Below')];
    const proposal = await proposed(id, { parentId });
    await world.graph.done('updateCustomer', { id: parentId, parentId: id });
    await decide('acceptProposal', { id: proposal });
    await world.settle();
    expect(await read(proposal)).toMatchObject({ status: 'OPEN', reason: 'A customer cannot belong to itself or to one of its children.' });
    expect(await facts(proposal)).toEqual(['ProposalMade', 'ProposalAccepted', 'ProposalReturned']);
  });

  test('stands among what is stuck while it waits, with its cures', async () => {
    const id = await customer('Stuck');
    const proposal = await proposed(id, { name: 'Loose' });
    const stuck = async (role: string) => {
      const query = `query ($filter: StuckFilter) { operations { stuck(filter: $filter) { nodes { id kind code process subjectType subjectId owner cures { mutation } proposal { id } } } } }`;
      return (await world.graph.ok(query, { filter: { kinds: ['PROPOSAL'], subjectIds: [id] } }, { role })).operations.stuck.nodes;
    };
    expect(await stuck('finance')).toEqual([
      {
        ...{ id: proposal, kind: 'PROPOSAL', code: 'OWNERSHIP_VIOLATION', process: 'psa', subjectType: 'Customer', subjectId: id, owner: 'owner' },
        ...{ cures: [{ mutation: 'acceptProposal' }, { mutation: 'rejectProposal' }], proposal: { id: proposal } },
      },
    ]);
    await decide('rejectProposal', { id: proposal, reason: 'No.' });
    expect(await stuck('finance')).toEqual([]);
  });
});

describe('items of a bulk call', () => {
  const upsert = async (items: readonly Item[], key: string = randomUUID()) =>
    world.graph.mutate(
      'upsertProjects',
      { idempotencyKey: key, items },
      { select: `replayed results { project { id } ${errors} }`, wish: { role: 'psa', system: 'crm' } },
    );
  const ref = (externalId: string, version?: string) => ({ externalRef: { system: 'crm', externalId, ...(version ? { version } : {}) } });

  test('are proposed one by one, beside those that were carried out, and a replay tells the same', async () => {
    const [key, externalId] = [randomUUID(), randomUUID()];
    const items = [{ name: 'New', engagementId: firm.engagementId, ...ref(externalId, '7') }];
    const first = await upsert(items, key);
    const { proposalId } = first.results[0].userErrors[0];
    expect(await read(proposalId)).toMatchObject({ entityType: 'Project', entityId: null, mutation: 'upsertProjects', sourceVersion: '7' });
    const again = await upsert(items, key);
    expect(again).toEqual({ ...first, replayed: true });
    expect((await upsert(items)).results[0].userErrors[0].proposalId).toBe(proposalId);
    expect((await decide('acceptProposal', { id: proposalId }, by('psa'))).userErrors).toEqual([]);
    await world.settle();
    expect(
      await world.sql`select p.name from engagements.project p join engagements.external_ref r on r.entity_id = p.id where r.external_id = ${externalId}`,
    ).toEqual([{ name: 'New' }]);
    expect((await read(proposalId)).status).toBe('ACCEPTED');
  });
});

test('proposals are listed by state, entity and system, and not for those who see a part of the firm', async () => {
  const id = await customer('Listed');
  const proposal = await proposed(id, { name: 'Found' });
  const list = (filter: Item, wish: Json = { role: 'analyst' }) =>
    world.graph.ok('query ($filter: OwnershipProposalFilter) { operations { proposals(filter: $filter) { totalCount nodes { id } } } }', { filter }, wish);
  const found = await list({ entityIds: [id], statuses: ['OPEN'], systems: ['psa'], entityTypes: ['Customer'], updatedSince: '2020-01-01T00:00:00Z' });
  expect(found.operations.proposals).toEqual({ totalCount: 1, nodes: [{ id: proposal }] });
  expect((await list({ entityIds: [id], statuses: ['REJECTED'] })).operations.proposals.totalCount).toBe(0);
  expect((await list({}, { role: 'analyst', customerIds: [id] })).operations.proposals.nodes).toEqual([]);
});
