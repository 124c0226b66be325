import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Broker } from '#connectors/nats/stream.ts';
import { temporaryFolder } from './embedded.ts';
import { freePort, guardOf, untilTrue } from './program.ts';

const program = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'].find((path) => existsSync(path));

/** True where no NATS server is, and nobody promised one: in CI a missing one is a failure, not a reason to look away. */
export const noNats = !program && !process.env.CI;

/** A NATS server with JetStream on a port and a folder of its own, which can be killed, robbed of its data, and started again. `config` is more of its configuration. */
export async function natsServer(config = '') {
  const folder = await temporaryFolder();
  const port = await freePort();
  const [store, file] = [join(folder.path, 'store'), join(folder.path, 'nats.conf')];
  await writeFile(file, `listen: "127.0.0.1:${port}"\njetstream { store_dir: ${JSON.stringify(store)} }\n${config}\n`);
  let child: ChildProcess | undefined;
  const start = async () => {
    await mkdir(store, { recursive: true });
    const own = spawn(program ?? 'nats-server', ['-c', file], { stdio: 'ignore', detached: true });
    const guard = guardOf(own);
    void once(own, 'close').then(
      () => guard.kill('SIGKILL'),
      () => guard.kill('SIGKILL'),
    );
    child = own;
    await untilTrue('the NATS server listens', () => answers(port));
  };
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
  };
  const address = `127.0.0.1:${port}`;
  const keep = { days: 7, mebibytes: 64, replicas: 1 };
  await start();
  return {
    url: `nats://${address}`,
    address,
    broker: { options: async () => ({ servers: [address] }), keep } satisfies Broker,
    connect: (): Promise<NatsConnection> => connect({ servers: address, reconnect: false }),
    start,
    /** As a crash does it. */
    kill,
    /** Its disk is lost. */
    wipe: () => rm(store, { recursive: true, force: true }),
    async [Symbol.asyncDispose]() {
      await kill();
      await folder[Symbol.asyncDispose]();
    },
  };
}

export type NatsServer = Awaited<ReturnType<typeof natsServer>>;

function answers(port: number): Promise<boolean> {
  const socket = dial(port, '127.0.0.1');
  const said = new Promise<boolean>((resolve) => {
    socket.once('data', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
  return said.finally(() => socket.destroy());
}
