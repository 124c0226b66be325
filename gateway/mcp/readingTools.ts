import { z } from 'zod';
import { Refused } from '#kernel/errors.ts';
import { isMap } from '../params.ts';
import type { Answer, Desk } from './desk.ts';
import { actual, customers, employees, exceptions, invoiceLine, invoiceLineOfClient, invoices, projects, type Question, rerate } from './questions.ts';
import { after, answered, first, id, type Tool, told, toolOf } from './tool.ts';

const name = z.string().min(1).max(255).optional().describe('Part of the name; capitals do not matter.');
const reference = z
  .strictObject({ system: z.string().min(1).max(100), externalId: z.string().min(1).max(255) })
  .optional()
  .describe('Its id in a connected system.');
const statuses = z.array(z.string().max(40)).max(10).optional().describe('Only in one of these states.');
const date = z.iso.date();

/** A filter without what was not asked for: the graph takes undefined for nothing, and null for a value. */
function filterOf(given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function counted(what: string, place: unknown): string {
  const { totalCount, totalCountCapped, nodes } = isMap(place) ? place : {};
  const shown = Array.isArray(nodes) ? nodes.length : 0;
  return `${shown} of ${String(totalCount)}${totalCountCapped === true ? ' or more' : ''} ${what}.`;
}

type Listed = { what: string; field: string; question: Question };

/** Asks for a page of a list. */
function listed({ what, field, question }: Listed) {
  return async (desk: Desk, { filter, ...page }: { filter: Record<string, unknown>; first: number; after: string | undefined }) => {
    const answer = await desk.ask({ text: question.text, variables: { ...page, filter: filterOf(filter) } });
    return told(counted(what, answer.data[field]), answer);
  };
}

/** The three that are found by name or by their reference in another system. */
function finding({ what, field, question }: Listed): Tool {
  const page = listed({ what, field, question });
  return toolOf({
    name: `find_${field}`,
    title: `Find ${what}`,
    description: `Finds ${what} by name or by their id in a connected system. Without either it lists them by name. Their ids are what other tools ask for.`,
    input: z.strictObject({ name, reference, first, after }),
    output: answered,
    isOffered: (desk) => desk.offers(question),
    run: (desk, given) =>
      page(desk, { first: given.first, after: given.after, filter: { nameContains: given.name, externalRefs: given.reference && [given.reference] } }),
  });
}

const findInvoices = toolOf({
  name: 'find_invoices',
  title: 'Find invoices',
  description:
    'Finds invoices by number, customer, project, state or day, the latest first, each with its first 20 lines. Give a line id to explain_invoice_line to learn how it came about.',
  input: z.strictObject({
    number: z.string().min(1).max(100).optional().describe('The number on the invoice.'),
    customerId: id.optional(),
    projectId: id.optional(),
    statuses,
    open: z.boolean().optional().describe('True: only those that are not wholly paid.'),
    from: date.optional().describe('First invoice date.'),
    to: date.optional().describe('Last invoice date.'),
    reference,
    first,
    after,
  }),
  output: answered,
  isOffered: (desk) => desk.offers(invoices),
  run: (desk, { number, customerId, projectId, statuses: states, open, from, to, reference: ref, ...page }) =>
    listed({ what: 'invoices', field: 'invoices', question: invoices })(desk, {
      first: page.first,
      after: page.after,
      filter: {
        ...{ numbers: number && [number], customerIds: customerId && [customerId], projectIds: projectId && [projectId] },
        ...{ statuses: states, open, invoiceDateFrom: from, invoiceDateTo: to, externalRefs: ref && [ref] },
      },
    }),
});

/** What there is not, and what the caller may not know of, is answered in the same words. */
function demandFound(answer: Answer, found: unknown): Answer {
  if (isMap(found) && Object.keys(found).length > 0) return answer;
  throw new Refused('NOT_FOUND', 'There is nothing by this id, or you may not know of it.', { field: 'id' });
}

const explainInvoiceLine = toolOf({
  name: 'explain_invoice_line',
  title: 'Explain a line of an invoice',
  description:
    'Says how the amount of an invoice line came about: the work behind it, its rate, rounding, conversion and discount, and for the firm the rule of the price of each piece of work.',
  input: z.strictObject({ id: id.describe('The id of the line, from find_invoices.') }),
  output: answered,
  isOffered: (desk) => desk.offers(invoices) && desk.offers(invoiceLineOfClient),
  run: async (desk, { id: lineId }) => {
    const { text } = desk.offers(invoiceLine) && desk.offers(actual) ? invoiceLine : invoiceLineOfClient;
    const answer = await desk.ask({ text, variables: { id: lineId } });
    return told('One line of an invoice, with what it rests on.', demandFound(answer, answer.data.node));
  },
});

const explainActual = toolOf({
  name: 'explain_actual',
  title: 'Explain an entry of the ledger',
  description: 'Says how an entry of the ledger of actuals was priced: rule, rate, contract version, conversion; its state, and why it is held where it is.',
  input: z.strictObject({ id: id.describe('The id of the actual.') }),
  output: answered,
  isOffered: (desk) => desk.offers(actual),
  run: async (desk, variables) => {
    const answer = await desk.ask({ text: actual.text, variables });
    return told('One entry of the ledger, with its price.', demandFound(answer, answer.data.actual));
  },
});

const listExceptions = toolOf({
  name: 'list_exceptions',
  title: 'List exceptions',
  description:
    'Lists work that Accord could not post or bill, with the reason, the hours and the money at risk, who has to act, and what cures it; and sums by reason. Open ones where no state is named.',
  input: z.strictObject({
    statuses: z
      .array(z.enum(['OPEN', 'RETRYING', 'RESOLVED', 'DISMISSED']))
      .min(1)
      .max(4)
      .default(['OPEN', 'RETRYING']),
    codes: z.array(z.string().max(60)).max(20).optional().describe('Only for one of these reasons, such as RATE_NOT_FOUND.'),
    owners: z.array(z.string().max(255)).max(20).optional().describe('Only those that one of these has to act on.'),
    customerId: id.optional(),
    projectId: id.optional(),
    first,
    after,
  }),
  output: answered,
  isOffered: (desk) => desk.offers(exceptions),
  run: async (desk, { customerId, projectId, first: most, after: cursor, ...filter }) => {
    const narrowed = filterOf({ ...filter, customerIds: customerId && [customerId], projectIds: projectId && [projectId] });
    const answer = await desk.ask({ text: exceptions.text, variables: { first: most, after: cursor, filter: narrowed } });
    const { operations } = answer.data;
    return told(counted('exceptions', isMap(operations) ? operations.exceptions : undefined), answer);
  },
});

const previewRerate = toolOf({
  name: 'preview_rerate',
  title: 'Preview pricing anew',
  description:
    'Says what pricing work anew would change, and changes nothing: for an amendment, or for a contract from a day on. Sums, invoices that would be touched, and the work line by line.',
  input: z.strictObject({
    amendmentId: id.optional().describe('The amendment; without contractId and effectiveFrom.'),
    contractId: id.optional().describe('The contract, for its terms of now; with effectiveFrom.'),
    effectiveFrom: date.optional().describe('The first day of work that is looked at.'),
    first,
    after,
  }),
  output: answered,
  isOffered: (desk) => desk.offers(rerate),
  run: async (desk, { first: most, after: cursor, ...of }) => {
    const answer = await desk.ask({ text: rerate.text, variables: { first: most, after: cursor, input: filterOf(of) } });
    const { previewRerate: report } = answer.data;
    return told(counted('pieces of work would change', isMap(report) ? report.lines : undefined), answer);
  },
});

/** Those that change nothing. */
export const readingTools: readonly Tool[] = [
  finding({ what: 'customers', field: 'customers', question: customers }),
  finding({ what: 'projects', field: 'projects', question: projects }),
  finding({ what: 'employees', field: 'employees', question: employees }),
  ...[findInvoices, explainInvoiceLine, explainActual, listExceptions, previewRerate],
];
