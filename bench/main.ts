import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CannotStart } from '../roles/cannotStart.ts';
import { stopSignal } from '../roles/stopSignal.ts';
import { measureBilling } from './billing.ts';
import { measureBurst } from './burst.ts';
import { measureCache } from './cache.ts';
import { compareWith, subjects } from './compare.ts';
import { measureConsumers } from './consumers.ts';
import { measureEvents } from './events.ts';
import { measureGrowth } from './growth.ts';
import { measureOverload } from './overload.ts';
import { measurePeers } from './peers.ts';
import { type PeerName, peerNames } from './peersWorld.ts';
import { measurePortal } from './portal.ts';
import { questionNames } from './questions.ts';
import { measureStart, roleNames } from './start.ts';

const help = `Measures Accord on this machine, over loopback, with embedded databases of its own.

usage: npm run bench -- portal|cache|peers|growth|start|events|overload|billing|burst|consumers [options]
       npm run bench -- compare --base REVISION [options]

  --scale S|M|L     the sample firm (default M; it is loaded once and kept under the temporary folder)
  --seconds N       length of one measurement (default 4)
  --rounds N        measurements of each thing (default 3)
  --sizes N,N       growth, billing: time entries of the firms that they fill (default 10000,100000)
  --timesheets N    burst: how many are approved at once (default 10000)
  --times N         overload: how many times the load that can be carried (default 10)
  --rates N,N       events: events a second (default 100,1000,5000)
  --subscribers N,N events: how many listen (default 1,100,5000)
  --json FILE       write the figures there as JSON too
  --base REVISION   compare: the revision to measure against, in a worktree of its own
  --only A,B        compare: only these of ${subjects.join(', ')};
                    peers: only these of ${Object.keys(peerNames).join(', ')};
                    start: only these of ${roleNames.join(', ')}
  --questions A,B   peers: only these of ${questionNames.join(', ')}
  --connections N,N peers: how many ask at once (default 1,16,64; other questions than the portal's at 16 of them)
  --tock FOLDER     compare: the Tock data to import
  --help            show this help and stop

portal   The README's portal query: requests per second, CPU per request, latency and memory over both transports, side by side.
cache    The same in process, made anew each time against kept until something is written.
peers    Accord and the servers that people would take instead, on the same rows: the same questions in turns, and each gateway alone with kept answers behind it.
growth   Drafts, trial balance, summaries, counts and limits of firms of growing size: latency and peak memory per size.
compare  Another revision and the present tree in turns: start time, Tock import, the portal query over both transports, mutations, the sequencer; and their ratios.
start    Each role from the start of its process until it is ready, its memory at rest, and its first answer beside its second.
events   From the commit to the subscriber, by rate and number of subscribers; memory of idle ones; all of them cut off and back at once.
overload Many times the load that can be carried: what is shed, the memory that it takes, and what a client who behaves feels.
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
  connections: { type: 'string', default: '1,16,64' },
  questions: { type: 'string' },
  times: { type: 'string', default: '10' },
  rates: { type: 'string', default: '100,1000,5000' },
  subscribers: { type: 'string', default: '1,100,5000' },
  json: { type: 'string' },
  base: { type: 'string' },
  only: { type: 'string' },
  tock: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof read>['values'];
type Terminal = Parameters<typeof measurePortal>[1];

const wishOf = (values: Values) => ({
  scale: scaleOf(values.scale),
  seconds: positive(values.seconds, 'seconds'),
  rounds: Math.ceil(positive(values.rounds, 'rounds')),
  json: values.json,
});

/** What can be measured. */
const measures: Readonly<Record<string, (values: Values, terminal: Terminal) => Promise<void>>> = {
  portal: (values, terminal) => measurePortal(wishOf(values), terminal),
  cache: (values, terminal) => measureCache(wishOf(values), terminal),
  peers: (values, terminal) => measurePeers({ ...wishOf(values), ...peersOf(values) }, terminal),
  growth: ({ sizes, json, ...values }, terminal) => {
    const rounds = Math.max(9, wishOf({ ...values, sizes }).rounds);
    return measureGrowth({ sizes: sizesOf(sizes), rounds, json }, terminal);
  },
  billing: ({ sizes, json }, terminal) => measureBilling({ sizes: sizesOf(sizes), json }, terminal),
  burst: ({ timesheets, json }, terminal) => measureBurst({ timesheets: countOf(timesheets, 'timesheets', [10, 100_000]), json }, terminal),
  start: (values, terminal) => measureStart({ ...wishOf(values), only: chosen(values.only, roleNames, 'started') }, terminal),
  overload: ({ times, ...values }, terminal) => measureOverload({ ...wishOf({ ...values, times }), times: positive(times, 'times') }, terminal),
  events: ({ rates, subscribers, ...values }, terminal) => {
    const { seconds, json } = wishOf({ ...values, rates, subscribers });
    return measureEvents(
      { seconds, json, rates: countsOf(rates, 'rates', [1, 20_000]), subscribers: countsOf(subscribers, 'subscribers', [1, 10_000]) },
      terminal,
    );
  },
  consumers: (values, terminal) => measureConsumers(wishOf(values), terminal),
  compare: ({ base, only, tock, ...values }, terminal) => {
    if (!base) throw new CannotStart('Say what to compare with: --base REVISION, a commit, a tag or a branch.');
    return compareWith({ ...wishOf(values), base, only: chosen(only, subjects, 'compared'), tock: tock && resolve(tock) }, terminal);
  },
};

async function run(): Promise<void> {
  const { values, positionals } = read();
  if (values.help) return console.log(help);
  const [what = '', ...more] = positionals;
  const measureIt = Object.hasOwn(measures, what) ? measures[what] : undefined;
  if (!measureIt || more.length > 0) throw new CannotStart(`Say what to measure: npm run bench -- ${Object.keys(measures).join(', ')}. --help tells more.`);
  if (process.platform !== 'linux') throw new CannotStart('The CPU of other processes is read from /proc: this runs on Linux only.');
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort(new CannotStart('Stopped before the end; nothing was measured to the end.')));
  await measureIt(values, { say: (line) => console.error(line), out: (text) => console.log(text), signal: stop.signal });
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

function countOf(text: string, name: string, [least, most]: readonly [number, number]): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw new CannotStart(`--${name} takes a whole number from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}.`);
}

const countsOf = (text: string, name: string, bounds: readonly [number, number]) => text.split(',').map((each) => countOf(each, name, bounds));

/** Those of the words that were chosen, in their own order; all where nothing was said. */
function chosen<Word extends string>(text: string | undefined, words: readonly Word[], done: string): readonly Word[] {
  if (text === undefined) return words;
  const named = text.split(',');
  const strange = named.find((name) => !words.some((each) => each === name));
  if (strange !== undefined) throw new CannotStart(`${strange} is nothing that is ${done}; use ${words.join(', ')}.`);
  return words.filter((each) => named.includes(each));
}

function peersOf({ only, questions, connections }: Values) {
  return {
    only: chosen(only, Object.keys(peerNames) as PeerName[], 'measured'),
    questions: chosen(questions, questionNames, 'asked'),
    connections: countsOf(connections, 'connections', [1, 256]),
  };
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
