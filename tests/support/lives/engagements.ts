import { contractMachine } from '#engagements/contract/machine.ts';
import { customerMachine } from '#engagements/customer/machine.ts';
import { engagementMachine } from '#engagements/engagement/machine.ts';
import { milestoneMachine } from '#engagements/milestone/machine.ts';
import { projectMachine } from '#engagements/project/machine.ts';
import { taskMachine } from '#engagements/task/machine.ts';
import { type Life, life } from './life.ts';
import type { GridWorld } from './world.ts';

const itself = (_: GridWorld, id: string) => ({ id });
const forLateWork = (_: GridWorld, id: string) => ({ id, reason: 'late work' });

const customer = life(customerMachine, {
  table: 'engagements.customer',
  begin: ({ made, firm: { legalEntityId, taxProfileId } }) =>
    made('createCustomer', 'customer', { name: 'Grid', currency: 'EUR', legalEntityId, taxProfileId }),
  path: { PROSPECT: [], ACTIVE: ['activate'], INACTIVE: ['activate', 'deactivate'] },
  inputs: { activate: itself, deactivate: itself },
});

const engagement = life(engagementMachine, {
  table: 'engagements.engagement',
  begin: ({ made, firm: { customerId } }) => made('createEngagement', 'engagement', { customerId, name: 'Grid' }),
  path: {
    DRAFT: [],
    ACTIVE: ['activate'],
    ON_HOLD: ['activate', 'hold'],
    COMPLETED: ['activate', 'complete'],
    CLOSED: ['activate', 'complete', 'close'],
    CANCELLED: ['cancel'],
  },
  inputs: { activate: itself, hold: itself, resume: itself, complete: itself, reopen: forLateWork, close: itself, cancel: itself },
});

/** A draft that bills hours and milestones. */
export function draftContract({ made, firm: { engagementId, legalEntityId } }: GridWorld): Promise<string> {
  const lines = [
    { name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME', 'EXPENSE'] },
    { name: 'Goals', method: 'MILESTONE', kinds: ['FEE'], amount: { amount: '9000.00', currency: 'EUR' } },
  ];
  return made('createContract', 'contract', { engagementId, legalEntityId, name: 'Grid', currency: 'EUR', startDate: '2026-01-01', lines });
}

const contract = life(contractMachine, {
  table: 'engagements.contract',
  begin: draftContract,
  path: {
    DRAFT: [],
    IN_REVIEW: ['submit'],
    CONFIRMED: ['submit', 'confirm'],
    SUSPENDED: ['submit', 'confirm', 'suspend'],
    COMPLETED: ['submit', 'confirm', 'complete'],
    CLOSED: ['submit', 'confirm', 'complete', 'close'],
    LOST: ['lose'],
  },
  inputs: {
    submit: itself,
    confirm: itself,
    suspend: itself,
    resume: itself,
    complete: itself,
    reopen: forLateWork,
    close: itself,
    lose: itself,
    amend: (_, id) => ({ id, effectiveFrom: '2026-06-01', reason: 'grid', paymentTermDays: 45 }),
  },
});

const project = life(projectMachine, {
  table: 'engagements.project',
  begin: ({ made, firm: { engagementId, contractId, approverId } }) =>
    made('createProject', 'project', { engagementId, contractId, managerId: approverId, name: 'Grid' }),
  path: {
    DRAFT: [],
    PROVISIONING: ['provision'],
    ACTIVE: ['provision', 'activate'],
    ON_HOLD: ['provision', 'activate', 'hold'],
    COMPLETED: ['provision', 'activate', 'complete'],
    CLOSED: ['provision', 'activate', 'complete', 'close'],
    CANCELLED: ['cancel'],
  },
  inputs: { provision: itself, activate: itself, hold: itself, resume: itself, complete: itself, reopen: forLateWork, close: itself, cancel: itself },
});

const task = life(taskMachine, {
  table: 'engagements.task',
  begin: ({ made, firm: { projectId } }) => made('createTask', 'task', { projectId, name: 'Grid' }),
  path: { NOT_STARTED: [], IN_PROGRESS: ['start'], DONE: ['start', 'finish'], CANCELLED: ['cancel'] },
  inputs: { start: itself, finish: itself, reopen: itself, cancel: itself },
});

const milestone = life(milestoneMachine, {
  table: 'engagements.milestone',
  begin: async (world) => {
    const { made, done, ok, firm } = world;
    const contractId = await draftContract(world);
    for (const name of ['submitContract', 'confirmContract']) await done(name, { id: contractId });
    const projectId = await made('createProject', 'project', { engagementId: firm.engagementId, contractId, name: 'Goals' });
    const { lines } = (await ok('query ($id: ID!) { contract(id: $id) { lines { id method } } }', { id: contractId })).contract;
    const line = lines.find(({ method }: { method: string }) => method === 'MILESTONE');
    const amount = { amount: '1000.00', currency: 'EUR' };
    return made('createMilestone', 'milestone', { projectId, contractLineId: line.id, name: 'Grid', amount, plannedOn: '2026-03-01' });
  },
  path: { PLANNED: [], REACHED: ['reach'], ACCEPTED: ['reach', 'accept'], CANCELLED: ['cancel'] },
  inputs: { reach: itself, accept: itself, cancel: itself },
});

export const engagementsLives: readonly Life[] = [customer, engagement, contract, project, task, milestone];
