import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotStart } from '../cannotStart.ts';
import { incarnation } from './pids.ts';

type Holder = { pid: number; incarnation: string; since: string };
type Claim = { number: number; holder: Holder | undefined };

export class FolderInUse extends CannotStart {
  override name = 'FolderInUse';
  readonly pid: number;
  readonly since: string;

  constructor(folder: string, holder: Holder) {
    super(
      `Process ${holder.pid} has been using the data folder ${folder} since ${holder.since}: ` +
        'stop it first, or give this one another data folder.',
    );
    this.pid = holder.pid;
    this.since = holder.since;
  }
}

/** One process per data folder. Claims are numbered: whoever adds the next number while all others are dead has it. */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const claims = join(folder, 'lock');
  await mkdir(claims, { recursive: true });
  for (;;) {
    const dead = await deadClaims(folder);
    const number = Math.max(0, ...dead) + 1;
    if (!(await claim(claims, number))) continue;
    const own = { [Symbol.asyncDispose]: () => rm(claimPath(claims, number), { force: true }) };
    try {
      // Somebody may have claimed and let go of this very number since we looked, and a third be in by now.
      for (const old of await deadClaims(folder, number)) await rm(claimPath(claims, old), { force: true });
    } catch (error) {
      await own[Symbol.asyncDispose]();
      throw error;
    }
    return own;
  }
}

/** Throws when a living process holds a claim, except our own number. */
async function deadClaims(folder: string, own?: number): Promise<number[]> {
  const others = (await readClaims(join(folder, 'lock'))).filter(({ number }) => number !== own);
  for (const { holder } of others) {
    if (holder && incarnation(holder.pid) === holder.incarnation) throw new FolderInUse(folder, holder);
  }
  return others.map(({ number }) => number);
}

async function readClaims(claims: string): Promise<Claim[]> {
  const names = (await readdir(claims)).filter((name) => /^\d+\.json$/.test(name));
  return Promise.all(
    names.map(async (name) => ({ number: Number.parseInt(name, 10), holder: await readHolder(join(claims, name)) })),
  );
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    // Let go of meanwhile, or cut short by a power failure: a claim appears complete or not at all.
    return undefined;
  }
}

/** A hard link appears with its content at once, and only one process can make it. */
async function claim(claims: string, number: number): Promise<boolean> {
  const draft = join(claims, `draft-${process.pid}-${crypto.randomUUID()}`);
  const holder: Holder = {
    pid: process.pid,
    incarnation: incarnation(process.pid) ?? '',
    since: new Date().toISOString(),
  };
  await writeFile(draft, JSON.stringify(holder), { mode: 0o644 });
  try {
    await link(draft, claimPath(claims, number));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function claimPath(claims: string, number: number): string {
  return join(claims, `${number}.json`);
}
