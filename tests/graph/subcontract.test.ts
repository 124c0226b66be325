import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { plantCorruption } from '../support/corruption.ts';
import { resourcesWorld } from '../support/resources.ts';
import { aLine, approver, papers, planner, subcontracting } from '../support/subcontracting.ts';
import { allowed } from '../support/subgraph.ts';

let world: Awaited<ReturnType<typeof resourcesWorld>>;
let ways: ReturnType<typeof subcontracting>;
beforeAll(async () => {
  world = await resourcesWorld();
  world.time.now = new Date('2026-03-02T09:00:00Z');
  ways = subcontracting(world);
});
afterAll(() => world[Symbol.asyncDispose]());

const refused = async (name: string, input: Record<string, unknown>, actor = allowed) => (await world.mutate(name, { input, actor })).userErrors[0];
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A confirmed order of a person on a project. */
async function confirmed(more: object = {}) {
  const subcontractorId = await ways.seller();
  const { id: employeeId } = await ways.personOf(subcontractorId);
  const { id: projectId } = await world.project();
  const lines = [aLine(projectId, { employeeId, ...more })];
  const { id } = await world.made('createSubcontract', { input: { subcontractorId, name: 'Order 7', lines } });
  await world.made('confirmSubcontract', { input: { id } });
  return { id, subcontractorId, employeeId, projectId };
}

describe('the onboarding of a subcontractor', () => {
  test('goes from the record to the approval by somebody else, and states each step', async () => {
    const before = (await world.facts()).length;
    const id = await ways.draftSeller();
    const select = 'status version submittedBy approvedBy missingDocuments documents { kind effectiveTo } availableActions { name refusals }';
    expect(await world.made('submitSubcontractor', { input: { id }, select })).toMatchObject({ status: 'IN_REVIEW', submittedBy: 'test', approvedBy: null });
    expect(await world.made('approveSubcontractor', { input: { id }, actor: approver, select })).toMatchObject({
      ...{ status: 'APPROVED', submittedBy: 'test', approvedBy: 'approver', missingDocuments: [] },
      availableActions: [
        { name: 'update', refusals: [] },
        { name: 'suspend', refusals: [] },
        { name: 'end', refusals: [] },
      ],
    });
    expect((await world.facts()).slice(before)).toEqual(['SubcontractorSubmitted', 'SubcontractorApproved']);
    expect((await world.reference('Subcontractor', id))?.data).toMatchObject({ name: 'Zeta Works', status: 'APPROVED', currency: 'EUR' });
  });

  test('names all that stands against an approval at once', async () => {
    const gone = papers.map((paper) => (paper.kind === 'INSURANCE' ? { ...paper, effectiveTo: '2026-02-28' } : paper));
    const id = await ways.draftSeller({ documents: gone.filter(({ kind }) => kind !== 'TAX_FORM') });
    await world.made('submitSubcontractor', { input: { id } });
    const query = 'query ($id: ID!) { subcontractor(id: $id) { missingDocuments availableActions { name refusals } } }';
    const { subcontractor } = await world.ok(query, { variables: { id } });
    expect(subcontractor.missingDocuments).toEqual(['The proof of insurance ran out on 2026-02-28.', 'The tax form is missing.']);
    const approve = subcontractor.availableActions.find(({ name }: { name: string }) => name === 'approve');
    expect(approve.refusals).toHaveLength(2);
    const { userErrors } = await world.mutate('approveSubcontractor', { input: { id } });
    expect(userErrors.map(({ guard }: { guard: string }) => guard)).toEqual(['documentsInForce', 'approverIsNotSubmitter']);
    expect(await refused('updateSubcontractor', { id, name: 'Other' })).toMatchObject({ code: 'INVALID_TRANSITION' });
    await world.made('returnSubcontractor', { input: { id, reason: 'No tax form' } });
    await world.made('updateSubcontractor', { input: { id, documents: papers } });
    await world.made('submitSubcontractor', { input: { id } });
    expect(await refused('approveSubcontractor', { id }, approver)).toBeUndefined();
  });

  test('refuses what nobody could keep, and writes nothing by it', async () => {
    const legalEntityId = await ways.books();
    const whole = { name: 'Wrong', legalEntityId, currency: 'EUR' };
    const [paper] = papers;
    const said = [
      [{ name: ' ' }, 'name'],
      [{ legalEntityId: newId() }, 'legalEntityId'],
      [{ email: 'a, b@c' }, 'email'],
      [{ documents: [{ ...paper, effectiveTo: '2024-01-01' }] }, 'documents'],
      [{ documents: Array.from({ length: 51 }, () => paper) }, 'documents'],
    ] as const;
    for (const [more, field] of said) expect(await refused('createSubcontractor', { ...whole, ...more }), field).toMatchObject({ field });
    expect((await world.sql`select count(*)::int as n from resources.subcontractor where name = 'Wrong'`)[0]?.n).toBe(0);
  });

  test('keeps books and currency once it was submitted', async () => {
    const id = await ways.seller();
    expect(await refused('updateSubcontractor', { id, currency: 'USD' })).toMatchObject({ code: 'VALIDATION_FAILED', field: 'currency' });
    expect(await refused('updateSubcontractor', { id, legalEntityId: await ways.books() })).toMatchObject({ field: 'legalEntityId' });
    expect(await world.made('updateSubcontractor', { input: { id, taxNumber: 'NL1' }, select: 'status taxNumber' })).toMatchObject({ taxNumber: 'NL1' });
  });

  test('ends once nothing is ordered any more', async () => {
    const { id: subcontractId, subcontractorId: id } = await confirmed();
    const ending = { id, reason: 'Sold' };
    expect(await refused('endSubcontractor', ending)).toMatchObject({ guard: 'nothingOrdered', message: expect.stringContaining('Order 7') });
    await world.made('closeSubcontract', { input: { id: subcontractId, closedOn: '2026-06-30' } });
    await world.made('endSubcontractor', { input: ending });
    expect(await refused('createSubcontract', { subcontractorId: id, name: 'More', lines: [] })).toMatchObject({ field: 'subcontractorId' });
  });

  test('is delivered by external reference, and never approved by it', async () => {
    const legalEntityId = await ways.books();
    const externalRef = { system: 'erp', externalId: 'V-1' };
    const item = { externalRef, name: 'Delivered', legalEntityId, currency: 'EUR', documents: papers };
    const select = 'id version status';
    const first = await world.upsert('upsertSubcontractors', [{ ...item, status: 'IN_REVIEW' }], { select });
    const [{ subcontractor }] = first.results;
    expect(subcontractor).toMatchObject({ status: 'IN_REVIEW' });
    const again = await world.upsert('upsertSubcontractors', [{ ...item, status: 'IN_REVIEW' }], { select });
    expect(again.results[0].subcontractor).toEqual(subcontractor);
    const approving = await world.upsert('upsertSubcontractors', [{ ...item, status: 'APPROVED' }], { select });
    expect(approving.results[0].userErrors).toMatchObject([{ code: 'INVALID_TRANSITION', field: 'status' }]);
    await world.made('approveSubcontractor', { input: { id: subcontractor.id }, actor: approver });
    const renamed = await world.upsert('upsertSubcontractors', [{ ...item, name: 'Renamed', status: 'IN_REVIEW' }], { select: `${select} name` });
    expect(renamed.results[0].subcontractor).toMatchObject({ id: subcontractor.id, name: 'Renamed', status: 'APPROVED' });
  });
});

describe('a person of a subcontractor', () => {
  test('is a contractor, and names whose person it is to who may know', async () => {
    const subcontractorId = await ways.seller();
    const hire = { name: 'Zed', hiredOn: '2025-01-01', subcontractorId };
    expect(await refused('createEmployee', hire)).toMatchObject({ code: 'VALIDATION_FAILED', field: 'workerType' });
    expect(await refused('createEmployee', { ...hire, subcontractorId: newId() })).toMatchObject({ code: 'NOT_FOUND', field: 'subcontractorId' });
    const { id } = await ways.personOf(subcontractorId);
    const query = 'query ($id: ID!) { employee(id: $id) { subcontractor { id name } } }';
    expect((await world.ok(query, { variables: { id } })).employee.subcontractor).toMatchObject({ id: subcontractorId });
    const hidden = { ...allowed, permissions: ['employee:read'] };
    expect((await world.ok(query, { variables: { id }, actor: hidden })).employee.subcontractor).toBeNull();
    const list = 'query ($ids: [ID!]) { employees(filter: { subcontractorIds: $ids }) { nodes { id } } }';
    expect((await world.ok(list, { variables: { ids: [subcontractorId] } })).employees.nodes).toEqual([{ id }]);
    const below = 'query ($id: ID!) { subcontractor(id: $id) { employees { nodes { id } } subcontracts { totalCount } } }';
    expect((await world.ok(below, { variables: { id: subcontractorId } })).subcontractor.employees.nodes).toEqual([{ id }]);
    expect((await world.reference('Employee', id))?.data).toMatchObject({ subcontractorId });
  });

  test('is delivered with the subcontractor by its reference', async () => {
    const externalRef = { system: 'erp', externalId: 'V-9' };
    const seller = { externalRef, name: 'By reference', legalEntityId: await ways.books(), currency: 'EUR' };
    const { results } = await world.upsert('upsertSubcontractors', [seller]);
    const person = { externalRef: { system: 'hr', externalId: 'P-9' }, name: 'Zora', hiredOn: '2025-01-01', workerType: 'CONTRACTOR' };
    const select = 'subcontractor { id }';
    const hired = await world.upsert('upsertEmployees', [{ ...person, subcontractorRef: externalRef }], { select });
    expect(hired.results[0].employee.subcontractor.id).toBe(results[0].subcontractor.id);
  });
});

describe('an order to a subcontractor', () => {
  test('is frozen once it is confirmed, and publishes its lines', async () => {
    const { id, subcontractorId, employeeId, projectId } = await confirmed({ limitHours: '100', limitAmount: eur('9000.00') });
    const select = 'status legalEntity { id } lines { id number unitRate { amount } limitHours limitAmount { amount } employee { id } project { id } }';
    const query = `query ($id: ID!) { subcontract(id: $id) { ${select} } }`;
    const { subcontract } = await world.ok(query, { variables: { id } });
    expect(subcontract).toMatchObject({
      status: 'CONFIRMED',
      lines: [{ number: 1, unitRate: { amount: '80.00' }, limitHours: '100.00', limitAmount: { amount: '9000.00' }, employee: { id: employeeId } }],
    });
    expect((await world.reference('SubcontractLine', subcontract.lines[0].id))?.data).toMatchObject({
      ...{ subcontractId: id, subcontractorId, projectId, employeeId, rateMinor: '8000', limitSeconds: '360000', limitMinor: '900000', closedOn: null },
    });
    expect(await refused('updateSubcontract', { id, name: 'Other' })).toMatchObject({ code: 'INVALID_TRANSITION' });
    expect(await refused('cancelSubcontract', { id })).toMatchObject({ code: 'INVALID_TRANSITION' });
    const closing = { input: { id, closedOn: '2026-03-31' }, select: 'status closedOn' };
    expect(await world.made('closeSubcontract', closing)).toMatchObject({ status: 'CLOSED', closedOn: '2026-03-31' });
    expect((await world.reference('SubcontractLine', subcontract.lines[0].id))?.data).toMatchObject({ closedOn: '2026-03-31', endDate: '2026-12-31' });
  });

  test('stays frozen whatever raw SQL says', async () => {
    const { id } = await confirmed();
    const planted = plantCorruption(world.sql)`update resources.subcontract_line set unit_rate_minor = 1 where subcontract_id = ${id}`;
    await expect(planted).rejects.toThrow(/frozen/);
  });

  test('names all that stands against a confirmation at once', async () => {
    const subcontractorId = await ways.draftSeller({ documents: [] });
    const { id } = await world.made('createSubcontract', { input: { subcontractorId, name: 'Empty', lines: [] } });
    const { userErrors } = await world.mutate('confirmSubcontract', { input: { id } });
    expect(userErrors.map(({ guard }: { guard: string }) => guard)).toEqual(['subcontractorApproved', 'documentsInForce', 'somethingOrdered']);
    const { subcontract } = await world.ok('query ($id: ID!) { subcontract(id: $id) { availableActions { name refusals } } }', { variables: { id } });
    expect(subcontract.availableActions.find(({ name }: { name: string }) => name === 'confirm').refusals).toHaveLength(3);
  });

  test('needs documents that are in force on the day of the confirmation, not of the approval', async () => {
    const soon = papers.map((paper) => (paper.kind === 'INSURANCE' ? { ...paper, effectiveTo: '2026-03-31' } : paper));
    const subcontractorId = await ways.seller({ documents: soon });
    const { id: employeeId } = await ways.personOf(subcontractorId);
    const lines = [aLine((await world.project()).id, { employeeId })];
    const { id } = await world.made('createSubcontract', { input: { subcontractorId, name: 'Late', lines } });
    world.time.now = new Date('2026-04-01T09:00:00Z');
    expect(await refused('confirmSubcontract', { id })).toMatchObject({ guard: 'documentsInForce' });
    await world.made('updateSubcontractor', { input: { id: subcontractorId, documents: papers } });
    expect(await refused('confirmSubcontract', { id })).toBeUndefined();
    world.time.now = new Date('2026-03-02T09:00:00Z');
  });

  test('pays no hour that another line pays, as far as a closed order goes', async () => {
    const first = await confirmed();
    const { subcontractorId, employeeId, projectId } = first;
    const lines = [aLine(projectId, { employeeId, startDate: '2026-07-01' })];
    const { id } = await world.made('createSubcontract', { input: { subcontractorId, name: 'Next', lines } });
    const clash = { guard: 'linesApart', message: expect.stringContaining('Line 1 pays the same work as line 1 of Order 7.') };
    expect(await refused('confirmSubcontract', { id })).toMatchObject(clash);
    await world.made('closeSubcontract', { input: { id: first.id, closedOn: '2026-06-30' } });
    expect(await refused('confirmSubcontract', { id })).toBeUndefined();
  });

  test('of which two are confirmed at once is one order, whoever comes first', async () => {
    const subcontractorId = await ways.seller();
    const { id: employeeId } = await ways.personOf(subcontractorId);
    const lines = [aLine((await world.project()).id, { employeeId })];
    const make = async (name: string) => (await world.made('createSubcontract', { input: { subcontractorId, name, lines } })).id;
    const ids = [await make('One'), await make('Two')];
    const answers = await Promise.all(ids.map((id) => refused('confirmSubcontract', { id })));
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    expect(answers.find((answer) => answer !== undefined)).toMatchObject({ guard: 'linesApart' });
  });

  test('refuses lines that say too much, too little, or point to nothing', async () => {
    const subcontractorId = await ways.seller();
    const { id: employeeId } = await ways.personOf(subcontractorId);
    const { id: stranger } = await world.worker('Stranger');
    const { id: projectId } = await world.project();
    const category = await world.made('createLaborCategory', { input: { code: 'SUB', name: 'Sub' } });
    const good = aLine(projectId, { employeeId });
    const said = [
      [[{ ...good, laborCategoryId: category.id }], 'lines.employeeId'],
      [[{ ...good, employeeId: undefined }], 'lines.employeeId'],
      [[{ ...good, employeeId: stranger }], 'lines.employeeId'],
      [[{ ...good, projectId: newId() }], 'lines.projectId'],
      [[{ ...good, employeeId: undefined, laborCategoryId: newId() }], 'lines.laborCategoryId'],
      [[{ ...good, number: 0 }], 'lines.number'],
      [[good, good], 'lines'],
      [[{ ...good, unitRate: eur('0.00') }], 'lines.unitRate'],
      [[{ ...good, unitRate: { amount: '80.00', currency: 'USD' } }], 'lines.unitRate'],
      [[{ ...good, limitHours: '0' }], 'lines.limitHours'],
      [[{ ...good, limitAmount: eur('-1.00') }], 'lines.limitAmount'],
      [[{ ...good, endDate: '2025-01-01' }], 'endDate'],
      [Array.from({ length: 101 }, (_, index) => ({ ...good, number: index + 1 })), 'lines'],
    ] as const;
    for (const [lines, field] of said) expect(await refused('createSubcontract', { subcontractorId, name: 'Wrong', lines }), field).toMatchObject({ field });
    expect(await refused('createSubcontract', { name: 'Wrong', lines: [good] })).toMatchObject({ field: 'subcontractorId' });
    expect((await world.sql`select count(*)::int as n from resources.subcontract where name = 'Wrong'`)[0]?.n).toBe(0);
  });

  test('keeps the ids of its lines by their numbers', async () => {
    const subcontractorId = await ways.seller();
    const { id: employeeId } = await ways.personOf(subcontractorId);
    const { id: projectId } = await world.project();
    const line = aLine(projectId, { employeeId });
    const select = 'id version lines { id number unitRate { amount } }';
    const lines = [line, { ...line, number: 2, startDate: '2027-01-01', endDate: '2027-12-31' }];
    const before = await world.made('createSubcontract', { input: { subcontractorId, name: 'Lines', lines }, select });
    const changed = [{ ...line, number: 2, unitRate: eur('90.00') }];
    const after = await world.made('updateSubcontract', { input: { id: before.id, lines: changed }, select });
    expect(after.lines).toEqual([{ id: before.lines[1].id, number: 2, unitRate: { amount: '90.00' } }]);
    expect(after.version).toBe(2);
  });

  test('is delivered and confirmed in one call, and says nothing when it is delivered again', async () => {
    const subcontractorId = await ways.seller();
    const externalRef = { system: 'hr', externalId: `Z-${newId()}` };
    await ways.personOf(subcontractorId, 'Zola', { externalRefs: [externalRef] });
    const { id: projectId } = await world.project();
    const lines = [{ ...aLine(projectId), employeeRef: externalRef }];
    const item = { externalRef: { system: 'erp', externalId: `PO-${newId()}` }, subcontractorId, name: 'Delivered', lines };
    const select = 'id version status lines { employee { name } }';
    const first = await world.upsert('upsertSubcontracts', [{ ...item, status: 'CONFIRMED' }], { select });
    expect(first.results[0]).toMatchObject({ userErrors: [], subcontract: { status: 'CONFIRMED', lines: [{ employee: { name: 'Zola' } }] } });
    const again = await world.upsert('upsertSubcontracts', [{ ...item, status: 'CONFIRMED' }], { select });
    expect(again.results[0].subcontract).toEqual(first.results[0].subcontract);
    const other = await world.upsert('upsertSubcontracts', [{ ...item, name: 'Other' }], { select });
    expect(other.results[0].userErrors).toMatchObject([{ code: 'INVALID_TRANSITION' }]);
    const closing = await world.upsert('upsertSubcontracts', [{ ...item, status: 'CLOSED' }], { select });
    expect(closing.results[0].userErrors).toMatchObject([{ field: 'closedOn' }]);
    const closed = await world.upsert('upsertSubcontracts', [{ ...item, status: 'CLOSED', closedOn: '2026-05-31' }], { select });
    expect(closed.results[0].subcontract.status).toBe('CLOSED');
  });

  test('is found by project, person and subcontractor, a page at a time', async () => {
    const { id, subcontractorId, employeeId, projectId } = await confirmed();
    for (const filter of [{ subcontractorIds: [subcontractorId] }, { projectIds: [projectId] }, { employeeIds: [employeeId], statuses: ['CONFIRMED'] }]) {
      const query = 'query ($filter: SubcontractFilter) { subcontracts(first: 1, filter: $filter) { totalCount nodes { id } } }';
      expect((await world.ok(query, { variables: { filter } })).subcontracts).toEqual({ totalCount: 1, nodes: [{ id }] });
    }
  });
});

describe('what the firm pays', () => {
  test('is hidden from who may not see costs', async () => {
    const { id } = await confirmed({ limitAmount: eur('9000.00') });
    const query = 'query ($id: ID!) { subcontract(id: $id) { tolerance { amount } lines { number unitRate { amount } limitAmount { amount } } } }';
    const { subcontract } = await world.ok(query, { variables: { id }, actor: planner });
    expect(subcontract).toEqual({ tolerance: null, lines: [{ number: 1, unitRate: null, limitAmount: null }] });
  });

  test('is no affair of clients, partners and those confined to customers or other books', async () => {
    const { id, subcontractorId } = await confirmed();
    const query = '{ subcontracts { nodes { id } } subcontractors { nodes { id } } }';
    const nothing = { subcontracts: { nodes: [] }, subcontractors: { nodes: [] } };
    for (const actor of [
      { ...allowed, kind: 'CLIENT_PORTAL' as const, customerIds: [newId()] },
      { ...allowed, kind: 'PARTNER' as const, employeeIds: [newId()] },
      { ...allowed, customerIds: [newId()] },
      { ...allowed, legalEntityIds: [newId()] },
    ]) {
      expect(await world.ok(query, { actor })).toEqual(nothing);
      expect(await refused('suspendSubcontractor', { id: subcontractorId, reason: 'Mine' }, actor)).toBeDefined();
      expect(await refused('closeSubcontract', { id, closedOn: '2026-03-31' }, actor)).toBeDefined();
    }
    expect((await world.sql`select status from resources.subcontract where id = ${id}`)[0]?.status).toBe('CONFIRMED');
  });
});
