import { randomUUID } from 'node:crypto';
import { createClient, ImportFailed } from '#connectors/tock/client.ts';
import { tellJourneys } from '../sample/journeys/journeys.ts';
import { StoryStopped } from '../sample/journeys/narrator.ts';
import { urlOf } from './address.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call, Command } from './command.ts';
import { readSettings, sharedFlags } from './settings.ts';
import { openDevelopmentIssuer } from './tokens.ts';

export const demo: Command = {
  name: 'demo',
  words: 'journeys',
  summary: 'Tells the journeys of the firm step by step through the public graph, with the ids to look at.',
  flags: {
    data: sharedFlags.data,
    url: { type: 'string', value: 'URL', help: 'the graph (default: the port of ACCORD_PORT, or where npm start on the data folder listens)' },
    token: { type: 'string', value: 'TOKEN', help: 'a token that may do everything (ACCORD_TOKEN; default: one of the development issuer in the data folder)' },
    'other-token': { type: 'string', value: 'TOKEN', help: "somebody else's, who accepts what the first one hands in (ACCORD_OTHER_TOKEN; default likewise)" },
  },
  details: [
    'Opportunity to project, employee to assignment, approved time to billing, invoice to cash, a contract amendment, closing. It makes a firm of its own, "Demo Consulting", whose books are of 2025, beside whatever is there.',
    'Running it again makes nothing twice: it shows what stands. Exit code 0: all was told. 1: something was refused, or nobody answered.',
  ],
  run,
};

async function run(call: Call): Promise<number> {
  if (call.words[0] !== 'journeys') throw new CannotStart('Say what to show: demo journeys.');
  const begun = performance.now();
  const url = await urlOf(call);
  const correlationId = `demo-${randomUUID()}`;
  const clientOf = (token: string) => createClient({ url, token, correlationId, patience: 20_000 });
  const [mine, theirs] = await tokensOf(call);
  try {
    const made = await tellJourneys({ client: clientOf(mine), other: clientOf(theirs), out: call.out });
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const caused = `operations { businessTrace(correlationId: "${correlationId}") { entries { event { type } } } }`;
    call.out('');
    call.out(
      made === 0
        ? `Nothing was made: all of it stood already (${seconds} s).`
        : `${made} steps made in ${seconds} s. What they caused, event by event: ${caused}`,
    );
    return 0;
  } catch (error) {
    if (error instanceof StoryStopped || error instanceof ImportFailed) throw new CannotStart(error.message);
    throw error;
  }
}

/** Two people: nobody accepts what they handed in themselves. */
async function tokensOf({ flags, env, ...call }: Call): Promise<[string, string]> {
  const given = typeof flags.token === 'string' ? flags.token : env.ACCORD_TOKEN;
  const other = typeof flags['other-token'] === 'string' ? flags['other-token'] : env.ACCORD_OTHER_TOKEN;
  if (given) return [given, other ?? given];
  const settings = readSettings({ ...call, flags, env }, { port: 4000 });
  const issuer = await openDevelopmentIssuer({ dataFolder: settings.folder, production: settings.production });
  return [await issuer.token({ role: 'admin', subject: 'demo' }), await issuer.token({ role: 'admin', subject: 'demo-approver' })];
}
