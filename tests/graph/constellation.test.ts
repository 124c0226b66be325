import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { financeSubgraph } from '#finance/subgraph.ts';
import { operationsSubgraph } from '#operations/subgraph.ts';
import { resourcesSubgraph } from '#resources/subgraph.ts';
import { timeSubgraph } from '#time/subgraph.ts';
import { constellation, type TransportName } from '../support/constellation.ts';

const subgraphs = [engagementsSubgraph, resourcesSubgraph, timeSubgraph, financeSubgraph, operationsSubgraph];

const portal = `query ($id: ID!) {
  customer(id: $id) {
    name
    projects(first: 5) { nodes { name assignments(first: 5) { nodes { employee { name } } } } }
    timeEntries(first: 10) { nodes { workDate hours employee { name } } }
    invoices(first: 5) { nodes { number status total { amount currency } } }
  }
}`;

describe.each<TransportName>(['in process', 'HTTP'])('all five subgraphs, %s', (transport) => {
  let world: Awaited<ReturnType<typeof constellation>>;
  beforeAll(async () => {
    world = await constellation({ subgraphs, transport });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('are ready', async () => {
    const checks = async () => ((await (await fetch(new URL('/ready', world.url))).json()) as { checks: Record<string, string> }).checks;
    // On a busy machine a subgraph may be late with one answer.
    await expect.poll(checks).toEqual(Object.fromEntries(subgraphs.map(({ name }) => [`subgraph ${name}`, 'ok'])));
  });

  test("answer a portal's question together", async () => {
    const { createCustomer } = await world.ok('mutation { createCustomer(input: { name: "Acme" }) { customer { id } userErrors { code } } }');
    const { id } = createCustomer.customer;
    const none = { nodes: [] };
    const data = await world.ok(portal, { id }, { role: 'portal', customerIds: [id] });
    expect(data).toEqual({ customer: { name: 'Acme', projects: none, timeEntries: none, invoices: none } });
    const other = '01900000-0000-7000-8000-000000000001';
    expect(await world.ok(portal, { id }, { role: 'portal', customerIds: [other] })).toEqual({ customer: null });
  });

  test('answer every list at the root for every role without a fault of ours', async () => {
    const { __schema } = await world.ok(
      '{ __schema { queryType { fields { name args { name type { kind } } type { kind ofType { kind name fields { name } } } } } } }',
    );
    type Field = { name: string; args: { type: { kind: string } }[]; type: { ofType: { fields: { name: string }[] | null } | null } };
    const lists = (__schema.queryType.fields as Field[]).filter(
      (field) => field.args.every((arg) => arg.type.kind !== 'NON_NULL') && field.type.ofType?.fields?.some(({ name }) => name === 'totalCount'),
    );
    expect(lists.length).toBeGreaterThan(15);
    for (const role of ['admin', 'psa', 'crm', 'hr', 'finance', 'manager', 'consultant', 'analyst', 'support', 'portal']) {
      const customerIds = role === 'portal' ? ['01900000-0000-7000-8000-000000000001'] : undefined;
      for (const { name } of lists) {
        const { errors } = await world.ask(`{ ${name}(first: 1) { totalCount } }`, {}, { role, customerIds });
        const codes = (errors ?? []).map((error: { extensions: { code: string } }) => error.extensions.code);
        expect(
          codes.filter((code: string) => code !== 'FORBIDDEN'),
          `${role} ${name}: ${world.faults.at(-1)}`,
        ).toEqual([]);
        if (role === 'admin' || role === 'analyst') expect(codes, `${role} ${name}`).toEqual([]);
      }
    }
  });
});
