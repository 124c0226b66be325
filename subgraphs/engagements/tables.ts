import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { boolean, check, date, foreignKey, index, type PgColumn, type SQL, sql, text, unique, uniqueIndex, uuid } from '#kernel/sql.ts';
import { type Assigned, type Reader, visible } from '#kernel/visibility.ts';
import { type MilestoneStatus, milestoneMachine } from './milestone/machine.ts';
import { type ProjectStatus, projectMachine } from './project/machine.ts';
import { amendmentReceipts, amendments } from './tables/amendment.ts';
import { contractLines, contractLineTerms, contractRates, contracts, contractVersions, customers, engagementTable } from './tables/contracts.ts';
import { opportunities, provisionings } from './tables/opportunities.ts';
import { engagements, externalRefs, inOrder, pathIndexes } from './tables/schema.ts';
import { type TaskStatus, taskMachine } from './task/machine.ts';

export * from './tables/amendment.ts';
export * from './tables/contracts.ts';
export * from './tables/opportunities.ts';
export * from './tables/schema.ts';

export const projects = engagements.table(
  'project',
  {
    ...entityColumns(),
    customerId: uuid('customer_id').notNull(),
    engagementId: uuid('engagement_id').notNull(),
    contractId: uuid('contract_id'),
    name: text('name').notNull(),
    status: text('status').$type<ProjectStatus>().notNull().default('DRAFT'),
    description: text('description'),
    billable: boolean('billable').notNull().default(true),
    selfAssignable: boolean('self_assign').notNull().default(false),
    managerId: uuid('manager_id'),
    /** Where it came from; null when it was created by itself. */
    opportunityId: uuid('opportunity_id'),
    startDate: date('start_date', { mode: 'string' }),
    endDate: date('end_date', { mode: 'string' }),
    internalNotes: text('internal_notes'),
  },
  (table) => [
    oneOf('project_status', table.status, projectMachine.states),
    check('project_running_is_led', sql`${table.status} not in ('ACTIVE', 'ON_HOLD') or (${table.contractId} is not null and ${table.managerId} is not null)`),
    inOrder('project_dates', table.startDate, table.endDate),
    foreignKey({
      name: 'project_engagement',
      columns: [table.engagementId, table.customerId],
      foreignColumns: [engagementTable.id, engagementTable.customerId],
    }),
    foreignKey({ name: 'project_contract', columns: [table.contractId, table.engagementId], foreignColumns: [contracts.id, contracts.engagementId] }),
    unique('project_of_customer').on(table.id, table.customerId),
    uniqueIndex('project_of_opportunity').on(table.opportunityId).where(sql`${table.status} <> 'CANCELLED'`),
    ...pathIndexes('project', table, {
      customer: table.customerId,
      engagement: table.engagementId,
      contract: table.contractId,
      manager: table.managerId,
      status: table.status,
    }),
  ],
);
export type ProjectRow = typeof projects.$inferSelect;
export const project = entity('Project', projects);

export const tasks = engagements.table(
  'task',
  {
    ...entityColumns(),
    customerId: uuid('customer_id').notNull(),
    projectId: uuid('project_id').notNull(),
    name: text('name').notNull(),
    status: text('status').$type<TaskStatus>().notNull().default('NOT_STARTED'),
    description: text('description'),
    billable: boolean('billable').notNull(),
    startDate: date('start_date', { mode: 'string' }),
    endDate: date('end_date', { mode: 'string' }),
  },
  (table) => [
    oneOf('task_status', table.status, taskMachine.states),
    inOrder('task_dates', table.startDate, table.endDate),
    foreignKey({ name: 'task_project', columns: [table.projectId, table.customerId], foreignColumns: [projects.id, projects.customerId] }),
    ...pathIndexes('task', table, { customer: table.customerId, project: table.projectId, status: table.status }),
  ],
);
export type TaskRow = typeof tasks.$inferSelect;
export const task = entity('Task', tasks);

export const milestones = engagements.table(
  'milestone',
  {
    ...entityColumns(),
    customerId: uuid('customer_id').notNull(),
    projectId: uuid('project_id').notNull(),
    contractId: uuid('contract_id').notNull(),
    contractLineId: uuid('contract_line_id'),
    name: text('name').notNull(),
    status: text('status').$type<MilestoneStatus>().notNull().default('PLANNED'),
    amountMinor: count('amount_minor').notNull(),
    currency: text('currency').notNull(),
    plannedOn: date('planned_on', { mode: 'string' }).notNull(),
    reachedOn: date('reached_on', { mode: 'string' }),
    acceptedOn: date('accepted_on', { mode: 'string' }),
  },
  (table) => [
    oneOf('milestone_status', table.status, milestoneMachine.states),
    check('milestone_amount', sql`${table.amountMinor} >= 0`),
    check('milestone_reached', sql`(${table.status} in ('REACHED', 'ACCEPTED')) = (${table.reachedOn} is not null)`),
    check('milestone_accepted', sql`(${table.status} = 'ACCEPTED') = (${table.acceptedOn} is not null)`),
    inOrder('milestone_dates', table.reachedOn, table.acceptedOn),
    foreignKey({ name: 'milestone_project', columns: [table.projectId, table.customerId], foreignColumns: [projects.id, projects.customerId] }),
    foreignKey({ name: 'milestone_contract', columns: [table.contractId, table.customerId], foreignColumns: [contracts.id, contracts.customerId] }),
    foreignKey({ name: 'milestone_line', columns: [table.contractLineId, table.contractId], foreignColumns: [contractLines.id, contractLines.contractId] }),
    ...pathIndexes('milestone', table, { customer: table.customerId, project: table.projectId, contract: table.contractId, status: table.status }),
    index('milestone_by_planned').on(table.plannedOn, table.id),
    index('milestone_by_customer_planned').on(table.customerId, table.plannedOn, table.id),
    index('milestone_by_project_planned').on(table.projectId, table.plannedOn, table.id),
    index('milestone_by_contract_planned').on(table.contractId, table.plannedOn, table.id),
    index('milestone_by_line').on(table.contractLineId, table.contractId),
  ],
);
export type MilestoneRow = typeof milestones.$inferSelect;
export const milestone = entity('Milestone', milestones);

/** Contracts that the firm has not concluded are its own affair. */
const concluded = sql`${contracts.status} not in ('DRAFT', 'IN_REVIEW', 'LOST')`;

function onContract(contractId: PgColumn, condition: SQL): SQL {
  return sql`exists (select from ${contracts} where ${contracts.id} = ${contractId} and ${condition})`;
}

/** A project's legal entity is its contract's. */
function projectOf(own: (column: PgColumn) => SQL): SQL {
  return sql`(${projects.contractId} is null or ${onContract(projects.contractId, own(contracts.legalEntityId))})`;
}

/** A partner sees what the persons whom it sends are assigned to. */
const assigned = (id: PgColumn, what: Assigned) => (reader: Reader) => sql`${id} = any(${reader.assigned(what)})`;
const concludedToo = (id: PgColumn, seen: (reader: Reader) => SQL) => (reader: Reader) => sql`${seen(reader)} and ${onContract(id, concluded)}`;

// The legal entity of a customer is whose invoices it gets by default; others may work for it too.
visible(customers, { customer: customers.id, legalEntity: 'none', client: true, partner: assigned(customers.id, 'customerId') });
visible(engagementTable, {
  ...{ customer: engagementTable.customerId, legalEntity: 'none', client: true },
  partner: assigned(engagementTable.id, 'engagementId'),
});
visible(contracts, {
  ...{ customer: contracts.customerId, legalEntity: contracts.legalEntityId, client: () => concluded },
  partner: (reader) => sql`${concluded} and ${assigned(contracts.id, 'contractId')(reader)}`,
});
for (const table of [contractVersions, contractLines, contractLineTerms, contractRates]) {
  visible(table, {
    customer: table.customerId,
    legalEntity: (own) => onContract(table.contractId, own(contracts.legalEntityId)),
    client: () => onContract(table.contractId, concluded),
    // What the firm asks of its client is not for those who work for the firm.
    partner: table !== contractRates && concludedToo(table.contractId, assigned(table.contractId, 'contractId')),
  });
}
visible(projects, { customer: projects.customerId, legalEntity: projectOf, client: true, partner: assigned(projects.id, 'projectId') });
visible(opportunities, { customer: opportunities.customerId, legalEntity: opportunities.legalEntityId, client: false, partner: false });
visible(provisionings, {
  ...{ customer: provisionings.customerId, client: false, partner: false },
  legalEntity: (own) => sql`exists (select from ${projects} where ${projects.id} = ${provisionings.projectId} and ${projectOf(own)})`,
});
visible(tasks, {
  ...{ customer: tasks.customerId, client: true, partner: assigned(tasks.projectId, 'projectId') },
  legalEntity: (own) => sql`exists (select from ${projects} where ${projects.id} = ${tasks.projectId} and ${projectOf(own)})`,
});
visible(milestones, {
  ...{ customer: milestones.customerId, client: () => onContract(milestones.contractId, concluded) },
  legalEntity: (own) => onContract(milestones.contractId, own(contracts.legalEntityId)),
  partner: concludedToo(milestones.contractId, assigned(milestones.projectId, 'projectId')),
});
for (const table of [amendments, amendmentReceipts]) {
  visible(table, {
    customer: table.customerId,
    legalEntity: (own) => onContract(table.contractId, own(contracts.legalEntityId)),
    // What a client did not agree to is no change of its contract.
    client: table === amendments && (() => sql`${amendments.status} in ('ACCEPTED', 'APPLIED') and ${onContract(table.contractId, concluded)}`),
    partner: false,
  });
}
const commercial = { Customer: customers, Opportunity: opportunities, Engagement: engagementTable, Contract: contracts, Amendment: amendments };
visible(externalRefs, {
  follows: { ...commercial, Project: projects, Task: tasks, Milestone: milestones },
  type: externalRefs.entityType,
  id: externalRefs.entityId,
});
