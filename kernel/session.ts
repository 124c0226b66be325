import type { Sql } from 'postgres';
import { commandRole, type Db, type OpenDb, type Tx } from './db.ts';
import { databaseError } from './errors.ts';
import { type Held, hold, Unsent } from './hold.ts';
import type { Reads, ReadWatch } from './reads.ts';
import { sql } from './sql.ts';

/** What the database is told of whoever reads: names without their prefix, and values. */
export type Settings = Readonly<Record<string, string>>;

/** One operation's way to the database. */
export type Session = {
  /** What is read, where somebody wants to know. */
  readonly reads?: Reads | undefined;
  /** Reads, all of one snapshot: the first one opens a read-only transaction on a connection of its own, which later ones share. */
  db: Db;
  /** The same transaction without the reader's limits: for guards, which judge all rows of a person or a contract. What it reads is never shown. */
  readonly unconfined: Db;
  /** What was read of the snapshot, kept for whoever reads it again; empty as soon as something is written. */
  readonly read: Map<object, unknown>;
  /** How many statements of the snapshot were sent. */
  readonly asked: { statements: number };
  /** How many rows of lists the operation has read. */
  readonly listed: { rows: number };
  /** Ends the snapshot and runs a transaction that writes; what is read afterwards sees what it wrote. */
  transaction<Answer>(run: (tx: Tx) => Promise<Answer>): Promise<Answer>;
  /** Gives the connection back. Whatever still reads after that is refused. */
  end(): Promise<void>;
  /** The same for a client that went away: what it still reads is given up. What it writes is completed. */
  cancel(): Promise<void>;
};

/** Opens sessions on one pool; `watch` tells what statements read to those who want to know. */
export function sessionsOn(open: OpenDb, watch?: ReadWatch): (settings: Settings, reads?: Reads) => Session {
  return (settings, reads) => openSession({ asked: { statements: 0 }, open, settings, reads, watch: reads && watch, reading: undefined, ended: false });
}

type Reading = {
  held: Held;
  /** The transaction has begun and knows its reader. */
  begun: Promise<unknown>;
  confirmed: boolean;
  /** As whom the last statement was sent: what is sent is carried out in that order. */
  asCommand: boolean;
};

type Inside = {
  asked: { statements: number };
  open: OpenDb;
  settings: Settings;
  reads: Reads | undefined;
  watch: ReadWatch | undefined;
  reading: Reading | undefined;
  ended: boolean;
};

function openSession(inside: Inside): Session {
  let unconfined: Db | undefined;
  const read = new Map<object, unknown>();
  return {
    reads: inside.reads,
    db: readingDb(inside, false),
    get unconfined() {
      unconfined ??= readingDb(inside, true);
      return unconfined;
    },
    read,
    asked: inside.asked,
    listed: { rows: 0 },
    transaction: async (run) => {
      if (inside.reads) inside.reads.untold ??= 'it writes';
      void leave(inside);
      read.clear();
      try {
        return await inside.open.db.transaction((tx) => {
          // Sent ahead of the first statement; if it failed, that one would.
          tx.execute(sql.raw(`set local role ${commandRole}`)).catch(() => undefined);
          return run(tx);
        });
      } finally {
        // What somebody read meanwhile was read too early.
        read.clear();
      }
    },
    end: () => {
      inside.ended = true;
      return leave(inside);
    },
    cancel: async () => {
      inside.ended = true;
      const { reading } = inside;
      inside.reading = undefined;
      await reading?.held.cancel();
    },
  };
}

/** Among the reads of an operation a setting does: another role would have their plans made anew each time. It lets nobody write. */
const asCommand = "select set_config('accord.scope', 'command', true)";
const asReader = "select set_config('accord.scope', $1, true)";

function readingDb(inside: Inside, unconfined: boolean): Db {
  const unsafe = (text: string, parameters: unknown[] = []) => {
    const statement: Statement = { text, parameters, unconfined, values: false };
    if (inside.reads) inside.watch?.(inside.reads, statement);
    // A moment later: the query builder says right after this in which form it wants the rows.
    const rows = Promise.resolve().then(() => ask(inside, statement));
    const values = () => {
      statement.values = true;
      return rows;
    };
    return Object.assign(rows, { values });
  };
  return inside.open.over({ unsafe } as unknown as Pick<Sql, 'unsafe'>);
}

type Statement = { text: string; parameters: unknown[]; unconfined: boolean; values: boolean };

/** Asks within the operation's transaction. One that failed is left; what had been sent behind the failure is asked again in the next. */
async function ask(inside: Inside, statement: Statement): Promise<unknown> {
  for (let again = false; ; again = true) {
    if (inside.ended) throw new Error('the operation is over; nobody waits for this any more');
    inside.reading ??= begin(inside);
    const { reading } = inside;
    try {
      return await send(inside, reading, statement);
    } catch (error) {
      if (inside.reading === reading) void leave(inside);
      if (again || !(error instanceof Unsent || databaseError(error)?.code === '25P02')) throw error;
    }
  }
}

async function send({ asked, settings }: Inside, reading: Reading, { text, parameters, unconfined, values }: Statement): Promise<unknown> {
  const { held } = reading;
  if (unconfined !== reading.asCommand) {
    // Ahead of the statement and without waiting: if it fails, the transaction is over before the statement is looked at.
    held.send(unconfined ? asCommand : asReader, unconfined ? [] : [settings.scope ?? '']).catch(() => undefined);
    reading.asCommand = unconfined;
  }
  asked.statements += 1;
  const rows = held.send(text, parameters, values);
  if (reading.confirmed) return rows;
  const [answer] = await Promise.all([rows, reading.begun]);
  return answer;
}

/** `begin`, the settings and the first statement leave in one packet. */
function begin({ open, settings }: Inside): Reading {
  const held = hold(open, 'begin isolation level repeatable read read only');
  const names = Object.keys(settings);
  const configure = `select ${names.map((name, index) => `set_config('accord.${name}', $${index + 1}, true)`).join(', ')}`;
  const told = names.length === 0 ? undefined : held.send(configure, Object.values(settings));
  const reading: Reading = { held, begun: Promise.all([held.begun, told]), confirmed: false, asCommand: false };
  reading.begun.then(
    () => (reading.confirmed = true),
    () => undefined,
  );
  return reading;
}

/** Ends the present transaction, if there is one. Never throws: there is nothing to lose. */
async function leave(inside: Inside): Promise<void> {
  const { reading } = inside;
  inside.reading = undefined;
  await reading?.held.end();
}
