import { CannotStart } from './roles/cannotStart.ts';
import { dispatch } from './roles/command.ts';
import { commands } from './roles/commands.ts';

try {
  process.exitCode = await dispatch(commands, process.argv.slice(2), { env: process.env, out: (line) => console.log(line) });
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
