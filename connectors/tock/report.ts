import { formatDecimal, parseDecimal } from '#kernel/decimal.ts';
import { sumOfHours } from '#kernel/duration.ts';
import type { Refusal } from './bulk.ts';
import type { Client } from './client.ts';
import { currency, refTo, sources } from './map.ts';
import * as operations from './operations.ts';
import type { Dump } from './read.ts';

export type Figures = {
  timesheets: { read: number; approved: number; refused: number };
  lines: { read: number; accepted: number; refused: Record<string, number> };
  hoursAccepted: string;
  costActuals: { count: number; amount: string };
  salesActuals: { count: number; hours: string; amount: string };
  exceptions: Record<string, { count: number; hours: string }>;
  customers: Record<string, { entries: number; hours: string; amount: string }>;
};

/** What became of an import. */
export type Report = {
  figures: Figures;
  /** Every record that Accord did not take. */
  refusals: readonly Refusal[];
  /** Those that the mapping does not foresee. */
  unexpected: readonly Refusal[];
  /** What does not add up. */
  discrepancies: readonly string[];
  /** What of the source contradicts itself or is missing. */
  notes: readonly string[];
  /** False: Accord was as it is before this run. */
  changed: boolean;
  seconds: number;
};

/** 0 when everything is accounted for as the mapping foresees, else 2. */
export function exitCodeOf({ unexpected, discrepancies }: Report): number {
  return unexpected.length + discrepancies.length === 0 ? 0 : 2;
}

/** The firm in the graph: its customers with the source's ids, and its people. */
export type Firm = { customers: ReadonlyMap<string, string>; employees: readonly string[] };

type Hours = { entries: number; hours: string };
type ActualRow = {
  kind: 'COST' | 'UNBILLED_SALES' | 'BILLED_SALES';
  customer: { id: string } | null;
  count: number;
  hours: string;
  amount: { amount: string; currency: string };
};

/** What the graph says of the firm's time and of what became of it. */
export type Totals = {
  timesheets: { totalCount: number };
  approved: { totalCount: number };
  byStatus: (Hours & { status: string })[];
  byCustomer: (Hours & { customer: { id: string } })[];
  actualSummary: ActualRow[];
  approvedNotPostedSummary: { pending: Hours; inException: Hours };
  operations: { exceptionSummary: { code: string; count: number; hours: string }[] };
};

const nothing: Totals = {
  timesheets: { totalCount: 0 },
  approved: { totalCount: 0 },
  byStatus: [],
  byCustomer: [],
  actualSummary: [],
  approvedNotPostedSummary: { pending: { entries: 0, hours: '0' }, inException: { entries: 0, hours: '0' } },
  operations: { exceptionSummary: [] },
};

/** Ids asked for at once; a page holds 250. */
const askedAtOnce = 200;

type CustomersAnswer = { customers: { nodes: { id: string; externalRefs: { system: string; externalId: string }[] }[] } };
type EmployeesAnswer = { employees: { nodes: { id: string }[] } };

/** Finds the firm by the source's ids. */
export async function findFirm(client: Client, dump: Dump): Promise<Firm> {
  const { system } = refTo('');
  const customers = new Map<string, string>();
  for (const refs of refsInParts([...dump.agencies.keys()].map(sources.agency))) {
    const found = await client.call<CustomersAnswer>({ document: operations.customersByRef, variables: { refs } });
    for (const { id, externalRefs } of found.customers.nodes) {
      const own = externalRefs.find((ref) => ref.system === system);
      if (own) customers.set(id, own.externalId);
    }
  }
  const employees: string[] = [];
  for (const refs of refsInParts([...dump.users.keys()].map(sources.user))) {
    const found = await client.call<EmployeesAnswer>({ document: operations.employeesByRef, variables: { refs } });
    employees.push(...found.employees.nodes.map(({ id }) => id));
  }
  return { customers, employees };
}

function refsInParts(externalIds: readonly string[]): { system: string; externalId: string }[][] {
  const refs = externalIds.map(refTo);
  return Array.from({ length: Math.ceil(refs.length / askedAtOnce) }, (_, index) => refs.slice(index * askedAtOnce, (index + 1) * askedAtOnce));
}

/** Asks for all totals at once. A firm that is not there yet has none. */
export async function totalsOf(client: Client, { customers, employees }: Firm): Promise<Totals> {
  if (customers.size === 0 || employees.length === 0) return nothing;
  return client.call<Totals>({ document: operations.totals, variables: { customers: [...customers.keys()], employees } });
}

type Known = { dump: Dump; firm: Firm; totals: Totals; refusals: readonly Refusal[] };

/** The closing figures: what was read and refused by the import's own count, all else from the graph. */
export function figuresOf({ dump, firm, totals, refusals }: Known): Figures {
  const sales = totals.actualSummary.filter((row) => row.kind === 'UNBILLED_SALES');
  const costs = totals.actualSummary.filter((row) => row.kind === 'COST');
  const lines = Object.groupBy(refusals.filter(isOfLine), (refusal) => refusal.code);
  return {
    timesheets: {
      read: dump.timecards.size,
      approved: totals.approved.totalCount,
      refused: new Set(refusals.filter(isOfTimesheet).map(({ source }) => source)).size,
    },
    lines: {
      read: dump.lines.size,
      accepted: total(totals.byCustomer, 'entries'),
      refused: Object.fromEntries(Object.entries(lines).map(([code, own]) => [code, own?.length ?? 0])),
    },
    hoursAccepted: sumOfHours(totals.byCustomer.map((row) => row.hours)),
    costActuals: { count: total(costs, 'count'), amount: moneyOf(costs) },
    salesActuals: { count: total(sales, 'count'), hours: sumOfHours(sales.map((row) => row.hours)), amount: moneyOf(sales) },
    exceptions: Object.fromEntries(totals.operations.exceptionSummary.map(({ code, count, hours }) => [code, { count, hours: sumOfHours([hours]) }])),
    customers: Object.fromEntries([...firm.customers].map(([id, source]) => [source, customerFigures(id, { totals, sales })] as const).sort(bySource)),
  };
}

const isOfLine = ({ source }: Refusal): boolean => source.startsWith('hours.timecardobject:');
const isOfTimesheet = ({ source }: Refusal): boolean => source.startsWith('hours.timecard:');

function customerFigures(id: string, { totals, sales }: { totals: Totals; sales: readonly ActualRow[] }): Figures['customers'][string] {
  const time = totals.byCustomer.filter((row) => row.customer.id === id);
  return { entries: total(time, 'entries'), hours: sumOfHours(time.map((row) => row.hours)), amount: moneyOf(sales.filter((row) => row.customer?.id === id)) };
}

function bySource([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function total<Name extends string>(rows: readonly Readonly<Record<Name, number>>[], name: Name): number {
  return rows.reduce((count, row) => count + row[name], 0);
}

function moneyOf(rows: readonly ActualRow[]): string {
  return sum(rows.filter((row) => row.amount.currency === currency).map((row) => row.amount.amount));
}

/** Exact; with two fraction digits, and more only where there are more. */
function sum(decimals: readonly string[]): string {
  const units = decimals.reduce((all, text) => all + (parseDecimal(text, 6) ?? 0n), 0n);
  return formatDecimal(units, 6).replace(/0{1,4}$/, '');
}

/** True when the graph says the same of the firm's time, in whatever order. */
export function sameTotals(a: Totals, b: Totals): boolean {
  const told = (totals: Totals) =>
    Object.entries(totals).map(([name, value]) => `${name} ${Array.isArray(value) ? value.map((row) => JSON.stringify(row)).sort() : JSON.stringify(value)}`);
  return told(a).join('\n') === told(b).join('\n');
}

/** What does not add up, as sentences; empty when every line and every timesheet is accounted for. */
export function discrepancies(figures: Figures, totals: Totals): string[] {
  const { timesheets, lines, costActuals, exceptions } = figures;
  const refused = Object.values(lines.refused).reduce((all, count) => all + count, 0);
  const inException = Object.values(exceptions).reduce((all, { count }) => all + count, 0);
  const foreign = totals.actualSummary.find((row) => row.amount.currency !== currency);
  return [
    lines.read === lines.accepted + refused ? [] : `${lines.read} lines were read, but ${lines.accepted} are accepted and ${refused} refused.`,
    timesheets.read === timesheets.approved + timesheets.refused
      ? []
      : `${timesheets.read} timesheets were read, but ${timesheets.approved} are approved and ${timesheets.refused} refused.`,
    totals.approvedNotPostedSummary.pending.entries === 0 ? [] : `${totals.approvedNotPostedSummary.pending.entries} approved entries wait for being posted.`,
    lines.accepted === costActuals.count + inException
      ? []
      : `${lines.accepted} lines are accepted, but ${costActuals.count} are posted as cost and ${inException} stand in an exception.`,
    foreign ? `There are actuals in ${foreign.amount.currency}; the figures count those in ${currency} only.` : [],
  ].flat();
}
