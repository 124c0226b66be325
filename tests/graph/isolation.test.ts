import { readFile } from 'node:fs/promises';
import {
  buildClientSchema,
  buildSchema,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  parse,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractFields, createContracts } from '#gateway/contracts.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import { type Canaries, canariesOf, firmCanaries, sung } from '../support/canaries.ts';
import { contentOf } from '../support/content.ts';
import { attempt } from '../support/grid.ts';
import { leastInput } from '../support/leastInput.ts';
import { readmeBlock } from '../support/readme.ts';
import { type TwoClients, twoClients, words } from '../support/twoClients.ts';

let world: TwoClients;
let theirs: Canaries;
let firms: Canaries;
let portalFields: ReadonlySet<string>;
/** Every id of the other client's rows. */
let foreignIds: string[];
beforeAll(async () => {
  world = await twoClients();
  theirs = await canariesOf(world.sql, world.clients.b.id, words.b);
  firms = await firmCanaries(world.sql);
  portalFields = contractFields(world.graph.planning().supergraphSchema, 'portal');
  foreignIds = theirs.filter((canary) => /^[0-9a-f-]{36}$/.test(canary));
});
afterAll(() => world[Symbol.asyncDispose]());

type Wish = Parameters<TwoClients['post']>[1];
const client = (): Wish => world.portal('a');
const askAs =
  (wish: Wish) =>
  async (query: string, variables: Record<string, unknown> = {}) =>
    (await world.post({ query, variables }, wish)).text();
const isPortal = (coordinate: string) => portalFields.has(coordinate);

/** An answer may name an id that was asked for; it may say nothing else. */
const without = (text: string, ids: readonly string[]) => ids.reduce((rest, id) => rest.replaceAll(id, ''), text);

describe('the world', () => {
  test('has rows of both clients in every table that belongs to customers, and canaries that would be noticed', async () => {
    // Mends are there while turns work on them, and nobody confined sees any.
    const tables = await world.sql`select table_schema || '.' || table_name as name from information_schema.columns
      where column_name = 'customer_id' and table_schema in ('engagements', 'resources', 'time', 'finance', 'operations') and table_name <> 'repair'`;
    const poor: string[] = [];
    for (const { name } of tables) {
      const [row] = await world.sql.unsafe(`select count(distinct customer_id)::int as customers from ${name} where customer_id in ($1, $2)`, [
        world.clients.a.id,
        world.clients.b.id,
      ]);
      if (row?.customers !== 2) poor.push(name);
    }
    expect(poor).toEqual([]);
    const text = await askAs({ role: 'admin' })('{ customers { nodes { id name } } actuals(filter: { kinds: [COST] }) { nodes { amount { amount } } } }');
    expect(sung(text, theirs).length).toBeGreaterThan(3);
    expect(sung(text, firms).length).toBeGreaterThan(3);
    expect(theirs.length).toBeGreaterThan(60);
  });
});

describe("the README's portal query", () => {
  test("answers the client's own data, all of it", async () => {
    const query = JSON.parse(/'(\{"query".*\})'/s.exec(await readmeBlock('sh portal'))?.[1] ?? '').query;
    const { data, errors } = JSON.parse(await askAs(client())(query));
    expect(errors).toBeUndefined();
    const [customer] = data.customers.nodes;
    expect(data.customers.nodes).toHaveLength(1);
    expect(customer.name).toBe('Aldermoor Group');
    expect(customer.projects.nodes.map(({ name }: { name: string }) => name)).toEqual(['Aldermoor build', 'Aldermoor run']);
    for (const project of customer.projects.nodes) {
      const staff = project.assignments.nodes.map((each: { employee: { name: string } }) => each.employee.name);
      expect(staff.sort()).toEqual(['Ada Aldermoor', 'Shared']);
    }
    const worked = customer.timeEntries.nodes.map((entry: { hours: string; employee: { name: string } }) => `${entry.hours} ${entry.employee.name}`);
    expect(worked.sort()).toEqual([
      '3.75 Ada Aldermoor',
      '3.75 Ada Aldermoor',
      '5.25 Ungraded',
      '5.25 Ungraded',
      '6.50 Ada Aldermoor',
      '6.50 Ada Aldermoor',
      '7.25 Shared',
      '7.25 Shared',
    ]);
    expect(customer.invoices.nodes).toHaveLength(1);
    expect(customer.invoices.nodes[0]).toMatchObject({ status: 'PARTLY_PAID', total: { currency: 'EUR' } });
  });
});

/** One id of the other client for each kind of thing that belongs to it. */
function samples(): string[] {
  const { id, engagementId, contracts, projects } = world.clients.b;
  const { postedInvoice, payment } = world.billed.b;
  const [project] = projects;
  return [id, engagementId, contracts.confirmed.id, project?.id ?? '', project?.taskId ?? '', postedInvoice, payment, ...world.work.b.slice(-2)];
}

describe('a client', () => {
  test('is refused every field that is not in its contract, before anything runs', async () => {
    const contracts = createContracts(world.graph);
    const actor: Actor = { id: 'portal', kind: 'CLIENT_PORTAL', permissions: ['*'], customerIds: [world.clients.a.id] };
    const open: string[] = [];
    for (const type of Object.values(world.schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      for (const field of Object.values(type.getFields())) {
        const below = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }';
        const question = `{ customers { nodes { __typename } } } fragment f on ${type.name} { ${field.name}${below} }`;
        const refusal = attempt(() => {
          contracts.demand(actor, parse(question));
          return 'none';
        });
        if (isPortal(`${type.name}.${field.name}`) !== (refusal === 'none')) open.push(`${type.name}.${field.name}`);
      }
    }
    expect(open).toEqual([]);
    const text = await askAs(client())('{ customers { nodes { id taxProfile { name } } } }');
    expect(JSON.parse(text)).toMatchObject({ errors: [{ message: 'Customer.taxProfile is not in the portal contract.', extensions: { code: 'FORBIDDEN' } }] });
  });

  test('is led to no type of which its contract shows nothing', () => {
    const dead = [...portalFields].filter((coordinate) => {
      const [type = '', field = ''] = coordinate.split('.');
      const owner = world.schema.getType(type);
      const target = isObjectType(owner) ? getNamedType(owner.getFields()[field]?.type) : undefined;
      return isObjectType(target) && !Object.keys(target.getFields()).some((name) => isPortal(`${target.name}.${name}`));
    });
    expect(dead).toEqual([]);
  });

  test('knows of no contract that is not concluded, nor of what hangs on it', async () => {
    const { hidden: offers, confirmed } = world.clients.a.contracts;
    const query = `{ ${offers.map((id, index) => `a${index}: contract(id: "${id}") { name }`).join(' ')} contracts { totalCount nodes { id } }
      customers { nodes { contracts { totalCount nodes { name } } } } engagements { nodes { contracts { totalCount } } } }`;
    const data = await world.ok(query, {}, client());
    expect(data).toEqual({
      ...{ a0: null, a1: null, a2: null },
      contracts: { totalCount: 1, nodes: [{ id: confirmed.id }] },
      customers: { nodes: [{ contracts: { totalCount: 1, nodes: [{ name: 'Aldermoor frame contract' }] } }] },
      engagements: { nodes: [{ contracts: { totalCount: 1 } }] },
    });
    const byStatus = await world.ok('{ contracts(filter: { statuses: [DRAFT, IN_REVIEW, LOST] }) { totalCount } }', {}, client());
    expect(byStatus).toEqual({ contracts: { totalCount: 0 } });
  });

  test('may ask for the schema of its contract, and hears of no other', async () => {
    const told = JSON.parse(await askAs(client())(getIntrospectionQuery()));
    const contract = buildSchema(await readFile(new URL('../../schema/contracts/portal.graphql', import.meta.url), 'utf8'));
    const fieldsOf = (schema: GraphQLSchema) =>
      Object.values(schema.getTypeMap())
        .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
        .flatMap((type) => Object.keys((type as GraphQLObjectType).getFields()).map((name) => `${type.name}.${name}`))
        .sort();
    expect(fieldsOf(buildClientSchema(told.data))).toEqual(fieldsOf(contract));
    expect(JSON.parse(await askAs(client())('{ __type(name: "Actual") { fields { name } } }'))).toEqual({ data: { __type: null } });
    const mixed = JSON.parse(await askAs(client())('query { customers { nodes { id } } __type(name: "Actual") { name } }'));
    expect(mixed).toMatchObject({ errors: [{ extensions: { code: 'VALIDATION_FAILED' } }] });
    const { errors } = JSON.parse(await askAs(client())('{ custmers { nodes { nam } } }'));
    expect(errors[0].message).toBe('Cannot query field "custmers" on type "Query".');
  });
});

/** The least input, every id in it being the same. */
const inputOf = (type: GraphQLInputType | undefined, id: string): unknown => leastInput(type, { id: () => id, text: 'x' });

describe('mutations', () => {
  const mutations = () => Object.values(world.schema.getMutationType()?.getFields() ?? {});
  const content = () => contentOf(world.sql);
  const send = (wish: Wish, { name, args }: { name: string; args: readonly { type: GraphQLInputType }[] }, id: string) =>
    askAs(wish)(`mutation ($input: ${args[0]?.type}) { ${name}(input: $input) { userErrors { code message field guard } } }`, {
      input: inputOf(args[0]?.type, id),
    });

  test('never run for a client, but those of its disputes, which find nothing of others', async () => {
    const before = await content();
    expect(mutations().length).toBeGreaterThan(120);
    const [dispute] = await world.sql`select id from finance.dispute where customer_id = ${world.clients.b.id}`;
    const others: Readonly<Record<string, string>> = { disputeInvoice: world.billed.b.postedInvoice, withdrawDispute: String(dispute?.id) };
    for (const mutation of mutations()) {
      const { name } = mutation;
      const text = await send(client(), mutation, others[name] ?? world.clients.a.id);
      const refused = { errors: [{ message: `Mutation.${name} is not in the portal contract.`, extensions: { code: 'FORBIDDEN' } }] };
      expect(JSON.parse(text), name).toMatchObject(name in others ? { data: { [name]: { userErrors: [{ code: 'NOT_FOUND' }] } } } : refused);
    }
    expect(await content()).toEqual(before);
  });

  test("tell a confined administrator of another's id what they tell of nobody's, and change nothing", async () => {
    const before = await content();
    const admin: Wish = { role: 'admin', customerIds: [world.clients.a.id] };
    const differing: string[] = [];
    for (const { name, args } of mutations().filter(({ args: [arg] }) => JSON.stringify(inputOf(arg?.type, '#')).includes('#'))) {
      const ids = [newId(), ...samples()];
      const inputs = Object.fromEntries(ids.map((id, index) => [`i${index}`, inputOf(args[0]?.type, id)]));
      const calls = ids.map((_, index) => `a${index}: ${name}(input: $i${index}) { userErrors { code message field guard } }`);
      const declared = Object.keys(inputs).map((each) => `$${each}: ${args[0]?.type}`);
      const { data } = JSON.parse(await askAs(admin)(`mutation (${declared.join(', ')}) { ${calls.join(' ')} }`, inputs));
      const [told, ...others] = ids.map((id, index) => without(JSON.stringify(data?.[`a${index}`] ?? 'refused at the door'), [id]));
      for (const text of others) {
        if (text !== told) differing.push(`${name}: ${text} instead of ${told}`);
        expect(sung(text, theirs), name).toEqual([]);
      }
    }
    expect(differing).toEqual([]);
    expect(await content()).toEqual(before);
  });

  test('tell a confined administrator nothing else of what another has, in whichever field it is named: not even that it is there', async () => {
    const admin: Wish = { role: 'admin', customerIds: [world.clients.a.id] };
    const { a } = world.clients;
    const own: Readonly<Record<string, string>> = {
      customerId: a.id,
      engagementId: a.engagementId,
      contractId: a.contracts.confirmed.id,
      projectId: a.projects[0]?.id ?? '',
      taskId: a.projects[0]?.taskId ?? '',
      employeeId: world.firm.people.only.a.id,
    };
    const refs = ['work', 'run', 'build', 'frame contract', 'customer', 'engagement'].map((each) => ({ system: 'crm', externalId: `${words.b}-${each}` }));
    const leaks: string[] = [];
    const told: string[] = [];
    let sent = 0;
    for (const { name, args } of mutations()) {
      const type = args[0]?.type;
      const select = selectionOf(name);
      for (const field of namingFields(type)) {
        const nobodys = field.kind === 'ref' ? { system: 'crm', externalId: 'nobodys' } : newId();
        const theirOwn = field.kind === 'ref' ? refs : [...samples(), world.firm.people.only.b.id];
        const values = [nobodys, ...theirOwn];
        const inputs = values.map((value) => withField(leastInput(type, { id: (each) => own[each] ?? a.id, text: 'x' }), field.name, value, field.inItems));
        const texts = await together(admin, { name, type: `${type}!`.replace('!!', '!'), select, inputs });
        sent += values.length;
        const asked = values.map((value) => [typeof value === 'string' ? value : value.externalId]);
        const answers = texts.map((text, index) => without(text, asked[index] ?? []));
        for (const [index, answer] of answers.entries()) {
          // The reference of a new entity is taken, which whoever writes it has to hear.
          if (field.name !== 'externalRef' && answer !== answers[0]) told.push(`${name}(${field.name}): ${answer} instead of ${answers[0]}`);
          for (const canary of [...sung(answer, theirs), ...foreignIds.filter((id) => !asked[index]?.includes(id) && answer.includes(id))])
            leaks.push(`${name}(${field.name}): ${canary} in ${texts[index]}`);
        }
      }
    }
    expect(sent).toBeGreaterThan(1000);
    expect([...new Set(leaks)]).toEqual([]);
    expect(told).toEqual([]);
  });

  type Call = { name: string; type: string; select: string; inputs: readonly unknown[] };

  /** The same mutation with each of the inputs, one behind the other in one operation; what each is answered. */
  async function together(wish: Wish, { name, type, select, inputs }: Call): Promise<string[]> {
    const calls = inputs.map((_, index) => `a${index}: ${name}(input: $i${index}) { ${select} }`);
    const text = `mutation (${inputs.map((_, index) => `$i${index}: ${type}`).join(', ')}) { ${calls.join(' ')} }`;
    const { data, errors = [] } = JSON.parse(await askAs(wish)(text, Object.fromEntries(inputs.map((input, index) => [`i${index}`, input]))));
    const faults = (index: number) => errors.filter(({ path }: { path?: unknown[] }) => !path || path[0] === `a${index}`).map(({ message }: Error) => message);
    return inputs.map((_, index) => JSON.stringify([data?.[`a${index}`] ?? null, faults(index)]));
  }

  const errorFields = 'userErrors { code message field guard }';
  function selectionOf(name: string): string {
    const payload = getNamedType(world.schema.getMutationType()?.getFields()[name]?.type);
    return isObjectType(payload) && payload.getFields().results ? `${errorFields} results { ${errorFields} }` : errorFields;
  }
});

type NamingField = { name: string; kind: 'id' | 'ref'; inItems: boolean };

/** The fields of an input, or of its items, that name something: by an id or by an external reference. */
function namingFields(type: GraphQLInputType | undefined, inItems = false): NamingField[] {
  const named = type && getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field): NamingField[] => {
    if (field.name === 'items' && !inItems) return namingFields(field.type, true);
    const { name: given } = getNamedType(field.type);
    if (isListType(field.type) || field.name === 'idempotencyKey') return [];
    if (given === 'ID') return [{ name: field.name, kind: 'id', inItems }];
    return given === 'ExternalRefInput' ? [{ name: field.name, kind: 'ref', inItems }] : [];
  });
}

function withField(input: unknown, name: string, value: unknown, inItems: boolean): unknown {
  const whole = input as Record<string, unknown>;
  if (!inItems) return { ...whole, [name]: value };
  return { ...whole, items: (whole.items as Record<string, unknown>[]).map((item) => ({ ...item, [name]: value })) };
}
