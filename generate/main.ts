import { asyncApi } from './asyncapi.ts';
import { breakingChanges } from './breaking.ts';
import { factsIn } from './catalogues.ts';
import { clientEvents } from './clientEvents.ts';
import { contractSchemas, wholeSchema } from './contracts.ts';
import { docs } from './docs.ts';
import { eventSdl } from './events.ts';
import { generateMigrations, pendingStatements } from './migrations.ts';
import { subgraphNames } from './names.ts';
import { differing, write } from './output.ts';
import { reads } from './reads.ts';
import { resolverTypes } from './resolverTypes.ts';
import { stubSdl } from './stubs.ts';
import { supergraph } from './supergraph.ts';

const usage = `usage: npm run generate [-- types [SUBGRAPH ...] | --check]

Writes what follows from the sources: event SDL, stubs, resolver types, supergraph, contracts, events of the client, AsyncAPI document, docs, and a migration when the tables changed.
  types    only the resolver types, of all subgraphs or of these; the type checker alone reads them, so they are not committed
  --check  write nothing; exit 1 when something would change or the API broke`;

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const asked = process.argv.slice(2);
const named = subgraphNames.filter((name) => asked.includes(name));

if (asked.includes('--help')) console.log(usage);
else if (asked.includes('types')) await write(root, await differing(root, await resolverTypes(root, named.length > 0 ? named : subgraphNames)));
else process.exitCode = await all(asked.includes('--check'));

async function all(check: boolean): Promise<number> {
  // Everything else is read from the SDL, so that the events come first, and then the stubs of what they name.
  const events = await differing(root, [await eventSdl(root)]);
  if (!check) await write(root, events);
  const stubs = await differing(root, await stubSdl(root));
  if (!check) await write(root, stubs);
  if (!check) await write(root, await differing(root, await resolverTypes(root)));
  const composed = await supergraph(root);
  const api = wholeSchema(composed.content);
  const contracts = contractSchemas(composed.content, api);
  const others = [composed, await reads(root), ...contracts, clientEvents(api, contracts), asyncApi(await factsIn(root)), ...(await docs(root))];
  const changed = [...events, ...stubs, ...(await differing(root, others))];
  const faults: string[] = [];
  if (check) {
    faults.push(
      ...changed.map(({ path }) => `${path} is not what its sources say`),
      ...(await pendingStatements(root)).map((statement) => `the tables need a migration: ${statement}`),
    );
  } else {
    await write(root, changed);
    const migration = await generateMigrations(root);
    for (const path of [...changed.map((output) => output.path), ...(migration ? [`drizzle/${migration}.sql`] : [])]) console.log(`wrote ${path}`);
  }
  faults.push(
    ...(await breakingChanges(root)).map((change) => `breaking change of the API: ${change} (allow it in schema/breaking-changes-allowed.txt, or undo it)`),
  );
  for (const fault of faults) console.error(fault);
  if (check && faults.length === 0) console.log('everything generated is in step with its sources');
  return faults.length > 0 ? 1 : 0;
}
