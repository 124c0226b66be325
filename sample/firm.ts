import type { ActualRow } from '#finance/tables.ts';
import { daysBetween } from '#kernel/period.ts';
import type { AssignmentRow } from '#resources/tables.ts';
import { type Calendar, calendarOf, type Scale, sizes } from './calendar.ts';
import { type Company, makeCompany } from './company.ts';
import { type Books, makeBooks } from './invoices.ts';
import { makeInvoicing } from './invoicing.ts';
import { makeLedger } from './ledger.ts';
import { randomOf } from './random.ts';
import { makeRateBook, type RateBook } from './rates.ts';
import { type Client, type Deal, type Job, makeCustomers, makeDeals, makeJobs } from './sales.ts';
import { makeAssignments, makeWorkers, managersOf, type Worker } from './staff.ts';
import { makeStaffing, type Staffing } from './staffing.ts';
import { troubleOf } from './trouble.ts';
import { makeWork, type Work } from './work.ts';

/** A firm with its history. What people did comes worker by worker; billing is complete only after the last of them. */
export type Firm = {
  calendar: Calendar;
  company: Company;
  clients: Client[];
  book: RateBook;
  deals: Deal[];
  workers: Worker[];
  jobs: Job[];
  assignments: AssignmentRow[];
  staffing: Staffing;
  /** To be walked through once, to its end. */
  work(): Iterable<Work>;
  /** Fees of accepted milestones. */
  fees(): ActualRow[];
  /** After `work` and `fees`. */
  books(): Books;
};

/** The sample firm of a scale as of a moment: the same arguments give the same firm, to the last id. */
export function makeFirm({ scale, now, seed = 'northlight' }: { scale: Scale; now: Date; seed?: string }): Firm {
  const random = randomOf(`${seed} ${scale}`);
  const size = sizes[scale];
  const calendar = calendarOf(now, size);
  const company = makeCompany(random.branch('company'), calendar);
  const clients = makeCustomers(random.branch('customers'), { company, calendar, size });
  const book = makeRateBook(random.branch('rates'), { company, calendar, customers: clients });
  const deals = makeDeals(random.branch('deals'), { company, calendar, size, clients, book });
  const workers = makeWorkers(random.branch('workers'), { company, calendar, size });
  const jobs = makeJobs(random.branch('jobs'), { deals, calendar, size, managers: managersOf(workers, company) });
  const assignments = makeAssignments(random.branch('assignments'), { workers, jobs, calendar });
  const staffing = makeStaffing(random.branch('staffing'), { company, workers, jobs, calendar });
  const invoicing = makeInvoicing(random.branch('invoicing'), calendar, company);
  const ledger = makeLedger(random.branch('ledger'), { book, invoicing });
  return {
    ...{ calendar, company, clients, book, deals, workers, jobs, assignments, staffing },
    work: function* () {
      for (const [index, worker] of workers.entries()) {
        if (worker.stints.length === 0) continue;
        const approver = workers.find(({ employee }) => employee.id !== worker.employee.id)?.employee.id ?? '';
        yield makeWork({ random: random.branch(worker.employee.id), worker, calendar, ledger, approver, company, trouble: troubleOf(index) });
      }
    },
    fees: () => jobs.flatMap((job) => feesOf(job, { calendar, ledger })),
    books: () => makeBooks(random.branch('books'), { gathered: invoicing.gathered(), company, jobs }),
  };
}

function feesOf(job: Job, { calendar, ledger }: { calendar: Calendar; ledger: ReturnType<typeof makeLedger> }): ActualRow[] {
  return job.milestones.flatMap(({ id, name, acceptedOn, amountMinor }) => {
    if (!acceptedOn) return [];
    const week = Math.floor(daysBetween(calendar.firstDay, acceptedOn) / 7);
    const source = { job, sourceType: 'MILESTONE', sourceId: id, sourceVersion: 1, transactionClass: 'FEE', workDate: acceptedOn, week } as const;
    return ledger.post({ ...source, taskId: null, employeeId: null, laborCategoryId: null, seconds: null, amountMinor, description: name }).actuals;
  });
}
