import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { table } from '../../bench/figures.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import { stopSignal } from '../../roles/stopSignal.ts';
import { endWith, wholeNumber } from '../support/longRun.ts';
import { killRun, type Target, targets } from './killRun.ts';
import { pairRun } from './pairRun.ts';
import { faultsOf, rowsOf } from './report.ts';
import type { Outcome } from './stage.ts';

const help = `Kills processes of Accord under load, and says what that cost.

usage: npm run kills -- [options]

  --kills N      kills at most (default 60)
  --seconds N    and seconds at most (default 600)
  --seed N       which ones, by chance (default 1)
  --only A,B     only these of ${targets.join(', ')}
  --pair         instead: two workers share the work, and one of them is killed each second, ready or not (--seconds, default 60)
  --timesheets N with --pair: timesheets that are approved meanwhile, at most (default 2000)
  --json FILE    write the figures there as JSON too
  --help         show this help and stop

The services of docker-compose.yml run as processes on an embedded database in a temporary folder. Writers and a subscriber use them all the time; one process
after the other gets kill -9, is started again, and is recovered when its clients have what they asked for after the kill. At the end everything that was
acknowledged must be there once, the log be whole, and the books balance; else the exit code is 1.`;

const options = {
  kills: { type: 'string', default: '60' },
  seconds: { type: 'string' },
  pair: { type: 'boolean', default: false },
  timesheets: { type: 'string', default: '2000' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string', default: targets.join(',') },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

async function run(): Promise<number> {
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort(new CannotStart('Stopped.')));
  const wish = {
    seconds: wholeNumber({ seconds: values.seconds ?? (values.pair ? '60' : '600') }, 'seconds'),
    seed: wholeNumber(values, 'seed'),
    ...(values.pair ? { timesheets: wholeNumber(values, 'timesheets') } : { kills: wholeNumber(values, 'kills'), only: targetsOf(values.only) }),
  };
  const staging = { say: (line: string) => console.error(line), signal: stop.signal };
  const outcome = await ('timesheets' in wish ? pairRun({ ...wish, ...staging }) : killRun({ ...wish, ...staging }));
  console.log(table(rowsOf(outcome)));
  console.log(
    `${outcome.acknowledged} acknowledged; ${cpus().length} cores, load average ${loadavg()
      .map((each) => each.toFixed(1))
      .join(', ')}`,
  );
  if (values.json) await writeFile(values.json, `${JSON.stringify({ ...wish, ...outcome }, undefined, 2)}\n`);
  return verdict(outcome);
}

function targetsOf(text: string): Target[] {
  const named = text.split(',');
  const strange = named.find((name) => !targets.some((each) => each === name));
  if (strange !== undefined) throw new CannotStart(`${strange} is nothing that is killed; use ${targets.join(', ')}.`);
  return targets.filter((each) => named.includes(each));
}

function verdict(outcome: Outcome): number {
  const faults = faultsOf(outcome);
  for (const fault of faults) console.log(fault);
  if (faults.length === 0) console.log('Nothing lost, nothing doubled; the log is whole, the books balance, and no process ended by itself.');
  return faults.length === 0 ? 0 : 1;
}

await endWith(run);
