import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engagementsSubgraph } from '#engagements/subgraph.ts';
import { newId } from '#kernel/ids.ts';
import { addDays } from '#kernel/period.ts';
import { plantCorruption } from '../support/corruption.ts';
import { action, engaged, factsOf, made, mutate, reference, running, siblings } from '../support/engagements.ts';
import { allowed, subgraphWorld } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof subgraphWorld>>;
let ids: Awaited<ReturnType<typeof siblings>>;
let acme: Awaited<ReturnType<typeof engaged>>;
beforeAll(async () => {
  world = await subgraphWorld(engagementsSubgraph);
  world.time.now = new Date('2026-05-15T09:00:00Z');
  ids = await siblings(world);
  acme = await engaged(world, ids);
});
afterAll(() => world[Symbol.asyncDispose]());

const usd = (amount: string) => ({ amount, currency: 'USD' });
const work = { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] };
const fee = { name: 'Fee', method: 'FIXED_FEE', kinds: ['FEE'], amount: usd('1000') };
const manager = (rate: string) => ({ employeeId: ids.manager, rate: usd(rate) });

/** A contract in force from 2026-01-01 on, with one line and one rate. */
async function confirmed(more: Record<string, unknown> = {}): Promise<{ id: string; version: number }> {
  const terms = { engagementId: acme.engagement, name: 'Frame', startDate: '2026-01-01', lines: [work], rates: [manager('100')], ...more };
  const { id } = await made(world, 'createContract', terms);
  await action(world, 'submitContract', { id });
  return { id, version: (await action(world, 'confirmContract', { id })).version };
}

const add = (input: Record<string, unknown>, options = {}) => addWith(input, { select: 'version status', ...options });
async function addWith(input: Record<string, unknown>, { select, ...options }: { select: string }) {
  const text = `mutation ($input: AddContractVersionInput!) { addContractVersion(input: $input) { contract { ${select} } userErrors { code field guard message } } }`;
  const { contract, userErrors } = (await world.ok(text, { variables: { input }, ...options })).addContractVersion;
  return { contract, refused: userErrors[0] };
}
const shown = 'number effectiveFrom effectiveTo paymentTermDays endDate rounding reason lines { id name method } rates { rate { amount } lineId }';
async function read(id: string, selection: string, options = {}) {
  return (await world.ok(`query ($id: ID!) { contract(id: $id) { ${selection} } }`, { variables: { id }, ...options })).contract;
}

describe('a version added to a contract in force', () => {
  test('holds from its day on; what is not given stays; lines keep their ids', async () => {
    const { id, version } = await confirmed({ lines: [work, fee], paymentTermDays: 14, endDate: '2026-12-31' });
    const before = await read(id, 'lines { id name }');
    const facts = await factsOf(world, async () => {
      const { contract } = await add({
        id,
        expectedVersion: version,
        effectiveFrom: '2026-06-01',
        reason: 'Indexation',
        rates: [manager('110')],
      });
      expect(contract).toEqual({ version: version + 1, status: 'CONFIRMED' });
    });
    expect(facts).toMatchObject([
      {
        type: 'ContractUpdated',
        subject_version: version + 1,
        payload: { contractId: id, status: 'CONFIRMED', versionNumber: 2, effectiveFrom: '2026-06-01', startDate: '2026-01-01', endDate: '2026-12-31' },
      },
    ]);
    const [first, second] = (await read(id, `versions { ${shown} }`)).versions;
    expect(first).toMatchObject({ number: 1, effectiveFrom: '2026-01-01', effectiveTo: '2026-05-31', reason: null, rates: [{ rate: { amount: '100.00' } }] });
    expect(second).toMatchObject({
      ...{ number: 2, effectiveFrom: '2026-06-01', effectiveTo: null, reason: 'Indexation', paymentTermDays: 14, endDate: '2026-12-31' },
      rates: [{ rate: { amount: '110.00' } }],
    });
    for (const each of [first, second])
      expect(each.lines.map((line: object) => ({ ...line, method: undefined }))).toEqual(before.lines.map((line: object) => ({ ...line, method: undefined })));
    expect((await reference(world, 'Contract', id))?.data).toMatchObject({
      versions: [
        { number: 1, effectiveTo: '2026-05-31', rates: [{ minor: '10000' }] },
        { number: 2, effectiveFrom: '2026-06-01', effectiveTo: null, rates: [{ minor: '11000' }] },
      ],
    });
  });

  test('changes lines, terms and the end; a line that went and comes again is the same line', async () => {
    const { id } = await confirmed({ lines: [work, fee] });
    const idsOf = async (asOf: string) =>
      Object.fromEntries((await read(id, `lines(asOf: "${asOf}") { id name }`)).lines.map((line: { id: string; name: string }) => [line.name, line.id]));
    const original = await idsOf('2026-01-01');
    await add({ id, effectiveFrom: '2026-03-01', lines: [work], paymentTermDays: 60, rounding: 'HALF_EVEN', rateCardId: ids.salesCard, endDate: '2026-11-30' });
    await add({ id, effectiveFrom: '2026-04-01', lines: [fee, { ...work, rates: [{ rate: usd('77') }] }], rates: [], rateCardId: null });
    expect(await idsOf('2026-03-31')).toEqual({ Work: original.Work });
    expect(await idsOf('2026-04-01')).toEqual(original);
    const { versions } = await read(id, `versions { ${shown} rateCard { id } }`);
    expect(versions.slice(1)).toMatchObject([
      { paymentTermDays: 60, rounding: 'HALF_EVEN', rateCard: { id: ids.salesCard }, endDate: '2026-11-30', rates: [{ rate: { amount: '100.00' } }] },
      { paymentTermDays: 60, rateCard: null, rates: [{ rate: { amount: '77.00' }, lineId: original.Work }] },
    ]);
  });

  test('from the first day of the newest one replaces it whole', async () => {
    const { id } = await confirmed();
    await add({ id, effectiveFrom: '2026-01-01', rates: [manager('90')], reason: 'Never meant 100' });
    expect((await read(id, `versions { ${shown} }`)).versions).toMatchObject([
      { number: 1, effectiveFrom: '2026-01-01', effectiveTo: '2025-12-31' },
      { number: 2, effectiveFrom: '2026-01-01', effectiveTo: null },
    ]);
    for (const day of ['2025-06-01', '2026-01-01', '2026-05-15'])
      expect(await read(id, `versionOn(date: "${day}") { number } rates(asOf: "${day}") { rate { amount } }`)).toEqual({
        versionOn: { number: 2 },
        rates: [{ rate: { amount: '90.00' } }],
      });
  });

  test.each<[string, number, string]>([
    ['2025-12-31', 1, '100.00'],
    ['2026-01-01', 1, '100.00'],
    ['2026-05-14', 1, '100.00'],
    ['2026-05-15', 2, '110.00'],
    ['2026-05-31', 2, '110.00'],
    ['2026-06-01', 3, '120.00'],
    ['2027-01-01', 3, '120.00'],
  ])('on %s it is version %i', async (day, number, amount) => {
    const { id } = await confirmed();
    await add({ id, effectiveFrom: '2026-05-15', rates: [manager('110')] });
    await add({ id, effectiveFrom: '2026-06-01', rates: [manager('120')] });
    expect(await read(id, `versionOn(date: "${day}") { number } rates(asOf: "${day}") { rate { amount } }`)).toEqual({
      versionOn: { number },
      rates: [{ rate: { amount } }],
    });
  });

  test('answers today when no day is asked for', async () => {
    const { id } = await confirmed({ paymentTermDays: 14, endDate: '2026-12-31' });
    await add({
      id,
      effectiveFrom: '2026-05-16',
      rates: [manager('110')],
      paymentTermDays: 45,
      endDate: null,
      rounding: 'HALF_EVEN',
      rateCardId: ids.salesCard,
    });
    const now = () => read(id, 'paymentTermDays endDate rounding rateCard { id } versionOn { number } rates { rate { amount } }');
    expect(await now()).toEqual({
      ...{ paymentTermDays: 14, endDate: '2026-12-31', rounding: 'HALF_UP', rateCard: null },
      ...{ versionOn: { number: 1 }, rates: [{ rate: { amount: '100.00' } }] },
    });
    world.time.now = new Date('2026-05-16T00:00:00Z');
    expect(await now()).toEqual({
      ...{ paymentTermDays: 45, endDate: null, rounding: 'HALF_EVEN', rateCard: { id: ids.salesCard } },
      ...{ versionOn: { number: 2 }, rates: [{ rate: { amount: '110.00' } }] },
    });
    world.time.now = new Date('2026-05-15T09:00:00Z');
  });
});

type Days = { number: number; effectiveFrom: string; effectiveTo: string | null };
/** True when the versions that hold on any day follow each other without a gap, and the last one is open. */
function tiled(versions: readonly Days[]): boolean {
  const standing = versions.filter((each) => !each.effectiveTo || each.effectiveTo >= each.effectiveFrom);
  const inOrder = standing.toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  return inOrder.every(({ effectiveTo }, index) => (effectiveTo ? addDays(effectiveTo, 1) : undefined) === inOrder[index + 1]?.effectiveFrom);
}

describe('a version from a day that others have passed', () => {
  test('goes through those that follow: each has the change, and what was not said stays as each had it', async () => {
    const { id } = await confirmed();
    await add({ id, effectiveFrom: '2026-04-01', rates: [manager('110')] });
    await add({ id, effectiveFrom: '2026-06-01', rates: [manager('120')], paymentTermDays: 60 });
    await add({ id, effectiveFrom: '2026-03-01', endDate: '2026-12-31', reason: 'Ends with the year' });
    const { versions } = await read(id, `versions { ${shown} }`);
    expect(tiled(versions)).toBe(true);
    const standing = versions.filter((each: Days) => !each.effectiveTo || each.effectiveTo >= each.effectiveFrom);
    expect(
      standing.map((each: Days & { endDate: string; paymentTermDays: number; rates: { rate: { amount: string } }[] }) => [
        ...[each.number, each.effectiveFrom, each.effectiveTo, each.endDate, each.paymentTermDays, each.rates[0]?.rate.amount],
      ]),
    ).toEqual([
      [1, '2026-01-01', '2026-02-28', null, 30, '100.00'],
      [4, '2026-03-01', '2026-03-31', '2026-12-31', 30, '100.00'],
      [5, '2026-04-01', '2026-05-31', '2026-12-31', 30, '110.00'],
      [6, '2026-06-01', null, '2026-12-31', 60, '120.00'],
    ]);
  });

  test('takes the place of those that come out the same', async () => {
    const { id } = await confirmed();
    await add({ id, effectiveFrom: '2026-04-01', rates: [manager('110')] });
    await add({ id, effectiveFrom: '2026-03-01', rates: [manager('130')] });
    expect((await read(id, 'versions { number effectiveFrom effectiveTo }')).versions).toEqual([
      { number: 1, effectiveFrom: '2026-01-01', effectiveTo: '2026-02-28' },
      { number: 2, effectiveFrom: '2026-04-01', effectiveTo: '2026-03-31' },
      { number: 3, effectiveFrom: '2026-03-01', effectiveTo: null },
    ]);
  });

  test('leaves what was known before to whoever asks for it', async () => {
    const { id } = await confirmed();
    const asOf = async (effective: string, known: string) =>
      (await read(id, `asOf(effectiveOn: "${effective}", knownAt: "${known}") { number rates { rate { amount } } }`)).asOf;
    world.time.now = new Date('2026-05-16T09:00:00Z');
    await add({ id, effectiveFrom: '2026-04-01', rates: [manager('110')] });
    world.time.now = new Date('2026-05-17T09:00:00Z');
    await add({ id, effectiveFrom: '2026-03-01', rates: [manager('130')] });
    const at = (number: number, amount: string) => ({ number, rates: [{ rate: { amount } }] });
    expect(await asOf('2026-04-15', '2026-05-14T00:00:00Z')).toBeNull();
    expect(await asOf('2026-04-15', '2026-05-15T12:00:00Z')).toEqual(at(1, '100.00'));
    expect(await asOf('2026-04-15', '2026-05-16T12:00:00Z')).toEqual(at(2, '110.00'));
    expect(await asOf('2026-04-15', '2026-05-17T12:00:00Z')).toEqual(at(3, '130.00'));
    expect(await asOf('2026-03-15', '2026-05-16T12:00:00Z')).toEqual(at(1, '100.00'));
    expect(await asOf('2025-12-01', '2026-05-17T12:00:00Z')).toEqual(at(1, '100.00'));
    world.time.now = new Date('2026-05-15T09:00:00Z');
  });
});

describe('a version is refused', () => {
  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['from before the contract', { effectiveFrom: '2025-12-31' }, { guard: 'versionsInOrder' }],
    ['in two currencies', { rates: [{ employeeId: '', rate: { amount: '1', currency: 'EUR' } }] }, { guard: 'oneCurrency' }],
    ['with lines over the same', { lines: [work, { ...work, name: 'Again' }] }, { guard: 'linesDoNotOverlap' }],
    ['with an end before it begins', { endDate: '2026-03-31' }, { code: 'VALIDATION_FAILED', field: 'endDate' }],
    ['with a term of a year and a day', { paymentTermDays: 366 }, { code: 'VALIDATION_FAILED', field: 'paymentTermDays' }],
    ['without any term of payment', { paymentTermDays: null }, { code: 'VALIDATION_FAILED', field: 'paymentTermDays' }],
    ['with a cost card', { rateCardId: 'COST' }, { code: 'VALIDATION_FAILED', field: 'rateCardId' }],
    ['with a card that is none', { rateCardId: newId() }, { code: 'NOT_FOUND', field: 'rateCardId' }],
    ['with a project that is none', { lines: [{ ...work, projectIds: [newId()] }] }, { code: 'NOT_FOUND', field: 'lines.projectIds' }],
    ['with two rates for the same', { rates: ['1', '2'].map((rate) => ({ employeeId: '', rate: usd(rate) })) }, { field: 'rates.effectiveFrom' }],
    ['for a reason of nothing', { reason: ' ' }, { code: 'VALIDATION_FAILED', field: 'reason' }],
    ['of a contract at another version', { expectedVersion: 1 }, { code: 'STALE_VERSION' }],
  ])('%s, and nothing changes', async (_, input, refusal) => {
    const { id } = await confirmed();
    await add({ id, effectiveFrom: '2026-04-01' });
    const before = await read(id, `version versions { ${shown} }`);
    const text = JSON.stringify({ id, effectiveFrom: '2026-04-01', ...input });
    const asked = JSON.parse(
      text.replaceAll('"employeeId":""', `"employeeId":"${ids.manager}"`).replaceAll('"rateCardId":"COST"', `"rateCardId":"${ids.costCard}"`),
    );
    expect((await add(asked)).refused).toMatchObject(refusal);
    expect(await read(id, `version versions { ${shown} }`)).toEqual(before);
  });

  test.each(['DRAFT', 'IN_REVIEW', 'SUSPENDED', 'COMPLETED'])('of a contract that is %s', async (status) => {
    const { id } =
      status === 'DRAFT' || status === 'IN_REVIEW'
        ? await made(world, 'createContract', { engagementId: acme.engagement, name: 'D', startDate: '2026-01-01' })
        : await confirmed();
    if (status === 'IN_REVIEW') await action(world, 'submitContract', { id });
    if (status === 'SUSPENDED') await action(world, 'suspendContract', { id });
    if (status === 'COMPLETED') await action(world, 'completeContract', { id });
    expect((await add({ id, effectiveFrom: '2026-06-01' })).refused).toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  test('by whoever may not amend, and of what the actor may not know of', async () => {
    const { id } = await confirmed();
    const actor = (more: object) => ({ actor: { ...allowed, ...more } });
    expect(
      (await add({ id, effectiveFrom: '2026-06-01' }, actor({ permissions: ['contract:read', 'contract:write', 'contract:confirm'] }))).refused,
    ).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(
      (await add({ id, effectiveFrom: '2026-06-01' }, actor({ permissions: ['contract:read', 'contract:amend'], customerIds: [newId()] }))).refused,
    ).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await add({ id, effectiveFrom: '2026-06-01' }, actor({ permissions: ['contract:read', 'contract:amend'] }))).contract).toMatchObject({
      status: 'CONFIRMED',
    });
  });

  test('while a milestone is still to be billed by a line that would go', async () => {
    const stage = { name: 'Stages', method: 'MILESTONE', kinds: ['FEE'] };
    const { id } = await confirmed({ lines: [work, stage] });
    const project = await running(world, ids, { engagement: acme.engagement, contract: id });
    const [, line] = (await read(id, 'lines { id }')).lines;
    const milestone = await made(world, 'createMilestone', {
      projectId: project,
      name: 'M',
      amount: usd('5'),
      plannedOn: '2026-05-01',
      contractLineId: line.id,
    });
    expect((await add({ id, effectiveFrom: '2026-06-01', lines: [work] })).refused).toMatchObject({ guard: 'lineHasMilestones' });
    await action(world, 'reachMilestone', { id: milestone.id });
    await made(world, 'acceptMilestone', { id: milestone.id });
    expect((await add({ id, effectiveFrom: '2026-06-01', lines: [work] })).contract).toMatchObject({ status: 'CONFIRMED' });
    world.time.now = new Date('2026-06-02T09:00:00Z');
    const asked = 'query ($id: ID!) { milestone(id: $id) { contractLine { id name } } }';
    expect((await world.ok(asked, { variables: { id: milestone.id } })).milestone.contractLine).toEqual({ id: line.id, name: 'Stages' });
    world.time.now = new Date('2026-05-15T09:00:00Z');
  });
});

describe('versions keep', () => {
  test('what was agreed: an update of the contract is refused, and so is the database asked to change one', async () => {
    const { id } = await confirmed();
    await add({ id, effectiveFrom: '2026-06-01', rates: [manager('110')] });
    expect((await mutate(world, 'updateContract', { id, rates: [manager('1')] })).errors[0]).toMatchObject({ guard: 'contentFrozen' });
    expect((await mutate(world, 'updateContract', { id, rates: [manager('110')], internalNotes: 'as agreed' })).errors).toEqual([]);
    const broken = async (statement: string) => {
      const error = await plantCorruption(world.sql)
        .unsafe(statement, [id])
        .then(
          () => undefined,
          (each) => each.constraint_name,
        );
      return error;
    };
    for (const number of [1, 2]) {
      const version = `(select id from engagements.contract_version where contract_id = $1 and number = ${number})`;
      for (const statement of [
        `update engagements.contract_version set payment_term_days = 1 where id = ${version}`,
        `update engagements.contract_version set effective_from = effective_from - 1 where id = ${version}`,
        `delete from engagements.contract_version where id = ${version}`,
        `update engagements.contract_rate set rate_minor = 1 where contract_version_id = ${version}`,
        `delete from engagements.contract_rate where contract_version_id = ${version}`,
        `update engagements.contract_line_terms set not_to_exceed_minor = 1 where contract_version_id = ${version}`,
        `delete from engagements.contract_line_terms where contract_version_id = ${version}`,
      ])
        expect(await broken(statement), statement).toBe('contentFrozen');
    }
    expect(await broken('update engagements.contract_version set effective_to = null where contract_id = $1 and number = 1')).toBe('contentFrozen');
  });

  test('apart when two are added at once: the later one is judged by what the first left', async () => {
    const { id, version } = await confirmed();
    const days = ['2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01'];
    const believing = await Promise.all(days.map((effectiveFrom) => add({ id, effectiveFrom, expectedVersion: version })));
    expect(believing.filter(({ contract }) => contract).length).toBe(1);
    expect(believing.flatMap(({ refused }) => refused?.code ?? [])).toEqual(['STALE_VERSION', 'STALE_VERSION', 'STALE_VERSION']);
    const other = await confirmed();
    const careless = await Promise.all(days.map((effectiveFrom) => add({ id: other.id, effectiveFrom })));
    const { versions } = await read(other.id, 'versions { number effectiveFrom effectiveTo }');
    expect(careless.map(({ refused }) => refused)).toEqual([undefined, undefined, undefined, undefined]);
    expect(tiled(versions)).toBe(true);
  });

  test('to whom the contract is known: a client sees them without the reason, and none of a draft', async () => {
    const { id } = await confirmed();
    await add({ id, effectiveFrom: '2026-06-01', reason: 'Between us' });
    const draft = await made(world, 'createContract', { engagementId: acme.engagement, name: 'D', startDate: '2026-01-01' }, { select: 'versions { id }' });
    const client = { actor: { ...allowed, kind: 'CLIENT_PORTAL' as const, customerIds: [acme.customer] } };
    const { versions } = await read(id, 'versions { id number reason rateCard { id } }', client);
    expect(versions).toMatchObject([
      { number: 1, reason: null },
      { number: 2, reason: null, rateCard: null },
    ]);
    const entities = async (list: { id: string }[], options: object) => {
      const text =
        'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on ContractVersion { number contract { name } lines { name } } } }';
      const representations = list.map((each) => ({ __typename: 'ContractVersion', id: each.id }));
      return (await world.ok(text, { variables: { representations }, ...options }))._entities;
    };
    expect(await entities([versions[1], draft.versions[0], { id: newId() }], client)).toEqual([
      { number: 2, contract: { name: 'Frame' }, lines: [{ name: 'Work' }] },
      null,
      null,
    ]);
    expect(await entities([versions[1]], { actor: { ...client.actor, customerIds: [newId()] } })).toEqual([null]);
    expect(await entities([draft.versions[0]], {})).toMatchObject([{ number: 1 }]);
  });

  test('their number of statements for one contract and for fifty', async () => {
    const count = async (first: number) => {
      world.statements.length = 0;
      await world.ok(
        `{ contracts(first: ${first}) { nodes { endDate rounding lines { name rates { rate { amount } } } versions { number lines { name } rates { rate { amount } } } } } }`,
      );
      return world.statements.length;
    };
    const one = await count(1);
    expect(await count(50)).toBe(one);
  });
});
