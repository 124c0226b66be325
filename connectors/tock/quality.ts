import type { Dump } from './read.ts';

/** What of the source contradicts itself or is missing, and what the import made of it: sentences for the report. */
export function qualityNotes(dump: Dump, today: string): string[] {
  const userdata = new Map([...dump.userdata.values()].map((row) => [row.user, row]));
  const lines = [...dump.lines.values()].map((line) => {
    const timecard = dump.timecards.get(line.timecard);
    return { line, user: timecard?.user ?? 0, week: dump.periods.get(timecard?.period ?? 0) };
  });
  const contradicting = [...dump.userdata.values()].filter((row) => row.currentEmployee && row.endDate !== null && row.endDate < today);
  const early = lines.filter(({ user, week }) => week && week.endDate < (userdata.get(user)?.startDate ?? ''));
  const older = lines.filter(({ line, week }) => week && line.grade !== null && week.endDate < (dump.grades.get(line.grade)?.startDate ?? ''));
  const foreign = lines.filter(({ line, user }) => line.grade !== null && dump.grades.get(line.grade)?.employee !== user);
  const pairs = new Set(lines.map(({ line }) => `${line.timecard} ${line.project}`));
  return [
    note(contradicting.length, 'people have an end date in the past and are current employees: the flag wins, they are ACTIVE.'),
    note(
      [...dump.users.keys()].filter((pk) => !userdata.has(pk)).length,
      'users have no userdata: they are employees since they joined or since their first week.',
    ),
    note([...dump.users.values()].filter((user) => !user.active).length, 'users may not log in to the source any more: they are employees all the same.'),
    note(early.length, 'lines are of weeks before the first day of the employee: accepted.'),
    note(older.length, "lines are older than the start date of their grade: the line's own grade counts."),
    note(foreign.length, "lines have another employee's grade: the line's own grade counts."),
    note(lines.filter(({ line }) => line.grade === null).length, 'lines have no grade: each becomes an exception when it is posted, nothing is guessed.'),
    note(lines.length - pairs.size, 'lines repeat a timecard and project: all are kept.'),
    ...[...dump.unknown].map(([model, count]) => `${count} records of ${model} are not imported: the mapping does not know the model.`),
  ].filter((each) => each !== undefined);
}

function note(count: number, text: string): string | undefined {
  return count > 0 ? `${count.toLocaleString('en')} ${text}` : undefined;
}
