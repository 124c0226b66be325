import type { CalendarDate } from '#kernel/period.ts';

/** What engagements publishes of a project, as far as resources relies on it. */
export type ProjectReference = { customerId: string; engagementId: string | null; legalEntityId: string | null; name: string; status: string };

/** What engagements publishes of a task, as far as resources relies on it. */
export type TaskReference = { projectId: string; name: string };

/** What resources publishes of an employee. */
export type EmployeeReference = {
  name: string;
  status: string;
  legalEntityId: string | null;
  costCenterId: string | null;
  weeklySeconds: string;
  laborCategories: { laborCategoryId: string; effectiveFrom: CalendarDate }[];
  hiredOn: CalendarDate;
  terminatedOn: CalendarDate | null;
};

/** What resources publishes of an employee's confirmed work, under the employee's id. */
export type EmployeeAssignmentsReference = {
  assignments: { assignmentId: string; projectId: string; taskId: string | null; from: CalendarDate; to: CalendarDate }[];
};
