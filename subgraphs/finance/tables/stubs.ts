/** Entities of siblings, as finance refers to them and extends them: by id. */
type Stub = { id: string };

export type AmendmentRow = Stub;
export type CustomerRow = Stub;
export type EngagementRow = Stub;
export type ContractRow = Stub;
export type ContractVersionRow = Stub;
export type ProjectRow = Stub;
export type MilestoneRow = Stub;
export type TaskRow = Stub;
export type EmployeeRow = Stub;
export type LaborCategoryRow = Stub;
export type TimesheetEntryRow = Stub;
export type ExpenseItemRow = Stub;
