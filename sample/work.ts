import type { ActualRow } from '#finance/tables.ts';
import { addDays, type CalendarDate } from '#kernel/period.ts';
import type { ExpenseItemRow, TimesheetEntryRow, TimesheetRow } from '#time/tables.ts';
import { at, type Calendar, type WeekState } from './calendar.ts';
import type { Company } from './company.ts';
import type { Ledger } from './ledger.ts';
import { noteOf } from './names.ts';
import type { Random } from './random.ts';
import { entity } from './rows.ts';
import type { Stint, Worker } from './staff.ts';
import { closedDays, isLate, type Refusal, type Trouble, troubleIn } from './trouble.ts';

/** What one person did: time and expenses, and the actuals that they became. */
export type Work = {
  timesheets: TimesheetRow[];
  entries: TimesheetEntryRow[];
  expenses: ExpenseItemRow[];
  actuals: ActualRow[];
  /** Who approved or rejected, by the id of the entry or expense. */
  decidedBy: Map<string, string>;
  /** Why approved time is not in the ledger, by the id of the entry. */
  refusals: Map<string, Refusal>;
};

type Making = { random: Random; worker: Worker; calendar: Calendar; ledger: Ledger; approver: string; company: Company; trouble: Trouble | undefined };

const quarter = 900n;

/** The whole history of one worker, week by week. */
export function makeWork(making: Making): Work {
  const work: Work = { timesheets: [], entries: [], expenses: [], actuals: [], decidedBy: new Map(), refusals: new Map() };
  for (const week of making.calendar.mondays.keys()) addWeek(work, week, making);
  return work;
}

function addWeek(work: Work, week: number, making: Making): void {
  const { random, worker, calendar } = making;
  const periodStart = calendar.mondays[week] ?? calendar.today;
  const late = isLate(making.trouble, week);
  const worked = [0, 1, 2, 3, 4].map((day) => addDays(periodStart, day)).filter((day) => day < calendar.today && employed(worker, day) && random.chance(0.95));
  const days = late ? closedDays(making.company, periodStart) : worked;
  const parts = days.flatMap((day) => dayOf(random, stintsOn(worker, day)).map((part) => ({ ...part, day })));
  if (parts.length === 0) return;
  const rejected = calendar.stateOf(week) === 'SUBMITTED' && random.chance(0.08);
  const state = rejected ? 'REJECTED' : calendar.stateOf(week);
  const handedIn = late ? (calendar.mondays[calendar.lastApproved] ?? periodStart) : periodStart;
  const submittedAt = state === 'DRAFT' ? null : at(addDays(handedIn, 4), '16:30');
  const moment = {
    created: at(periodStart, '08:00'),
    updated: at(addDays(handedIn, state === 'DRAFT' ? 0 : state === 'SUBMITTED' ? 4 : 7), '16:30'),
    version: versions[state],
  };
  const timesheet: TimesheetRow = {
    ...entity(random, moment),
    employeeId: worker.employee.id,
    startDate: periodStart,
    endDate: addDays(periodStart, 6),
    status: state,
    submittedAt,
  };
  work.timesheets.push(timesheet);
  const approvers = new Set(parts.map((part) => addEntry(work, { ...making, ...part, week, state, periodStart: handedIn, timesheet })));
  if (state === 'APPROVED' || state === 'REJECTED') timesheet.version = 2 + approvers.size;
  const [first] = parts;
  if (first && random.chance(0.12) && !late) addExpense(work, { ...making, ...first, week, state, periodStart });
}

const versions = { DRAFT: 1, SUBMITTED: 2, APPROVED: 3, REJECTED: 3 } as const;

function employed({ employee }: Worker, day: CalendarDate): boolean {
  return employee.hiredOn <= day && (!employee.terminatedOn || day <= employee.terminatedOn);
}

function stintsOn({ stints }: Worker, day: CalendarDate): Stint[] {
  return stints.filter(({ from, to }) => from <= day && day <= to);
}

/** A day goes to one project, or is split between two. */
function dayOf(random: Random, stints: readonly Stint[]): { stint: Stint; seconds: bigint }[] {
  const [main, side] = stints;
  if (!main) return [];
  const quarters = random.int(26, 35);
  if (!side || random.chance(0.5)) return [{ stint: main, seconds: BigInt(quarters) * quarter }];
  if (random.chance(0.7)) return [{ stint: side, seconds: BigInt(quarters) * quarter }];
  const part = random.int(8, 18);
  return [
    { stint: main, seconds: BigInt(quarters - part) * quarter },
    { stint: side, seconds: BigInt(part) * quarter },
  ];
}

type Piece = Making & { stint: Stint; day: CalendarDate; week: number; periodStart: CalendarDate; state: WeekState | 'REJECTED' };

/** Gives who decides. */
function addEntry(work: Work, piece: Piece & { seconds: bigint; timesheet: TimesheetRow }): string {
  const { random, worker, ledger, stint, day, week, state, seconds, timesheet } = piece;
  const troubled = troubleIn(piece, categoryOn(worker, day));
  const laborCategoryId = troubled ? troubled.laborCategoryId : categoryOn(worker, day);
  const taskId = random.pick(stint.job.tasks).id;
  const place = placeOf(piece, taskId);
  const row: TimesheetEntryRow = {
    ...entity(random, { created: at(day, '17:00'), updated: timesheet.updatedAt, version: versions[state] }),
    ...place,
    ...approvalOf(piece),
    ...(troubled ? ({ postingStatus: 'EXCEPTION', postedAt: null } as const) : {}),
    ...{
      timesheetId: timesheet.id,
      notes: random.chance(0.6) ? noteOf(random) : null,
      span: 'DAY',
      seconds,
      laborCategoryId,
      laborCategorySource: troubled?.given ? 'ENTRY' : 'EMPLOYEE',
      status: state,
      recallReason: null,
    },
  };
  if (state === 'APPROVED') {
    const source = {
      job: stint.job,
      sourceType: 'TIMESHEET_ENTRY',
      sourceId: row.id,
      sourceVersion: 3,
      transactionClass: 'TIME',
      employeeId: worker.employee.id,
      workDate: day,
    } as const;
    const whole = { ...source, taskId, laborCategoryId, week, seconds, amountMinor: null, description: null };
    if (troubled) work.refusals.set(row.id, { ...troubled.refusal, atRisk: troubled.priced ? ledger.quote(whole) : undefined });
    else {
      const { actuals, billedAt } = ledger.post(whole);
      work.actuals.push(...actuals);
      row.billedAt = billedAt;
    }
  }
  work.entries.push(row);
  work.decidedBy.set(row.id, approverOf(piece));
  return approverOf(piece);
}

function categoryOn({ held }: Worker, day: CalendarDate): string {
  const row = held.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? held[0];
  if (!row) throw new Error('everybody has a labor category');
  return row.laborCategoryId;
}

function placeOf({ worker, stint, day }: Piece, taskId: string | null) {
  const { project, deal } = stint.job;
  const { customerId, engagementId, id: projectId } = project;
  return {
    employeeId: worker.employee.id,
    customerId,
    engagementId,
    projectId,
    taskId,
    legalEntityId: deal.contract.legalEntityId,
    workDate: day,
    billable: true,
  };
}

/** The manager of the project, or another one for a manager's own work. */
function approverOf({ stint, worker, approver }: Piece): string {
  const { managerId } = stint.job.project;
  return managerId && managerId !== worker.employee.id ? managerId : approver;
}

function approvalOf(piece: Piece) {
  const { state, periodStart } = piece;
  const approved = state === 'APPROVED';
  const monday = addDays(periodStart, 7);
  return {
    submittedAt: state === 'DRAFT' ? null : at(addDays(periodStart, 4), '16:30'),
    approvedAt: approved ? at(monday, '08:00') : null,
    approvedBy: approved ? approverOf(piece) : null,
    approvedVersion: approved ? 3 : null,
    rejectionReason: state === 'REJECTED' ? 'Please say what the time was spent on.' : null,
    postingStatus: approved ? ('POSTED' as const) : ('NOT_POSTED' as const),
    postedAt: approved ? at(monday, '08:05') : null,
    billedAt: null,
  };
}

const outlays = [
  ['TRAVEL', 'Train to the customer', 40, 220],
  ['LODGING', 'Hotel, one night', 110, 240],
  ['MEALS', 'Lunch with the project team', 15, 70],
  ['MILEAGE', 'Car to the customer', 20, 90],
] as const;

function addExpense(work: Work, piece: Piece): void {
  const { random, worker, ledger, stint, day, week, state, periodStart } = piece;
  const [category, notes, least, most] = random.pick(outlays);
  const amountMinor = BigInt(random.int(least * 100, most * 100));
  const moment = {
    created: at(day, '18:00'),
    updated: at(state === 'DRAFT' ? day : addDays(periodStart, state === 'SUBMITTED' ? 4 : 7), '18:00'),
    version: versions[state],
  };
  const own = entity(random, moment);
  const receipt = category === 'MILEAGE' ? null : own.id.replaceAll('-', '').repeat(2);
  const row: ExpenseItemRow = {
    ...own,
    ...placeOf(piece, null),
    billable: stint.job.deal.byTheHour,
    ...approvalOf(piece),
    ...{
      notes,
      category,
      amountMinor,
      currency: stint.job.deal.contract.currency,
      receiptChecksum: receipt,
      receiptUrl: receipt && `https://receipts.northlight.example/${own.id}.pdf`,
    },
    ...{ status: state, recallReason: null, reimbursedAt: null },
  };
  if (state === 'APPROVED') {
    const source = {
      job: stint.job,
      sourceType: 'EXPENSE_ITEM',
      sourceId: row.id,
      sourceVersion: 3,
      transactionClass: 'EXPENSE',
      employeeId: worker.employee.id,
      workDate: day,
    } as const;
    const { actuals, billedAt } = ledger.post({ ...source, taskId: null, laborCategoryId: null, week, seconds: null, amountMinor, description: notes });
    work.actuals.push(...actuals);
    row.billedAt = billedAt;
  }
  work.expenses.push(row);
  work.decidedBy.set(row.id, approverOf(piece));
}
