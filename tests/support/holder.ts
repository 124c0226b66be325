/** Holds a data folder's database until it is killed: node holder.ts <folder>. Says its address when ready. */
import { startEmbedded } from '../../roles/database/embedded.ts';
import { hastySettings } from './settings.ts';

const [folder = ''] = process.argv.slice(2);
// Only what a terminal's Ctrl-C does to a process that wants to drain first.
process.on('SIGINT', () => undefined);
try {
  const server = await startEmbedded({ folder, settings: hastySettings, log: () => undefined });
  console.log(JSON.stringify({ url: server.url, pid: server.pid }));
  await server.ended;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
