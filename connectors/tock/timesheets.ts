import type { Sent } from './bulk.ts';
import { batchSize } from './bulk.ts';
import * as map from './map.ts';
import * as operations from './operations.ts';
import type { Line, Timecard } from './read.ts';
import { type Run, send } from './run.ts';

/** Parts of the source that are on their way side by side: while one waits for the database, another is mapped or posted. */
const lanes = 3;

/** Sends all timesheets, part by part: opened, filled, submitted, approved. */
export async function sendTimesheets(run: Run): Promise<void> {
  const { timecards, lines } = run.source.dump;
  const byTimecard = Map.groupBy(lines.values(), (line) => line.timecard);
  const waiting = partsOf([...timecards.values()]).values();
  const lane = async () => {
    for (const part of waiting)
      await sendPart(
        run,
        part,
        part.flatMap((timecard) => byTimecard.get(timecard.pk) ?? []),
      );
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** How many steps `sendTimesheets` takes, for the progress bar. */
export function timesheetSteps({ source: { dump } }: Run): number {
  return 3 * dump.timecards.size + dump.lines.size;
}

/** Accord says how far each timesheet is, so that a second run takes up where an interrupted one stopped. */
async function sendPart(run: Run, timecards: readonly Timecard[], lines: readonly Line[]): Promise<void> {
  const { dump } = run.source;
  const opened = await send(run, { entity: 'Timesheet', operation: operations.createTimesheets, pieces: map.timesheets(dump, timecards, run.ids) });
  await send(run, { entity: 'TimesheetEntry', operation: operations.recordTimeEntries, pieces: map.timeEntries(dump, lines, run.ids) });
  const toSubmit = inState(timecards, opened, ['DRAFT']);
  const submitted = await send(run, { entity: 'Timesheet', operation: operations.submitTimesheets, pieces: map.submissions(toSubmit, run.ids) });
  const toApprove = [...inState(timecards, opened, ['SUBMITTED', 'PARTLY_APPROVED']), ...inState(toSubmit, submitted, ['SUBMITTED', 'PARTLY_APPROVED'])];
  await send(run, { entity: 'Timesheet', operation: operations.approveTimesheets, pieces: map.approvals(dump, toApprove, run.ids) });
  run.progress.add(2 * timecards.length - toSubmit.length - toApprove.length);
}

function inState(timecards: readonly Timecard[], { entities }: Sent, states: readonly string[]): Timecard[] {
  return timecards.filter(({ pk }) => states.includes(entities.get(map.sources.timecard(pk))?.status ?? ''));
}

function partsOf(timecards: readonly Timecard[]): Timecard[][] {
  return Array.from({ length: Math.ceil(timecards.length / batchSize) }, (_, index) => timecards.slice(index * batchSize, (index + 1) * batchSize));
}
