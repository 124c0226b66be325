import { hoursOfSeconds } from '#kernel/decimal.ts';
import type { FactInput, FactKeys } from '#kernel/facts.ts';
import type { TimesheetEntryRow, TimesheetRow } from '../tables.ts';

type About = { timesheetId: string; employeeId: string; periodStart: string; periodEnd: string; entryIds: string[]; hours: string };

/** A fact about some entries of a timesheet. A key is given when it is the same for all of them: it decides who sees the fact. */
export function aboutEntries<More>(timesheet: TimesheetRow, entries: readonly TimesheetEntryRow[], more: More): FactInput<About & More> {
  const { id, version, employeeId, periodStart, periodEnd } = timesheet;
  const seconds = entries.reduce((sum, entry) => sum + entry.seconds, 0n);
  return {
    subject: { id, version },
    keys: { employeeId, ...sharedKeys(entries) },
    payload: { timesheetId: id, employeeId, periodStart, periodEnd, entryIds: entries.map((entry) => entry.id), hours: hoursOfSeconds(seconds), ...more },
  };
}

function sharedKeys(entries: readonly TimesheetEntryRow[]): FactKeys {
  const shared = (name: 'customerId' | 'engagementId' | 'projectId' | 'legalEntityId') => {
    const values = new Set(entries.map((entry) => entry[name]));
    return values.size === 1 ? entries[0]?.[name] : undefined;
  };
  return { customerId: shared('customerId'), engagementId: shared('engagementId'), projectId: shared('projectId'), legalEntityId: shared('legalEntityId') };
}
