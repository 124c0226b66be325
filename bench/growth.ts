import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { machine, median, table } from './figures.ts';
import { bookId, fillGrowthFirm, heldActualId, lastDay, sizeOf } from './growthFirm.ts';
import { memoryOf, restartPeak } from './proc.ts';
import { type Asked, keyed, mutate, openProgram, type Program, type Question } from './served.ts';

type Wish = { sizes: readonly number[]; rounds: number; json: string | undefined };
export type Terminal = { say: (line: string) => void; out: (text: string) => void; signal: AbortSignal };

type Taken = { name: string; milliseconds: number; peak: number };
type Reconciled = Taken & { worked: number; customers: number; compared: number };
type Measured = { entries: number; filledIn: number; drafted: { invoices: number; actuals: number } & Taken; reconciled: Reconciled[]; questions: Taken[] };

/** Drafts, balances, summaries and limits of firms of growing size: latency, and the peak memory of the process that answers. */
export async function measureGrowth({ sizes, rounds, json }: Wish, terminal: Terminal): Promise<void> {
  const taken: Measured[] = [];
  for (const entries of sizes) {
    terminal.signal.throwIfAborted();
    taken.push(await measureSize(entries, rounds, terminal));
  }
  terminal.out(report(taken, rounds));
  if (json) await writeFile(json, `${JSON.stringify({ machine: machine(), rounds, sizes: taken }, undefined, 2)}\n`);
}

async function measureSize(entries: number, rounds: number, terminal: Terminal): Promise<Measured> {
  await using stack = new AsyncDisposableStack();
  const { bar, filledIn, ...asked } = await openFirm(entries, terminal, stack);
  bar(0, 'reconciling');
  const reconciled = [await reconcile(asked, false), await reconcile(asked, false), await reconcile(asked, true)];
  const questions: Taken[] = [];
  const all = await questionsOf(asked.databaseUrl);
  for (const [index, question] of all.entries()) {
    terminal.signal.throwIfAborted();
    bar(index / all.length, question.name);
    questions.push(await timed(asked, question, rounds));
  }
  bar(1, 'drafting');
  const drafted = await draftAll(asked);
  terminal.say('');
  return { entries, filledIn, questions, drafted, reconciled };
}

type Bar = (share: number, what: string) => void;
type Firm = Program & { filledIn: number; bar: Bar };

/** A firm of so many entries, and the one process that serves it. */
export async function openFirm(entries: number, { say, signal }: Pick<Terminal, 'say' | 'signal'>, stack: AsyncDisposableStack): Promise<Firm> {
  const bar = progressBar(`${entries.toLocaleString('en')} entries`, say);
  let filledIn = 0;
  const program = await openProgram(stack, async (adminUrl) => {
    const begun = performance.now();
    await fillGrowthFirm(adminUrl, sizeOf(entries), (share, what) => {
      signal.throwIfAborted();
      bar(share, what);
    });
    filledIn = (performance.now() - begun) / 1000;
  });
  return { ...program, filledIn, bar };
}

async function questionsOf(url: string): Promise<Question[]> {
  const sql = postgres(url, { max: 1 });
  const one = async (text: string) => String((await sql.unsafe(text))[0]?.id);
  const [books, held] = [await one(bookId), await one(heldActualId)];
  await sql.end();
  const page = '(first: 50) { nodes { name timeSummary { hours billableHours } workInProgress { amount { amount } } } }';
  return [
    { name: 'trial balance, today', text: `{ trialBalance(legalEntityId: "${books}") { __typename } }` },
    { name: 'trial balance, within a month', text: `{ trialBalance(legalEntityId: "${books}", asOf: "2024-05-15") { __typename } }` },
    { name: 'hours of all by status', text: '{ timeSummary(groupBy: STATUS) { hours } }' },
    {
      name: 'hours of all by project, two years',
      text: '{ timeSummary(groupBy: PROJECT, filter: { workDateFrom: "2023-01-01", workDateTo: "2024-12-31" }) { hours } }',
    },
    { name: 'ledger of all by kind', text: '{ actualSummary { amount { amount } } }' },
    {
      name: 'ledger of all by project, a quarter',
      text: '{ actualSummary(groupBy: [PROJECT], filter: { workDateFrom: "2024-01-01", workDateTo: "2024-03-31" }) { amount { amount } } }',
    },
    { name: 'hours and work in progress of 50 customers', text: `{ customers${page} }` },
    { name: 'hours and work in progress of 50 projects', text: `{ projects${page} }` },
    { name: 'exceptions of all times by code', text: '{ operations { exceptionSummary(filter: {}) { count } } }' },
    { name: 'a count of the time entries', text: '{ timeEntries(first: 1) { totalCount totalCountCapped } }' },
    { name: 'time in exception, a page', text: '{ timeEntries(first: 50, filter: { postingStatuses: [EXCEPTION] }) { nodes { id } } }' },
    { name: 'leakage by cause', text: '{ operations { leakage(groupBy: CAUSE) { rows { count hours moneyAtRisk { amount } } } } }' },
    {
      name: 'breaks, a page by money',
      text: '{ operations { reconciliationBreaks(first: 50, orderBy: { field: MONEY_AT_RISK, direction: DESC }) { nodes { id cause count } } } }',
    },
    { name: 'release under a limit, and hold again', ...limitMutation(held) },
  ];
}

/** One actual of the largest contract line, which has a limit. */
function limitMutation(actualId: string): Pick<Question, 'text' | 'variables'> {
  const text = `mutation ($release: ReleaseActualsInput!, $hold: HoldActualsInput!) { releaseActuals(input: $release) { succeeded } holdActuals(input: $hold) { succeeded } }`;
  return { text, variables: { release: { items: [{ id: actualId }] }, hold: { items: [{ id: actualId, reason: 'bench' }] } } };
}

async function timed({ ask, pid }: Asked, question: Question, rounds: number): Promise<Taken> {
  for (let warm = 0; warm < 3; warm += 1) await ask(keyed(question));
  restartPeak(pid);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await ask(keyed(question));
    times.push(performance.now() - begun);
  }
  return { name: question.name, milliseconds: median(times), peak: memoryOf(pid).peak };
}

type DraftAnswer = { draftInvoices: { succeeded: number; actualsTaken: number } };

/** All that is ready, which is a tenth of the history: one call, as many transactions as it takes. */
async function draftAll({ ask, pid }: Asked): Promise<Measured['drafted']> {
  restartPeak(pid);
  const begun = performance.now();
  const text = 'mutation ($input: DraftInvoicesInput!) { draftInvoices(input: $input) { succeeded actualsTaken userErrors { message } } }';
  const answer = (await ask(keyed({ name: 'draft', text, variables: { input: { cutOffDate: lastDay } } }))) as DraftAnswer;
  const { succeeded: invoices, actualsTaken: actuals } = answer.draftInvoices;
  return { name: 'draft', milliseconds: performance.now() - begun, peak: memoryOf(pid).peak, invoices, actuals };
}

function runOf(run: Reconciled | undefined): string {
  return run ? `${run.compared} weeks of ${run.customers} customers in ${(run.worked / 1000).toFixed(1)} s, ${run.peak} MiB` : '';
}

type Run = { id: string; finishedAt: string | null; workedMilliseconds: number; customers: number; compared: number };

/** One reconciliation to its end, as the worker of the same process makes it: the first one writes all differences, a second one finds them there. */
async function reconcile({ ask, pid }: Asked, changed: boolean): Promise<Reconciled> {
  restartPeak(pid);
  const begun = performance.now();
  const begin = { name: 'runReconciliation', input: { changed }, select: 'reconciliationRun { id }' };
  const { reconciliationRun } = await mutate<{ reconciliationRun: { id: string } }>({ ask, pid }, begin);
  const text = `{ operations { reconciliationRun(id: "${reconciliationRun.id}") { id finishedAt workedMilliseconds customers compared } } }`;
  for (;;) {
    const { operations } = (await ask({ name: 'run', text })) as { operations: { reconciliationRun: Run } };
    const { finishedAt, workedMilliseconds: worked, customers, compared } = operations.reconciliationRun;
    if (finishedAt) return { name: 'reconcile', milliseconds: performance.now() - begun, peak: memoryOf(pid).peak, worked, customers, compared };
    await pause(200);
  }
}

/** A bar that draws itself over on a terminal, and a line per tenth elsewhere. */
function progressBar(name: string, say: (line: string) => void): (share: number, what: string) => void {
  let told = -1;
  return (share, what) => {
    const tenths = Math.floor(share * 10);
    const drawn = `${name} [${'#'.repeat(tenths * 2).padEnd(20, '.')}] ${Math.round(share * 100)} % ${what}`;
    if (process.stderr.isTTY) process.stderr.write(`\r${drawn.slice(0, 100).padEnd(100)}`);
    else if (tenths !== told) say(drawn);
    told = tenths;
  };
}

function report(taken: readonly Measured[], rounds: number): string {
  const { cores, node, loadAverage } = machine();
  const sizes = taken.map(({ entries }) => `${entries.toLocaleString('en')} entries`);
  const cell = ({ milliseconds, peak }: Taken) => `${milliseconds.toFixed(1)} ms, ${peak} MiB`;
  const names = taken[0]?.questions.map(({ name }) => name) ?? [];
  const ratio = (index: number) => {
    const [first, last] = [taken[0]?.questions[index], taken.at(-1)?.questions[index]];
    return first && last ? [(last.milliseconds / first.milliseconds).toFixed(1)] : [];
  };
  const rows = names.map((name, index) => [name, ...taken.map(({ questions }) => (questions[index] ? cell(questions[index]) : '')), ...ratio(index)]);
  const drafts = taken.map(
    ({ drafted }) => `${drafted.actuals} onto ${drafted.invoices} in ${(drafted.milliseconds / 1000).toFixed(1)} s, ${drafted.peak} MiB`,
  );
  return [
    '',
    `Firms of growing size; medians of ${rounds} calls, and the peak memory (RSS) of the one process of npm start meanwhile.`,
    `${cores} cores, Node ${node}, load average ${loadAverage.join(' ')}.`,
    '',
    table([
      ['', ...sizes, 'largest over smallest'],
      ...rows,
      ['draft all that is ready', ...drafts],
      ...['reconcile all, the first time', 'reconcile all, once more', 'reconcile what changed'].map((name, index) => [
        name,
        ...taken.map(({ reconciled }) => runOf(reconciled[index])),
      ]),
      ['filled in', ...taken.map(({ filledIn }) => `${filledIn.toFixed(0)} s`)],
    ]),
    '',
  ].join('\n');
}
