import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { machine, percentile, table } from '../../bench/figures.ts';
import { CannotStart } from '../../roles/cannotStart.ts';
import { failpoints } from '../../roles/failpoints.ts';
import { seconds } from '../kills/report.ts';
import { startHasty, temporaryFolder } from '../support/embedded.ts';
import { differences, type PointKill, type Told, tellUnderKills } from '../support/killMatrix.ts';
import { endWith, wholeNumber } from '../support/longRun.ts';
import { choices } from '../support/seeds.ts';
import { sequences } from './sequences.ts';

const help = `Kills the program at every named point between steps, and says what that cost.

usage: npm run faults -- [options]
       npm run faults -- sequences [options]   nobody dies: commands in whatever order, against a pencil

  --kills N      tells the story until the program has died N times (default 1000)
  --tellings N   and so often at most (default 12)
  --beside N     so many tellings at a time, each with a database of its own (default 1)
  --only TEXT    only at points whose name has this in it, such as consumer/ or postInvoice
  --seed N       at which visit of a point it dies, by chance, from the second telling on (default 1)
  --json FILE    write the figures there as JSON too, after each telling
  --help         show this help and stop

The points are those of "node main.ts failpoints". One client tells a firm's quarter through the graph, sends each call until it is answered, and waits for all
effects between the chapters. What is there at the end must be what is there when nobody dies, the log whole and the books balanced; else the exit code is 1.`;

const options = {
  kills: { type: 'string', default: '1000' },
  tellings: { type: 'string', default: '12' },
  beside: { type: 'string', default: '1' },
  only: { type: 'string', default: '' },
  seed: { type: 'string', default: '1' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const settings = { fsync: 'off', full_page_writes: 'off', max_connections: 200 };

/** One telling on a database of its own. */
async function tell(deaths: ReadonlyMap<string, number>, say: (line: string) => void): Promise<Told> {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const database = await startHasty(path, { settings });
  stack.defer(() => database.stop());
  const sql = postgres(database.adminUrl, { max: 2, onnotice: () => undefined });
  stack.defer(() => sql.end({ timeout: 1 }));
  // Awaited here: the database ends with this function.
  return await tellUnderKills({ databaseUrl: database.url, sql, deaths: [...deaths], say });
}

async function run(): Promise<number> {
  const [what, ...rest] = process.argv.slice(2);
  if (what === 'sequences') return await sequences(rest);
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [most, tellings] = [wholeNumber(values, 'kills'), wholeNumber(values, 'tellings')];
  const [beside, seed] = [wholeNumber(values, 'beside'), wholeNumber(values, 'seed')];
  const points = failpoints().filter((point) => point.includes(values.only));
  if (points.length === 0) throw new CannotStart(`No point has ${values.only} in its name; "node main.ts failpoints" lists them.`);
  const { below } = choices(seed);
  console.error('telling it once while nobody dies');
  const expected = await tell(new Map(), () => undefined);
  const faults = faultsOf('nobody dies', expected, expected);
  const kills: PointKill[] = [];
  const reached = new Set<string>();
  const write = async () => {
    const unreached = points.filter((point) => !reached.has(point));
    if (values.json) await writeFile(values.json, `${JSON.stringify({ seed, kills, faults, unreached }, undefined, 2)}\n`);
  };
  let next = 1;
  // The first telling takes longest: nobody waits for it before the next is begun.
  const lane = async () => {
    while (next <= tellings && kills.length < most) {
      const telling = next;
      next += 1;
      // First at the first visit, which every point that the story comes to has; later at any of the first four.
      const deaths = new Map(points.map((point) => [point, telling === 1 ? 1 : 1 + below(4)] as const));
      console.error(`telling ${telling}: ${deaths.size} points, ${most - kills.length} deaths to go`);
      const told = await tell(deaths, (line) => console.error(`  ${telling}: ${line}`));
      kills.push(...told.kills);
      for (const { point } of told.kills) reached.add(point);
      faults.push(...faultsOf(`telling ${telling}`, told, expected));
      await write();
    }
  };
  await Promise.all(Array.from({ length: beside }, lane));
  console.log(table(rowsOf(points, kills)));
  const { cores, loadAverage } = machine();
  console.log(`${kills.length} deaths at ${reached.size} of ${points.length} points; ${cores} cores, load average ${loadAverage.join(', ')}`);
  for (const fault of faults) console.log(fault);
  if (faults.length === 0) console.log('Nothing lost, nothing doubled; the log is whole, the books balance, and no process ended by itself.');
  return faults.length === 0 ? 0 : 1;
}

function faultsOf(when: string, { figures, broken, endedThemselves }: Told, expected: Told): string[] {
  return [
    ...differences(figures, expected.figures).map((each) => `${when}: ${each}`),
    ...Object.entries(broken).map(([rule, rows]) => `${when}: broken: ${rule} (${rows} rows)`),
    ...endedThemselves.map((output) => `${when}: it ended by itself: ${output.slice(-2000)}`),
  ];
}

/** A line per kind of point, and one of all. */
function rowsOf(points: readonly string[], kills: readonly PointKill[]): string[][] {
  const kindOf = (point: string) => point.split('/')[0] ?? '';
  const line = (name: string, all: readonly string[], own: readonly PointKill[]) => [
    name,
    String(all.length),
    String(new Set(own.map(({ point }) => point)).size),
    String(own.length),
    ...(['started', 'recovered'] as const).flatMap((what) =>
      [50, 99].map((part) =>
        seconds(
          percentile(
            own.map((kill) => kill[what]),
            part,
          ),
        ),
      ),
    ),
  ];
  const kinds = [...new Set(points.map(kindOf))];
  return [
    ['points of', 'there are', 'died at', 'deaths', 'serves p50', 'p99', 'answers p50', 'p99'],
    ...kinds.map((kind) =>
      line(
        kind,
        points.filter((point) => kindOf(point) === kind),
        kills.filter(({ point }) => kindOf(point) === kind),
      ),
    ),
    line('all', points, kills),
  ];
}

await endWith(run);
