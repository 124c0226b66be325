import { randomUUID } from 'node:crypto';
import { Kind } from 'graphql';
import { describe, expect, test } from 'vitest';
import { durationKey } from '#kernel/duration.ts';
import { namedType, sdlOf, subgraphNames, typesOf } from '../support/contract.ts';
import { firmWorld } from '../support/firmWorld.ts';
import type { Json } from '../support/graph.ts';
import { aLine, boughtBy } from '../support/subcontracting.ts';

const { graph, firm } = await firmWorld();
const { mutate, made, ask } = graph;

type Input = Record<string, unknown>;
type Way = {
  mutation: string;
  /** The entity that the payload or its results hold. */
  entity: string;
  bulk?: true;
  hours?: 'weeklyHours' | 'dailyHours' | 'limitHours';
  /** The list in which the time stands, of input and answer; its first element is that of the ground. */
  nested?: string;
  /** What it takes beside the time. */
  ground: () => Input | Promise<Input>;
  /** What happens without a time: refused, or the hours that it then has. */
  without: 'refused' | string;
};

const march = { startDate: '2026-03-01', endDate: '2026-03-31' };
const term = { startDate: '2027-03-01', endDate: '2027-03-26' };
const asked = { name: 'Build', ...term };
const ref = () => ({ system: 'psa', externalId: randomUUID() });
const placed = () => ({ employeeId: firm.employeeId, projectId: firm.projectId });
const worked = () => ({ ...placed(), workDate: '2026-02-09' });
const its = (name: string, entity: string, input: () => Input) => async () => ({ id: await made(name, entity, input()) });
const bought = boughtBy(graph, firm);
const ordered = ({ subcontractorId, employeeId }: Awaited<typeof bought>) => ({
  ...{ subcontractorId, name: 'Another order' },
  lines: [aLine(firm.projectId, { employeeId })],
});
const hired = () => ({ name: 'Kim', hiredOn: '2026-01-01' });

const ways: readonly Way[] = [
  { mutation: 'recordTimeEntry', entity: 'timeEntry', ground: worked, without: 'refused' },
  { mutation: 'recordTimeEntries', entity: 'timeEntry', bulk: true, ground: worked, without: 'refused' },
  {
    ...{ mutation: 'updateTimeEntry', entity: 'timeEntry', without: '0.25' },
    ground: its('recordTimeEntry', 'timeEntry', () => ({ idempotencyKey: randomUUID(), ...worked(), hours: '0.25' })),
  },
  { mutation: 'createAssignment', entity: 'assignment', hours: 'weeklyHours', ground: () => ({ ...placed(), ...march }), without: 'refused' },
  {
    ...{ mutation: 'updateAssignment', entity: 'assignment', hours: 'weeklyHours', without: '1.00' },
    ground: its('createAssignment', 'assignment', () => ({ ...placed(), ...march, weeklyHours: '1' })),
  },
  {
    ...{ mutation: 'upsertAssignments', entity: 'assignment', bulk: true, hours: 'weeklyHours', without: 'refused' },
    ground: () => ({ ...placed(), ...march, externalRef: ref() }),
  },
  { mutation: 'createEmployee', entity: 'employee', hours: 'weeklyHours', ground: () => ({ ...hired(), legalName: 'Kim' }), without: '40.00' },
  {
    ...{ mutation: 'updateEmployee', entity: 'employee', hours: 'weeklyHours', without: '32.00' },
    ground: its('createEmployee', 'employee', () => ({ ...hired(), legalName: 'Kim', weeklyHours: '32' })),
  },
  {
    ...{ mutation: 'upsertEmployees', entity: 'employee', bulk: true, hours: 'weeklyHours', without: '40.00' },
    ground: () => ({ ...hired(), externalRef: ref() }),
  },
  {
    ...{ mutation: 'recordActuals', entity: 'actual', bulk: true, without: 'refused' },
    ground: () => ({
      ...{ externalRef: ref(), kind: 'COST', transactionClass: 'TIME', projectId: firm.projectId, workDate: '2026-02-09' },
      amount: { amount: '1.00', currency: 'EUR' },
    }),
  },
  {
    ...{ mutation: 'createResourceRequest', entity: 'resourceRequest', hours: 'weeklyHours', without: 'refused' },
    ground: () => ({ projectId: firm.projectId, ...asked }),
  },
  {
    ...{ mutation: 'updateResourceRequest', entity: 'resourceRequest', hours: 'weeklyHours', without: '1.00' },
    ground: its('createResourceRequest', 'resourceRequest', () => ({ projectId: firm.projectId, ...asked, weeklyHours: '1' })),
  },
  {
    ...{ mutation: 'upsertResourceRequests', entity: 'resourceRequest', bulk: true, hours: 'weeklyHours', without: 'refused' },
    ground: () => ({ projectId: firm.projectId, ...asked, externalRef: ref() }),
  },
  {
    ...{ mutation: 'proposeResources', entity: 'resourceRequest', hours: 'weeklyHours', without: '20.00', nested: 'proposals' },
    ground: async () => {
      const id = await made('createResourceRequest', 'resourceRequest', { projectId: firm.projectId, ...asked, percent: 50 });
      await graph.done('submitResourceRequest', { id });
      return { id, proposals: [{ employeeId: firm.employeeId, reason: 'Whatever it takes' }] };
    },
  },
  {
    ...{ mutation: 'upsertAbsences', entity: 'absence', bulk: true, hours: 'dailyHours', without: 'null' },
    ground: () => ({ employeeId: firm.employeeId, ...term, externalRef: ref() }),
  },
  {
    ...{ mutation: 'createSubcontract', entity: 'subcontract', hours: 'limitHours', without: 'null', nested: 'lines' },
    ground: async () => ordered(await bought),
  },
  {
    ...{ mutation: 'updateSubcontract', entity: 'subcontract', hours: 'limitHours', without: 'null', nested: 'lines' },
    ground: async () => {
      const { lines, ...order } = ordered(await bought);
      return { id: await made('createSubcontract', 'subcontract', { ...order, lines }), lines };
    },
  },
  {
    ...{ mutation: 'upsertSubcontracts', entity: 'subcontract', bulk: true, hours: 'limitHours', without: 'null', nested: 'lines' },
    ground: async () => ({ ...ordered(await bought), externalRef: ref() }),
  },
  {
    ...{ mutation: 'recordSupplierInvoices', entity: 'supplierInvoice', bulk: true, without: 'refused', nested: 'lines' },
    ground: async () => {
      const { subcontractorId, subcontractId } = await bought;
      const line = { subcontractId, lineNumber: 1, startDate: '2026-02-09', endDate: '2026-02-15', unitRate: { amount: '80.00', currency: 'EUR' } };
      return { subcontractorId, number: randomUUID(), invoiceDate: '2026-02-28', lines: [line] };
    },
  },
] as const;

/** What a way answers to a time: the hours and the duration that it then shows, or code and field of the refusal. */
async function answer(way: Way, time: Input): Promise<Json> {
  const { mutation, entity, bulk, hours = 'hours', nested } = way;
  const times = `${hours} ${durationKey(hours)}`;
  const shown = `${entity} { ${nested ? `${nested} { ${times} }` : times} }`;
  const ground: Json = await way.ground();
  const item = nested ? { ...ground, [nested]: [{ ...ground[nested][0], ...time }] } : { ...ground, ...time };
  const input = { idempotencyKey: randomUUID(), ...(bulk ? { items: [item] } : item) };
  const payload = await mutate(mutation, input, { select: bulk ? `results { ${shown} userErrors { code field } }` : shown });
  const result = bulk ? (payload.results[0] ?? payload) : payload;
  const [refused] = [...payload.userErrors, ...result.userErrors];
  // Some say the list that it stands in, too.
  if (refused) return `${refused.code} ${refused.field.replace(/^lines\./, '')}`;
  const timed = nested ? result[entity][nested][0] : result[entity];
  return `${timed[hours]} ${timed[durationKey(hours)]}`;
}

describe.each(ways)('$mutation', (way) => {
  const { hours = 'hours' } = way;
  const exact = durationKey(hours);

  test('takes any second as a duration, and the hours that it shows', async () => {
    expect(await answer(way, { [exact]: 'PT50M' })).toBe('0.833333 PT50M');
    expect(await answer(way, { [exact]: 'PT0H50M', [hours]: null })).toBe('0.833333 PT50M');
    expect(await answer(way, { [hours]: '0.833333' })).toBe('0.833333 PT50M');
    expect(await answer(way, { [exact]: 'PT7M1S' })).toBe('0.116944 PT7M1S');
    expect(await answer(way, { [hours]: '0.5' })).toBe('0.50 PT30M');
  });

  test('refuses both, neither where one is needed, and what is no time', async () => {
    const refused = (field: string) => `VALIDATION_FAILED ${field}`;
    expect(await answer(way, { [hours]: '1', [exact]: 'PT1H' })).toBe(refused(exact));
    const without = await answer(way, {});
    expect(way.without === 'refused' ? without : without.split(' ')[0]).toBe(way.without === 'refused' ? refused(hours) : way.without);
    expect(await answer(way, { [hours]: '0.8333' })).toBe(refused(hours));
    expect(await answer(way, { [exact]: 'PT0S' })).toBe(refused(exact));
    expect(await answer(way, { [exact]: '-PT5M' })).toBe(refused(exact));
    expect(await answer(way, { [hours]: '-1' })).toBe(refused(hours));
  });
});

test('all mutations that take a time are tried', async () => {
  const documents = await Promise.all(subgraphNames.map(sdlOf));
  const types = documents.map(typesOf);
  const inputs = types.flatMap((found) => [...found.values()].filter(({ kind }) => kind === Kind.INPUT_OBJECT_TYPE_DEFINITION));
  const leads = (name: string): boolean =>
    inputs.some((each) => each.name === name && each.fields.some(({ type }) => namedType(type) === 'Duration' || leads(namedType(type))));
  const taking = documents.flatMap(({ definitions }) =>
    definitions.flatMap((each) =>
      (each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION) && each.name.value === 'Mutation'
        ? (each.fields ?? []).flatMap((field) => {
            const type = field.arguments?.[0]?.type;
            return type?.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.NAMED_TYPE && leads(type.type.name.value) ? [field.name.value] : [];
          })
        : [],
    ),
  );
  // How much of a line a credit gives back is a part of what was billed: graph/partialCredit tries it.
  expect(taking.sort()).toEqual(['creditInvoice', ...ways.map(({ mutation }) => mutation)].sort());
});

test.each(['P1D', 'PT0.5H', '1:30', 'PT1.5S', 'PT'])('%s is refused at the door, before anything is done', async (duration) => {
  const query = 'mutation ($input: RecordTimeEntryInput!) { recordTimeEntry(input: $input) { timeEntry { id } } }';
  const { errors } = await ask(query, { input: { idempotencyKey: randomUUID(), ...worked(), duration } });
  expect(errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
  const literal = `mutation { recordTimeEntry(input: { idempotencyKey: "k", employeeId: "e", projectId: "p", workDate: "2026-02-09", duration: "${duration}" }) { timeEntry { id } } }`;
  expect((await ask(literal)).errors).toMatchObject([{ extensions: { code: 'VALIDATION_FAILED' } }]);
});
