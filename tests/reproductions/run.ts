import { openDevelopmentIssuer } from '../../roles/tokens.ts';
import { temporaryFolder } from '../support/embedded.ts';
import { graphAt } from '../support/graph.ts';
import { freePort, runProgram } from '../support/program.ts';
import { type Case, type Judged, judge } from './case.ts';
import { federationCases } from './federation.ts';
import { integrationCases } from './integration.ts';
import { moneyCases } from './money.ts';
import { securityCases } from './security.ts';
import { timeCases } from './time.ts';

export const cases: readonly Case[] = [...timeCases, ...moneyCases, ...federationCases, ...integrationCases, ...securityCases];

/** How many are told at once: each has a firm of its own. */
const atOnce = 4;

/** Starts Accord anew, on an embedded database in a temporary folder and a free port, and tells the cases to it by HTTP and WebSocket. */
export async function runCases(some: readonly Case[], say: (line: string) => void = () => undefined): Promise<Judged[]> {
  await using folder = await temporaryFolder();
  const port = await freePort();
  await using program = runProgram(['start', '--data', folder.path, '--port', String(port), '--empty', '--log-level', 'error']);
  await program.said(/Ctrl-C stops everything/);
  const issuer = await openDevelopmentIssuer({ dataFolder: folder.path, production: false });
  const place = { graph: graphAt({ url: `http://127.0.0.1:${port}/graphql`, token: issuer.token }), program };
  const judged = new Map<Case, Judged>();
  const waiting = [...some];
  const tell = async () => {
    for (let each = waiting.shift(); each; each = waiting.shift()) {
      const result = await judge(each, place);
      judged.set(each, result);
      say(`${result.id} ${result.verdict}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, tell));
  await program.kill('SIGINT');
  return some.flatMap((each) => judged.get(each) ?? []);
}
