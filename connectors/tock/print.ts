import type { Refusal } from './bulk.ts';
import type { Report } from './report.ts';

/** The closing reconciliation, line by line; `named` says how people call a record of the source. */
export function printed(report: Report, named: (source: string) => string = (source) => source): string[] {
  const { figures, notes, unexpected, discrepancies, changed, seconds } = report;
  const { timesheets, lines, costActuals, salesActuals, exceptions } = figures;
  const refused = Object.values(lines.refused).reduce((all, count) => all + count, 0);
  return [
    '',
    `Timesheets: ${count(timesheets.read)} read = ${count(timesheets.approved)} approved + ${count(timesheets.refused)} refused`,
    `Lines:      ${count(lines.read)} read = ${count(lines.accepted)} accepted + ${count(refused)} refused${byCode(lines.refused)}`,
    `Hours:      ${figures.hoursAccepted} accepted`,
    `Actuals:    ${count(costActuals.count)} of cost, USD ${costActuals.amount}; ${count(salesActuals.count)} of sales, ${salesActuals.hours} hours, USD ${salesActuals.amount}`,
    ...Object.entries(exceptions).map(([code, each]) => `Exceptions: ${count(each.count)} ${code}, ${each.hours} hours`),
    '',
    ...table(
      ['Customer', 'Entries', 'Hours', 'USD'],
      Object.entries(figures.customers).map(([source, row]) => [named(source), count(row.entries), row.hours, row.amount]),
    ),
    ...listed(
      'Refused as the mapping foresees:',
      told(
        report.refusals.filter((refusal) => !unexpected.includes(refusal)),
        named,
      ),
    ),
    ...listed('Notes on the data:', notes),
    ...listed('REFUSED AND NOT FORESEEN:', told(unexpected, named)),
    ...listed('DOES NOT ADD UP:', discrepancies),
    '',
    changed ? `Done in ${seconds.toFixed(1)} s.` : `Nothing changed: Accord had all of it already (${seconds.toFixed(1)} s).`,
  ];
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function byCode(refused: Readonly<Record<string, number>>): string {
  const codes = Object.entries(refused).map(([code, number]) => `${count(number)} ${code}`);
  return codes.length > 0 ? ` (${codes.join(', ')})` : '';
}

/** In the order of the source's ids. */
function told(refusals: readonly Refusal[], named: (source: string) => string): string[] {
  return [...refusals].sort((a, b) => a.source.localeCompare(b.source, 'en', { numeric: true })).map((refusal) => refusalLine(refusal, named(refusal.source)));
}

function refusalLine({ mutation, code, guard, message }: Refusal, name: string): string {
  return `${name} at ${mutation}: ${code}${guard ? ` ${guard}` : ''}. ${message}`;
}

function listed(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', title, ...lines.map((line) => `  ${line}`)] : [];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [head, ...rows].map(line);
}
