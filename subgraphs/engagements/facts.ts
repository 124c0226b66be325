import { catalogue, fact } from '#kernel/facts.ts';

declare module '#kernel/facts.ts' {
  interface Dimensions {
    customerId: true;
    engagementId: true;
    projectId: true;
  }
}

/** Money as the contract of events shows it. */
type ShownMoney = { amount: string; currency: string };

/** What was true of a customer when the fact was stated. */
export type CustomerSnapshot = { customerId: string; name: string; status: string };
export type EngagementSnapshot = { engagementId: string; customerId: string; name: string; status: string };
export type ContractSnapshot = {
  contractId: string;
  customerId: string;
  engagementId: string;
  name: string;
  status: string;
  currency: string;
  startDate: string;
  endDate: string | null;
  versionNumber: number;
  effectiveFrom: string;
};
export type ProjectSnapshot = { projectId: string; customerId: string; engagementId: string; contractId: string | null; name: string; status: string };
export type TaskSnapshot = { taskId: string; projectId: string; customerId: string; name: string; status: string };
export type MilestoneSnapshot = {
  milestoneId: string;
  projectId: string;
  customerId: string;
  contractId: string;
  name: string;
  status: string;
  amount: ShownMoney;
  reachedOn: string | null;
  acceptedOn: string | null;
};

/** A lifecycle fact also says where the entity came from. */
type From = { previousStatus: string };

/** The facts of the engagements subgraph. Payload keys are the event's SDL fields; `<entity>Id` becomes the entity reference. */
export const facts = catalogue('engagements', {
  CustomerCreated: fact<CustomerSnapshot>({ subject: 'Customer', description: 'A customer was created.' }),
  CustomerUpdated: fact<CustomerSnapshot>({ subject: 'Customer', description: 'A customer or its status changed.' }),
  EngagementCreated: fact<EngagementSnapshot>({ subject: 'Engagement', description: 'An engagement was created.' }),
  EngagementStatusChanged: fact<EngagementSnapshot & From>({ subject: 'Engagement', description: 'An engagement moved on in its lifecycle.' }),
  ContractUpdated: fact<ContractSnapshot>({
    subject: 'Contract',
    description: 'A contract was drafted, its content changed, a version was added, or it moved on in its lifecycle.',
  }),
  ContractConfirmed: fact<ContractSnapshot>({ subject: 'Contract', description: 'A contract came into force.' }),
  ContractClosed: fact<ContractSnapshot>({ subject: 'Contract', description: 'A contract was settled, or lost before it came about.' }),
  ProjectCreated: fact<ProjectSnapshot>({ subject: 'Project', description: 'A project was created.' }),
  ProjectStatusChanged: fact<ProjectSnapshot & From>({ subject: 'Project', description: 'A project moved on in its lifecycle.' }),
  TaskCreated: fact<TaskSnapshot>({ subject: 'Task', description: 'A task was created.' }),
  TaskStatusChanged: fact<TaskSnapshot & From>({ subject: 'Task', description: 'A task moved on in its lifecycle.' }),
  MilestoneReached: fact<MilestoneSnapshot>({ subject: 'Milestone', description: 'The firm says that a milestone is reached.' }),
  MilestoneAccepted: fact<MilestoneSnapshot>({ subject: 'Milestone', description: 'The customer accepted a milestone: it may be billed.' }),
});

export type FactName = keyof typeof facts;
