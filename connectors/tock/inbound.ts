import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { dateOf } from '#kernel/period.ts';
import type { Refusal } from './bulk.ts';
import { type Client, createClient } from './client.ts';
import { sources } from './map.ts';
import { type Next, type NextStep, nextSteps, printedSteps } from './nextSteps.ts';
import * as operations from './operations.ts';
import { waitUntilPosted } from './posting.ts';
import { printed } from './print.ts';
import { createProgress, type ProgressOutput } from './progress.ts';
import { qualityNotes } from './quality.ts';
import { type Dump, readSource } from './read.ts';
import { discrepancies, type Firm, figuresOf, findFirm, type Report, sameTotals, type Totals, totalsOf } from './report.ts';
import type { Run } from './run.ts';
import { setUp, setUpSteps } from './setUp.ts';
import { sourceNames } from './sourceNames.ts';
import { sendTimesheets, timesheetSteps } from './timesheets.ts';

export type ImportOptions = {
  /** The gateway's GraphQL address, and a token with the permissions that README.md names. */
  url: string;
  token: string;
  /** Where data-update.json and rate-card.csv are. */
  folder: string;
  /** Where to write the figures as JSON. */
  json?: string | undefined;
  out: (line: string) => void;
  progress: ProgressOutput;
  signal?: AbortSignal | undefined;
  /** Requests under way at most (default 4). */
  concurrency?: number | undefined;
  /** Milliseconds to go on trying when something does not answer, or nothing moves (default 120,000). */
  patience?: number | undefined;
  clock?: (() => Date) | undefined;
};

/** Sends a folder of Tock through the public graph, waits until it is posted, and says what became of it. */
export async function runImport(options: ImportOptions): Promise<Report> {
  const begun = performance.now();
  const source = await readSource(options.folder);
  const progress = createProgress(options.progress);
  const correlationId = `tock-${randomUUID()}`;
  const { url, token, concurrency, patience, signal } = options;
  const client = createClient({ url, token, correlationId, concurrency, patience, signal, onRetry: onceInARow((why) => progress.say(`Trying again: ${why}`)) });
  const today = dateOf((options.clock ?? (() => new Date()))());
  const run: Run = { client, source, progress, ids: new Map(), refusals: [], acted: false, today };
  try {
    const before = await totalsOf(client, await findFirm(client, source.dump));
    await sendEverything(run);
    const firm = await findFirm(client, source.dump);
    await waitUntilPosted({ client, firm, progress, signal, patience });
    const totals = await totalsOf(client, firm);
    const figures = figuresOf({ dump: source.dump, firm, totals, refusals: run.refusals });
    const report: Report = {
      figures,
      refusals: run.refusals,
      unexpected: run.refusals.filter((refusal) => !foreseen(source.dump, refusal)),
      discrepancies: discrepancies(figures, totals),
      notes: qualityNotes(source.dump, today),
      changed: await hasChanged(run, { before, totals, correlationId }),
      seconds: (performance.now() - begun) / 1000,
    };
    progress.end();
    const beside = await neighbours(client, firm.customers.size);
    const next = nextSteps(nextOf(run, { firm, report, beside, correlationId }));
    return await tell(options, { report, dump: source.dump, beside, next });
  } finally {
    progress.end();
  }
}

/** Says what is said several times in a row once. */
function onceInARow(say: (text: string) => void): (text: string) => void {
  let last = '';
  return (text) => {
    if (text !== last) say(text);
    last = text;
  };
}

async function sendEverything(run: Run): Promise<void> {
  run.progress.begin('set up', setUpSteps(run));
  await setUp(run);
  run.progress.begin('timesheets and lines', timesheetSteps(run));
  await sendTimesheets(run);
}

/** Customers that are not of this source. */
async function neighbours(client: Client, own: number): Promise<number> {
  const { customers } = await client.call<{ customers: { totalCount: number } }>({ document: operations.customerCount });
  return customers.totalCount - own;
}

type Known = { firm: Firm; report: Report; beside: number; correlationId: string };

/** What the steps behind the import are about. */
function nextOf({ ids, today, source: { dump, rates } }: Run, { firm, report, beside, correlationId }: Known): Next {
  const lowest = rates.map(({ category }) => category).find((category) => ids.has(`LaborCategory ${sources.laborCategory(category)}`));
  const fallback = lowest && { name: lowest, laborCategoryId: ids.get(`LaborCategory ${sources.laborCategory(lowest)}`) ?? '' };
  return {
    key: correlationId.slice(0, 13),
    legalEntityId: ids.get(`LegalEntity ${sources.firm}`) ?? '',
    customerIds: beside > 0 ? [...firm.customers.keys()] : undefined,
    fallback: fallback || undefined,
    cutOffDate:
      [...dump.periods.values()]
        .map(({ endDate }) => endDate)
        .sort()
        .at(-1) ?? today,
    missing: report.figures.exceptions.LABOR_CATEGORY_MISSING,
  };
}

type Told = { report: Report; dump: Dump; beside: number; next: readonly NextStep[] };

async function tell({ out, json }: ImportOptions, { report, dump, beside, next }: Told): Promise<Report> {
  for (const line of printed(report, sourceNames(dump))) out(line);
  if (beside > 0)
    out(`${beside} other customers stand in the same lists, such as those of the sample firm. "node main.ts start --fresh --empty" begins with none.`);
  if (report.figures.salesActuals.count > 0) for (const line of printedSteps(next)) out(line);
  if (json) await writeFile(json, `${JSON.stringify(report.figures, undefined, 2)}\n`);
  return report;
}

/** The mapping foresees two refusals: a line of no hours, and a timesheet without any other line. */
function foreseen(dump: Dump, { source, mutation, code, guard }: Refusal): boolean {
  const [, key] = source.split(':');
  if (mutation === 'recordTimeEntries') return code === 'VALIDATION_FAILED' && isZero(dump.lines.get(Number(key))?.hours);
  if (mutation !== 'submitTimesheets' || guard !== 'notEmpty') return false;
  return ![...dump.lines.values()].some((line) => line.timecard === Number(key) && !isZero(line.hours));
}

function isZero(hours: string | undefined): boolean {
  return hours !== undefined && /^-?0+(\.0+)?$/.test(hours);
}

/** Milliseconds in which a fact that was just stated gets its place in the log. */
const settling = 500;

/** Nothing was carried out that had not been before; or what was carried out caused no fact and left all totals alone. */
async function hasChanged(run: Run, { before, totals, correlationId }: { before: Totals; totals: Totals; correlationId: string }): Promise<boolean> {
  if (!run.acted) return false;
  if (!sameTotals(before, totals)) return true;
  await pause(settling);
  return caused(run.client, correlationId);
}

type Trace = { operations: { businessTrace: { entries: readonly unknown[] } } };

async function caused(client: Client, correlationId: string): Promise<boolean> {
  const { operations: desk } = await client.call<Trace>({ document: operations.caused, variables: { correlationId } });
  return desk.businessTrace.entries.length > 0;
}
