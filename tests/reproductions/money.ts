import type { Json } from '../support/graph.ts';
import { untilTrue } from '../support/program.ts';
import type { Case, Place } from './case.ts';
import { refusalOf, type Story, storyAt } from './story.ts';

const told =
  (wish: Parameters<typeof storyAt>[1], tell: (story: Story) => Promise<string>) =>
  async ({ graph }: Place) =>
    tell(await storyAt(graph, wish));

const totals = ({ subtotal, tax, total }: Json) => `${subtotal.amount}, ${tax.amount}, ${total.amount}`;

/** Four projects whose lines at 20 % are rounded to a cent more than their sum. */
async function fourLines(story: Story): Promise<Json> {
  for (const [index, amount] of ['68.33', '68.33', '57.50', '85.00'].entries()) {
    const projectId = await story.project(`Line ${index}`);
    await story.actual(`line ${index}`, amount, { projectId });
  }
  const [drafted] = await story.drafted();
  return story.postedInvoice(drafted?.id ?? '');
}

const fifth = [{ basisPoints: 2000, effectiveFrom: '2020-01-01' }];

/** An invoice over half an hour at 100.00: 59.50. */
const small = async ({ worked, billed }: Story, notes = 'small', date?: string) => {
  await worked('2026-10-05', { hours: '0.5', notes });
  return billed(date);
};

async function priced(story: Story, hours: readonly string[]): Promise<string> {
  for (const [index, each] of hours.entries()) await story.worked('2026-10-05', { hours: each, notes: String(index) });
  return totals(await story.billed());
}

async function recognized({ graph, contractId }: Story, terms: Record<string, unknown>): Promise<string> {
  const select = 'revenueEvents { amount { amount } recognitionDate }';
  const { revenueEvents } = await graph.done('scheduleRevenue', { contractId, method: 'STRAIGHT_LINE', ...terms }, { select });
  const sum = revenueEvents.reduce((all: number, { amount }: Json) => all + Math.round(Number(amount.amount) * 100), 0);
  const months = new Set(revenueEvents.map(({ recognitionDate }: Json) => recognitionDate.slice(0, 7)));
  return `${(sum / 100).toFixed(2)} ${months.size === revenueEvents.length ? 'each month once' : 'a month twice'}`;
}

export const moneyCases: readonly Case[] = [
  {
    id: 'M1',
    what: 'tax of four lines at 20 %: once per rate and document',
    right: '279.16, 55.83, 334.99',
    run: told({ taxRates: fifth }, async (story) => totals(await fourLines(story))),
  },
  {
    id: 'M2',
    what: 'its credit note, after the tax profile was changed to 7 %',
    right: '-279.16, -55.83, -334.99',
    run: told({ taxRates: fifth }, async (story) => {
      const { id } = await fourLines(story);
      await story.graph.done('updateTaxProfile', { id: story.taxProfileId, rates: [{ basisPoints: 700, effectiveFrom: '2020-01-01' }] });
      const select = 'invoice { creditNote { subtotal { amount } tax { amount } total { amount } } }';
      const { invoice } = await story.graph.done('creditInvoice', { id, reason: 'wrong', creditDate: '2026-11-01' }, { select });
      return totals(invoice.creditNote ?? (await creditOf(story, id)));
    }),
  },
  {
    id: 'M3',
    what: 'an invoice written after a change of the rate: tax of the day of supply',
    right: '100.00, 19.00, 119.00',
    run: told(
      {
        taxRates: [
          { basisPoints: 1900, effectiveFrom: '2020-01-01', effectiveTo: '2026-10-31' },
          { basisPoints: 1600, effectiveFrom: '2026-11-01' },
        ],
      },
      async ({ graph, worked, drafted, customerId }) => {
        await worked('2026-10-05', { hours: '1' });
        await graph.posted(customerId);
        const [invoice] = await drafted();
        const id = invoice?.id ?? '';
        await graph.done('updateInvoice', { id, invoiceDate: '2026-10-31' });
        await graph.done('validateInvoice', { id });
        const select = 'invoice { subtotal { amount } tax { amount } total { amount } }';
        return totals((await graph.done('postInvoice', { id, invoiceDate: '2026-11-05' }, { select })).invoice);
      },
    ),
  },
  {
    id: 'M4',
    what: 'eight hours billed, credited, one hour more, billed again',
    right: '900.00, wip 0',
    run: told({}, async (story) => {
      await story.worked('2026-10-05');
      const { id } = await story.billed();
      await story.graph.done('creditInvoice', { id, reason: 'wrong', creditDate: '2026-11-01' });
      await story.worked('2026-10-06', { hours: '1' });
      return `${(await story.billed('2026-11-02')).subtotal.amount}, wip ${Number(await story.wip()) || 0}`;
    }),
  },
  {
    id: 'M5',
    what: 'two of eight hours are credited: the customer owes the rest, at the same rate of tax',
    right: '-200.00, -38.00, -238.00, open 714.00',
    run: told({}, async (story) => {
      await story.worked('2026-10-05');
      const { id } = await story.billed();
      const { invoice } = await story.graph.ok('query ($id: ID!) { invoice(id: $id) { lines { nodes { id } } } }', { id });
      const input = { id, reason: 'two too many', creditDate: '2026-11-01', rebill: false, lines: [{ lineId: invoice.lines.nodes[0].id, hours: '2' }] };
      const select = 'invoice { subtotal { amount } tax { amount } total { amount } credits { open { amount } } }';
      const note = (await story.graph.done('creditInvoice', input, { select })).invoice;
      return `${totals(note)}, open ${note.credits.open.amount}`;
    }),
  },
  {
    id: 'M6',
    what: 'an overpayment settles the next invoice',
    right: 'PARTLY_PAID open 19.00; more is refused',
    run: told({}, async (story) => {
      const [first, second] = [await small(story, 'a'), await small(story, 'b')];
      const id = await story.received('100.00');
      const applied = (invoiceId: string, amount: string) => ({ id, appliedOn: '2026-11-11', applications: [{ invoiceId, amount: story.money(amount) }] });
      await story.graph.done('applyPayment', applied(first.id, '59.50'));
      await story.graph.done('applyPayment', applied(second.id, '40.50'));
      const more = await story.attempt('applyPayment', applied(second.id, '0.01'));
      const { status, open } = await story.invoice(second.id);
      return `${status} open ${open.amount}; more is ${more === 'done' ? 'taken' : 'refused'}`;
    }),
  },
  {
    id: 'M7',
    what: 'a part payment',
    right: 'PARTLY_PAID open 39.50',
    run: told({}, async (story) => {
      const { id: invoiceId } = await small(story);
      const id = await story.received('20.00');
      await story.graph.done('applyPayment', { id, appliedOn: '2026-11-11', applications: [{ invoiceId, amount: story.money('20.00') }] });
      const { status, open } = await story.invoice(invoiceId);
      return `${status} open ${open.amount}`;
    }),
  },
  {
    id: 'M8',
    what: 'the same invoice twice in one payment, nothing, less than nothing, another currency',
    right: '4 of 4 refused, open 59.50',
    run: told({}, async (story) => {
      const { id: invoiceId } = await small(story);
      const id = await story.received('100.00');
      const apply = (...amounts: Json[]) =>
        story.attempt('applyPayment', { id, appliedOn: '2026-11-11', applications: amounts.map((amount) => ({ invoiceId, amount })) });
      const { money } = story;
      const answers = [
        await apply(money('30.00'), money('30.00')),
        await apply(money('0.00')),
        await apply(money('-5.00')),
        await apply({ amount: '5.00', currency: 'USD' }),
      ];
      return `${answers.filter((each) => each !== 'done').length} of ${answers.length} refused, open ${(await story.invoice(invoiceId)).open.amount}`;
    }),
  },
  {
    id: 'M9',
    what: 'a settlement dated before the money and the invoice',
    right: 'refused',
    run: told({}, async (story) => {
      const { id: invoiceId } = await small(story);
      const id = await story.received('59.50');
      const answer = await story.attempt('applyPayment', { id, appliedOn: '2024-01-05', applications: [{ invoiceId, amount: story.money('59.50') }] });
      return answer === 'done' ? 'taken' : 'refused';
    }),
  },
  {
    id: 'M11',
    what: 'a credit note dated before its invoice',
    right: 'refused',
    run: told({}, async (story) => {
      const { id } = await small(story, 'a', '2026-10-31');
      return (await story.attempt('creditInvoice', { id, reason: 'wrong', creditDate: '2026-10-01' })) === 'done' ? 'taken' : 'refused';
    }),
  },
  {
    id: 'M12',
    what: 'yen have no fraction',
    right: '753, 75, 828',
    run: told({ currency: 'JPY', salesRate: '1003', costRate: '500', taxRates: [{ basisPoints: 1000, effectiveFrom: '2020-01-01' }] }, (story) =>
      priced(story, ['0.25', '0.5']),
    ),
  },
  {
    id: 'M13',
    what: 'dinars of Kuwait have three digits',
    right: '93.823, 4.691, 98.514',
    run: told({ currency: 'KWD', salesRate: '12.345', costRate: '5.000', taxRates: [{ basisPoints: 500, effectiveFrom: '2020-01-01' }] }, (story) =>
      priced(story, ['7.5', '0.1']),
    ),
  },
  {
    id: 'M14',
    what: 'four digits of CLF are money; ZZZ, XXX, BTC, HRK, XAU are none',
    right: 'done; 6 refused',
    run: told({ currency: 'CLF' }, async ({ attempt, employeeId, projectId }) => {
      const expense = (amount: string, currency: string) =>
        attempt('recordExpense', { employeeId, projectId, category: 'TRAVEL', workDate: '2026-10-05', amount: { amount, currency } });
      const chile = await expense('1.2345', 'CLF');
      const strange = ['ZZZ', 'XXX', 'BTC', 'HRK', 'XAU'].map((currency) => attempt('createCustomer', { name: `In ${currency}`, currency }));
      const answers = [await expense('5.00', 'ZZZ'), ...(await Promise.all(strange))];
      return `${chile}; ${answers.filter((each) => each !== 'done').length} refused`;
    }),
  },
  {
    id: 'M15',
    what: 'numbers of six invoices posted at once',
    right: '6 without a gap',
    run: told({}, async (story) => {
      const ids: string[] = [];
      for (let n = 0; n < 6; n += 1) {
        await story.actual(`at once ${n}`, '10.00');
        const [invoice] = await story.drafted();
        const id = invoice?.id ?? '';
        await story.graph.done('updateInvoice', { id, invoiceDate: '2026-10-31' });
        await story.graph.done('validateInvoice', { id });
        ids.push(id);
      }
      const select = 'invoice { number }';
      const posted = await Promise.all(ids.map((id) => story.graph.done('postInvoice', { id, invoiceDate: '2026-10-31' }, { select })));
      const numbers = posted.map(({ invoice }: Json) => Number(/(\d+)$/.exec(invoice.number)?.[1])).sort((a, b) => a - b);
      const gap = numbers.some((number, index) => number !== index + 1);
      return gap ? numbers.join(', ') : `${numbers.length} without a gap`;
    }),
  },
  {
    id: 'M16',
    what: 'straight-line revenue over odd terms, and of a cent',
    right: '1000.00 each month once; 0.05 each month once; 366.00 each month once',
    run: told({ terms: { startDate: '2024-01-01' } }, async (story) => {
      const total = (amount: string) => ({ total: story.money(amount) });
      return [
        await recognized(story, { ...total('1000.00'), startDate: '2024-01-31', endDate: '2024-03-30' }),
        await recognized(story, { ...total('0.05'), startDate: '2025-01-01', endDate: '2025-12-31' }),
        await recognized(story, { ...total('366.00'), startDate: '2026-02-28', endDate: '2027-02-28' }),
      ].join('; ');
    }),
  },
  {
    id: 'M17',
    what: 'a month is closed over approved work that could not be posted',
    right: 'refused',
    run: told({ cards: false }, async ({ worked, outcome, attempt, period }) => {
      await outcome(await worked('2026-09-07', { hours: '1' }));
      const answer = await attempt('closeFiscalPeriod', { id: await period('2026-09-01') });
      return answer === 'done' ? 'closed' : 'refused';
    }),
  },
  {
    id: 'M18',
    what: 'a discount or a correction that lowers the next invoice',
    right: '-25.00 of 100.00',
    run: told({}, async (story) => {
      await story.actual('discounted', '100.00');
      const [draft] = await story.drafted();
      await story.graph.done('addInvoiceDiscount', { id: draft?.id, amount: story.money('25.00'), reason: 'Agreed' });
      const query = 'query ($id: ID!) { invoice(id: $id) { lines(first: 9) { nodes { amount { amount } } } } }';
      const { nodes } = (await story.graph.ok(query, { id: draft?.id })).invoice.lines;
      return nodes
        .map(({ amount }: Json) => amount.amount)
        .sort()
        .join(' of ');
    }),
  },
  {
    id: 'M19',
    what: 'an invoice with a payment is taken back, and the money is free',
    right: 'CREDITED, RECEIVED',
    run: told({}, async (story) => {
      await story.actual('paid', '100.00');
      const { id, total } = await story.billed();
      const payment = await story.received(total.amount);
      await story.graph.done('applyPayment', { id: payment, applications: [{ invoiceId: id, amount: story.money(total.amount) }] });
      await story.graph.done('creditInvoice', { id, reason: 'Wrong', unapplyPayments: true });
      const { status } = (await story.graph.ok('query ($id: ID!) { payment(id: $id) { status } }', { id: payment })).payment;
      return `${(await story.invoice(id)).status}, ${status}`;
    }),
  },
  {
    id: 'M20',
    what: 'an expense in another currency than the contract',
    right: '37.00 READY',
    run: told({}, async ({ graph, employeeId, approverId, projectId }) => {
      const rate = { baseCurrency: 'USD', quoteCurrency: 'EUR', rate: '0.925', effectiveOn: '2026-10-05', source: 'ECB' };
      await graph.done('setExchangeRates', { items: [rate] });
      const spent = { employeeId, projectId, category: 'TRAVEL', workDate: '2026-10-05', amount: { amount: '40.00', currency: 'USD' }, billable: true };
      const id = await graph.made('recordExpense', 'expense', spent);
      const select = 'results { userErrors { code message } }';
      const acted = [
        await graph.done('submitExpenses', { items: [{ id }] }, { select }),
        await graph.done('approveExpenses', { items: [{ id, approverId }] }, { select }),
      ];
      const refused = acted.map(refusalOf).find(Boolean);
      if (refused) return refused;
      let expense: Json;
      await untilTrue('the expense is posted or an exception', async () => {
        const query = 'query ($id: ID!) { expense(id: $id) { exceptions(first: 1) { nodes { code } } actuals { kind status amount { amount } } } }';
        expense = (await graph.ok(query, { id })).expense;
        return expense.actuals.length > 0 || expense.exceptions.nodes.length > 0;
      });
      const sold = expense.actuals.filter(({ kind }: Json) => kind === 'UNBILLED_SALES');
      return [...sold.map(({ amount, status }: Json) => `${amount.amount} ${status}`), ...expense.exceptions.nodes.map(({ code }: Json) => code)].join(', ');
    }),
  },
  { id: 'M21', what: 'cost-to-cost with a changed estimate', right: 'capped, and corrected', seenBy: 'tests/graph/revenue.test.ts' },
  {
    id: 'M22',
    what: 'amounts at the limit: 24 h twice at 9,999,999,999,999.99',
    right: '479999999999999.52, 91199999999999.91, 571199999999999.43',
    run: told({ salesRate: '9999999999999.99' }, async (story) => {
      for (const workDate of ['2026-10-05', '2026-10-06']) await story.worked(workDate, { hours: '24' });
      return totals(await story.billed());
    }),
  },
  {
    id: 'M23',
    what: 'five drafts at once',
    right: 'one invoice of 20.00',
    run: told({}, async (story) => {
      for (const key of ['a', 'b']) await story.actual(key, '10.00');
      const drafts = (await Promise.all(Array.from({ length: 5 }, () => story.drafted()))).flat();
      return drafts.length === 1 ? `one invoice of ${drafts[0]?.subtotal.amount}` : `${drafts.length} invoices`;
    }),
  },
  {
    id: 'M24',
    what: 'a rate that was published wrongly is corrected for its own day',
    right: '1.00 from that day on',
    run: told({}, async ({ graph, categoryId, legalEntityId }) => {
      const { rateCards } = await graph.ok('{ rateCards(first: 250) { nodes { id legalEntity { id } } } }');
      const rateCardId = rateCards.nodes.find((each: Json) => each.legalEntity?.id === legalEntityId).id;
      const lines = [{ laborCategoryId: categoryId, rate: '1.00' }];
      const id = await graph.made('createRateCardVersion', 'rateCardVersion', { rateCardId, effectiveFrom: '2026-01-01', lines });
      await graph.done('publishRateCardVersion', { id });
      const query =
        'query ($id: ID!, $category: ID) { rateCard(id: $id) { versionOn(date: "2026-01-01") { line(laborCategoryId: $category) { rate { amount } } } } }';
      return `${(await graph.ok(query, { id: rateCardId, category: categoryId })).rateCard.versionOn.line.rate.amount} from that day on`;
    }),
  },
  {
    id: 'M25',
    what: 'work of next year billed today, and money that comes then',
    right: 'GUARD_REFUSED notAheadOfWeek, VALIDATION_FAILED',
    run: told({}, async ({ entered, attempt, customerId, legalEntityId, money }) => {
      const year = new Date().getUTCFullYear() + 1;
      const { timesheet } = await entered(`${year}-06-15`);
      const submitted = await attempt('submitTimesheet', { id: timesheet.id });
      return `${submitted}, ${await attempt('recordPayment', { customerId, legalEntityId, amount: money('1.00'), receivedOn: `${year}-12-01` })}`;
    }),
  },
  {
    id: 'M26',
    what: 'milestones that add up to more than their line',
    right: 'done, GUARD_REFUSED withinLineAmount',
    run: async ({ graph }) => {
      const lines = [{ name: 'Phases', method: 'MILESTONE', kinds: ['FEE'], amount: { amount: '1000.00', currency: 'EUR' } }];
      const story = await storyAt(graph, { terms: { lines } });
      const { contract } = await graph.ok('query ($id: ID!) { contract(id: $id) { lines { id } } }', { id: story.contractId });
      const plan = (name: string) =>
        story.attempt('createMilestone', {
          ...{ projectId: story.projectId, contractLineId: contract.lines[0].id, name, plannedOn: '2026-10-05', amount: story.money('600.00') },
        });
      return `${await plan('One')}, ${await plan('Two')}`;
    },
  },
  {
    id: 'money M3',
    what: 'what reverseActuals takes back is posted anew or among the exceptions',
    right: 'ACTUAL_REVERSED',
    run: told({}, async ({ graph, worked, outcome }) => {
      const id = await worked('2026-10-05', { hours: '1' });
      await outcome(id);
      const { timeEntry } = await graph.ok('query ($id: ID!) { timeEntry(id: $id) { actuals { id kind } } }', { id });
      const sale = timeEntry.actuals.find(({ kind }: Json) => kind === 'UNBILLED_SALES');
      await graph.done('reverseActuals', { items: [{ id: sale.id, reason: 'wrong' }] }, { select: 'results { userErrors { code message } }' });
      const query = 'query ($id: ID!) { timeEntry(id: $id) { exceptions(first: 9) { nodes { code } } } }';
      for (;;) {
        const { nodes } = (await graph.ok(query, { id })).timeEntry.exceptions;
        if (nodes.length > 0) return nodes.map(({ code }: Json) => code).join(', ');
      }
    }),
  },
  { id: 'money M1', what: 'recovery after a kill', right: 'p99 at most 5 s on a quiet machine', seenBy: 'npm run kills' },
  { id: 'money M2', what: 'processes that end by themselves while PostgreSQL is restarted', right: 'none', seenBy: 'npm run kills' },
  { id: 'money M4', what: 'sums grow with the age of the firm', right: 'they read balances', seenBy: 'npm run bench -- growth' },
  { id: 'money M5', what: 'drafting holds all that is ready in memory', right: 'transactions of 100 contracts', seenBy: 'npm run bench -- growth' },
  { id: 'money M6', what: 'the log file of a busy hour', right: 'twenty lines of one cause a minute', seenBy: 'tests/kernel/logs.test.ts' },
];

async function creditOf({ graph }: Story, id: string): Promise<Json> {
  const query = 'query ($id: ID!) { invoice(id: $id) { creditNote { subtotal { amount } tax { amount } total { amount } } } }';
  return (await graph.ok(query, { id })).invoice.creditNote;
}
