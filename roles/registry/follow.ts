import type { ReadUse } from '#gateway/composition/used.ts';
import type { Graph } from '#gateway/graph.ts';
import type { Limits } from '#gateway/limits.ts';
import type { Metrics } from '#gateway/metrics.ts';
import type { Logger } from '#kernel/telemetry.ts';
import { createAlarms } from '../alarms.ts';
import { CannotStart } from '../cannotStart.ts';
import type { Opened } from './open.ts';
import { judgeRegistry, objectionsTo, type Registry, readRegistry, unusedIn } from './registry.ts';

/** What came of looking at the registry again; what was refused left everything as it was. */
export type Outcome = { kind: 'unchanged' } | { kind: 'taken' } | { kind: 'refused'; why: string };

export type Following = {
  /** Looks at the registry. Calls that come while it looks are answered by one more look. */
  look(): Promise<Outcome>;
  stop(): Promise<void>;
};

type Parts = Opened & {
  graph: Graph;
  /** Documents that are kept for clients: they go on to fit. */
  documents: ReadonlyMap<string, string> | undefined;
  limits: Limits;
  /** Who used what, where that is recorded. */
  use?: ReadUse | undefined;
  metrics: Pick<Metrics, 'reloads'>;
  log: Logger;
  /** Tells people at the console. */
  say: (line: string) => void;
};

/** What was refused last: it is not judged again while it stays as it is, but for once an hour, since what is unused then may go. */
type Refused = { print: string | undefined; why: string; until: number };

/** Milliseconds for which a verdict holds. */
const refusedFor = 3_600_000;

/** Takes the registry anew when something says that it changed. */
export function followRegistry(parts: Parts): Following {
  let present = parts.registry;
  let running: Promise<Outcome> = Promise.resolve({ kind: 'unchanged' });
  let next: Promise<Outcome> | undefined;
  const refused: Refused = { print: undefined, why: '', until: 0 };
  const alarms = createAlarms(() => void look(), parts.log);
  const once = async (): Promise<Outcome> => {
    next = undefined;
    running = taken({ ...parts, refused }, present, (registry) => {
      present = registry;
      alarms.watch(registry);
    });
    const outcome = await running;
    tell(parts, outcome);
    return outcome;
  };
  const look = () => {
    next ??= running.then(once);
    return next;
  };
  alarms.watch(present);
  return {
    look,
    stop: async () => {
      alarms.stop();
      await (next ?? running);
      await parts.ways.close();
    },
  };
}

function tell({ metrics, log, say }: Parts, outcome: Outcome): void {
  metrics.reloads.inc({ outcome: outcome.kind });
  if (outcome.kind === 'taken') say('The registry changed: the graph is another one now.');
  if (outcome.kind === 'refused') log.error({ why: outcome.why }, 'the registry was refused; the graph stays as it was');
}

/** Reads, judges and takes a registry; `took` is called with what is present from then on. Never throws. */
async function taken(parts: Parts & { refused: Refused }, present: Registry, took: (registry: Registry) => void): Promise<Outcome> {
  const { places, ways, graph, documents, limits, use, refused } = parts;
  try {
    const registry = await readRegistry(places);
    const sdl = sdlIn(registry);
    const print = `${sdl} ${waysIn(registry)}`;
    if (print === `${sdlIn(present)} ${waysIn(present)}`) {
      took(registry);
      return { kind: 'unchanged' };
    }
    if (print === refused.print && performance.now() < refused.until) return { kind: 'refused', why: refused.why };
    const former = graph.planning().supergraphSdl;
    const verdict = sdl === sdlIn(present) ? undefined : await judgeRegistry(registry, { former, documents, limits, use });
    const why = verdict && objectionsTo(verdict);
    if (why) {
      Object.assign(refused, { print, why, until: performance.now() + refusedFor });
      return { kind: 'refused', why };
    }
    await graph.reload(verdict && 'supergraphSdl' in verdict ? verdict.supergraphSdl : former, ways.to(registry));
    took(registry);
    for (const line of verdict ? unusedIn(verdict) : []) parts.say(line);
    return { kind: 'taken' };
  } catch (error) {
    if (!(error instanceof CannotStart)) parts.log.error({ err: error }, 'the registry could not be taken');
    return { kind: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
}

function sdlIn({ registered, supergraphSdl }: Registry): string {
  return JSON.stringify([supergraphSdl, registered.map(({ subgraph, sdl }) => [subgraph.name, sdl])]);
}

function waysIn({ registered, allowed }: Registry): string {
  return JSON.stringify([allowed, registered.map(({ fingerprint }) => fingerprint)]);
}
