import type { CalendarDate } from '#kernel/period.ts';

/** What this subgraph reads of what the siblings publish: the type names the reference, the fields are those relied on. */
export type ProjectReference = {
  customerId: string;
  engagementId: string;
  legalEntityId: string | null;
  name: string;
  status: string;
  billable: boolean;
  startDate: CalendarDate | null;
  endDate: CalendarDate | null;
  selfAssign: boolean;
};

export type TaskReference = {
  projectId: string;
  name: string;
  status: string;
  billable: boolean;
  startDate: CalendarDate | null;
  endDate: CalendarDate | null;
};

export type EmployeeReference = {
  name: string;
  weeklySeconds: string | number;
  laborCategories: readonly { laborCategoryId: string; effectiveFrom: CalendarDate }[];
  hiredOn: CalendarDate | null;
  terminatedOn: CalendarDate | null;
};

export type AssignmentReference = { projectId: string; taskId: string | null; from: CalendarDate | null; to: CalendarDate | null };

/** Reference EmployeeAssignments; its id is the employee's. */
export type AssignmentsReference = { assignments: readonly AssignmentReference[] };

export type FiscalPeriodReference = { name: string; from: CalendarDate; to: CalendarDate; status: string };

/** Reference FiscalCalendar; its id is the legal entity's. */
export type FiscalCalendarReference = { periods: readonly FiscalPeriodReference[] };
