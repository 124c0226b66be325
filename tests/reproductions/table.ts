import type { Judged, Verdict } from './case.ts';

const verdicts: readonly Verdict[] = ['right', 'wrong', 'later', 'seen elsewhere'];

/** A line per case, and how many there are of each verdict. What is right needs its value once. */
export function tableOf(judged: readonly Judged[]): string {
  const width = Math.max(...judged.map(({ id }) => id.length));
  const lines = judged.map(({ id, verdict, what, right, actual }) => {
    const value = verdict === 'right' ? actual : `${actual}\n${' '.repeat(width + 2)}right: ${right}`;
    return `${id.padEnd(width)}  ${verdict.toUpperCase()}  ${what}\n${' '.repeat(width + 2)}${value}`;
  });
  const counts = verdicts.map((name) => `${judged.filter(({ verdict }) => verdict === name).length} ${name}`);
  return [...lines, `${judged.length} cases: ${counts.join(', ')}`].join('\n');
}
