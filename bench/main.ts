import { parseArgs } from 'node:util';
import { CannotStart } from '../roles/cannotStart.ts';
import { stopSignal } from '../roles/stopSignal.ts';
import { measurePortal } from './portal.ts';

const help = `Measures Accord on this machine, over loopback, with an embedded database of its own.

usage: npm run bench -- portal [options]

  --scale S|M|L   the sample firm (default M; it is loaded once and kept under the temporary folder)
  --seconds N     length of one measurement (default 4)
  --rounds N      measurements per transport and number of connections (default 3)
  --json FILE     write the figures there as JSON too
  --help          show this help and stop

portal   The README's portal query: requests per second, CPU per request, latency and memory over both transports, side by side.
         bench/README.md says how it measures.`;

const options = {
  scale: { type: 'string', default: 'M' },
  seconds: { type: 'string', default: '4' },
  rounds: { type: 'string', default: '3' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

async function run(): Promise<void> {
  const { values, positionals } = read();
  if (values.help) return console.log(help);
  if (positionals.length !== 1 || positionals[0] !== 'portal') throw new CannotStart('Say what to measure: npm run bench -- portal. --help tells more.');
  if (process.platform !== 'linux') throw new CannotStart('The CPU of other processes is read from /proc: this runs on Linux only.');
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort(new CannotStart('Stopped before the end; nothing was measured to the end.')));
  const wish = {
    scale: scaleOf(values.scale),
    seconds: positive(values.seconds, 'seconds'),
    rounds: Math.ceil(positive(values.rounds, 'rounds')),
    json: values.json,
  };
  await measurePortal(wish, { say: (line) => console.error(line), out: (text) => console.log(text), signal: stop.signal });
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
