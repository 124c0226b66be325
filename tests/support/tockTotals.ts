import { readFile } from 'node:fs/promises';

/** What the import of a folder must report, worked out from the files alone, by a way of its own. */
export type TockTotals = {
  timesheets: { read: number; approved: number; refused: number };
  lines: { read: number; accepted: number; refused: Record<string, number> };
  hoursAccepted: string;
  costActuals: { count: number; amount: string };
  salesActuals: { count: number; hours: string; amount: string };
  exceptions: Record<string, { count: number; hours: string }>;
  customers: Record<string, { entries: number; hours: string; amount: string }>;
};

type Dumped = { model: string; pk: number; fields: Record<string, string | number | boolean | null> };

/** Hundredths of an hour, or cents. */
function hundredths(text: string): number {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

function written(units: number): string {
  return `${Math.floor(units / 100)}.${String(units % 100).padStart(2, '0')}`;
}

/** Half a cent goes up. All numbers stay far below 2^53. */
function price(hours: number, rate: number): number {
  return Math.floor((hours * rate + 50) / 100);
}

/** Adds a line at a time; knows nothing of the import. */
export async function tockTotals(folder: string): Promise<TockTotals> {
  const dump: Dumped[] = JSON.parse(await readFile(`${folder}/data-update.json`, 'utf8'));
  const card = (await readFile(`${folder}/rate-card.csv`, 'utf8')).trim().split('\n').slice(1);
  const rates = new Map(
    card.map((row) => row.trim().split(',')).map(([name = '', bill = '', cost = '']) => [name, { bill: hundredths(bill), cost: hundredths(cost) }]),
  );
  const of = (model: string) => dump.filter((record) => record.model === model);
  const one = (model: string) => new Map(of(model).map((record) => [record.pk, record.fields]));
  const [projects, codes, grades] = [one('projects.project'), one('projects.accountingcode'), one('employees.employeegrade')];
  const customers = new Map(of('projects.agency').map(({ pk }) => [pk, { entries: 0, hours: 0, amount: 0 }]));
  const filled = new Set<unknown>();
  const sums = { accepted: 0, hours: 0, zero: 0, costs: 0, costAmount: 0, sales: 0, salesHours: 0, salesAmount: 0, gradeless: 0, gradelessHours: 0 };
  for (const { fields } of of('hours.timecardobject')) {
    const hours = hundredths(String(fields.hours_spent));
    if (hours === 0) {
      sums.zero += 1;
      continue;
    }
    filled.add(fields.timecard);
    const code = codes.get(Number(projects.get(Number(fields.project))?.accounting_code));
    const customer = customers.get(Number(code?.agency));
    if (!code || !customer) throw new Error('the dump does not fit together');
    sums.accepted += 1;
    sums.hours += hours;
    customer.entries += 1;
    customer.hours += hours;
    if (fields.grade === null) {
      sums.gradeless += 1;
      sums.gradelessHours += hours;
      continue;
    }
    const rate = rates.get(`GRADE-${grades.get(Number(fields.grade))?.grade}`);
    if (!rate) throw new Error('the card does not price every grade');
    sums.costs += 1;
    sums.costAmount += price(hours, rate.cost);
    if (code.billable !== true) continue;
    const value = price(hours, rate.bill);
    sums.sales += 1;
    sums.salesHours += hours;
    sums.salesAmount += value;
    customer.amount += value;
  }
  const timecards = of('hours.timecard').length;
  return {
    timesheets: { read: timecards, approved: filled.size, refused: timecards - filled.size },
    lines: { read: of('hours.timecardobject').length, accepted: sums.accepted, refused: sums.zero > 0 ? { VALIDATION_FAILED: sums.zero } : {} },
    hoursAccepted: written(sums.hours),
    costActuals: { count: sums.costs, amount: written(sums.costAmount) },
    salesActuals: { count: sums.sales, hours: written(sums.salesHours), amount: written(sums.salesAmount) },
    exceptions: sums.gradeless > 0 ? { LABOR_CATEGORY_MISSING: { count: sums.gradeless, hours: written(sums.gradelessHours) } } : {},
    customers: Object.fromEntries(
      [...customers].map(([pk, { entries, hours, amount }]) => [`projects.agency:${pk}`, { entries, hours: written(hours), amount: written(amount) }]),
    ),
  };
}
