import { expect, test } from 'vitest';
import { type RoleName, roles } from '#gateway/roles.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { firmWorld } from '../support/firmWorld.ts';

const { graph, firm } = await firmWorld();

const fields = 'actorId kind roles permissions system contract tokenExpiresAt employee { id }';
/** A partner sees by the persons whom it sends. */
const who = async (wish: TokenWish) => (await graph.ok(`{ viewer { ${fields} ${wish.role === 'partner' ? '' : 'customers { id }'} } }`, {}, wish)).viewer;
const wishes: Partial<Record<RoleName, Omit<TokenWish, 'role'>>> = {
  portal: { customerIds: [firm.customerId] },
  partner: { customerIds: [firm.customerId], employeeIds: [firm.employeeId] },
  psa: { system: 'psa' },
  consultant: { employeeId: firm.employeeId },
};

test.each(Object.entries(roles))('the viewer of the role %s is told who it is, what it may and until when', async (name, role) => {
  const wish = wishes[name as RoleName] ?? {};
  const viewer = await who({ role: name, ...wish });
  expect(viewer).toMatchObject({
    actorId: `dev-${name}`,
    kind: role.kind,
    roles: [name],
    permissions: [...role.permissions].sort(),
    system: wish.system ?? null,
  });
  expect(viewer.contract).toBe(name === 'portal' || name === 'partner' ? name : null);
  expect(viewer.employee).toEqual(wish.employeeId ? { id: wish.employeeId } : null);
  expect(viewer.customers?.map(({ id }: { id: string }) => id) ?? null).toEqual(name === 'partner' ? null : (wish.customerIds ?? null));
  expect(Date.parse(viewer.tokenExpiresAt)).toBeGreaterThan(Date.now());
});

test('who is confined to legal entities is told, unless it stands outside the firm', async () => {
  const ask = (wish: TokenWish) => graph.ok('{ viewer { legalEntities { id } } }', {}, wish);
  expect((await ask({ role: 'finance', legalEntityIds: [firm.legalEntityId] })).viewer.legalEntities).toEqual([{ id: firm.legalEntityId }]);
  expect((await ask({ role: 'finance' })).viewer.legalEntities).toBeNull();
});

test('the portal of a client reads whose it is', async () => {
  const { viewer } = await graph.ok('{ viewer { customers { name } } }', {}, { role: 'portal', customerIds: [firm.customerId] });
  expect(viewer.customers).toEqual([{ name: expect.any(String) }]);
});

test('an action says which mutation does it', async () => {
  const { customer } = await graph.ok('query ($id: ID!) { customer(id: $id) { availableActions { name mutation refusals } } }', { id: firm.customerId });
  expect(customer.availableActions).toEqual([{ name: 'deactivate', mutation: 'deactivateCustomer', refusals: [] }]);
});
