import { urlOf } from './address.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call, Command } from './command.ts';
import { readSettings, sharedFlags } from './settings.ts';
import { openDevelopmentIssuer } from './tokens.ts';

const question = 'query Check($asOf: Date) { readiness(asOf: $asOf) { asOf ready more gaps { code message mutation } } }';

type Readiness = { asOf: string; ready: boolean; more: boolean; gaps: { code: string; message: string; mutation: string }[] };

export const check: Command = {
  name: 'check',
  summary: 'Says what is missing before the firm can bill, and which mutation gives it.',
  flags: {
    data: sharedFlags.data,
    url: { type: 'string', value: 'URL', help: 'the graph (default: the port of ACCORD_PORT, or where npm start on the data folder listens)' },
    token: { type: 'string', value: 'TOKEN', help: 'a token with reference:read (ACCORD_TOKEN; default: one of the development issuer in the data folder)' },
    date: { type: 'string', value: 'DATE', help: 'the day of the work (default today)' },
  },
  details: ['It asks a running Accord. Exit code 0: nothing is missing. 1: something is, or nobody answered.'],
  run: async (call) => {
    const { asOf, ready, more, gaps } = await ask(call);
    call.out(ready ? `Ready: nothing is missing to bill work of ${asOf}.` : `Before work of ${asOf} can be billed:`);
    for (const gap of gaps) call.out(`- ${gap.message} -> ${gap.mutation} (${gap.code})`);
    if (more) call.out('and more of the same kinds.');
    return ready ? 0 : 1;
  },
};

async function ask(call: Call): Promise<Readiness> {
  const { flags, env } = call;
  const settings = readSettings(call, { port: 4000 });
  const url = await urlOf(call);
  const given = typeof flags.token === 'string' ? flags.token : env.ACCORD_TOKEN;
  const token =
    given ??
    (await openDevelopmentIssuer({ dataFolder: settings.folder, production: settings.production }).then((issuer) => issuer.token({ role: 'analyst' })));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' };
  const body = JSON.stringify({ query: question, variables: { asOf: flags.date ?? null } });
  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
  if (!response) throw new CannotStart(`Nobody answers at ${url}. Start Accord (npm start), or say where it is: --url.`);
  const answer = (await response.json().catch(() => ({}))) as { data?: { readiness: Readiness } | null; errors?: { message: string }[] };
  if (answer.data?.readiness) return answer.data.readiness;
  throw new CannotStart(`${url} says: ${answer.errors?.[0]?.message ?? `HTTP ${response.status}`}`);
}
