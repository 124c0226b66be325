import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Logger } from '#kernel/telemetry.ts';

/** Files, and the seconds between two looks at what is at an address. */
export type Watched = { watched: readonly string[]; poll?: number | undefined };

/** What says that a part of the configuration may have changed: its files, SIGHUP, and the clock where a part of it is at an address. */
export type Alarms = {
  /** Watches these, and nothing else any more. */
  watch(watched: Watched): void;
  stop(): void;
};

/** Milliseconds in which several files change as one. */
const settling = 200;

export function createAlarms(ring: () => void, log: Logger): Alarms {
  let watchers: FSWatcher[] = [];
  let settled: NodeJS.Timeout | undefined;
  let poll: NodeJS.Timeout | undefined;
  // From the first change on: a file that is written again and again must not keep it silent.
  const soon = () => {
    settled ??= setTimeout(() => {
      settled = undefined;
      ring();
    }, settling);
  };
  const quiet = () => {
    for (const watcher of watchers) watcher.close();
    watchers = [];
    clearInterval(poll);
  };
  process.on('SIGHUP', ring);
  return {
    watch: ({ watched, poll: seconds }) => {
      quiet();
      watchers = [...byFolder(watched)].flatMap(([folder, names]) => watcherOf({ folder, names, soon, log }));
      poll = seconds === undefined ? undefined : setInterval(ring, seconds * 1000).unref();
    },
    stop: () => {
      process.off('SIGHUP', ring);
      clearTimeout(settled);
      quiet();
    },
  };
}

function byFolder(files: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const file of files) folders.set(dirname(file), (folders.get(dirname(file)) ?? new Set()).add(basename(file)));
  return folders;
}

type Watching = { folder: string; names: ReadonlySet<string>; soon: () => void; log: Logger };

/** Folders are watched, since editors put another file in the old one's place, and Kubernetes another folder (`..data`). */
function watcherOf({ folder, names, soon, log }: Watching): FSWatcher[] {
  const unwatched = (error: unknown) => log.warn({ err: error }, 'a folder of the configuration cannot be watched: SIGHUP takes it anew');
  try {
    const watcher = watch(folder, (_, name) => (name === null || names.has(name) || name.startsWith('..')) && soon());
    watcher.on('error', unwatched);
    return [watcher.unref()];
  } catch (error) {
    unwatched(error);
    return [];
  }
}
