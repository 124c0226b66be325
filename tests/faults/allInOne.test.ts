import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { recall } from '../../roles/database/cluster.ts';
import { serversOn } from '../../roles/database/orphan.ts';
import { isRunning } from '../../roles/database/pids.ts';
import { openDevelopmentIssuer } from '../../roles/tokens.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { followApprovals } from '../support/follower.ts';
import { graphAt, headOf } from '../support/graph.ts';
import { checkHistory } from '../support/history.ts';
import { freePort, runProgram, untilTrue } from '../support/program.ts';
import { isSettled } from '../support/settle.ts';
import { tockFolder } from '../support/tock.ts';
import { tockSlice } from '../support/tockSlice.ts';
import { tockTotals } from '../support/tockTotals.ts';

const there = existsSync(tockFolder);
describe.skipIf(!there)(`an import into one process${there ? '' : ' (skipped: ../shared/data/tock is not there)'}`, () => {
  test('completes, though PostgreSQL is killed, and then everything at once', async () => {
    await using folder = await temporaryFolder();
    await using slice = await tockSlice(tockFolder, 1500);
    const port = await freePort();
    const start = async () => {
      const program = runProgram(['start', '--data', folder.path, '--port', String(port), '--empty', '--log-level', 'fatal']);
      await program.said(/Ctrl-C stops everything/);
      return program;
    };
    await using first = await start();
    const url = `http://127.0.0.1:${port}/graphql`;
    const issuer = await openDevelopmentIssuer({ dataFolder: folder.path, production: false });
    const graph = graphAt({ url, token: issuer.token });
    await using follower = followApprovals(graph, await headOf(graph));
    const query = 'query { timeEntries(first: 0, filter: { statuses: [APPROVED] }) { totalCount } }';
    const approved = (n: number) =>
      untilTrue(`${n} entries are approved`, async () => ((await graph.ask(query).catch(() => undefined))?.data?.timeEntries.totalCount ?? 0) >= n);

    const json = join(folder.path, 'report.json');
    await using run = runProgram(['import', 'tock', slice.path, '--url', url, '--data', folder.path, '--json', json]);
    await approved(500);
    const postmaster = Number(/PostgreSQL ready on .* \(pid (\d+)\)/.exec(first.output())?.[1]);
    process.kill(postmaster, 'SIGKILL');
    await first.said(/PostgreSQL ended unexpectedly; starting it again\n(.*\n)*? {2}PostgreSQL ready/);
    await approved(1500);
    await first.kill('SIGKILL');
    await using second = await start();
    expect([await run.ended, run.output()]).toEqual([0, expect.stringContaining('Done in')]);
    expect(JSON.parse(await readFile(json, 'utf8'))).toEqual(await tockTotals(slice.path));
    expect(await graph.ok('{ approvedNotPostedSummary { pending { entries } } }')).toEqual({ approvedNotPostedSummary: { pending: { entries: 0 } } });

    const remembered = await recall(folder.path);
    const sql = postgres(`postgres://accord:${remembered?.password}@127.0.0.1:${remembered?.port}/accord`, { max: 1, onnotice: () => undefined });
    await untilTrue('all facts have had their effects', () => isSettled(sql));
    await checkHistory(sql);
    const facts =
      await sql`select position, jsonb_array_length(payload -> 'entryIds') as entries from log.fact where type = 'TimesheetApproved' order by position`;
    await sql.end();
    const howFar = () => `the subscriber has caught up: ${follower.seen.length} of ${facts.length}, ${follower.doing()}`;
    await untilTrue(howFar, () => follower.seen.length >= facts.length);
    await follower.stop();
    expect(follower.seen).toEqual(facts.map(({ position, entries }) => ({ position: Number(position), entries: Number(entries) })));

    expect(await second.kill('SIGINT')).toBe(0);
    expect(serversOn(join(folder.path, 'postgres'))).toEqual([]);
    expect(isRunning(postmaster)).toBe(false);
  });
});
