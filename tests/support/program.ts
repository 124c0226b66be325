import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export const root = new URL('../../', import.meta.url).pathname;

/** main.ts as people run it: a process of its own. */
export type Program = AsyncDisposable & {
  pid: number;
  /** All that it has written, to stdout and stderr. */
  output: () => string;
  stdout: () => string;
  /** The first match in the output, once it is there. Throws when the process ends without it. */
  said: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Resolves when it has ended: its exit code, or the signal that killed it. */
  ended: Promise<number | NodeJS.Signals>;
  kill: (signal?: NodeJS.Signals) => Promise<number | NodeJS.Signals>;
};

type Wish = { env?: Readonly<Record<string, string>>; cwd?: string };

/** Variables of the machine that must not decide what a test proves. */
const ours = /^(ACCORD_|DATABASE_URL|NATS_|NODE_|LOG_LEVEL|VITEST|PG)/;

/** Runs `node main.ts ...args`; killed at the end of the scope, however the test ends. */
export function runProgram(args: readonly string[], wish: Wish = {}): Program {
  return runScript('main.ts', args, wish);
}

/** The same for any script of the house. */
export function runScript(script: string, args: readonly string[], wish: Wish = {}): Program {
  return runProgramAt(`${root}${script}`, args, wish);
}

/** The same for a script anywhere, such as one that a page shows. */
export function runProgramAt(path: string, args: readonly string[], { env = {}, cwd = root }: Wish = {}): Program {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  const child = spawn(process.execPath, [path, ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const written = { all: '', stdout: '' };
  const heard = new Set<() => void>();
  const hear = (stream: 'stdout' | 'stderr') =>
    createInterface({ input: child[stream] }).on('line', (line) => {
      written.all += `${line}\n`;
      if (stream === 'stdout') written.stdout += `${line}\n`;
      for (const each of [...heard]) each();
    });
  hear('stdout');
  hear('stderr');
  const guard = guardOf(child);
  const ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals);
  void ended.then(() => guard.kill('SIGKILL'));
  const said = (pattern: RegExp) => waitFor({ child, ended, heard, output: () => written.all }, pattern);
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid ?? 0,
    output: () => written.all,
    stdout: () => written.stdout,
    said,
    ended,
    kill,
    [Symbol.asyncDispose]: async () => void (await kill()),
  };
}

/** Kills the program when our end of its pipe closes, which the kernel does however a test run ends. */
export function guardOf({ pid }: ChildProcess): ChildProcess {
  const guard = spawn('/bin/sh', ['-c', 'read -r _; kill -KILL "$1"', 'accord-test-guard', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.stdin?.on('error', () => undefined);
  guard.unref();
  return guard;
}

type Watched = { child: ChildProcess; ended: Promise<number | NodeJS.Signals>; heard: Set<() => void>; output: () => string };

async function waitFor({ ended, heard, output }: Watched, pattern: RegExp): Promise<RegExpExecArray> {
  const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
  const look = () => {
    const found = pattern.exec(output());
    if (found) resolve(found);
  };
  heard.add(look);
  look();
  void ended.then((how) => {
    look();
    reject(new Error(`it ended (${how}) before it said ${pattern}:\n${output()}`));
  });
  try {
    return await promise;
  } finally {
    heard.delete(look);
  }
}

/** A port that nobody listens on at present. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, '127.0.0.1'), 'listening');
  const address = probe.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Resolves when the condition holds; says what was waited for when it does not come to hold. `since`: when the last thing happened that leads to it. */
export async function untilTrue(what: string | (() => string), condition: () => Promise<boolean> | boolean, since?: () => number): Promise<void> {
  const begun = performance.now();
  while (!(await condition())) {
    // A little less than what ends any test: it says what was waited for.
    if (performance.now() - Math.max(begun, since?.() ?? 0) > 580_000) throw new Error(`It never came: ${typeof what === 'string' ? what : what()}`);
    await new Promise((again) => setTimeout(again, 25));
  }
}
