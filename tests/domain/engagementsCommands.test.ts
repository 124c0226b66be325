import { describe, expect, test } from 'vitest';
import { createCustomer, customerAction, type LoadedCustomers, updateCustomer, upsertCustomers } from '#engagements/customer/commands.ts';
import { createEngagement, engagementAction, type LoadedEngagements, updateEngagement, upsertEngagements } from '#engagements/engagement/commands.ts';
import { createProject, projectAction, updateProject, upsertProjects } from '#engagements/project/commands.ts';
import type { LoadedProjects } from '#engagements/project/load.ts';
import type { CustomerRow, EngagementRow, ProjectRow } from '#engagements/tables.ts';
import { contextOf, id, outcomeOf, statedBy, writtenBy } from '../support/decide.ts';
import { contractRow, customerRow, engagementRow, projectRow, siblingsOf } from '../support/engagementsRows.ts';

const context = contextOf();
const psa = (externalId: string) => ({ system: 'psa', externalId });

describe('a customer', () => {
  const loaded = (more: Partial<CustomerRow> = {}): LoadedCustomers => ({
    rows: new Map([[id(1), customerRow(more)]]),
    byRef: new Map([['psa 1', id(1)]]),
    parents: new Map([
      [id(2), null],
      [id(3), id(1)],
    ]),
    siblings: siblingsOf(id(8), id(9)),
  });
  const updated = (status = 'PROSPECT') => [`Customer ${status} v2`, '> Customer v2', '+ CustomerUpdated'];

  test.each([
    ['is created', { name: 'ACME' }, ['new Customer PROSPECT v1', '> Customer v1', '+ CustomerCreated']],
    ['is created below another', { name: 'ACME', parentId: id(2) }, ['new Customer PROSPECT v1', '> Customer v1', '+ CustomerCreated']],
    ['needs a name', { name: ' ' }, 'VALIDATION_FAILED name'],
    ['is not below nobody', { name: 'ACME', parentId: id(99) }, 'NOT_FOUND parentId'],
    ['has a legal entity that is there', { name: 'ACME', legalEntityId: id(99) }, 'NOT_FOUND legalEntityId'],
    ['has a tax profile that is there', { name: 'ACME', taxProfileId: id(99) }, 'NOT_FOUND taxProfileId'],
  ])('%s', (_, input, then) => {
    expect(outcomeOf(() => createCustomer.decide(loaded(), input, context))).toEqual(then);
  });

  test.each([
    ['changes', { name: 'Other' }, updated()],
    ['keeps its version without a change', { name: 'Customer' }, []],
    ['does not belong to itself', { parentId: id(1) }, 'NOT_FOUND parentId'],
    ['does not belong to what belongs to it', { parentId: id(3) }, 'GUARD_REFUSED hierarchyAcyclic'],
    ['is changed by who saw it last', { expectedVersion: 2 }, 'STALE_VERSION expectedVersion'],
    ['is one that is there', { id: id(99) }, 'NOT_FOUND id'],
  ])('%s', (_, input, then) => {
    expect(outcomeOf(() => updateCustomer.decide(loaded(), { id: id(1), ...input }, context))).toEqual(then);
  });

  test.each([
    ['becomes active with a legal entity and a tax profile', 'activate', { legalEntityId: id(8), taxProfileId: id(9) }, updated('ACTIVE')],
    ['does not without', 'activate', { legalEntityId: id(8) }, 'GUARD_REFUSED legalEntityAndTaxProfile'],
    ['becomes inactive', 'deactivate', { status: 'ACTIVE' }, updated('INACTIVE')],
    ['does so once', 'deactivate', { status: 'INACTIVE' }, 'INVALID_TRANSITION status'],
  ] as const)('%s', (_, action, given, then) => {
    expect(outcomeOf(() => customerAction(action).decide(loaded(given), { id: id(1) }, context))).toEqual(then);
  });

  const fresh = ['new Customer PROSPECT v1', '> Customer v1', '+ CustomerCreated', '= Customer psa 7'];
  test.each([
    ['made', {}, { externalRef: psa('7'), name: 'New' }, fresh],
    ['left alone', {}, { externalRef: psa('1'), name: 'Customer' }, ['= Customer psa 1']],
    ['changed', {}, { externalRef: psa('1'), name: 'Other' }, [...updated(), '= Customer psa 1']],
    [
      'activated',
      { legalEntityId: id(8), taxProfileId: id(9) },
      { externalRef: psa('1'), name: 'Customer', activate: true },
      ['= Customer psa 1', ...updated('ACTIVE')],
    ],
    ['left active', { status: 'ACTIVE' }, { externalRef: psa('1'), name: 'Customer', activate: true }, ['= Customer psa 1']],
    ['refused whole where it cannot be activated', {}, { externalRef: psa('7'), name: 'New', activate: true }, 'GUARD_REFUSED legalEntityAndTaxProfile'],
    ['refused with a reference of nothing', {}, { externalRef: psa(' '), name: 'New' }, 'VALIDATION_FAILED externalRef.externalId'],
  ] as const)('is %s by external reference', (_, given, item, then) => {
    expect(outcomeOf(() => upsertCustomers.decide(loaded(given), item, context))).toEqual(then);
  });

  test('of others is not there, and keeps its reference', () => {
    const confined = contextOf(['*'], { customerIds: [id(99)] });
    expect(outcomeOf(() => updateCustomer.decide(loaded(), { id: id(1), name: 'x' }, confined))).toBe('NOT_FOUND id');
    expect(outcomeOf(() => upsertCustomers.decide(loaded(), { externalRef: psa('1'), name: 'x' }, confined))).toBe('DUPLICATE_EXTERNAL_REF externalRef');
  });

  test('is a parent for the items that follow', () => {
    const given = loaded();
    const made = createCustomer.decide(given, { name: 'Parent' }, context);
    createCustomer.absorb?.(given, made, { name: '' });
    expect(writtenBy(createCustomer.decide(given, { name: 'Child', parentId: made.id }, context))).toMatchObject([{ parentId: made.id }]);
  });
});

describe('an engagement', () => {
  const loaded = (more: Partial<EngagementRow> = {}, openProjects = 0): LoadedEngagements => ({
    rows: new Map([[id(1), engagementRow(more)]]),
    byRef: new Map([['psa 1', id(1)]]),
    customers: new Map([[id(2), customerRow({ id: id(2) })]]),
    openProjects: new Map([[id(1), openProjects]]),
  });
  const moved = (status: string) => [`Engagement ${status} v2`, '> Engagement v2', '+ EngagementStatusChanged'];
  const made = ['new Engagement DRAFT v1', '> Engagement v1', '+ EngagementCreated'];

  test.each([
    ['is created', {}, made],
    ['is that of a customer', { customerId: id(99) }, 'NOT_FOUND customerId'],
    ['needs a name', { name: '' }, 'VALIDATION_FAILED name'],
    ['ends after it starts', { startDate: '2026-02-01', endDate: '2026-01-31' }, 'VALIDATION_FAILED endDate'],
  ])('%s', (_, more, then) => {
    expect(outcomeOf(() => createEngagement.decide(loaded(), { customerId: id(2), name: 'E', ...more }, context))).toEqual(then);
  });

  test.each([
    ['changes', {}, { name: 'Other' }, ['Engagement DRAFT v2', '> Engagement v2']],
    ['does not change once it is closed', { status: 'CLOSED' }, { name: 'Other' }, 'GUARD_REFUSED engagementOpen'],
    ['may be said again once it is closed', { status: 'CLOSED' }, { name: 'Engagement' }, []],
    ['keeps a name', {}, { name: null }, 'VALIDATION_FAILED name'],
  ] as const)('%s', (_, given, input, then) => {
    expect(outcomeOf(() => updateEngagement.decide(loaded(given), { id: id(1), ...input }, context))).toEqual(then);
  });

  test.each([
    ['activate', {}, 0, moved('ACTIVE')],
    ['hold', { status: 'ACTIVE' }, 0, moved('ON_HOLD')],
    ['resume', { status: 'ON_HOLD' }, 0, moved('ACTIVE')],
    ['complete', { status: 'ACTIVE' }, 3, moved('COMPLETED')],
    ['close', { status: 'COMPLETED' }, 0, moved('CLOSED')],
    ['close', { status: 'COMPLETED' }, 1, 'GUARD_REFUSED noOpenProject'],
    ['cancel', {}, 0, moved('CANCELLED')],
    ['cancel', { status: 'ACTIVE' }, 0, 'INVALID_TRANSITION status'],
  ] as const)('%s of %o with %i open projects', (action, given, open, then) => {
    expect(outcomeOf(() => engagementAction(action).decide(loaded(given, open), { id: id(1) }, context))).toEqual(then);
  });

  test('says where it came from', () => {
    expect(statedBy(engagementAction('activate').decide(loaded(), { id: id(1) }, context))).toEqual([
      { engagementId: id(1), customerId: id(2), name: 'Engagement', status: 'ACTIVE', previousStatus: 'DRAFT' },
    ]);
  });

  test.each([
    ['made and activated', {}, { externalRef: psa('7'), name: 'New', activate: true }, [...made, '= Engagement psa 7', ...moved('ACTIVE')]],
    ['activated', {}, { externalRef: psa('1'), name: 'Engagement', activate: true }, ['= Engagement psa 1', ...moved('ACTIVE')]],
    ['not activated twice', { status: 'ACTIVE' }, { externalRef: psa('1'), name: 'Engagement', activate: true }, ['= Engagement psa 1']],
    ['left with its customer', {}, { externalRef: psa('1'), name: 'Engagement', customerId: id(3) }, 'VALIDATION_FAILED customerId'],
  ] as const)('is %s by external reference', (_, given, item, then) => {
    expect(outcomeOf(() => upsertEngagements.decide(loaded(given), { customerId: id(2), ...item }, context))).toEqual(then);
  });
});

describe('a project', () => {
  const ready = { contractId: id(4), managerId: id(8) };
  const loaded = (more: Partial<ProjectRow> = {}, rest: Partial<LoadedProjects> = {}): LoadedProjects => ({
    rows: new Map([[id(1), projectRow(more)]]),
    byRef: new Map([['psa 1', id(1)]]),
    engagements: new Map([
      [id(3), engagementRow({ id: id(3) })],
      [id(33), engagementRow({ id: id(33), status: 'CLOSED' })],
    ]),
    contracts: new Map([
      [id(4), contractRow({ id: id(4), engagementId: id(3), status: 'CONFIRMED', legalEntityId: id(5) })],
      [id(44), contractRow({ id: id(44), engagementId: id(33) })],
    ]),
    customers: new Map([[id(2), customerRow({ id: id(2), status: 'ACTIVE' })]]),
    siblings: siblingsOf(id(8)),
    openItems: new Map(),
    taskDates: new Map([[id(1), { first: '2026-02-01', last: '2026-03-31' }]]),
    ...rest,
  });
  const moved = (status: string, version = 2) => [`Project ${status} v${version}`, `> Project v${version}`, '+ ProjectStatusChanged'];
  const made = ['new Project DRAFT v1', '> Project v1', '+ ProjectCreated'];

  test.each([
    ['is created', {}, made],
    ['is created with contract and manager', ready, made],
    ['is that of an engagement', { engagementId: id(99) }, 'NOT_FOUND engagementId'],
    ['is not begun in a closed engagement', { engagementId: id(33) }, 'GUARD_REFUSED engagementOpen'],
    ['has a contract of its engagement', { contractId: id(44) }, 'VALIDATION_FAILED contractId'],
    ['has a manager who is there', { managerId: id(99) }, 'NOT_FOUND managerId'],
    ['has a yes or a no for billable', { billable: null }, 'VALIDATION_FAILED billable'],
    ['ends after it starts', { startDate: '2026-02-01', endDate: '2026-01-31' }, 'VALIDATION_FAILED endDate'],
  ])('%s', (_, more, then) => {
    expect(outcomeOf(() => createProject.decide(loaded(), { engagementId: id(3), name: 'P', ...more }, context))).toEqual(then);
  });

  test.each([
    ['changes', {}, { name: 'Other' }, ['Project DRAFT v2', '> Project v2']],
    ['keeps its version without a change', {}, { name: 'Project' }, []],
    ['stays in its engagement', {}, { engagementId: id(33) }, 'VALIDATION_FAILED engagementId'],
    ['keeps its contract once it runs', { ...ready, status: 'ACTIVE' }, { contractId: null }, 'GUARD_REFUSED contractFixed'],
    ['keeps a manager once it runs', { ...ready, status: 'ACTIVE' }, { managerId: null }, 'GUARD_REFUSED managerMapped'],
    ['does not start after its tasks', {}, { startDate: '2026-02-02' }, 'GUARD_REFUSED tasksWithinDates'],
    ['does not end before its tasks', {}, { endDate: '2026-03-30' }, 'GUARD_REFUSED tasksWithinDates'],
    ['may end with them', {}, { startDate: '2026-02-01', endDate: '2026-03-31' }, ['Project DRAFT v2', '> Project v2']],
    ['does not change once it is closed', { status: 'CLOSED' }, { name: 'Other' }, 'GUARD_REFUSED projectOpen'],
  ] as const)('%s', (_, given, input, then) => {
    expect(outcomeOf(() => updateProject.decide(loaded(given), { id: id(1), ...input }, context))).toEqual(then);
  });

  const openItems = (unbilled: number) => new Map([[id(1), { unbilled, openTimesheets: 0, draftInvoices: 0 }]]);
  test.each([
    ['provision', {}, {}, moved('PROVISIONING')],
    ['activate', { ...ready, status: 'PROVISIONING' }, {}, moved('ACTIVE')],
    ['activate', { contractId: id(4), status: 'PROVISIONING' }, {}, 'GUARD_REFUSED managerMapped'],
    ['activate', { managerId: id(8), status: 'PROVISIONING' }, {}, 'GUARD_REFUSED contractConfirmed'],
    ['activate', { ...ready, status: 'PROVISIONING' }, { customers: new Map() }, 'GUARD_REFUSED customerActive'],
    ['hold', { ...ready, status: 'ACTIVE' }, {}, moved('ON_HOLD')],
    ['resume', { ...ready, status: 'ON_HOLD' }, {}, moved('ACTIVE')],
    ['complete', { status: 'ACTIVE' }, {}, moved('COMPLETED')],
    ['close', { status: 'COMPLETED' }, {}, moved('CLOSED')],
    ['close', { status: 'COMPLETED' }, { openItems: openItems(0) }, moved('CLOSED')],
    ['close', { status: 'COMPLETED' }, { openItems: openItems(1) }, 'GUARD_REFUSED nothingOpen'],
    ['cancel', { status: 'ACTIVE' }, {}, 'INVALID_TRANSITION status'],
  ] as const)('%s of %o beside %o', (action, given, rest, then) => {
    expect(outcomeOf(() => projectAction(action).decide(loaded(given, rest), { id: id(1) }, context))).toEqual(then);
  });

  test.each([
    ['made', {}, { externalRef: psa('7') }, [...made, '= Project psa 7']],
    [
      'made and activated',
      {},
      { ...ready, externalRef: psa('7'), activate: true },
      [...made, '= Project psa 7', ...moved('PROVISIONING'), ...moved('ACTIVE', 3)],
    ],
    [
      'activated from where it stands',
      { ...ready, status: 'PROVISIONING' },
      { externalRef: psa('1'), activate: true },
      ['= Project psa 1', ...moved('ACTIVE')],
    ],
    ['left active', { ...ready, status: 'ACTIVE' }, { externalRef: psa('1'), activate: true }, ['= Project psa 1']],
    ['refused whole where it cannot be activated', {}, { externalRef: psa('7'), activate: true }, 'GUARD_REFUSED contractConfirmed'],
  ] as const)('is %s by external reference', (_, given, item, then) => {
    expect(outcomeOf(() => upsertProjects.decide(loaded(given), { engagementId: id(3), name: 'Project', ...item }, context))).toEqual(then);
  });

  test('is published with the legal entity of its contract, and says where it came from', () => {
    const decision = projectAction('activate').decide(loaded({ ...ready, status: 'PROVISIONING' }), { id: id(1) }, context);
    expect(decision.effects.flatMap((effect) => (effect.does === 'publish' ? [effect.entry.data] : []))).toMatchObject([{ legalEntityId: id(5) }]);
    expect(statedBy(decision)).toMatchObject([{ status: 'ACTIVE', previousStatus: 'PROVISIONING' }]);
  });
});
