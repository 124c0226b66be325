import { failpointsOf } from '#kernel/failpoint.ts';
import { webhookReader } from '#kernel/webhookQueue.ts';
import { consumers, processes } from '#processes/wiring.ts';
import type { Command } from './command.ts';
import { subgraphs } from './subgraphs.ts';
import { scheduleNames } from './worker.ts';

/** All points at which a process may be killed, and nothing may be lost or doubled. */
export function failpoints(): string[] {
  const steps = processes.flatMap(({ name, steps: own }) => own.map((step) => ({ name: `${name}/${step.name}`, undoable: step.compensate !== undefined })));
  return failpointsOf({
    mutation: subgraphs.flatMap(({ resolvers }) => Object.keys(resolvers.Mutation ?? {})).sort(),
    consumer: [...consumers.map(({ name }) => name), webhookReader],
    step: steps.map(({ name }) => name),
    compensation: steps.filter(({ undoable }) => undoable).map(({ name }) => name),
    schedule: scheduleNames,
    sequencer: ['log'],
  });
}

export const failpointsCommand: Command = {
  name: 'failpoints',
  summary: 'Lists the points between steps at which npm run faults kills the program.',
  flags: {},
  details: ['A point is announced on the diagnostics channel accord:failpoint when it is reached; without a listener nothing happens.'],
  run: async ({ out }) => {
    for (const point of failpoints()) out(point);
    return 0;
  },
};
