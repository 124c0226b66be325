import { newId } from '#kernel/ids.ts';
import { absenceMachine } from '#resources/absence/machine.ts';
import { assignmentMachine } from '#resources/assignment/machine.ts';
import { employeeMachine } from '#resources/employee/machine.ts';
import { requestMachine } from '#resources/request/machine.ts';
import { subcontractMachine } from '#resources/subcontract/machine.ts';
import { subcontractorMachine } from '#resources/subcontractor/machine.ts';
import { aLine, papers } from '../subcontracting.ts';
import { type Life, life } from './life.ts';
import type { GridWorld } from './world.ts';

const itself = (_: GridWorld, id: string) => ({ id });

/** Somebody who has begun, without a labor category. */
export async function colleague({ made, done, firm: { legalEntityId } }: GridWorld): Promise<string> {
  const id = await made('createEmployee', 'employee', { name: 'Grid', hiredOn: '2020-01-01', legalEntityId });
  await done('activateEmployee', { id });
  return id;
}

const employee = life(employeeMachine, {
  table: 'resources.employee',
  begin: ({ made, firm: { legalEntityId } }) => made('createEmployee', 'employee', { name: 'Grid', hiredOn: '2020-01-01', legalEntityId }),
  path: { PENDING: [], ACTIVE: ['activate'], ON_LEAVE: ['activate', 'startLeave'], TERMINATED: ['activate', 'terminate'] },
  inputs: {
    activate: itself,
    startLeave: itself,
    endLeave: itself,
    scheduleTermination: (_, id) => ({ id, terminatedOn: '2099-12-31' }),
    terminate: (_, id) => ({ id, terminatedOn: '2026-01-31' }),
    rehire: (_, id) => ({ id, hiredOn: '2026-02-01' }),
  },
});

const assignment = life(assignmentMachine, {
  table: 'resources.assignment',
  begin: async (world) => {
    const employeeId = await colleague(world);
    return world.made('createAssignment', 'assignment', {
      employeeId,
      projectId: world.firm.projectId,
      startDate: '2026-02-01',
      endDate: '2026-12-31',
      weeklyHours: '8',
    });
  },
  path: { PROPOSED: [], TENTATIVE: ['hold'], CONFIRMED: ['confirm'], ENDED: ['confirm', 'end'], CANCELLED: ['cancel'] },
  inputs: { hold: itself, confirm: itself, end: (_, id) => ({ id, endedOn: '2026-03-31' }), cancel: itself },
});

const absence = life(absenceMachine, {
  table: 'resources.absence',
  begin: async (world) => {
    const employeeId = await colleague(world);
    const externalRef = { system: 'hr', externalId: newId() };
    const items = [{ externalRef, employeeId, startDate: '2026-03-02', endDate: '2026-03-03' }];
    const { results } = await world.done('upsertAbsences', { idempotencyKey: newId(), items }, { select: 'results { absence { id } }' });
    return results[0].absence.id;
  },
  path: { APPROVED: [], CANCELLED: ['cancel'] },
  inputs: { cancel: itself },
});

const request = life(requestMachine, {
  table: 'resources.resource_request',
  begin: ({ made, firm: { projectId } }) =>
    made('createResourceRequest', 'resourceRequest', { projectId, name: 'Grid', percent: 10, startDate: '2026-03-02', endDate: '2026-03-27' }),
  path: { DRAFT: [], SUBMITTED: ['submit'], PROPOSED: ['submit', 'propose'], FULFILLED: ['submit', 'propose', 'accept'], CANCELLED: ['cancel'] },
  inputs: {
    update: (_, id) => ({ id, name: 'Other' }),
    submit: itself,
    propose: async (world, id) => ({ id, proposals: [{ employeeId: await colleague(world) }] }),
    accept: itself,
    reject: (_, id) => ({ id, reason: 'Somebody else' }),
    cancel: (_, id) => ({ id, reason: 'Not needed' }),
  },
  guarded: {
    propose: {
      proposalsFit: async (world, id) => ({ id, proposals: [{ employeeId: await colleague(world), weeklyHours: '60' }] }),
    },
  },
});

const named = (_: GridWorld, id: string) => ({ id, reason: 'grid' });

function seller({ made, firm: { legalEntityId } }: GridWorld, more: object = {}): Promise<string> {
  return made('createSubcontractor', 'subcontractor', { name: 'Grid', legalEntityId, currency: 'EUR', documents: papers, ...more });
}

/** Submitted by somebody else than who approves it. */
async function submitted(world: GridWorld, more: object = {}): Promise<string> {
  const id = await seller(world, more);
  await world.done('submitSubcontractor', { id }, { wish: { role: 'finance' } });
  return id;
}

/** A subcontractor that may be ordered from. */
export async function approvedSeller(world: GridWorld): Promise<string> {
  const id = await submitted(world);
  await world.done('approveSubcontractor', { id });
  return id;
}

const subcontractor = life(subcontractorMachine, {
  table: 'resources.subcontractor',
  begin: (world) => seller(world),
  path: { DRAFT: [] },
  made: {
    IN_REVIEW: (world) => submitted(world),
    APPROVED: approvedSeller,
    SUSPENDED: async (world) => {
      const id = await approvedSeller(world);
      await world.done('suspendSubcontractor', { id, reason: 'grid' });
      return id;
    },
    ENDED: async (world) => {
      const id = await approvedSeller(world);
      await world.done('endSubcontractor', { id, reason: 'grid' });
      return id;
    },
  },
  inputs: { update: (_, id) => ({ id, name: 'Other' }), submit: itself, return: named, approve: itself, suspend: named, reinstate: itself, end: named },
  guarded: {
    approve: {
      documentsInForce: async (world) => ({ id: await submitted(world, { documents: [] }) }),
      approverIsNotSubmitter: async (world) => {
        const id = await seller(world);
        await world.done('submitSubcontractor', { id });
        return { id };
      },
    },
    end: {
      nothingOrdered: async (world) => {
        const id = await orderOf(world);
        await world.done('confirmSubcontract', { id });
        const query = 'query ($id: ID!) { subcontract(id: $id) { subcontractor { id } } }';
        return { id: (await world.ok(query, { id })).subcontract.subcontractor.id, reason: 'grid' };
      },
    },
  },
});

/** A draft for somebody of its subcontractor. */
async function orderOf(world: GridWorld, more: object = {}): Promise<string> {
  const subcontractorId = await approvedSeller(world);
  const person = { name: 'Grid', hiredOn: '2020-01-01', workerType: 'CONTRACTOR', subcontractorId };
  const employeeId = await world.made('createEmployee', 'employee', person);
  const lines = [aLine(world.firm.projectId, { employeeId })];
  return world.made('createSubcontract', 'subcontract', { subcontractorId, name: 'Grid', lines, ...more });
}

const subcontract = life(subcontractMachine, {
  table: 'resources.subcontract',
  begin: (world) => orderOf(world),
  path: { DRAFT: [], CONFIRMED: ['confirm'], CLOSED: ['confirm', 'close'], CANCELLED: ['cancel'] },
  inputs: { update: (_, id) => ({ id, name: 'Other' }), confirm: itself, close: (_, id) => ({ id, closedOn: '2026-03-31' }), cancel: itself },
  guarded: { confirm: { somethingOrdered: async (world) => ({ id: await orderOf(world, { lines: [] }) }) } },
});

export const resourcesLives: readonly Life[] = [employee, assignment, absence, request, subcontractor, subcontract];
