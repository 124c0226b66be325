import { describe, expect, test } from 'vitest';
import { sdlOf, subgraphNames, typesOf } from '../support/contract.ts';
import { factCatalogue, machines, sources } from '../support/house.ts';

const all = await machines();
const catalogue = await factCatalogue();
const contracts = new Map(await Promise.all(subgraphNames.map(async (name) => [name as string, typesOf(await sdlOf(name))] as const)));
const mutations = new Set([...contracts.values()].flatMap((types) => types.get('Mutation')?.fields.map((field) => field.name) ?? []));

describe.each(all.map(({ machine, subgraph }) => ({ name: machine.entity, machine, subgraph })))('the machine of $name', ({ machine, subgraph }) => {
  test('reaches every state by an action or starts in it', () => {
    const reached = new Set<string>([machine.initial].flat());
    const actions = Object.values(machine.actions);
    for (let size = -1; size !== reached.size; ) {
      size = reached.size;
      for (const action of actions) if (action.from.some((state) => reached.has(state))) for (const to of [action.to].flat()) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...machine.states].sort());
  });

  test('names only states that it has', () => {
    const named = Object.values(machine.actions).flatMap((action) => [...action.from, ...[action.to].flat()]);
    expect(named.filter((state) => !machine.states.includes(state))).toEqual([]);
  });

  test('has the states of the SDL enum', () => {
    const types = contracts.get(subgraph);
    const enums = [`${machine.entity}Status`, `${machine.entity}State`].flatMap((name) => types?.get(name)?.values ?? []);
    expect(enums.sort()).toEqual([...machine.states].sort());
  });

  test('has a mutation for every action', () => {
    const missing = Object.entries(machine.actions)
      .filter(([, action]) => !mutations.has(action.by))
      .map(([name, action]) => `${name} by ${action.by}`);
    expect(missing).toEqual([]);
  });

  test('emits facts of the catalogue only', () => {
    const known = new Set(catalogue.filter((fact) => fact.subgraph === subgraph).map((fact) => fact.type));
    const unknown = Object.values(machine.actions)
      .flatMap((action) => [action.emits ?? []].flat())
      .filter((fact) => !known.has(fact));
    expect(unknown).toEqual([]);
  });

  test('is offered as availableActions on its entity', () => {
    expect(
      contracts
        .get(subgraph)
        ?.get(machine.entity)
        ?.fields.map((field) => field.name),
    ).toContain('availableActions');
  });
});

describe('the facts', () => {
  test('are all stated by their owner', async () => {
    const code = (await sources(['subgraphs', 'kernel'])).filter((source) => !source.path.endsWith('/published.ts'));
    const silent = catalogue.filter(({ type, subgraph }) => {
      const own = code.filter((source) => source.path.startsWith(`subgraphs/${subgraph}/`) || source.path === 'kernel/proposal.ts');
      return !own.some((source) => new RegExp(`[fF]acts\\.${type}\\b|'${type}'`).test(source.text));
    });
    expect(silent.map((fact) => fact.type)).toEqual([]);
  });

  test('have an event type with their name and a subscription of their own', () => {
    const types = contracts.get('operations');
    const subscriptions = new Set(types?.get('Subscription')?.fields.map((field) => field.name));
    const missing = catalogue.filter((fact) => !types?.has(fact.type) || !subscriptions.has(fact.type[0]?.toLowerCase() + fact.type.slice(1)));
    expect(missing.map((fact) => fact.type)).toEqual([]);
  });

  test('include those that the mission names', () => {
    const names = catalogue.map((fact) => fact.type);
    for (const named of ['ProjectCreated', 'ResourceAssigned', 'TimesheetApproved', 'ExpenseRejected', 'InvoicePosted', 'ContractUpdated', 'RevenueRecognized'])
      expect(names).toContain(named);
  });
});
