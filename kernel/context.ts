import DataLoader from 'dataloader';
import type { Actor } from './actor.ts';
import type { Causes } from './cause.ts';
import type { Db, Tx } from './db.ts';
import { Refused } from './errors.ts';
import type { Ownership } from './ownership.ts';
import type { Session } from './session.ts';
import type { Logger } from './telemetry.ts';
import { isConfined } from './visibility.ts';
import type { Wanted } from './wanted.ts';

/** A clock is passed in, so that tests decide what "now" is. */
export type Clock = () => Date;

/** What ties one business transaction together across systems, facts and logs. */
export type Trace = { correlationId: string; traceparent?: string | undefined; causationId?: string | undefined };

/** Reads many by key in one statement; a key without a value is absent from the map. `variant` is the caller's arguments as text. */
export type Batch<Value> = (context: Context, keys: readonly string[], variant: string) => Promise<ReadonlyMap<string, Value>>;

/** What a resolver gets: one per request that a subgraph executes. */
export type Context = {
  /** Reads, all of one snapshot until something is written. */
  db: Db;
  /** The same snapshot without the actor's limits: for guards alone. */
  readonly unconfined: Db;
  /** Runs a transaction that writes. */
  transaction: Session['transaction'];
  actor: Actor;
  trace: Trace;
  clock: Clock;
  log: Logger;
  /** Which systems own what; without it nobody is asked. */
  ownership?: Ownership | undefined;
  /** What the document that is executed can read of rows; without it all of them are read whole. */
  wanted?: Wanted | undefined;
  /** Joins all reads of one tick into one call of `batch`; `variant` keeps calls with other arguments apart. */
  load<Value>(batch: Batch<Value>, key: string, variant?: string): Promise<Value | undefined>;
  /** Forgets what was read, after a mutation changed it. */
  forget(): void;
  /** Counts rows of lists; refuses the operation that reads too many. */
  listed(rows: number): void;
};

/** Rows of lists in one operation at most: more would fit into no answer, either. */
export const listedLimit = 100_000;

/** What a command gets: the transaction, visibly. Only its holder can write. `ownership`: which systems own what. `causes`: the facts that are being handled, by what they speak of. */
export type Scope = { tx: Tx; actor: Actor; trace: Trace; now: Date; causes?: Causes; ownership?: Ownership | undefined };

export type ContextParts = Omit<Context, 'load' | 'forget' | 'listed' | 'db' | 'unconfined' | 'transaction'> & {
  session: Pick<Session, 'db' | 'unconfined' | 'transaction' | 'read' | 'listed'>;
};

type Loaders = Map<string, DataLoader<string, unknown>>;

/** What is loaded belongs to the snapshot: fetches of one operation that share it read nothing twice. */
export function createContext(parts: ContextParts): Context {
  const { session, ...rest } = parts;
  const loaders = session.read as Map<Batch<unknown>, Loaders>;
  const context: Context = {
    ...rest,
    db: session.db,
    get unconfined() {
      return isConfined(parts.actor) ? session.unconfined : session.db;
    },
    transaction: session.transaction,
    load<Value>(batch: Batch<Value>, key: string, variant = ''): Promise<Value | undefined> {
      const variants: Loaders = loaders.get(batch) ?? new Map();
      loaders.set(batch, variants);
      let loader = variants.get(variant);
      if (!loader) {
        loader = new DataLoader<string, unknown>(async (keys) => {
          const found = await batch(context, keys, variant);
          return keys.map((each) => found.get(each));
        });
        variants.set(variant, loader);
      }
      return loader.load(key) as Promise<Value | undefined>;
    },
    forget: () => loaders.clear(),
    listed: (rows) => {
      session.listed.rows += rows;
      if (session.listed.rows > listedLimit)
        throw new Refused('COST_LIMIT', `The lists of this operation come to more than ${listedLimit} rows. Ask for smaller pages, or for less at once.`);
    },
  };
  return context;
}
