/** Where the real data is, beside the repository; never in it. */
export const tockFolder = new URL('../../../shared/data/tock', import.meta.url).pathname;

/** A Django dump of some records. */
export function tock(records: readonly { model: string; pk: number; fields: object }[]): string {
  return JSON.stringify(records);
}

/** A tiny firm with all the dirt: no grade, no hours, nothing at all, a repeat, a grade that starts later, no userdata, not billable. */
export function tinyTock() {
  const record = (model: string, pk: number, fields: object) => ({ model, pk, fields });
  const user = (pk: number, name: string) =>
    record('auth.user', pk, {
      username: name,
      first_name: name,
      last_name: 'Doe',
      email: `${name}@example.org`,
      is_active: pk !== 3,
      date_joined: '2015-03-18T22:47:51.077Z',
    });
  const line = (pk: number, timecard: number, project: number, [hours_spent, grade]: [string, number | null]) =>
    record('hours.timecardobject', pk, { timecard, project, hours_spent, grade, notes: '' });
  return [
    record('projects.agency', 1, { name: 'First Agency' }),
    record('projects.agency', 2, { name: 'Second Agency' }),
    record('projects.accountingcode', 1, { code: 'INTERN', office: '', agency: 1, billable: false, flat_rate: false }),
    record('projects.accountingcode', 2, { code: 'SOLD', office: 'East', agency: 2, billable: true, flat_rate: false }),
    record('projects.project', 1, { name: 'Inside', description: '', accounting_code: 1, start_date: null, end_date: null }),
    record('projects.project', 2, { name: 'Outside', description: 'For them', accounting_code: 2, start_date: null, end_date: null }),
    ...[user(1, 'ann'), user(2, 'bob'), user(3, 'cyd')],
    record('employees.userdata', 1, { user: 1, current_employee: true, start_date: '2013-06-17', end_date: '2015-05-29' }),
    record('employees.userdata', 2, { user: 2, current_employee: true, start_date: '2014-01-01', end_date: null }),
    record('employees.employeegrade', 1, { employee: 1, grade: 1, g_start_date: '2014-10-07' }),
    record('employees.employeegrade', 2, { employee: 2, grade: 2, g_start_date: '2015-11-18' }),
    record('hours.reportingperiod', 1, { start_date: '2014-10-01', end_date: '2014-10-04' }),
    record('hours.reportingperiod', 2, { start_date: '2014-10-05', end_date: '2014-10-11' }),
    ...[1, 2, 3].map((pk) => record('hours.timecard', pk, { user: pk, reporting_period: 1 })),
    ...[1, 2, 3].map((pk) => record('hours.timecard', pk + 3, { user: pk, reporting_period: 2 })),
    line(1, 1, 2, ['10.05', 1]),
    line(2, 1, 2, ['10.05', 1]),
    line(3, 2, 1, ['20.00', 2]),
    line(4, 2, 2, ['0.00', 2]),
    line(5, 3, 2, ['7.33', null]),
    line(6, 4, 1, ['0.00', null]),
    line(7, 5, 2, ['39.99', 2]),
  ];
}

export const tinyCard = 'labor_category,bill_rate_usd_per_hour,cost_rate_usd_per_hour\nGRADE-1,69.50,35.48\nGRADE-2,80.63,41.55\n';
