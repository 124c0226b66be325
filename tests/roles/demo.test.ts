import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/embedded.ts';
import { freePort, runProgram } from '../support/program.ts';

const ready = /Accord is ready at (\S+)/;
/** What a telling says, without its last sentence: the names and ids to look at. */
const shown = (text: string): string[] => [...text.matchAll(/^ {10}(\S.*)$/gm)].map(([, line = '']) => line);
const steps = (text: string, how: 'done' | 'stands') => [...text.matchAll(new RegExp(`^  ${how} +(.*)$`, 'gm'))].length;

test('the journeys are told against a running start; broken off and told again they go on; told once more, all stands already', async () => {
  await using folder = await temporaryFolder();
  // A system outside has to set projects up: the story answers for it.
  await using start = runProgram(['start', '--data', folder.path, '--port', String(await freePort()), '--provisioning', 'dms']);
  const [, url = ''] = await start.said(ready);
  const tell = async () => {
    const program = runProgram(['demo', 'journeys', '--data', folder.path]);
    expect(await program.ended, program.output()).toBe(0);
    return program.stdout();
  };
  const broken = runProgram(['demo', 'journeys', '--data', folder.path]);
  await broken.said(/^ {2}done +It is won\.$/m);
  await broken.kill();
  const first = await tell();
  expect(steps(first, 'stands')).toBeGreaterThanOrEqual(7);
  for (const journey of ['Opportunity to project', 'Employee to assignment', 'Approved time to billing', 'Invoice to cash', 'A contract amendment', 'Closing'])
    expect(first).toMatch(new RegExp(`^\\d\\. ${journey}$`, 'm'));
  expect(first).toContain('PAID, 0.00 EUR open');
  expect(first).toMatch(/fiscal period 2025-03 \S+, CLOSED/);
  expect(first).toMatch(/^\d+ steps made in /m);
  const second = await tell();
  expect([steps(second, 'done'), steps(second, 'stands')]).toEqual([0, steps(first, 'done') + steps(first, 'stands')]);
  expect(second).toContain('Nothing was made: all of it stood already');
  const ids = (text: string) => shown(text).flatMap((line) => line.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []);
  expect(ids(second)).toEqual(ids(first));

  // Whoever names address and tokens needs no data folder; who alone hands in and accepts is told so.
  const strange = runProgram(['demo', 'journeys', '--url', url, '--token', 'nobody']);
  expect(await strange.ended).toBe(1);
  expect(strange.output()).toMatch(/UNAUTHENTICATED|token/i);
});

test('says what it is for, and what it needs', async () => {
  const help = runProgram(['demo', '--help']);
  expect(await help.ended).toBe(0);
  expect(help.output()).toContain('node main.ts demo journeys [options]');
  const silent = runProgram(['demo']);
  expect(await silent.ended).toBe(1);
  expect(silent.output()).toContain('Say what to show: demo journeys.');
});
