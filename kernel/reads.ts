import { LRUCache } from 'lru-cache';

/** What an operation has read, as far as it can be told from the statements themselves: no reader can forget to say so. */
export type Reads = {
  /** Tables and views, as `schema.name`, read within the reader's limits. */
  readonly own: Set<string>;
  /** The same, read past them, as guards do. Of references of one type `log.reference:Type`. */
  readonly all: Set<string>;
  /** Why nobody can say what the answer depends on: the time, a function, a part that does not say it. */
  untold: string | undefined;
};

/** The same between processes. */
export type ToldReads = { own: readonly string[]; all: readonly string[]; untold?: string | undefined };

export type Statement = { text: string; parameters: readonly unknown[]; unconfined: boolean };

/** Finds what statements read. */
export type ReadWatch = (reads: Reads, statement: Statement) => void;

/** A place for what an operation reads. */
export function noReads(): Reads {
  return { own: new Set(), all: new Set(), untold: undefined };
}

/** As it travels. */
export function toldReads({ own, all, untold }: Reads): ToldReads {
  return { own: [...own], all: [...all], ...(untold === undefined ? {} : { untold }) };
}

/** Adds what a part of the operation read; one that does not say so leaves the whole untold. */
export function addReads(reads: Reads, told: ToldReads | undefined, who: string): void {
  for (const name of told?.own ?? []) reads.own.add(name);
  for (const name of told?.all ?? []) reads.all.add(name);
  reads.untold ??= told ? told.untold : `${who} does not say what it reads`;
}

type Found = { names: readonly string[]; reference: number | string | undefined; untold: string | undefined };

/** Texts of which is remembered what stands in them. */
const remembered = 2_000;

/** Functions that say who reads, which whoever keeps an answer knows. */
const ofTheReader = /^log\.(audience|customers|legal_entities|employees|is_known|every_customer|every_legal_entity|whole_firm)$/;
const changing =
  /\b(now|random|gen_random_uuid|uuidv7|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|nextval|currval|lastval|pg_\w+)\s*\(|\b(current_date|current_time|current_timestamp|localtime|localtimestamp)\b/i;
const documents = /^\s*select [^()]*? from log\.reference where entity_type = (?:\$(\d+)|'(\w+)')(?= and |\s*$)/;

/** Watches statements on tables of these schemas. */
export function watchReads(schemas: readonly string[]): ReadWatch {
  const known = new LRUCache<string, Found>({ max: remembered });
  // Tables stand in no search path: a text names them with their schema.
  const pair = new RegExp(`(?<![\\w".])"?(${schemas.join('|')})"?\\s*\\.\\s*"?(\\w+)"?(\\s*\\()?`, 'gi');
  return (reads, { text, parameters, unconfined }) => {
    const found = known.get(text) ?? namesIn(text, pair);
    known.set(text, found);
    reads.untold ??= found.untold;
    const into = unconfined ? reads.all : reads.own;
    for (const name of found.names) into.add(name);
    if (found.reference !== undefined) into.add(`log.reference:${typeof found.reference === 'string' ? found.reference : parameters[found.reference - 1]}`);
  };
}

function namesIn(text: string, pair: RegExp): Found {
  const names = new Set<string>();
  let untold = changing.exec(text)?.[0];
  for (const [, schema = '', name = '', call] of text.matchAll(pair)) {
    const whole = `${schema}.${name}`.toLowerCase();
    if (!call) names.add(whole);
    else if (!ofTheReader.test(whole)) untold ??= whole;
  }
  const [, place, type] = documents.exec(text) ?? [];
  const isOne = (place !== undefined || type !== undefined) && text.split('log.reference').length === 2;
  if (isOne) names.delete('log.reference');
  return { names: [...names], reference: isOne ? (type ?? Number(place)) : undefined, untold };
}
