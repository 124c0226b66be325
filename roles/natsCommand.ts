import { openDb } from '#kernel/db.ts';
import { CannotStart } from './cannotStart.ts';
import type { Command } from './command.ts';
import { openDatabase } from './database/open.ts';
import { brokerOf, inTheClear, natsDetails, natsFlags } from './nats.ts';
import { readSettings, sharedFlags } from './settings.ts';

export const natsCommand: Command = {
  name: 'nats',
  summary: 'Says whether the NATS stream can be reached, how it is kept, and how far the log is copied to it. Changes nothing.',
  words: 'check',
  flags: { ...sharedFlags, ...natsFlags },
  details: [...natsDetails, 'Exit code 1 when the broker cannot be reached, the stream is not as it is set, or it belongs to another log.'],
  run: async (call) => {
    const [what = 'check'] = call.words;
    if (what !== 'check') throw new CannotStart(`nats knows no "${what}". Use: node main.ts nats check.`);
    const broker = brokerOf(call);
    if (!broker) throw new CannotStart('NATS_URL is not set: the log is copied nowhere. docs/nats.md says how it would be.');
    const settings = readSettings(call, { port: 0 });
    await using database = await openDatabase({ databaseUrl: settings.databaseUrl, folder: settings.folder, fresh: false, log: call.out });
    await using open = openDb({ url: database.url, name: 'nats', max: 1, scope: 'command' });
    if (inTheClear(call))
      call.out('NATS_URL says nats:// for another machine: unless the server asks for TLS, secrets and events cross the network in the clear.');
    const { checkNats } = await import('./natsCheck.ts');
    return (await checkNats({ db: open.db, broker, out: call.out })) ? 0 : 1;
  },
};
