import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runImport } from '#connectors/tock/inbound.ts';
import type { Report } from '#connectors/tock/report.ts';
import { createLogger } from '#kernel/telemetry.ts';
import { consumers } from '#processes/wiring.ts';
import { subgraphs } from '../../roles/subgraphs.ts';
import { startWorker } from '../../roles/worker.ts';
import { constellation, type TransportName } from './constellation.ts';
import { tinyCard, tock } from './tock.ts';

export type Imported = Report & { printed: string; progress: string };

/** The whole of Accord with a worker, and ways to import into it. */
export async function tockWorld(transport?: TransportName) {
  const world = await constellation({ subgraphs, ...(transport ? { transport } : {}) });
  const worker = await startWorker({ url: world.databaseUrl, consumers, clock: () => new Date(), log: createLogger({ level: 'silent' }) });
  // Another role brings what is its own: a system that brings what others own is refused before its permissions are.
  const tokenOf = (role: string) => world.issuer.token({ role, ...(role === 'migration' ? { system: 'tock' } : {}) });
  return {
    ...world,
    /** Imports a folder as the role that the README names. */
    import: async (folder: string, { role = 'migration', json }: { role?: string; json?: string } = {}): Promise<Imported> => {
      const printed: string[] = [];
      const progress: string[] = [];
      const output = { write: (text: string) => progress.push(text) };
      const options = {
        url: world.url,
        token: await tokenOf(role),
        folder,
        json,
        out: (line: string) => void printed.push(line),
        progress: output,
        patience: 60_000,
      };
      const report = await runImport(options);
      return { ...report, printed: printed.join('\n'), progress: progress.join('') };
    },
    /** Imports in a process of its own and kills it as soon as its progress says `when`. */
    importAndKill: async (folder: string, when: RegExp): Promise<NodeJS.Signals | null> => {
      const script = new URL('tockRun.ts', import.meta.url).pathname;
      const child = spawn(process.execPath, [script, world.url, await tokenOf('migration'), folder], { stdio: ['ignore', 'ignore', 'pipe'] });
      const gone = once(child, 'exit');
      for await (const line of createInterface({ input: child.stderr })) if (when.test(line)) child.kill('SIGKILL');
      const [, signal] = await gone;
      return signal;
    },
    async [Symbol.asyncDispose]() {
      await worker.stop();
      await world[Symbol.asyncDispose]();
    },
  };
}

/** A folder with a dump and a card, gone with the scope. */
export async function tockFolderOf(records: Parameters<typeof tock>[0], card = tinyCard) {
  const path = await mkdtemp(join(tmpdir(), 'tock-'));
  const write = async (file: string, text: string) => writeFile(join(path, file), text);
  await write('data-update.json', tock(records));
  await write('rate-card.csv', card);
  return { path, write, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
