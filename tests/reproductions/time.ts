import type { Json } from '../support/graph.ts';
import type { Case, Place } from './case.ts';
import { type Story, storyAt } from './story.ts';

const told =
  (wish: Parameters<typeof storyAt>[1], tell: (story: Story) => Promise<string>) =>
  async ({ graph }: Place) =>
    tell(await storyAt(graph, wish));

const publish = async ({ graph: { made, done }, categoryId, legalEntityId }: Story, rate: string, effectiveFrom: string, cardId?: string) => {
  const kind = { kind: 'SALES', scope: 'STANDARD', currency: 'EUR', legalEntityId };
  const rateCardId = cardId ?? (await made('createRateCard', 'rateCard', { name: `Sales of ${legalEntityId}`, ...kind }));
  const id = await made('createRateCardVersion', 'rateCardVersion', { rateCardId, effectiveFrom, lines: [{ laborCategoryId: categoryId, rate }] });
  await done('publishRateCardVersion', { id });
  return rateCardId;
};

const costAlone = async (story: Story) => story.publishCard('COST', '40.00');

async function weekOf({ graph, entered }: Story, workDate: string): Promise<string> {
  const { timesheet } = await entered(workDate);
  const { timesheet: sheet } = await graph.ok('query ($id: ID!) { timesheet(id: $id) { startDate endDate } }', { id: timesheet.id });
  return `${sheet.startDate}..${sheet.endDate}`;
}

export const timeCases: readonly Case[] = [
  {
    id: 'T1',
    what: '50 minutes at 100.00 an hour',
    right: 'PT50M, 83.33 READY',
    run: told({}, async ({ graph, worked, outcome }) => {
      const id = await worked('2026-10-05', { duration: 'PT50M' });
      const { timeEntry } = await graph.ok('query ($id: ID!) { timeEntry(id: $id) { duration } }', { id });
      return `${timeEntry.duration}, ${await outcome(id)}`;
    }),
  },
  {
    id: 'T2',
    what: 'two quarter hours at 27.50 on one line: hours x rate, or the line says that it is a sum of rounded entries',
    right: '0.5 h, 13.76, PER_ACTUAL, 0.01 apart',
    run: told({ salesRate: '27.50' }, async ({ graph, worked, billed }) => {
      for (const notes of ['a', 'b']) await worked('2026-10-05', { hours: '0.25', notes });
      const { id } = await billed();
      const query =
        'query ($id: ID!) { invoice(id: $id) { lines(first: 9) { nodes { hours amount { amount } pricing { rounding difference { amount } } } } } }';
      return (await graph.ok(query, { id })).invoice.lines.nodes
        .map(({ hours, amount, pricing }: Json) => `${Number(hours)} h, ${amount.amount}, ${pricing.rounding}, ${pricing.difference.amount} apart`)
        .join('; ');
    }),
  },
  {
    id: 'T3',
    what: 'clocks that change: hours lost or gained',
    right: 'no instant in a time entry',
    run: async ({ graph }) => {
      const { __type } = await graph.ok('{ __type(name: "RecordTimeEntryInput") { inputFields { type { name ofType { name } } } } }');
      const instants = __type.inputFields.filter(({ type }: Json) => (type.name ?? type.ofType?.name) === 'DateTime');
      return instants.length === 0 ? 'no instant in a time entry' : `${instants.length} instants`;
    },
  },
  {
    id: 'T4',
    what: 'the week of new year and of a leap day',
    right: '2025-12-29..2026-01-04, 2024-02-26..2024-03-03',
    run: told({ terms: { startDate: '2024-01-01' } }, async (story) => `${await weekOf(story, '2026-01-01')}, ${await weekOf(story, '2024-02-29')}`),
  },
  {
    id: 'T5',
    what: 'a week over a closed month end: the open days are submitted, the others named',
    right: 'done; 2025-12-31 named',
    run: told({ terms: { startDate: '2025-01-01' } }, async ({ graph, entered, period, attempt }) => {
      const { timesheet } = await entered('2025-12-31');
      await entered('2026-01-02');
      await graph.done('closeFiscalPeriod', { id: await period('2025-12-01') });
      const answer = await attempt('submitTimesheet', { id: timesheet.id });
      const query = 'query ($id: ID!) { timesheet(id: $id) { entriesInClosedPeriods { workDate } } }';
      const named = (await graph.ok(query, { id: timesheet.id })).timesheet.entriesInClosedPeriods;
      return `${answer}; ${named.map(({ workDate }: Json) => workDate).join(', ')} named`;
    }),
  },
  {
    id: 'T6',
    what: 'a rate that changes, and one put in between: by work date, and posted work stays',
    right: '100.00, 120.00, 110.00, then 100.00',
    run: told({ cards: false }, async (story) => {
      await costAlone(story);
      const card = await publish(story, '100.00', '2026-01-01');
      await publish(story, '120.00', '2026-10-01', card);
      const { worked, outcome } = story;
      const [before, after] = [await worked('2026-09-30', { hours: '1' }), await worked('2026-10-06', { hours: '1' })];
      const first = [await outcome(before), await outcome(after)];
      await publish(story, '110.00', '2026-07-01', card);
      const between = await outcome(await worked('2026-09-22', { hours: '1' }));
      return `${[...first, between].map((each) => each.split(' ')[0]).join(', ')}, then ${(await outcome(before)).split(' ')[0]}`;
    }),
  },
  {
    id: 'T7',
    what: 'forty hours of a week in which the rate doubles on Thursday: refused, divided, or told by which rule',
    right: 'told: the work date, on which the week begins',
    run: async ({ graph }) => {
      const { __type } = await graph.ok('{ __type(name: "TimeSpan") { enumValues { name description } } }');
      const week = __type.enumValues.find(({ name }: Json) => name === 'WEEK')?.description ?? '';
      return /rate|price/i.test(week) ? 'told: the work date, on which the week begins' : `not told: ${week}`;
    },
  },
  {
    id: 'T8',
    what: 'a change of job that is dated back behind time already written',
    right: '150.00 READY',
    run: told({ cards: false }, async (story) => {
      const { graph, employeeId, entered, outcome, legalEntityId, categoryId, approverId } = story;
      const senior = await graph.made('createLaborCategory', 'laborCategory', { code: `X-${legalEntityId.slice(-12)}`, name: 'Principal' });
      for (const kind of ['SALES', 'COST']) {
        const card = { name: `${kind} ${legalEntityId}`, kind, scope: 'STANDARD', currency: 'EUR', legalEntityId };
        const rateCardId = await graph.made('createRateCard', 'rateCard', card);
        const lines = [
          { laborCategoryId: categoryId, rate: '100.00' },
          { laborCategoryId: senior, rate: '150.00' },
        ];
        const id = await graph.made('createRateCardVersion', 'rateCardVersion', { rateCardId, effectiveFrom: '2026-01-01', lines });
        await graph.done('publishRateCardVersion', { id });
      }
      const { id, timesheet } = await entered('2026-10-05', { hours: '1' });
      await graph.done('setEmployeeLaborCategory', { id: employeeId, laborCategoryId: senior, effectiveFrom: '2026-10-01' });
      await graph.done('submitTimesheet', { id: timesheet.id });
      await graph.done('approveTimesheet', { id: timesheet.id, approverId });
      return outcome(id);
    }),
  },
  {
    id: 'T9',
    what: 'no rate on the day',
    right: 'RATE_NOT_FOUND, then 80.00 READY',
    run: told({ cards: false }, async (story) => {
      await costAlone(story);
      const id = await story.worked('2026-10-05', { hours: '1' });
      const before = await story.outcome(id);
      await publish(story, '80.00', '2026-10-01');
      let after = before;
      for (let n = 0; n < 200 && after === before; n += 1) after = await story.outcome(id);
      return `${before}, then ${after}`;
    }),
  },
  {
    id: 'T10',
    what: 'work before the first day, and drafts after a termination',
    right: 'GUARD_REFUSED employedOnWorkDate; GUARD_REFUSED employedOnWorkDate',
    run: told({ hiredOn: '2026-06-01' }, async ({ employeeId, projectId, entered, attempt }) => {
      const early = await attempt('recordTimeEntry', { employeeId, projectId, workDate: '2026-05-31', hours: '1' });
      const { timesheet } = await entered('2026-11-02');
      await attempt('terminateEmployee', { id: employeeId, terminatedOn: '2026-10-31' });
      return `${early}; ${await attempt('submitTimesheet', { id: timesheet.id })}`;
    }),
  },
  {
    id: 'T11',
    what: 'time on a drafted invoice cannot be recalled under it',
    right: 'refused; invoice 400.00, work 400.00 ON_INVOICE',
    run: told({}, async ({ worked, outcome, drafted, attempt, graph, customerId }) => {
      const id = await worked('2026-10-05', { hours: '4' });
      await graph.posted(customerId);
      const [invoice] = await drafted();
      const asked = await attempt('requestTimeEntryRecall', { id, reason: 'mistake' });
      return `${asked === 'done' ? 'granted' : 'refused'}; invoice ${invoice?.subtotal.amount}, work ${await outcome(id)}`;
    }),
  },
  {
    id: 'T12',
    what: 'one sheet over two contracts: billing one leaves the other',
    right: '500.00, then 300.00',
    run: told({}, async (story) => {
      const { graph, engagementId, legalEntityId, entered, approverId, drafted, customerId, project } = story;
      const lines = [{ name: 'Work', method: 'TIME_AND_MATERIALS', kinds: ['TIME'] }];
      const terms = { engagementId, name: 'Second', legalEntityId, currency: 'EUR', startDate: '2026-01-01', lines };
      const contractId = await graph.made('createContract', 'contract', terms);
      for (const action of ['submitContract', 'confirmContract']) await graph.done(action, { id: contractId });
      const second = await project('Second', contractId);
      const { timesheet } = await entered('2026-10-05', { hours: '5' });
      await entered('2026-10-06', { hours: '3', projectId: second });
      await graph.done('submitTimesheet', { id: timesheet.id });
      await graph.done('approveTimesheet', { id: timesheet.id, approverId });
      await graph.posted(customerId);
      const first = await drafted();
      const rest = await drafted('2026-12-31', { contractIds: [contractId] });
      return `${first.map(({ subtotal }) => subtotal.amount)}, then ${rest.map(({ subtotal }) => subtotal.amount)}`;
    }),
  },
  {
    id: 'T13',
    what: 'work after the contract ends, on a line without dates',
    right: 'PROJECT_NOT_BILLABLE',
    run: told({ terms: { startDate: '2026-08-01', endDate: '2026-09-30' } }, async ({ worked, outcome }) =>
      outcome(await worked('2026-10-01', { hours: '1' })),
    ),
  },
  {
    id: 'T14',
    what: 'a month that is closed over submitted time, which is then approved',
    right: 'nothing is lost; new time is refused or taken',
    run: told({}, async ({ graph, submitted, outcome, attempt, period, approverId, employeeId, projectId }) => {
      const { id, timesheet } = await submitted('2026-09-07', { hours: '1' });
      const closed = await attempt('closeFiscalPeriod', { id: await period('2026-09-01') });
      await graph.done('approveTimesheet', { id: timesheet.id, approverId });
      const became = await outcome(id);
      const fresh = await attempt('recordTimeEntry', { employeeId, projectId, workDate: '2026-09-08', hours: '1' });
      const kept = closed === 'done' ? became === 'PERIOD_CLOSED' && fresh !== 'done' : became === '100.00 READY';
      return kept ? 'nothing is lost; new time is refused or taken' : `close ${closed}, ${became}, new time ${fresh}`;
    }),
  },
  {
    id: 'T15',
    what: 'hours in 13 forms that are none',
    right: '13 refused; 01.5 is 1.50',
    run: told({}, async ({ employeeId, projectId, attempt, entered, graph }) => {
      const forms = ['1:30', 'PT1H', '1,5', '１', '٣', '1e1', 'NaN', 'Infinity', '-1', '', ' ', '1.5h', '0x10'];
      const answers = await Promise.all(forms.map((hours) => attempt('recordTimeEntry', { employeeId, projectId, workDate: '2026-10-05', hours })));
      const { id } = await entered('2026-10-06', { hours: '01.5' });
      const { timeEntry } = await graph.ok('query ($id: ID!) { timeEntry(id: $id) { hours } }', { id });
      const strange = answers.filter((each) => each !== 'VALIDATION_FAILED').map((each) => `, ${each}`);
      return `${answers.length - strange.length} refused${strange.join('')}; 01.5 is ${timeEntry.hours}`;
    }),
  },
  {
    id: 'T16',
    what: '"today" of a legal entity in another time zone',
    right: 'a zone per legal entity',
    later: 'not taken: today is UTC’s, which docs/calls.md#days says',
  },
];
