import { anyId, day, digits, hours, id, ids, list, nullable, text, thing, whole } from '#kernel/fields.ts';
import { catalogue, type DataOf, document, documents, fact } from '#kernel/published.ts';

declare module '#kernel/actor.ts' {
  interface KnownPermissions {
    'employee:read': true;
    'employee:write': true;
    'labor-category:read': true;
    'labor-category:write': true;
    'assignment:read': true;
    'assignment:write': true;
    'assignment:overbook': true;
    'resource-request:read': true;
    'resource-request:write': true;
    'absence:read': true;
    'absence:write': true;
    'subcontractor:read': true;
    'subcontractor:write': true;
    'subcontractor:approve': true;
    'subcontract:read': true;
    'subcontract:write': true;
    'subcontract:confirm': true;
  }
}

declare module '#kernel/facts.ts' {
  interface Dimensions {
    employeeId: true;
  }
}

const status = text('Its state then.');
const employee = {
  employeeId: id('Employee'),
  name: text('Its name then.'),
  status,
  hiredOn: day('The first day of the employment.'),
  terminatedOn: nullable(day('The last day of the employment; null while none is set.')),
};
const assignment = {
  assignmentId: id('Assignment'),
  employeeId: id('Employee'),
  projectId: id('Project'),
  taskId: nullable(id('Task')),
  status,
  startDate: day('The first day.'),
  endDate: day('The last day.'),
  weeklyHours: hours('Hours in a week, rounded half up to six digits where they have more.'),
};
/** Version 1 called the days `from` and `to`. */
const renamed = {
  version: 2,
  upcasts: { 1: ({ from, to, ...payload }: Record<string, unknown>) => ({ ...payload, startDate: from, endDate: to }) },
} as const;
const request = {
  resourceRequestId: id('ResourceRequest'),
  projectId: id('Project'),
  taskId: nullable(id('Task')),
  status,
  name: text('What is asked for, in short.'),
  startDate: day('The first day.'),
  endDate: day('The last day.'),
  employeeIds: ids('Employee', 'Who is proposed.'),
};
const asked = { subject: 'ResourceRequest', read: 'resource-request:read', fields: request } as const;

const seller = {
  subject: 'Subcontractor',
  read: 'subcontractor:read',
  fields: { subcontractorId: id('Subcontractor'), name: text('Its name then.'), status },
} as const;
const order = {
  subject: 'Subcontract',
  read: 'subcontract:read',
  fields: {
    subcontractId: id('Subcontract'),
    subcontractorId: id('Subcontractor'),
    name: text('What the order is called.'),
    status,
    projectIds: ids('Project', 'The projects whose work its lines pay.'),
    closedOn: nullable(day('The last day whose work it pays; null while it is open.')),
  },
} as const;

/** The facts of the resources subgraph. */
export const facts = catalogue('resources', {
  EmployeeHired: fact({ subject: 'Employee', description: 'Somebody was hired or rehired.', read: 'employee:read', fields: employee }),
  EmployeeUpdated: fact({ subject: 'Employee', description: 'An employee or the employment changed.', read: 'employee:read', fields: employee }),
  EmployeeTerminated: fact({ subject: 'Employee', description: 'An employment ended.', read: 'employee:read', fields: employee }),
  ResourceAssigned: fact({
    subject: 'Assignment',
    description: 'An assignment was confirmed.',
    read: 'assignment:read',
    outside: ['CLIENT', 'PARTNER'],
    ...renamed,
    fields: assignment,
  }),
  AssignmentChanged: fact({
    subject: 'Assignment',
    description: 'An assignment was proposed, changed, ended or given up.',
    read: 'assignment:read',
    ...renamed,
    fields: assignment,
  }),
  AssignmentCutShort: fact({
    subject: 'Assignment',
    description: 'The end of an employment or of a contract cut an assignment short: for whoever manages the project.',
    read: 'assignment:read',
    fields: {
      ...assignment,
      plannedEndDate: day('The last day as it was planned.'),
      projectManagerId: nullable(id('Employee', 'Who manages the project; null when nobody does.')),
    },
  }),
  ResourceRequested: fact({ ...asked, description: 'A project asked for people.' }),
  ResourceProposed: fact({ ...asked, description: 'People were proposed for a request.' }),
  ResourceRequestFulfilled: fact({
    ...asked,
    description: 'A proposal was accepted: the assignments are made.',
    fields: { ...request, assignmentIds: ids('Assignment', 'The assignments that were made.') },
  }),
  ResourceRequestChanged: fact({ ...asked, description: 'A request was changed or given up, or its proposal was rejected.' }),
  AbsenceChanged: fact({
    subject: 'Absence',
    description: 'Time off was recorded, changed or cancelled.',
    read: 'absence:read',
    colleagues: 'colleague:read',
    fields: {
      absenceId: id('Absence'),
      employeeId: id('Employee'),
      status,
      startDate: day('The first day.'),
      endDate: day('The last day.'),
    },
  }),
  SubcontractorSubmitted: fact({ ...seller, description: 'A subcontractor was submitted to be approved.' }),
  SubcontractorApproved: fact({ ...seller, description: 'A subcontractor was approved: orders to it may be confirmed.' }),
  SubcontractorSuspended: fact({ ...seller, description: 'A subcontractor was suspended: no further order to it is confirmed.' }),
  SubcontractorEnded: fact({ ...seller, description: 'The firm orders from a subcontractor no more.' }),
  SubcontractorChanged: fact({ ...seller, description: 'What is known of a subcontractor changed, or it was returned to whoever submitted it.' }),
  SubcontractConfirmed: fact({ ...order, description: 'An order to a subcontractor was confirmed: its lines pay the work that they cover.' }),
  SubcontractClosed: fact({ ...order, description: 'An order was closed: it pays no work after its last day.' }),
  SubcontractChanged: fact({ ...order, description: 'An order was changed or given up before it was confirmed.' }),
});

export type FactName = keyof typeof facts;

/** What siblings may rely on of the entities of this subgraph. */
export const references = documents('resources', {
  Employee: document('An employee.', {
    name: text('The name that colleagues use.'),
    status: text('The state of the employment.'),
    legalEntityId: nullable(id('LegalEntity')),
    costCenterId: nullable(id('CostCenter')),
    managerId: nullable(id('Employee')),
    subcontractorId: nullable(id('Subcontractor')),
    weeklySeconds: digits('The contracted working time of a week, in seconds.'),
    laborCategories: list(
      thing({ laborCategoryId: id('LaborCategory'), effectiveFrom: day('The first day on which it holds.') }, 'A labor category that the employee has.'),
      'The labor categories over time.',
    ),
    hiredOn: day('The first day of the employment.'),
    terminatedOn: nullable(day('The last day of the employment; null while none is set.')),
  }),
  EmployeeAssignments: document('The confirmed work of an employee, under the employee’s id.', {
    assignments: list(
      thing(
        {
          assignmentId: anyId('The assignment.'),
          projectId: id('Project'),
          taskId: nullable(id('Task')),
          from: day('The first day.'),
          to: day('The last day.'),
        },
        'A confirmed assignment, or one that ended not long ago.',
      ),
    ),
  }),
  Assignment: document('Planned work of an employee on a project, whatever its state.', {
    employeeId: id('Employee'),
    projectId: id('Project'),
    taskId: nullable(id('Task')),
    status: text('Its state.'),
    startDate: day('The first day.'),
    endDate: day('The last day.'),
    weeklySeconds: digits('Seconds in a week.'),
  }),
  EmployeeWorkWeeks: document('When an employee works, under the employee’s id; absent where nobody said otherwise than the contracted week.', {
    workWeeks: list(
      thing(
        { effectiveFrom: day('The first day; the next one ends it.'), daySeconds: list(whole('Seconds of a day.'), 'The seven days, Monday first.') },
        'A week as it is worked from a day on.',
      ),
    ),
  }),
  EmployeeAbsences: document('The time off of an employee that stands, under the employee’s id; absent where there never was any.', {
    absences: list(
      thing(
        {
          startDate: day('The first day.'),
          endDate: day('The last day.'),
          dailySeconds: nullable(digits('Seconds of each day; null: all of it.')),
        },
        'Time off.',
      ),
    ),
  }),
  HolidayCalendar: document('The holidays of a legal entity, under its id; those of all of the firm under the id of none.', {
    dates: list(day('A holiday.')),
  }),
  Subcontractor: document('A firm that works for ours.', {
    name: text('Its name.'),
    status: text('Where its onboarding is.'),
    legalEntityId: id('LegalEntity'),
    currency: text('The currency of its orders.'),
  }),
  SubcontractLine: document('A line of an order that pays work by the hour, from the order’s confirmation on.', {
    subcontractId: id('Subcontract'),
    name: text('What the order is called.'),
    subcontractorId: id('Subcontractor'),
    legalEntityId: id('LegalEntity'),
    number: whole('Its number within the order.'),
    projectId: id('Project'),
    employeeId: nullable(id('Employee', 'Whose work; null: everybody’s of the labor category.')),
    laborCategoryId: nullable(id('LaborCategory')),
    rateMinor: digits('Minor units for an hour.'),
    currency: text('The currency of rate and limit.'),
    startDate: day('The first day.'),
    endDate: day('The last day.'),
    closedOn: nullable(day('The last day of a closed order; null while it is open.')),
    limitSeconds: nullable(digits('Seconds at most.')),
    limitMinor: nullable(digits('Minor units at most.')),
    toleranceMinor: digits('Minor units by which a line of an invoice may be off.'),
  }),
  LaborCategory: document('A labor category.', { code: text('Its code.'), name: text('Its name.') }),
});

export type EmployeeReference = DataOf<typeof references.Employee>;
export type EmployeeAssignmentsReference = DataOf<typeof references.EmployeeAssignments>;
export type EmployeeWorkWeeksReference = DataOf<typeof references.EmployeeWorkWeeks>;
export type HolidayCalendarReference = DataOf<typeof references.HolidayCalendar>;
export type EmployeeAbsencesReference = DataOf<typeof references.EmployeeAbsences>;

/** The id under which the holidays of all of the firm are published. */
export const wholeFirm = '00000000-0000-0000-0000-000000000000';
export type AssignmentReference = EmployeeAssignmentsReference['assignments'][number];
export type PlannedWorkReference = DataOf<typeof references.Assignment>;
export type SubcontractLineReference = DataOf<typeof references.SubcontractLine>;
