import { type Anchor, sealAudit, verifyAudit } from '#kernel/audit.ts';
import { openDb } from '#kernel/db.ts';
import { CannotStart } from './cannotStart.ts';
import type { Command } from './command.ts';
import { openDatabase } from './database/open.ts';
import { readSettings, sharedFlags } from './settings.ts';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'Verifies the stream of who called which mutation: whether a record was changed, taken out or put in.',
  words: 'verify',
  flags: { ...sharedFlags, anchor: { type: 'string', value: 'POSITION:HASH', help: 'a last record that an earlier run told: it must still be in the chain' } },
  details: ['Exit code 1 when the chain is broken. Keep what it tells of the last record where whoever can write to the database cannot.'],
  run: async (call) => {
    const [what = 'verify'] = call.words;
    if (what !== 'verify') throw new CannotStart(`audit knows no "${what}". Use: node main.ts audit verify.`);
    const anchor = anchorOf(call.flags.anchor);
    const settings = readSettings(call, { port: 0 });
    await using database = await openDatabase({ databaseUrl: settings.databaseUrl, folder: settings.folder, fresh: false, log: call.out });
    await using open = openDb({ url: database.url, name: 'audit', max: 1, statementTimeout: 0, scope: 'command' });
    while ((await sealAudit(open.db)) > 0);
    const { records, oldest, head, waiting, faults } = await verifyAudit(open.db, anchor);
    for (const fault of faults) call.out(`broken: ${fault}`);
    call.out(`${records} records from ${oldest}${waiting > 0 ? `, ${waiting} more not sealed yet` : ''}: ${faults.length === 0 ? 'whole' : 'BROKEN'}`);
    call.out(`last record: ${head.position}:${head.hash}`);
    return faults.length === 0 ? 0 : 1;
  },
};

function anchorOf(given: unknown): Anchor | undefined {
  if (given === undefined) return undefined;
  const [, position, hash] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(String(given)) ?? [];
  if (position === undefined || hash === undefined) throw new CannotStart('--anchor must be POSITION:HASH, as an earlier run told it.');
  return { position: BigInt(position), hash };
}
