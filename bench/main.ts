import { parseArgs } from 'node:util';
import { CannotStart } from '../roles/cannotStart.ts';
import { stopSignal } from '../roles/stopSignal.ts';
import { measureGrowth } from './growth.ts';
import { measurePortal } from './portal.ts';

const help = `Measures Accord on this machine, over loopback, with an embedded database of its own.

usage: npm run bench -- portal|growth [options]

  --scale S|M|L   the sample firm (default M; it is loaded once and kept under the temporary folder)
  --seconds N     length of one measurement (default 4)
  --rounds N      measurements per transport and number of connections (default 3)
  --sizes N,N     time entries of the firms that growth fills (default 10000,100000)
  --json FILE     write the figures there as JSON too
  --help          show this help and stop

portal   The README's portal query: requests per second, CPU per request, latency and memory over both transports, side by side.
growth   Drafts, trial balance, summaries, counts and limits of firms of growing size: latency and peak memory per size.
         bench/README.md says how they measure.`;

const options = {
  scale: { type: 'string', default: 'M' },
  seconds: { type: 'string', default: '4' },
  rounds: { type: 'string', default: '3' },
  sizes: { type: 'string', default: '10000,100000' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

async function run(): Promise<void> {
  const { values, positionals } = read();
  if (values.help) return console.log(help);
  const [what] = positionals;
  if (positionals.length !== 1 || (what !== 'portal' && what !== 'growth')) {
    throw new CannotStart('Say what to measure: npm run bench -- portal, or growth. --help tells more.');
  }
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
  if (what === 'portal') await measurePortal(wish, terminal);
  else await measureGrowth({ sizes: sizesOf(values.sizes), rounds: Math.max(9, wish.rounds), json: values.json }, terminal);
}

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
