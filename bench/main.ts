import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CannotStart } from '../roles/cannotStart.ts';
import { stopSignal } from '../roles/stopSignal.ts';
import { measureBilling } from './billing.ts';
import { measureBurst } from './burst.ts';
import { compareWith, type Subject, subjects } from './compare.ts';
import { measureConsumers } from './consumers.ts';
import { measureGrowth } from './growth.ts';
import { measurePortal } from './portal.ts';

const help = `Measures Accord on this machine, over loopback, with embedded databases of its own.

usage: npm run bench -- portal|growth|billing|burst|consumers [options]
       npm run bench -- compare --base REVISION [options]

  --scale S|M|L     the sample firm (default M; it is loaded once and kept under the temporary folder)
  --seconds N       length of one measurement (default 4)
  --rounds N        measurements of each thing (default 3)
  --sizes N,N       growth, billing: time entries of the firms that they fill (default 10000,100000)
  --timesheets N    burst: how many are approved at once (default 10000)
  --json FILE       write the figures there as JSON too
  --base REVISION   compare: the revision to measure against, in a worktree of its own
  --only A,B        compare: only these of ${subjects.join(', ')}
  --tock FOLDER     compare: the Tock data to import
  --help            show this help and stop

portal   The README's portal query: requests per second, CPU per request, latency and memory over both transports, side by side.
growth   Drafts, trial balance, summaries, counts and limits of firms of growing size: latency and peak memory per size.
compare  Another revision and the present tree in turns: start time, Tock import, the portal query over both transports, mutations, the sequencer; and their ratios.
billing  Drafts, validates and posts all that is ready in firms of growing size: CPU per line and peak memory, side by side.
burst    Approves many timesheets at once: how fast they become actuals, how long each takes, and what people meanwhile feel of it.
consumers  Facts per second that four workers on one consumer handle, against one.
         bench/README.md says how they measure.`;

const options = {
  scale: { type: 'string', default: 'M' },
  seconds: { type: 'string', default: '4' },
  rounds: { type: 'string', default: '3' },
  sizes: { type: 'string', default: '10000,100000' },
  timesheets: { type: 'string', default: '10000' },
  json: { type: 'string' },
  base: { type: 'string' },
  only: { type: 'string' },
  tock: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

async function run(): Promise<void> {
  const { values, positionals } = read();
  if (values.help) return console.log(help);
  const [what, ...more] = positionals;
  if (!isMeasurable(what) || more.length > 0) throw new CannotStart(`Say what to measure: npm run bench -- ${measurable.join(', ')}. --help tells more.`);
  if (process.platform !== 'linux') throw new CannotStart('The CPU of other processes is read from /proc: this runs on Linux only.');
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort(new CannotStart('Stopped before the end; nothing was measured to the end.')));
  const wish = {
    scale: scaleOf(values.scale),
    seconds: positive(values.seconds, 'seconds'),
    rounds: Math.ceil(positive(values.rounds, 'rounds')),
    json: values.json,
  };
  const terminal = { say: (line: string) => console.error(line), out: (text: string) => console.log(text), signal: stop.signal };
  if (what === 'portal') return measurePortal(wish, terminal);
  if (what === 'consumers') return measureConsumers(wish, terminal);
  if (what === 'billing') return measureBilling({ sizes: sizesOf(values.sizes), json: values.json }, terminal);
  if (what === 'burst') return measureBurst({ timesheets: timesheetsOf(values.timesheets), json: values.json }, terminal);
  if (what === 'growth') return measureGrowth({ sizes: sizesOf(values.sizes), rounds: Math.max(9, wish.rounds), json: values.json }, terminal);
  if (!values.base) throw new CannotStart('Say what to compare with: --base REVISION, a commit, a tag or a branch.');
  await compareWith({ ...wish, base: values.base, only: subjectsOf(values.only), tock: values.tock && resolve(values.tock) }, terminal);
}

const measurable = ['portal', 'growth', 'billing', 'burst', 'consumers', 'compare'] as const;
const isMeasurable = (what: string | undefined): what is (typeof measurable)[number] => measurable.some((each) => each === what);

function read() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new CannotStart(`${error instanceof Error ? error.message : String(error)} --help tells more.`);
  }
}

function scaleOf(text: string): 'S' | 'M' | 'L' {
  if (text === 'S' || text === 'M' || text === 'L') return text;
  throw new CannotStart(`${text} is no scale; use S, M or L.`);
}

function sizesOf(text: string): number[] {
  const sizes = text.split(',').map(Number);
  if (sizes.some((size) => !(Number.isInteger(size) && size >= 1_200 && size <= 10_000_000))) {
    throw new CannotStart('--sizes takes whole numbers from 1,200 to 10,000,000, divided by commas.');
  }
  return sizes;
}

function timesheetsOf(text: string): number {
  const count = Number(text);
  if (!(Number.isInteger(count) && count >= 10 && count <= 100_000)) throw new CannotStart('--timesheets takes a whole number from 10 to 100,000.');
  return count;
}

function subjectsOf(text: string | undefined): readonly Subject[] {
  if (text === undefined) return subjects;
  const named = text.split(',');
  const strange = named.find((name) => !subjects.some((each) => each === name));
  if (strange !== undefined) throw new CannotStart(`${strange} is nothing that is compared; use ${subjects.join(', ')}.`);
  return subjects.filter((each) => named.includes(each));
}

function positive(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 600)) throw new CannotStart(`--${name} must be a number above 0, and at most 600.`);
  return value;
}

try {
  await run();
  process.exit(0);
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  console.error(error.message);
  process.exit(1);
}
