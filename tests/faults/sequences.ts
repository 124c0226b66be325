import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { defaultRules } from '#processes/wiring.ts';
import { machine, table } from '../../bench/figures.ts';
import { prepareDatabase } from '../../roles/database/roles.ts';
import { startHasty, temporaryFolder } from '../support/embedded.ts';
import { flowWorld } from '../support/flowWorld.ts';
import { wholeNumber } from '../support/longRun.ts';
import { acceptedOf, runSequences, stageIn } from '../support/sequences/run.ts';

const help = `Does what a firm does in whatever order, and compares what comes of it with a pencil's.

usage: npm run faults -- sequences [options]

  --count N      sequences, each of some commands on a contract of its own (default 20000)
  --seed N       of the first one; the others have those that follow (default: by chance)
  --json FILE    write the figures there as JSON too
  --help         show this help and stop

Time, ledger, invoices, credits, payments, disputes, amendments and periods. After each command everything has its effects; then what is in the tables must be
what the pencil says. The books must balance and the log be whole after each batch. What fails is told with its seed and the fewest steps with which it still
does, and the exit code is 1.`;

const options = {
  count: { type: 'string', default: '20000' },
  seed: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Runs sequences on a database of their own; the exit code. */
export async function sequences(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const seed = wholeNumber({ seed: values.seed ?? String(randomInt(1, 2 ** 31)) }, 'seed', 2 ** 32);
  const count = wholeNumber(values, 'count', 1_000_000);
  console.error(`seed ${seed}`);
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryFolder());
  const server = await startHasty(path);
  stack.defer(() => server.stop());
  await prepareDatabase({ url: server.url, appUrl: server.appUrl, log: () => undefined });
  const sql = postgres(server.adminUrl, { max: 5, onnotice: () => undefined });
  const end = () => sql.end({ timeout: 1 });
  const world = stack.use(
    await flowWorld(defaultRules, { url: server.adminUrl, ownerUrl: server.url, appUrl: server.appUrl, sql, [Symbol.asyncDispose]: end }),
  );
  const begun = performance.now();
  const say = (line: string) => console.error(`${((performance.now() - begun) / 1000).toFixed(0)} s: ${line}`);
  const { commands, counts, failures } = await runSequences(await stageIn(world, count), { seed, count, say });
  const seconds = (performance.now() - begun) / 1000;
  const accepted = acceptedOf(counts);
  console.log(table([['command', 'accepted'], ...Object.entries(accepted).map(([name, times]) => [name, String(times)])]));
  const { cores, loadAverage } = machine();
  const pace = `${commands} commands in ${seconds.toFixed(1)} s, ${(commands / seconds).toFixed(0)} a second; ${cores} cores, load average ${loadAverage.join(', ')}`;
  console.log(`seed ${seed}: ${count} sequences, ${pace}`);
  if (values.json) await writeFile(values.json, `${JSON.stringify({ seed, count, commands, seconds, accepted, failures }, undefined, 2)}\n`);
  for (const failure of failures) console.log(`\n${failure}`);
  if (failures.length === 0) console.log('Ledger, papers, books and time agree with the pencil, the books balance, and the log is whole.');
  return failures.length === 0 ? 0 : 1;
}
