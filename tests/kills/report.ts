import { percentile } from '../../bench/figures.ts';
import type { Kill, Outcome } from './stage.ts';

/** A line per target, and one of all: how many kills, and how long until it served again and until its clients were content. */
export function rowsOf({ kills, lost, doubled }: Pick<Outcome, 'kills' | 'lost' | 'doubled'>): string[][] {
  const names = [...new Set(kills.map(({ target }) => target))].sort();
  const line = (name: string, some: readonly Kill[], of: (list: readonly string[]) => number) => [
    name,
    String(some.length),
    String(of(lost)),
    String(of(doubled)),
    ...(['started', 'recovered'] as const).flatMap((what) =>
      [50, 99].map((part) =>
        seconds(
          percentile(
            some.map((kill) => kill[what]),
            part,
          ),
        ),
      ),
    ),
  ];
  return [
    ['killed', 'times', 'lost', 'doubled', 'serves p50', 'p99', 'content p50', 'p99'],
    ...names.map((name) =>
      line(
        name,
        kills.filter(({ target }) => target === name),
        (list) => list.filter((each) => each.startsWith(name)).length,
      ),
    ),
    line('all', kills, (list) => list.length),
  ];
}

/** What must not be, in sentences. */
export function faultsOf(outcome: Outcome): string[] {
  const { lost, doubled, refused, endedThemselves, missed, repeated, broken } = outcome;
  const some = (what: string, list: readonly string[]) =>
    list.length > 0 ? [`${what}: ${list.slice(0, 10).join('; ')}${list.length > 10 ? ` and ${list.length - 10} more` : ''}`] : [];
  return [
    ...some('lost', lost),
    ...some('doubled', doubled),
    ...some('refused for good', refused),
    ...some('ended by themselves', endedThemselves),
    ...(missed + repeated > 0 ? [`the subscriber missed ${missed} events and saw ${repeated} again`] : []),
    ...Object.entries(broken).map(([rule, rows]) => `broken: ${rule} (${rows} rows)`),
  ];
}

export const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
