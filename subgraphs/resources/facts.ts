import { catalogue, fact } from '#kernel/facts.ts';

declare module '#kernel/facts.ts' {
  interface Dimensions {
    employeeId: true;
  }
}

/** What was true of an employee when the fact was stated. */
export type EmployeeSnapshot = { employeeId: string; name: string; status: string; hiredOn: string; terminatedOn: string | null };

/** What was true of an assignment when the fact was stated; hours are decimal text. */
export type AssignmentSnapshot = {
  assignmentId: string;
  employeeId: string;
  projectId: string;
  taskId: string | null;
  status: string;
  from: string;
  to: string;
  weeklyHours: string;
};

/** The facts of the resources subgraph. Payload keys are the event's SDL fields; `<entity>Id` becomes the entity reference. */
export const facts = catalogue('resources', {
  EmployeeHired: fact<EmployeeSnapshot>({ subject: 'Employee', description: 'Somebody was hired or rehired.' }),
  EmployeeUpdated: fact<EmployeeSnapshot>({ subject: 'Employee', description: 'An employee or the employment changed.' }),
  EmployeeTerminated: fact<EmployeeSnapshot>({ subject: 'Employee', description: 'An employment ended.' }),
  ResourceAssigned: fact<AssignmentSnapshot>({ subject: 'Assignment', description: 'An assignment was confirmed.' }),
  AssignmentChanged: fact<AssignmentSnapshot>({ subject: 'Assignment', description: 'An assignment was proposed, changed, ended or given up.' }),
});

export type FactName = keyof typeof facts;
