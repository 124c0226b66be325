// Node 24 from npm is on nobody's PATH: npx finds it.
const program = /[\\/]node_modules[\\/]/.test(process.execPath) ? 'npx node main.ts' : 'node main.ts';
const told = (text: string) => text.replaceAll(/(?<!npx )node main\.ts/g, program);

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Accord runs on Node 24, and this is ${process.version}. "npx node main.ts" uses the one that npm ci installed.`);
  process.exit(1);
}

// Apollo's gateway reports to its maker unless this says no.
process.env.APOLLO_TELEMETRY_DISABLED ??= '1';

// What is compiled once need not be compiled at every start: a third of the time until a role serves. Where nobody may write there is none.
const { enableCompileCache, flushCompileCache } = await import('node:module');
enableCompileCache(`${import.meta.dirname}/node_modules/.cache/accord`);

// Only now: an older Node cannot even parse what follows. The database's driver is mended before anything loads it.
const { mendDriver } = await import('./kernel/driverMend.ts');
mendDriver();
const { CannotStart } = await import('./roles/cannotStart.ts');
const { dispatch } = await import('./roles/command.ts');
const { commands } = await import('./roles/commands.ts');
flushCompileCache();

try {
  process.exitCode = await dispatch(commands, process.argv.slice(2), { env: process.env, out: (line) => console.log(told(line)) });
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  console.error(told(error.message));
  process.exitCode = 1;
}
