import { ImportFailed } from '#connectors/tock/client.ts';
import { type ImportOptions, runImport } from '#connectors/tock/inbound.ts';
import { BadSource } from '#connectors/tock/read.ts';
import { exitCodeOf, type Report } from '#connectors/tock/report.ts';
import { urlOf } from './address.ts';
import { CannotStart } from './cannotStart.ts';
import type { Call, Command } from './command.ts';
import { readSettings, sharedFlags } from './settings.ts';
import { stopSignal } from './stopSignal.ts';
import { openDevelopmentIssuer } from './tokens.ts';

export const importCommand: Command = {
  name: 'import',
  words: 'tock FOLDER',
  summary: 'Sends the records of another system through the public graph and reconciles them.',
  flags: {
    data: sharedFlags.data,
    url: { type: 'string', value: 'URL', help: 'the graph (default: the port of ACCORD_PORT, or where npm start on the data folder listens)' },
    token: { type: 'string', value: 'TOKEN', help: 'a token that may do it (ACCORD_TOKEN; default: one of the development issuer in the data folder)' },
    json: { type: 'string', value: 'FILE', help: 'write the reconciliation there as JSON too' },
  },
  details: [
    'Exit code 0: all reconciles. 2: something was refused that should not have been, or figures differ. Running it again changes nothing that is there already.',
  ],
  run,
};

async function run(call: Call): Promise<number> {
  const [system, folder] = call.words;
  if (system !== 'tock' || !folder) throw new CannotStart('Say what to import and from where: import tock FOLDER.');
  const { flags, env } = call;
  const control = new AbortController();
  void stopSignal().then(() => control.abort());
  const report = await told(control.signal, {
    url: await urlOf(call),
    token: typeof flags.token === 'string' ? flags.token : (env.ACCORD_TOKEN ?? (await developmentToken(call))),
    folder,
    json: typeof flags.json === 'string' ? flags.json : undefined,
    out: call.out,
    progress: process.stderr,
  });
  return exitCodeOf(report);
}

/** What goes wrong with the source, the graph or the token is told in a sentence; an interrupted import can be run again. */
async function told(signal: AbortSignal, options: ImportOptions): Promise<Report> {
  try {
    return await runImport({ ...options, signal });
  } catch (error) {
    if (error instanceof ImportFailed || error instanceof BadSource) throw new CannotStart(error.message);
    if (signal.aborted) throw new CannotStart('Stopped. Run it again: it takes up where it stopped.');
    throw error;
  }
}

async function developmentToken(call: Call): Promise<string> {
  const settings = readSettings(call, { port: 0 });
  const issuer = await openDevelopmentIssuer({ dataFolder: settings.folder, production: settings.production });
  return issuer.token({ role: 'migration', system: 'tock', subject: 'import-tock' });
}
