import { amendmentMachine } from '#engagements/amendment/machine.ts';
import { contractMachine } from '#engagements/contract/machine.ts';
import { customerMachine } from '#engagements/customer/machine.ts';
import { engagementMachine } from '#engagements/engagement/machine.ts';
import { milestoneMachine } from '#engagements/milestone/machine.ts';
import { opportunityMachine } from '#engagements/opportunity/machine.ts';
import { projectMachine } from '#engagements/project/machine.ts';
import { requestProvisioning } from '#engagements/provisioning/commands.ts';
import { provisioningMachine } from '#engagements/provisioning/machine.ts';
import { taskMachine } from '#engagements/task/machine.ts';
import { executeOne } from '#kernel/command.ts';
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
    withdraw: itself,
    amend: (_, id) => ({ id, effectiveFrom: '2026-06-01', reason: 'grid', paymentTermDays: 45 }),
  },
  guarded: {
    withdraw: {
      nothingBegun: async ({ made, done, firm: { engagementId } }, id) => {
        const amount = { amount: '1000.00', currency: 'EUR' };
        const projectId = await made('createProject', 'project', { engagementId, contractId: id, name: 'Begun' });
        const milestoneId = await made('createMilestone', 'milestone', { projectId, name: 'Begun', amount, plannedOn: '2026-03-01' });
        await done('reachMilestone', { id: milestoneId });
        return { id };
      },
    },
  },
});

const ended = (_: GridWorld, id: string) => ({ id, reason: 'grid' });

const amendment = life(amendmentMachine, {
  table: 'engagements.amendment',
  // Somebody else than who accepts it.
  begin: async (world) => {
    const contractId = await draftContract(world);
    for (const name of ['submitContract', 'confirmContract']) await world.done(name, { id: contractId });
    const wanted = { contractId, name: 'Grid', effectiveFrom: '2026-02-01', reason: 'grid', changes: { paymentTermDays: 45 } };
    return (await world.done('createAmendment', wanted, { select: 'amendment { id }', wish: { role: 'finance' } })).amendment.id;
  },
  path: { DRAFT: [], SUBMITTED: ['submit'], WITHDRAWN: ['withdraw'] },
  made: {
    SUBMITTED: (world) => submitted(world),
    ACCEPTED: (world) => accepted(world),
    APPLIED: async (world) => {
      const id = await accepted(world);
      await world.done('applyAmendment', { id });
      return id;
    },
    REJECTED: async (world) => {
      const id = await submitted(world);
      await world.done('rejectAmendment', { id, reason: 'grid' });
      return id;
    },
  },
  inputs: { update: (_, id) => ({ id, name: 'Other' }), submit: itself, accept: itself, reject: ended, withdraw: ended, apply: itself },
});

async function submitted(world: GridWorld): Promise<string> {
  const id = await amendment.begin(world);
  await world.done('submitAmendment', { id }, { wish: { role: 'finance' } });
  return id;
}

async function accepted(world: GridWorld): Promise<string> {
  const id = await submitted(world);
  await world.done('acceptAmendment', { id });
  return id;
}

const project = life(projectMachine, {
  table: 'engagements.project',
  // One that comes from no opportunity was told of as created when it was.
  facts: { activate: ['ProjectStatusChanged'] },
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

/** All that the rules of winning ask for. */
const winnable = ({ customerId, approverId, categoryId }: GridWorld['firm']) => ({
  ...{ customerId, name: 'Grid', method: 'TIME_AND_MATERIALS', value: { amount: '5000.00', currency: 'EUR' } },
  ...{ managerId: approverId, startDate: '2026-03-01', rates: [{ laborCategoryId: categoryId, rate: { amount: '120.00', currency: 'EUR' } }] },
});

/** Takes what one of the rules asks for away again. */
const lacking =
  (fields: object) =>
  async ({ done }: GridWorld, id: string) => {
    await done('updateOpportunity', { id, ...fields });
    return { id };
  };

const opportunity = life(opportunityMachine, {
  table: 'engagements.opportunity',
  begin: ({ made, firm }) => made('createOpportunity', 'opportunity', winnable(firm)),
  path: { OPEN: [], WON: ['win'], LOST: ['lose'] },
  inputs: { win: itself, lose: forLateWork, reopen: forLateWork },
  guarded: {
    win: {
      contractTypeKnown: lacking({ method: null }),
      valuePositive: lacking({ value: null }),
      hoursPriced: lacking({ rates: null }),
      managerActive: lacking({ managerId: null }),
      datesKnown: lacking({ startDate: null }),
    },
  },
});

/** A project that waits for a system outside, as the journey from an opportunity brings it there. */
const asked = async ({ made, done, command, firm: { engagementId, contractId, approverId } }: GridWorld): Promise<string> => {
  const projectId = await made('createProject', 'project', { engagementId, contractId, managerId: approverId, name: 'Asked' });
  await done('provisionProject', { id: projectId });
  return (await command((scope) => executeOne(scope, requestProvisioning, { projectId, system: 'erp', dueAt: new Date('2099-01-01') }))).id;
};
const answerTo = async ({ sql }: GridWorld, id: string) => {
  const [row] = await sql`select project_id from engagements.provisioning where id = ${id}`;
  return { projectId: String(row?.project_id), system: 'erp' };
};

const provisioning = life(provisioningMachine, {
  table: 'engagements.provisioning',
  begin: asked,
  path: { PENDING: [], ACKNOWLEDGED: ['acknowledge'], REFUSED: ['refuse'] },
  inputs: { acknowledge: answerTo, refuse: async (world, id) => ({ ...(await answerTo(world, id)), reason: 'no room' }) },
  guarded: {
    acknowledge: {
      projectWaits: async (world, id) => {
        const answer = await answerTo(world, id);
        await world.done('activateProject', { id: answer.projectId });
        return answer;
      },
    },
  },
});

export const engagementsLives: readonly Life[] = [customer, opportunity, provisioning, engagement, contract, amendment, project, task, milestone];
