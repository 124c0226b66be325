import type { CandidateReason, CapacityWeek } from '#generated/resources.ts';
import { count, entityColumns, oneOf } from '#kernel/columns.ts';
import { entity } from '#kernel/entity.ts';
import { boolean, check, date, index, integer, type PgColumn, type SQL, sql, text, unique, uniqueIndex, uuid } from '#kernel/sql.ts';
import { visible } from '#kernel/visibility.ts';
import { type AssignmentStatus, assignmentMachine } from './assignment/machine.ts';
import { type EmployeeStatus, employeeMachine } from './employee/machine.ts';
import { absences, employeeSkills, employeeWorkWeeks, holidays } from './tables/capacity.ts';
import { resourceRequests } from './tables/request.ts';
import { externalRefs, resources } from './tables/schema.ts';
import { subcontractors, subcontracts } from './tables/subcontract.ts';

export * from './tables/capacity.ts';
export * from './tables/request.ts';
export * from './tables/schema.ts';
export * from './tables/subcontract.ts';

export const laborCategories = resources.table(
  'labor_category',
  {
    ...entityColumns(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    active: boolean('active').notNull().default(true),
  },
  (table) => [
    unique('labor_category_code').on(table.code),
    index('labor_category_by_code').on(table.code, table.id),
    index('labor_category_by_name').on(table.name, table.id),
    index('labor_category_by_created').on(table.createdAt, table.id),
  ],
);
export type LaborCategoryRow = typeof laborCategories.$inferSelect;
export const laborCategory = entity('LaborCategory', laborCategories);

/** The human being: it outlives each of its employments. */
export const persons = resources.table('person', { ...entityColumns(), legalName: text('legal_name').notNull() });
export type PersonRow = typeof persons.$inferSelect;
export const person = entity('Person', persons);

export const workerTypes = ['EMPLOYEE', 'CONTRACTOR'] as const;

export const employees = resources.table(
  'employee',
  {
    ...entityColumns(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    name: text('name').notNull(),
    title: text('title'),
    workEmail: text('work_email'),
    workerType: text('worker_type').$type<(typeof workerTypes)[number]>().notNull().default('EMPLOYEE'),
    status: text('status').$type<EmployeeStatus>().notNull().default('PENDING'),
    hiredOn: date('hired_on').notNull(),
    terminatedOn: date('terminated_on'),
    weeklySeconds: count('weekly_seconds').notNull(),
    managerId: uuid('manager_id'),
    legalEntityId: uuid('legal_entity_id'),
    costCenterId: uuid('cost_center_id'),
    /** Whose person it is, where the firm buys its time. */
    subcontractorId: uuid('subcontractor_id').references(() => subcontractors.id),
  },
  (table) => [
    oneOf('employee_status', table.status, employeeMachine.states),
    oneOf('employee_worker_type', table.workerType, workerTypes),
    check('employee_weekly_seconds', sql`${table.weeklySeconds} > 0 and ${table.weeklySeconds} <= 604800`),
    check('employee_days', sql`${table.terminatedOn} >= ${table.hiredOn}`),
    check('employee_left', sql`${table.status} <> 'TERMINATED' or ${table.terminatedOn} is not null`),
    index('employee_by_name').on(table.name, table.id),
    index('employee_by_hired').on(table.hiredOn, table.id),
    index('employee_by_created').on(table.createdAt, table.id),
    index('employee_by_status').on(table.status, table.name, table.id),
    index('employee_by_manager').on(table.managerId, table.name, table.id),
    index('employee_by_person').on(table.personId, table.name, table.id),
    index('employee_by_legal_entity').on(table.legalEntityId, table.name, table.id),
    index('employee_by_cost_center').on(table.costCenterId, table.name, table.id),
    check('employee_bought', sql`${table.subcontractorId} is null or ${table.workerType} = 'CONTRACTOR'`),
    index('employee_by_subcontractor').on(table.subcontractorId, table.name, table.id).where(sql`subcontractor_id is not null`),
  ],
);
export type EmployeeRow = typeof employees.$inferSelect;
export const employee = entity('Employee', employees);

/** Somebody who could fulfil a request; nothing of it is kept. */
export type CandidateRow = { employee: EmployeeRow; score: number; fits: boolean; reasons: CandidateReason[]; weeks: CapacityWeek[] };

/** From `effectiveFrom` to `effectiveTo` (open when null); an exclusion constraint in the migrations keeps the days of one employee apart. */
export const employeeLaborCategories = resources.table(
  'employee_labor_category',
  {
    ...entityColumns(),
    employeeId: uuid('employee_id')
      .notNull()
      .references(() => employees.id),
    laborCategoryId: uuid('labor_category_id')
      .notNull()
      .references(() => laborCategories.id),
    effectiveFrom: date('effective_from').notNull(),
    effectiveTo: date('effective_to'),
  },
  (table) => [
    uniqueIndex('employee_labor_category_first_day').on(table.employeeId, table.effectiveFrom),
    index('employee_labor_category_by_category').on(table.laborCategoryId, table.effectiveFrom, table.id),
  ],
);
export type EmployeeLaborCategoryRow = typeof employeeLaborCategories.$inferSelect;
export const employeeLaborCategory = entity('EmployeeLaborCategory', employeeLaborCategories);

export const assignments = resources.table(
  'assignment',
  {
    ...entityColumns(),
    employeeId: uuid('employee_id')
      .notNull()
      .references(() => employees.id),
    projectId: uuid('project_id').notNull(),
    taskId: uuid('task_id'),
    customerId: uuid('customer_id').notNull(),
    engagementId: uuid('engagement_id'),
    legalEntityId: uuid('legal_entity_id'),
    status: text('status').$type<AssignmentStatus>().notNull().default('PROPOSED'),
    startDate: date('from_date').notNull(),
    endDate: date('to_date').notNull(),
    weeklySeconds: count('weekly_seconds').notNull(),
    overbookReason: text('overbook_reason'),
    /** The last day as planned, where the end of the employment or of the contract cut it short. */
    plannedEndDate: date('planned_end_date'),
  },
  (table) => [
    oneOf('assignment_status', table.status, assignmentMachine.states),
    check('assignment_days', sql`${table.endDate} >= ${table.startDate}`),
    check('assignment_weekly_seconds', sql`${table.weeklySeconds} > 0 and ${table.weeklySeconds} <= 604800`),
    index('assignment_by_from').on(table.startDate, table.id),
    index('assignment_by_to').on(table.endDate, table.id),
    index('assignment_by_created').on(table.createdAt, table.id),
    index('assignment_by_status').on(table.status, table.startDate, table.id),
    index('assignment_by_employee').on(table.employeeId, table.startDate, table.id),
    index('assignment_by_project').on(table.projectId, table.startDate, table.id),
    index('assignment_by_task').on(table.taskId, table.startDate, table.id),
    index('assignment_by_customer').on(table.customerId, table.startDate, table.id),
    index('assignment_cut_short').on(table.projectId, table.startDate, table.id).where(sql`${table.plannedEndDate} is not null`),
    index('assignment_running').on(table.endDate, table.id).where(sql`${table.status} = 'CONFIRMED'`),
    index('assignment_who_serves_whom').on(table.employeeId, table.customerId).where(sql`${table.status} <> 'CANCELLED'`),
  ],
);
export type AssignmentRow = typeof assignments.$inferSelect;
export const assignment = entity('Assignment', assignments);

/** What an assignment said at each of its versions, and who said so: nothing of it ever changes. */
export const assignmentRecords = resources.table(
  'assignment_record',
  {
    ...entityColumns(),
    assignmentId: uuid('assignment_id').notNull(),
    assignmentVersion: integer('assignment_version').notNull(),
    employeeId: uuid('employee_id').notNull(),
    projectId: uuid('project_id').notNull(),
    taskId: uuid('task_id'),
    customerId: uuid('customer_id').notNull(),
    legalEntityId: uuid('legal_entity_id'),
    /** Its status then: nothing moves a record on. */
    state: text('status').$type<AssignmentStatus>().notNull(),
    startDate: date('from_date').notNull(),
    endDate: date('to_date').notNull(),
    weeklySeconds: count('weekly_seconds').notNull(),
    recordedBy: text('recorded_by').notNull(),
  },
  (table) => [index('assignment_record_of_assignment').on(table.assignmentId, table.createdAt, table.id)],
);
export type AssignmentRecordRow = typeof assignmentRecords.$inferSelect;
export const assignmentRecord = entity('AssignmentRecord', assignmentRecords);

/** What resolvers get of entities that engagements owns. */
export type ProjectRow = { id: string };
export type TaskRow = { id: string };
export type CustomerRow = { id: string };

/** Who is confined to customers sees whoever works, worked or is planned to work for one of them. */
function worksFor(employeeId: PgColumn, own: (column: PgColumn) => SQL): SQL {
  return sql`exists (select from ${assignments} where ${assignments.employeeId} = ${employeeId} and ${own(assignments.customerId)} and ${standing})`;
}

/** Assignments that were not given up. */
const standing = sql`${assignments.status} <> 'CANCELLED'`;

function employed(id: PgColumn, condition: SQL): SQL {
  return sql`exists (select from ${employees} where ${employees.id} = ${id} and ${condition})`;
}

visible(laborCategories, { customer: 'anyone', legalEntity: 'none', client: true, partner: true });
visible(employees, {
  customer: (own) => worksFor(employees.id, own),
  legalEntity: employees.legalEntityId,
  client: true,
  partner: (reader) => sql`${employees.id} = any(${reader.employees})`,
});
visible(persons, {
  customer: (own) => sql`exists (select from ${employees} where ${employees.personId} = ${persons.id} and ${worksFor(employees.id, own)})`,
  legalEntity: (own) => sql`exists (select from ${employees} where ${employees.personId} = ${persons.id} and ${own(employees.legalEntityId)})`,
  client: false,
  partner: false,
});
visible(employeeLaborCategories, {
  customer: (own) => worksFor(employeeLaborCategories.employeeId, own),
  legalEntity: (own) => employed(employeeLaborCategories.employeeId, own(employees.legalEntityId)),
  client: true,
  partner: (reader) => sql`${employeeLaborCategories.employeeId} = any(${reader.employees})`,
});
for (const part of [employeeSkills, employeeWorkWeeks]) {
  visible(part, {
    customer: 'firm',
    legalEntity: (own) => employed(part.employeeId, own(employees.legalEntityId)),
    client: false,
    partner: false,
  });
}
visible(absences, {
  customer: 'firm',
  legalEntity: (own) => employed(absences.employeeId, own(employees.legalEntityId)),
  client: false,
  partner: false,
  colleague: { unless: 'colleague:read', rows: (reader) => sql`${absences.employeeId} = any(${reader.employees})` },
});
visible(assignmentRecords, {
  customer: assignmentRecords.customerId,
  legalEntity: assignmentRecords.legalEntityId,
  client: false,
  partner: (reader) => sql`${assignmentRecords.employeeId} = any(${reader.employees})`,
});
visible(assignments, {
  customer: (own) => sql`${own(assignments.customerId)} and ${standing}`,
  legalEntity: assignments.legalEntityId,
  client: true,
  partner: (reader) => sql`${assignments.employeeId} = any(${reader.employees})`,
});
visible(externalRefs, {
  follows: {
    LaborCategory: laborCategories,
    Employee: employees,
    Assignment: assignments,
    Absence: absences,
    Holiday: holidays,
    ResourceRequest: resourceRequests,
    Subcontractor: subcontractors,
    Subcontract: subcontracts,
  },
  type: externalRefs.entityType,
  id: externalRefs.entityId,
});
