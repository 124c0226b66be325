import { availableParallelism, loadavg } from 'node:os';
import type { Measurement } from './measure.ts';

/** Where and beside what the figures were taken. */
export function machine() {
  return { cores: availableParallelism(), node: process.version, loadAverage: loadavg().map((each) => Number(each.toFixed(1))) };
}

/** The middle of the values; of two middles the mean. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}

/** The value, of those that were measured, that so many per cent do not exceed; 0 of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((part / 100) * sorted.length) - 1)] ?? 0;
}

/** Each figure's median over the rounds. */
export function medians(rounds: readonly Measurement[]): Measurement {
  const of = (read: (round: Measurement) => number) => median(rounds.map(read));
  return {
    requestsPerSecond: of((round) => round.requestsPerSecond),
    p50: of((round) => round.p50),
    p99: of((round) => round.p99),
    longest: of((round) => round.longest),
    requests: of((round) => round.requests),
    cpu: {
      gateway: of((round) => round.cpu.gateway),
      subgraphs: of((round) => round.cpu.subgraphs),
      postgres: of((round) => round.cpu.postgres),
      total: of((round) => round.cpu.total),
    },
  };
}

/** The median of the ratios of rounds that ran next to each other: drift of the machine hits both. */
export function ratio(over: readonly Measurement[], under: readonly Measurement[], read: (round: Measurement) => number): number {
  return median(over.map((round, index) => read(round) / read(under[index] ?? round)));
}

/** Columns as wide as their widest cell; the first is to the left, the others to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return rows.map(line).join('\n');
}
