import { auditCommand } from './audit.ts';
import { balancesCommand } from './balances.ts';
import { check } from './check.ts';
import type { Command } from './command.ts';
import { demo } from './demo.ts';
import { failpointsCommand } from './failpoints.ts';
import { gatewayKeys } from './gatewayKeys.ts';
import { importCommand } from './importCommand.ts';
import { natsCommand } from './natsCommand.ts';
import { gatewayCommand, subgraphCommand, workerCommand } from './oneRole.ts';
import { compose } from './registry/composeCommand.ts';
import { start } from './start.ts';
import { subgraphs } from './subgraphs.ts';
import { keys, migrate, sample, token } from './tools.ts';

/** All that `node main.ts` can do; the first one runs when none is named. */
export const commands: readonly Command[] = [
  start,
  gatewayCommand,
  ...subgraphs.map(subgraphCommand),
  workerCommand,
  importCommand,
  check,
  compose,
  demo,
  token,
  keys,
  gatewayKeys,
  migrate,
  balancesCommand,
  auditCommand,
  natsCommand,
  sample,
  failpointsCommand,
];
