import { catalogue, fact } from '#kernel/facts.ts';

/** What was true of an exception; the subject is named twice, so that it is also an entity reference where it can be one. */
export type ExceptionSnapshot = {
  exceptionId: string;
  process: string;
  code: string;
  message: string;
  status: string;
  subjectType: string;
  subjectId: string;
  timeEntryId: string | null;
  expenseId: string | null;
  invoiceId: string | null;
  owner: string;
  hours: string | null;
  moneyAtRisk: { amount: string; currency: string } | null;
  attempts: number;
};

/** The facts of the operations subgraph. */
export const facts = catalogue('operations', {
  ExceptionOpened: fact<ExceptionSnapshot>({
    subject: 'ProcessException',
    description: 'A process could not do its work for an entity, for the first time or once more after a retry.',
  }),
  ExceptionRetryRequested: fact<ExceptionSnapshot>({
    subject: 'ProcessException',
    description: 'Somebody asked for a new attempt; the process that raised the exception makes it.',
  }),
  ExceptionResolved: fact<ExceptionSnapshot>({ subject: 'ProcessException', description: 'The work behind an exception was done after all.' }),
  ExceptionDismissed: fact<ExceptionSnapshot & { reason: string }>({
    subject: 'ProcessException',
    description: 'The firm lives with an exception, for the reason given.',
  }),
});

export type FactName = keyof typeof facts;
