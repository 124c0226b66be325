import { expect, test } from 'vitest';
import { createProgress, type ProgressOutput } from '#connectors/tock/progress.ts';

function paper(isTTY: boolean, columns?: number): ProgressOutput & { text: () => string } {
  const written: string[] = [];
  return { isTTY, columns, write: (text) => written.push(text), text: () => written.join('') };
}

test('where no terminal is, a phase gets a plain line for each quarter, and nothing is drawn over', () => {
  const output = paper(false);
  const progress = createProgress(output);
  progress.begin('lines', 2_000);
  for (let step = 0; step < 200; step += 1) progress.add(10);
  progress.say('Trying again');
  progress.end();
  expect(output.text()).toBe('lines 500 of 2,000\nlines 1,000 of 2,000\nlines 1,500 of 2,000\nlines 2,000 of 2,000\nTrying again\n');
});

test('a terminal gets a bar that moves on one line', () => {
  const output = paper(true, 80);
  const progress = createProgress(output);
  progress.begin('lines', 10);
  progress.add(5);
  progress.end();
  const frames = output
    .text()
    .split('\r\u001b[2K')
    .filter((frame) => frame !== '');
  expect(frames).toEqual([`[${'.'.repeat(30)}] lines 0 of 10`, `[${'#'.repeat(15)}${'.'.repeat(15)}] lines 5 of 10`]);
  expect(output.text()).not.toContain('\n');
});

test('what is said stands above the bar, and the bar comes back', () => {
  const output = paper(true, 80);
  const progress = createProgress(output);
  progress.begin('lines', 1);
  progress.say('Trying again');
  const bar = `[${'.'.repeat(30)}] lines 0 of 1`;
  expect(output.text().split('\r\u001b[2K')).toEqual(['', bar, 'Trying again\n', bar]);
});

test('a narrow terminal cuts the bar instead of breaking it, and a bar never overflows', () => {
  const output = paper(true, 20);
  const progress = createProgress(output);
  progress.begin('lines', 2);
  progress.add(5);
  expect(output.text().split('\r\u001b[2K').at(-1)).toBe(`[${'#'.repeat(18)}`);
});
