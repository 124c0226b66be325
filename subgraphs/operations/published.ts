import { anyId, day, digits, flag, hours, id, instant, nullable, shownMoney, text, whole } from '#kernel/fields.ts';
import { proposalRows } from '#kernel/proposal.ts';
import { catalogue, fact, type PayloadOf } from '#kernel/published.ts';

declare module '#kernel/actor.ts' {
  interface KnownPermissions {
    'exception:read': true;
    'exception:write': true;
    'exception:resolve': true;
    'exception:dismiss': true;
    'delivery:read': true;
    'delivery:repair': true;
    'usage:read': true;
    'token:read': true;
    'token:revoke': true;
    'webhook:read': true;
    'webhook:write': true;
    'reconciliation:read': true;
    'reconciliation:run': true;
    'reconciliation:accept': true;
  }
}

/** The subject is named twice, so that it is also an entity where it can be one. */
const exception = {
  exceptionId: id('ProcessException'),
  process: text('The process that could not go on.'),
  code: text('Why, as a code.'),
  message: text('Why, as a sentence.'),
  status: text('Its state then.'),
  subjectType: text('What the process worked on: the entity type.'),
  subjectId: anyId('What the process worked on: the id.'),
  timeEntryId: nullable(id('TimesheetEntry')),
  expenseId: nullable(id('ExpenseItem')),
  invoiceId: nullable(id('Invoice')),
  owner: text('The role or person that has to act.'),
  hours: nullable(hours('The hours, rounded half up to six digits where they have more.')),
  moneyAtRisk: nullable(shownMoney('The money that hangs on it, where it is known.')),
  attempts: whole('How often the process tried.'),
};
/** How a journey fares. */
const workflow = {
  workflowId: anyId('The journey.'),
  journey: text('The consumer, or the sequencer.'),
  reason: text('LATE: facts wait longer than the objective; FAILING: too many handlings fail.'),
  backlog: whole('What waits.'),
  oldestAge: whole('Seconds that the oldest of it has waited.'),
  objective: whole('Seconds that it may wait.'),
  breachedSince: instant('Since when.'),
};
const read = 'exception:read';
const subject = 'ProcessException';

const difference = {
  breakId: id('ReconciliationBreak'),
  pair: text('Which two stages do not agree.'),
  startDate: day('The Monday of the week.'),
  status: text('Its state then.'),
  rows: whole('How many rows are at risk.'),
  hours: hours('The hours at risk, rounded half up to six digits where they have more.'),
  moneyAtRisk: nullable(shownMoney('The money at risk, where it is known.')),
};
const broken = { subject: 'ReconciliationBreak', read: 'reconciliation:read', fields: difference } as const;

/** The facts of the operations subgraph. */
export const facts = catalogue('operations', {
  ExceptionOpened: fact({
    subject,
    description: 'A process could not do its work for an entity, for the first time or once more after a retry.',
    read,
    fields: exception,
  }),
  ExceptionRetryRequested: fact({
    subject,
    description: 'Somebody asked for a new attempt; the process that raised the exception makes it.',
    read,
    // Version 1 knew no day in the books.
    version: 2,
    upcasts: { 1: (payload) => ({ ...payload, accountingDate: null }) },
    fields: { ...exception, accountingDate: nullable(day('The day in the books for work whose own day lies in no open period; null: its own day or none.')) },
  }),
  ExceptionResolved: fact({ subject, description: 'The work behind an exception was done after all.', read, fields: exception }),
  ExceptionDismissed: fact({
    subject,
    description: 'The firm lives with an exception, for the reason given.',
    read,
    fields: { ...exception, reason: text('Why, in the words of whoever did it.') },
  }),
  ReconciliationCompleted: fact({
    subject: 'ReconciliationRun',
    description: 'The stages of all work, or of what changed, were compared.',
    read: 'reconciliation:read',
    fields: {
      runId: anyId('The run.'),
      complete: flag('Whether all customers were compared, and not only those of whom something changed.'),
      asOfPosition: digits('Where the log ended when it began.'),
      customers: whole('How many customers were compared.'),
      opened: whole('How many breaks it opened.'),
      resolved: whole('How many breaks it found whole.'),
    },
  }),
  ReconciliationBreakOpened: fact({ ...broken, description: 'Two stages of the same work do not agree, and nothing says why.' }),
  ReconciliationBreakAccepted: fact({
    ...broken,
    description: 'The firm lives with a break, for the reason given.',
    fields: { ...difference, reason: text('Why, in the words of whoever did it.') },
  }),
  ReconciliationBreakResolved: fact({ ...broken, description: 'The stages agree again, or somebody says that they will.' }),
  TokensRevoked: fact({
    subject: 'TokenRevocation',
    description: 'A token, or all that a subject or a client was given before a moment, is not believed any more.',
    read: 'token:read',
    fields: {
      revocationId: anyId('The revocation.'),
      kind: text('What is named: TOKEN, SUBJECT or CLIENT.'),
      value: text('Its name.'),
      issuedBeforeAt: instant('Tokens that were issued before this moment are meant; of one token, nothing follows from it.'),
      reason: text('Why.'),
    },
  }),
  SloBreached: fact({
    subject: 'Workflow',
    description: 'A journey of facts does not keep its objective: it is late, or too much of it fails.',
    read: 'delivery:read',
    fields: workflow,
  }),
  SloRecovered: fact({
    subject: 'Workflow',
    description: 'A journey of facts keeps its objective again.',
    read: 'delivery:read',
    fields: { ...workflow, lasted: whole('Seconds that the breach lasted.') },
  }),
  WebhookEndpointChanged: fact({
    subject: 'WebhookEndpoint',
    description: 'An endpoint of webhooks was made, changed, disabled, enabled or retired, or signs by a new key.',
    read: 'webhook:read',
    fields: {
      endpointId: anyId('The endpoint.'),
      change: text('What happened: CREATED, UPDATED, KEY_ROTATED, ENABLED, DISABLED or RETIRED.'),
      status: text('Its state then.'),
      reason: nullable(text('Why it was disabled: ASKED, GONE or FAILING; null for everything else.')),
    },
  }),
  ...proposalRows,
});

/** What happens to exceptions. */
export type FactName = Extract<keyof typeof facts, `Exception${string}`>;
/** What happens to breaks. */
export type BreakFactName = Extract<keyof typeof facts, `ReconciliationBreak${string}`>;
export type ExceptionSnapshot = PayloadOf<typeof facts.ExceptionOpened>;
