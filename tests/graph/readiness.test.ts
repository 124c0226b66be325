import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { check } from '../../roles/check.ts';
import { checks } from '../../subgraphs/finance/readiness/checks.ts';
import { firmAt } from '../support/firmAt.ts';
import { type FlowWorld, flowWorld } from '../support/flowWorld.ts';
import type { Json } from '../support/graph.ts';

let world: FlowWorld;
beforeAll(async () => {
  world = await flowWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const query = 'query ($asOf: Date) { readiness(asOf: $asOf) { asOf ready more gaps { code message subjectType subjectId mutation } } }';
const readiness = async (wish?: Parameters<FlowWorld['graph']['ok']>[2]) => (await world.graph.ok(query, { asOf: '2026-02-09' }, wish)).readiness;
const codes = async (): Promise<string[]> => (await readiness()).gaps.map(({ code }: Json) => code);

test('an empty firm lacks everything; each gap says its name and the mutation that closes it', async () => {
  const { gaps, ready } = await readiness();
  expect(ready).toBe(false);
  expect(gaps).toEqual([
    {
      code: 'NO_LEGAL_ENTITY',
      message: 'The firm has no legal entity, so nothing stands in any books.',
      subjectType: 'LegalEntity',
      subjectId: null,
      mutation: 'createLegalEntity',
    },
    {
      code: 'NO_APPROVER',
      message: 'The firm has fewer than two people in employment: nobody approves what is their own.',
      subjectType: 'Employee',
      subjectId: null,
      mutation: 'activateEmployee',
    },
  ]);
  const mutations = buildSchema(readFileSync('schema/supergraph.graphql', 'utf8'), { assumeValidSDL: true }).getMutationType()?.getFields() ?? {};
  expect(Object.values(checks).filter(({ mutation }) => !Object.hasOwn(mutations, mutation))).toEqual([]);
});

test('a firm that can bill is ready, in a number of statements that does not grow; what it lacks is named', async () => {
  const own = await firmAt(world.graph, { name: 'Us', cards: false });
  expect(await codes()).toEqual(['NO_COST_CARD', 'CONTRACT_WITHOUT_RATES', 'EMPLOYEE_WITHOUT_COST_RATE', 'EMPLOYEE_WITHOUT_COST_RATE']);
  expect((await readiness()).gaps[0]).toMatchObject({
    message: `Us books (${own.legalEntityId}) has no published cost card for the day. Without the cost of an hour no hour is billed, whatever the contract says.`,
    subjectId: own.legalEntityId,
    mutation: 'publishRateCardVersion',
  });
  await own.publishCards();
  expect(await readiness()).toMatchObject({ ready: true, more: false, gaps: [] });
  // What is ready indeed becomes actuals.
  await own.approved(['2026-02-09']);
  await world.settle();
  const { operations } = await world.graph.ok('{ operations { stuck { totalCount } } }');
  expect(operations.stuck.totalCount).toBe(0);
});

test('each thing that is taken away is missed, and given back it is not', async () => {
  const { done, made } = world.graph;
  const { customers } = await world.graph.ok('{ customers { nodes { id legalEntity { id } taxProfile { id } } } projects { nodes { id manager { id } } } }');
  const [{ id, taxProfile }] = customers.nodes;
  await done('updateTaxProfile', { id: taxProfile.id, rates: [{ basisPoints: 2100, effectiveFrom: '2030-01-01' }] });
  expect(await codes()).toEqual(['TAX_PROFILE_WITHOUT_RATE']);
  await done('updateTaxProfile', { id: taxProfile.id, rates: [{ basisPoints: 2100, effectiveFrom: '2020-01-01' }] });
  const { fiscalPeriods } = await world.graph.ok('{ fiscalPeriods(first: 1, filter: { activeOn: "2026-02-09" }) { nodes { id } } }');
  await done('closeFiscalPeriod', { id: fiscalPeriods.nodes[0].id });
  expect(await codes()).toEqual(['NO_FISCAL_PERIOD']);
  await done('reopenFiscalPeriod', { id: fiscalPeriods.nodes[0].id });
  const employeeId = await made('createEmployee', 'employee', { name: 'Novice', legalName: 'Novice', hiredOn: '2020-01-01', laborCategories: [] });
  await done('activateEmployee', { id: employeeId });
  expect((await readiness()).gaps).toMatchObject([{ code: 'EMPLOYEE_WITHOUT_LABOR_CATEGORY', message: expect.stringContaining(`Novice (${employeeId})`) }]);
  expect(id).toBeTruthy();
});

test('is for who sees the whole firm', async () => {
  const { customers } = await world.graph.ok('{ customers { nodes { id } } }');
  const confined = { role: 'finance', customerIds: [customers.nodes[0].id] };
  expect((await world.graph.ask(query, {}, confined)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect((await world.graph.ask(query, {}, { role: 'portal', customerIds: [customers.nodes[0].id] })).errors).toHaveLength(1);
  expect((await readiness({ role: 'psa', system: 'psa' })).asOf).toBe('2026-02-09');
});

test('"check" says the same on the command line, and whom it asked when nobody answers', async () => {
  const lines: string[] = [];
  const out = (line: string) => void lines.push(line);
  const call = { words: [], env: {}, out };
  const token = await world.token({ role: 'analyst' });
  expect(await check.run({ ...call, flags: { url: world.url, token, date: '2026-02-09' } })).toBe(1);
  expect(lines[0]).toBe('Before work of 2026-02-09 can be billed:');
  expect(lines[1]).toMatch(/^- Novice \(.*-> setEmployeeLaborCategory \(EMPLOYEE_WITHOUT_LABOR_CATEGORY\)$/);
  await expect(check.run({ ...call, flags: { url: 'http://127.0.0.1:1/graphql', token } })).rejects.toThrow('http://127.0.0.1:1/graphql');
  await expect(check.run({ ...call, flags: { url: world.url, token: 'x' } })).rejects.toThrow(world.url);
});
