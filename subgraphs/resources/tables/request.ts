import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { check, date, index, integer, jsonb, sql, text, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type RequestStatus, requestMachine } from '../request/machine.ts';
import { resources } from './schema.ts';

/** A skill that a request asks for. */
export type RequiredSkillRow = { name: string; level: number };

/** Somebody who is proposed for a request, as JSON keeps it. */
export type ResourceProposalRow = {
  employeeId: string;
  weeklySeconds: string;
  /** What does not fit, as it was found when the proposal was made. */
  mismatches: string[];
  /** Why the proposal stands nevertheless. */
  reason: string | null;
  /** The assignment that fulfilment made of it. */
  assignmentId: string | null;
};

/** People that a project needs. */
export const resourceRequests = resources.table(
  'resource_request',
  {
    ...entityColumns(),
    projectId: uuid('project_id').notNull(),
    taskId: uuid('task_id'),
    customerId: uuid('customer_id').notNull(),
    engagementId: uuid('engagement_id'),
    legalEntityId: uuid('legal_entity_id'),
    status: text('status').$type<RequestStatus>().notNull().default('DRAFT'),
    name: text('name').notNull(),
    laborCategoryId: uuid('labor_category_id'),
    skills: jsonb('skills').$type<RequiredSkillRow[]>().notNull(),
    /** One of both: time of a week, or percent of the employee's week. */
    weeklySeconds: count('weekly_seconds'),
    percent: integer('percent'),
    startDate: date('start_date').notNull(),
    endDate: date('end_date').notNull(),
    place: text('place'),
    /** The legal entity that is to employ. */
    employerId: uuid('employer_id'),
    proposals: jsonb('proposals').$type<ResourceProposalRow[]>().notNull(),
    requestedBy: text('requested_by').notNull(),
    decisionNote: text('decision_note'),
  },
  (table) => [
    oneOf('resource_request_status', table.status, requestMachine.states),
    check('resource_request_days', sql`${table.endDate} >= ${table.startDate}`),
    check('resource_request_amount', sql`num_nonnulls(${table.weeklySeconds}, ${table.percent}) = 1`),
    check('resource_request_weekly_seconds', sql`${table.weeklySeconds} > 0 and ${table.weeklySeconds} <= 604800`),
    check('resource_request_percent', sql`${table.percent} between 1 and 100`),
    index('resource_request_by_start').on(table.startDate, table.id),
    index('resource_request_by_created').on(table.createdAt, table.id),
    index('resource_request_by_updated').on(table.updatedAt, table.id),
    index('resource_request_by_status').on(table.status, table.startDate, table.id),
    index('resource_request_of_project').on(table.projectId, table.startDate, table.id),
    index('resource_request_of_customer').on(table.customerId, table.startDate, table.id),
  ],
);
export type ResourceRequestRow = typeof resourceRequests.$inferSelect;
export const resourceRequest = entity('ResourceRequest', resourceRequests);

visible(resourceRequests, { customer: resourceRequests.customerId, legalEntity: resourceRequests.legalEntityId, client: false, partner: false });
