import { hoursOfSeconds } from '#kernel/decimal.ts';
import type { FactInput } from '#kernel/facts.ts';
import type { TimesheetSubmittedPayload } from '../published.ts';
import type { TimesheetEntryRow, TimesheetRow } from '../tables.ts';

type Entry = Pick<TimesheetEntryRow, 'id' | 'customerId' | 'engagementId' | 'projectId' | 'legalEntityId' | 'seconds'>;
type Sheet = Pick<TimesheetRow, 'id' | 'version' | 'employeeId' | 'startDate' | 'endDate'>;

/** A fact about some entries of a timesheet. It is found by every customer, project, engagement and legal entity that one of them has. */
export function aboutEntries<More>(timesheet: Sheet, entries: readonly Entry[], more: More): FactInput<TimesheetSubmittedPayload & More> {
  const { id, version, employeeId, startDate, endDate } = timesheet;
  const seconds = entries.reduce((sum, entry) => sum + entry.seconds, 0n);
  const all = (name: 'customerId' | 'engagementId' | 'projectId' | 'legalEntityId') => [...new Set(entries.flatMap((entry) => entry[name] ?? []))];
  return {
    subject: { id, version },
    keys: { employeeId, customerId: all('customerId'), engagementId: all('engagementId'), projectId: all('projectId'), legalEntityId: all('legalEntityId') },
    payload: {
      timesheetId: id,
      employeeId,
      startDate,
      endDate,
      entryIds: entries.map((entry) => entry.id),
      hours: hoursOfSeconds(seconds),
      parts: entries.map(partOf),
      ...more,
    },
  };
}

function partOf({ id, customerId, engagementId, projectId, legalEntityId, seconds }: Entry) {
  return { entryId: id, customerId, engagementId, projectId, legalEntityId, hours: hoursOfSeconds(seconds) };
}
