import { type Balance, balanceName, rebuildBalances, wrongBalances } from '#kernel/balance.ts';
import { type Db, openDb } from '#kernel/db.ts';
import type { Command } from './command.ts';
import { openDatabase } from './database/open.ts';
import { readSettings, sharedFlags } from './settings.ts';
import { subgraphs } from './subgraphs.ts';

export const balancesCommand: Command = {
  name: 'balances',
  summary: 'Checks the balances against the rows that they are sums of.',
  flags: { ...sharedFlags, rebuild: { type: 'boolean', help: 'make those that are wrong anew; writers of their rows wait meanwhile' } },
  details: ['Exit code 1 when some are wrong and were not made anew. Triggers keep balances: wrong ones mean that somebody wrote past them.'],
  run: async (call) => {
    const settings = readSettings(call, { port: 0 });
    await using database = await openDatabase({ databaseUrl: settings.databaseUrl, folder: settings.folder, fresh: false, log: call.out });
    await using open = openDb({ url: database.url, name: 'balances', max: 1, statementTimeout: 0, scope: 'command' });
    let wrong = 0;
    for (const balance of subgraphs.flatMap(({ balances = [] }) => balances)) {
      const keys = await wrongBalances(open.db, balance.table);
      call.out(`${balanceName(balance.table)}: ${keys === 0 ? 'right' : `${keys} keys are wrong`}`);
      if (keys > 0 && !(call.flags.rebuild && (await rebuilt(open.db, balance, call.out)))) wrong += 1;
    }
    return wrong === 0 ? 0 : 1;
  },
};

async function rebuilt(db: Db, balance: Balance, out: (line: string) => void): Promise<boolean> {
  await db.transaction((tx) => rebuildBalances(tx, balance));
  const right = (await wrongBalances(db, balance.table)) === 0;
  out(`${balanceName(balance.table)}: made anew${right ? '' : ', and still wrong'}`);
  return right;
}
