import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openDevelopmentIssuer, type TokenWish } from '../../roles/tokens.ts';
import { temporaryFolder } from './embedded.ts';
import { freePort, type Program, root, runProgram, untilTrue } from './program.ts';

type Service = {
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
};

export type Topology = Awaited<ReturnType<typeof composeTopology>>;

/** What a service prints once it serves; the others run to their end. */
const serving = /listens on|^worker runs/m;

/** docker-compose.yml without Docker: the same commands, environment and order, as processes on loopback. */
export async function composeTopology({
  databaseUrl,
  appDatabaseUrl,
  env = {},
}: {
  databaseUrl: string;
  appDatabaseUrl: string;
  env?: Record<string, string>;
}) {
  const services = await composeServices();
  const image = await imageEnvironment();
  const folder = await temporaryFolder();
  const variables = { POSTGRES_PASSWORD: 'replaced with the url', ACCORD_APP_PASSWORD: 'replaced too' };
  const ports = await portsOf(services);
  const here = (text: string): string =>
    filled(text, variables)
      .replace(/^postgres:\/\/accord:.*@postgres:5432\/accord$/, databaseUrl)
      .replace(/^postgres:\/\/accord_app:.*@postgres:5432\/accord$/, appDatabaseUrl)
      .replace(/^http:\/\/([a-z]+):(\d+)$/, (_, host: string) => `http://127.0.0.1:${ports.get(host)}`)
      .replace(/^0\.0\.0\.0$/, '127.0.0.1')
      .replace(/^\/keys\b/, folder.path)
      .replace(/^\/gateway-(key|public)\b/, (volume) => join(folder.path, volume));

  const environmentOf = (name: string): Record<string, string> => {
    const entries = Object.entries(services.get(name)?.environment ?? {}).map(([key, value]) => [
      key,
      key === 'ACCORD_PORT' ? String(ports.get(name)) : here(value),
    ]);
    return { ...image, ...Object.fromEntries(entries), ...env };
  };
  const run = (name: string) => runProgram((services.get(name)?.command ?? []).map(here), { env: environmentOf(name) });

  const programs = new Map<string, Program>();
  /** Starts a service, as compose or an orchestrator would, and waits until it serves; by another name it is one more of them. */
  const start = async (name: string, as = name): Promise<Program> => {
    const program = run(name);
    programs.set(as, program);
    await program.said(serving);
    return program;
  };
  const stop = async () => {
    await Promise.all([...programs.values()].map((program) => program.kill()));
    await folder[Symbol.asyncDispose]();
  };
  try {
    for (const wave of waves(services)) {
      const starts = wave.map(async (name) => {
        if (!isCompletedByOthers(services, name)) return start(name);
        const program = run(name);
        const code = await program.ended;
        if (code !== 0) throw new Error(`${name} ended with ${code}:\n${program.output()}`);
        return program;
      });
      await Promise.all(starts);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `http://127.0.0.1:${ports.get('gateway')}/graphql`;
  const issuer = await openDevelopmentIssuer({ dataFolder: folder.path, production: false });
  const ready = async () => (await fetch(new URL('/ready', url)).catch(() => undefined))?.status === 200;
  await untilTrue('the gateway is ready', ready);
  return {
    url,
    token: (wish: TokenWish) => issuer.token(wish),
    programs,
    names: [...services.keys()],
    addresses: new Map([...ports].map(([name, port]) => [name, `http://127.0.0.1:${port}`])),
    /** As `docker compose run --rm keys ...` does. */
    runOnce: (service: string, args: readonly string[]) => runProgram(args.map(here), { env: environmentOf(service) }),
    start,
    /** kill -9, then started again as `restart: unless-stopped` does. */
    restart: async (name: string) => {
      await programs.get(name)?.kill('SIGKILL');
      await start(name);
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** The services of docker-compose.yml that run Accord's own image, by name. */
async function composeServices(): Promise<Map<string, Service>> {
  const file = parse(await readFile(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as { services: Record<string, Service> };
  return new Map(Object.entries(file.services).filter(([, service]) => service.build === '.'));
}

/** What the Dockerfile sets for every service. */
async function imageEnvironment(): Promise<Record<string, string>> {
  const text = await readFile(join(root, 'Dockerfile'), 'utf8');
  if (!text.includes('ENTRYPOINT ["node", "main.ts"]')) throw new Error('the image runs something else than main.ts');
  return Object.fromEntries([...text.matchAll(/^ENV (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]));
}

/** Compose refuses to start without a variable that is written ${NAME:?why}. */
function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return String(text).replace(/\$\{(\w+):\?[^}]*\}/g, (_, name: string) => {
    const value = variables[name];
    if (value === undefined) throw new Error(`docker-compose.yml wants a variable that nobody told of: ${name}`);
    return value;
  });
}

async function portsOf(services: ReadonlyMap<string, Service>): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for (const [name, service] of services) {
    if (!service.environment?.ACCORD_PORT) continue;
    let port = await freePort();
    while ([...ports.values()].includes(port)) port = await freePort();
    ports.set(name, port);
  }
  return ports;
}

function isCompletedByOthers(services: ReadonlyMap<string, Service>, name: string): boolean {
  return [...services.values()].some((service) => service.depends_on?.[name]?.condition === 'service_completed_successfully');
}

/** Services in the order that depends_on asks for; those of one wave start together. */
function waves(services: ReadonlyMap<string, Service>): string[][] {
  const done = new Set<string>();
  const order: string[][] = [];
  while (done.size < services.size) {
    const wave = [...services].filter(
      ([name, service]) => !done.has(name) && Object.keys(service.depends_on ?? {}).every((other) => done.has(other) || !services.has(other)),
    );
    if (wave.length === 0) throw new Error('docker-compose.yml has services that wait for each other');
    order.push(wave.map(([name]) => name));
    for (const [name] of wave) done.add(name);
  }
  return order;
}
