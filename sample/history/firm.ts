import type { ActualRow } from '#finance/tables.ts';
import type { ProcessExceptionRow } from '#operations/tables.ts';
import type { Firm } from '../firm.ts';
import type { Books } from '../invoices.ts';
import type { Random } from '../random.ts';
import type { Work } from '../work.ts';
import { ofBooks } from './books.ts';
import { ofCompany } from './company.ts';
import { correlationOf, ofAmendments, ofCustomer, ofDeal, ofJob } from './sales.ts';
import { ofAbsence, ofAssignment, ofRequest, ofWorker } from './staff.ts';
import { type Stated, service } from './stated.ts';
import { ofActuals, ofBilled, ofWork, since } from './work.ts';

/** What commands stated while the firm came to be what it is. Each part is walked through once, in this order. */
export type Telling = {
  beginnings(): Iterable<Stated>;
  work(parts: readonly Work[]): Iterable<Stated>;
  fees(actuals: readonly ActualRow[]): Iterable<Stated>;
  books(books: Books): Iterable<Stated>;
  /** What stands among the exceptions after all of them. */
  exceptions(): readonly ProcessExceptionRow[];
};

/** Of work and papers only what was stated since `begin`: older facts have left the log, as retention has it. */
export function tellFirm(random: Random, firm: Firm, begin: Date): Telling {
  const { clients, deals, jobs, workers, assignments, staffing } = firm;
  const correlations = new Map(jobs.map(({ project, deal }) => [project.id, correlationOf(deal)]));
  const accepted = new Map<string, Stated>();
  const exceptions: ProcessExceptionRow[] = [];
  return {
    exceptions: () => exceptions,
    beginnings: function* () {
      yield* ofCompany(random, firm);
      for (const worker of workers) yield* ofWorker(random, worker);
      for (const client of clients) yield* ofCustomer(random, client);
      const concluded = new Map(deals.map((deal) => [deal, ofDeal(random, deal)]));
      for (const facts of concluded.values()) yield* facts;
      for (const deal of deals) yield* ofAmendments(random, deal);
      for (const job of jobs) {
        for (const fact of ofJob(random, job, concluded.get(job.deal)?.at(-1))) {
          if (fact.type === 'MilestoneAccepted') accepted.set(fact.subject.id, fact);
          yield fact;
        }
      }
      for (const assignment of assignments) yield* ofAssignment(random, assignment, correlations.get(assignment.projectId) ?? assignment.id);
      for (const absence of staffing.absences) yield* ofAbsence(random, absence, workers);
      for (const request of staffing.requests) yield* ofRequest(random, request);
    },
    work: function* (parts) {
      for (const work of parts) yield* ofWork(random, { work: since(begin, work), correlations, exceptions });
    },
    fees: function* (actuals) {
      for (const [id, own] of Map.groupBy(actuals, ({ sourceId }) => sourceId)) {
        const cause = accepted.get(id);
        if (cause) yield* ofActuals(random, { actuals: own, cause, by: service('accepted-milestones-to-billing') });
      }
      yield* ofBilled(random, actuals);
    },
    books: function* (books) {
      for (const fact of ofBooks(random, books, exceptions)) if (fact.at >= begin) yield fact;
    },
  };
}
