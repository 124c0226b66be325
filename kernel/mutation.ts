import { faultOf } from './arguments.ts';
import { noteOfDone } from './audit.ts';
import { byReference, oneByReference, type References, type Referring, unknownRefs } from './byReference.ts';
import { type Command, execute, executeOne } from './command.ts';
import type { Context, Scope } from './context.ts';
import type { Tx } from './db.ts';
import { databaseError, Refused, toUserErrors, type UserError } from './errors.ts';
import { reach } from './failpoint.ts';
import { claim, type IdempotentCall, settle } from './idempotency.ts';
import { entityOf, unseenIn } from './named.ts';
import { asRefused, type Outcome } from './outcome.ts';
import { keepProposals, NotOwner } from './proposal.ts';
import { notFound } from './rows.ts';
import { inSpan, noteSpan } from './span.ts';
import { isConfined } from './visibility.ts';

type KeyedInput = { idempotencyKey?: string | null | undefined };

type Ran<Answer> = { answer: Answer; replayed: boolean };

/** Opens the one transaction of a mutation: the effect, its facts and its idempotency record commit together or not at all. */
export async function transact<Answer>(
  context: Context,
  call: { mutation: string; input: KeyedInput },
  run: (scope: Scope) => Promise<Answer>,
): Promise<Ran<Answer>> {
  const fault = faultOf(call.input);
  if (fault) throw fault;
  const [unseen] = await unseenIn(context, [call.input]);
  if (unseen) throw unseen;
  const key = call.input.idempotencyKey;
  const keyed: IdempotentCall | undefined = key === null || key === undefined ? undefined : { mutation: call.mutation, key, input: call.input };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const work = { name: `command ${call.mutation}`, trace: context.trace, attributes: { 'db.system.name': 'postgresql', 'accord.mutation': call.mutation } };
      const ran = await inSpan(work, async (trace) => {
        const done = await context.transaction((tx) => once({ ...context, trace }, tx, { mutation: call.mutation, keyed, run }));
        noteSpan(trace, { 'accord.replayed': done.replayed });
        return done;
      });
      reach('mutation', call.mutation, 'committed');
      return ran;
    } catch (error) {
      // 40P01 deadlock, 40001 serialization: the database chose us as the victim; nothing was written.
      const code = databaseError(error)?.code;
      if (attempt >= 4 || (code !== '40P01' && code !== '40001')) throw error;
    }
  }
}

async function once<Answer>(
  context: Pick<Context, 'actor' | 'trace' | 'ownership' | 'clock'>,
  tx: Tx,
  work: { mutation: string; keyed: IdempotentCall | undefined; run: (scope: Scope) => Promise<Answer> },
): Promise<Ran<Answer>> {
  const { actor, trace, ownership } = context;
  const scope: Scope = { tx, actor, trace, now: context.clock(), ownership };
  if (work.keyed) {
    const first = await claim(scope, work.keyed);
    // What was stored is what `settle` got: the answer of this very mutation.
    if (first) {
      await tx.execute(noteOfDone(scope, { mutation: work.mutation, answer: first.replay, replayed: true }));
      return { answer: first.replay as Answer, replayed: true };
    }
    reach('mutation', work.mutation, 'claimed');
  }
  const answer = await work.run(scope);
  const note = noteOfDone(scope, { mutation: work.mutation, answer, replayed: false });
  if (work.keyed) await settle(scope, work.keyed, { answer, note });
  else await tx.execute(note);
  reach('mutation', work.mutation, 'written');
  return { answer, replayed: false };
}

export type EntityPayload<Name extends string, Row> = { [Key in Name]: Row | null } & { userErrors: UserError[]; replayed: boolean };

type Read<Row> = (context: Context, id: string) => Promise<Row | undefined>;

/** The mutation resolvers of one entity: translation, transaction, refusals as data. `entity` is the payload's field; `refs`, what inputs may name by reference. */
export function mutationsOf<Name extends string, Row>(entity: Name, read: Read<Row>) {
  return {
    /** A mutation on one entity. */
    one<Input, Loaded = unknown, const Refs extends References = NoReferences>(
      mutation: string,
      command: Perform<Input> | Command<Input, Loaded>,
      refs?: Refs,
    ) {
      const perform = typeof command === 'function' ? command : (scope: Scope, input: Input) => executeOne(scope, command, input);
      const referring = oneByReference<Input, Refs>(perform, refs);
      const resolve = (_: unknown, args: { input: Referring<Input, Refs> & KeyedInput }, context: Context) =>
        answerOne(context, { entity, read, mutation, input: args.input, command: referring, refs });
      const carryOut: CarryOut = async (scope, item) => perform(scope, item as Input);
      return Object.assign(resolve, { carryOut, refs });
    },
    /** Up to 500 items, a result for each: refused items change nothing, the others commit together. */
    bulk<Item, Loaded = unknown, const Refs extends References = NoReferences>(
      mutation: string,
      command: PerformAll<Item> | Command<Item, Loaded>,
      refs?: Refs,
    ) {
      const perform = typeof command === 'function' ? command : (scope: Scope, items: readonly Item[]) => execute(scope, command, items);
      const referring = byReference<Item, Refs>(perform, refs);
      const resolve = (_: unknown, args: { input: BulkInput<Referring<Item, Refs>> }, context: Context) =>
        answerBulk(context, { entity, read, mutation, input: args.input, command: referring, refs });
      const carryOut: CarryOut = async (scope, item) => {
        const [outcome] = await perform(scope, [item as Item]);
        if (!outcome || 'refused' in outcome) throw outcome?.refused ?? new Error('a command without an outcome');
        return outcome;
      };
      return Object.assign(resolve, { carryOut, refs });
    },
  };
}

/** What a mutation does for one item as its command takes it: for who carries out later what was refused. A refusal is thrown. */
export type CarryOut = (scope: Scope, item: unknown) => Promise<{ id: string }>;

/** Nothing that a reference may stand for. */
type NoReferences = Readonly<Record<never, string>>;
type Perform<Input> = (scope: Scope, input: Input) => Promise<{ id: string }>;
type PerformAll<Item> = (scope: Scope, items: readonly Item[]) => Promise<Outcome[]>;

type One<Name, Row, Input> = {
  entity: Name;
  read: Read<Row>;
  mutation: string;
  input: Input & KeyedInput;
  command: Perform<Input>;
  refs: References | undefined;
};

async function answerOne<Name extends string, Row, Input>(context: Context, call: One<Name, Row, Input>): Promise<EntityPayload<Name, Row>> {
  const { entity, input, command } = call;
  try {
    const [hidden] = await hiddenIds(context, call, [input]);
    if (hidden) throw notFound(entityOf(entity), hidden);
    const [unknown] = await unknownTo(context, call.refs, [input]);
    if (unknown) throw unknown;
    const { answer, replayed } = await transact(context, call, async (scope) => ({ id: (await command(scope, input)).id }));
    context.forget();
    return payload(entity, await shown(context, call.read, answer.id), { userErrors: [], replayed });
  } catch (error) {
    const refused = asRefused(error);
    const proposalId = refused instanceof NotOwner ? await proposedAlone(context, call.mutation, refused) : null;
    return payload<Name, Row>(entity, null, { userErrors: toUserErrors(refused, context.trace.correlationId, proposalId), replayed: false });
  }
}

/** The refused call left nothing behind: its proposal is kept in a transaction of its own. */
async function proposedAlone(context: Context, mutation: string, refused: NotOwner): Promise<string | null> {
  const { answer } = await transact(context, { mutation, input: {} }, (scope) => keepProposals(scope, [{ mutation, refused }]));
  return answer[0] ?? null;
}

/** What was written, as the actor may read it. It is committed: that somebody may not read it must not sound like a refusal of the write. */
export async function shown<Row>(context: Context, read: Read<Row>, id: string): Promise<Row | null> {
  try {
    return (await read(context, id)) ?? null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

function payload<Name extends string, Row>(entity: Name, row: Row | null, rest: { userErrors: UserError[]; replayed: boolean }): EntityPayload<Name, Row> {
  return { [entity]: row, ...rest } as EntityPayload<Name, Row>;
}

type StoredResult = { index: number; id: string | null; userErrors: UserError[] };
export type BulkResult<Name extends string, Row> = { [Key in Name]: Row | null } & { index: number; userErrors: UserError[] };
export type BulkPayload<Name extends string, Row> = {
  results: BulkResult<Name, Row>[];
  succeeded: number;
  failed: number;
  userErrors: UserError[];
  replayed: boolean;
};

/** Items that a bulk mutation takes at most. */
export const bulkLimit = 500;

type BulkInput<Item> = { idempotencyKey: string; items: readonly Item[] };
/** The command gives one outcome per item, in their order. It must not throw Refused for a single item. */
type Bulk<Name, Row, Item> = {
  entity: Name;
  read: Read<Row>;
  mutation: string;
  input: BulkInput<Item>;
  command: PerformAll<Item>;
  refs: References | undefined;
};

async function answerBulk<Name extends string, Row, Item>(context: Context, call: Bulk<Name, Row, Item>): Promise<BulkPayload<Name, Row>> {
  const { items } = call.input;
  const { correlationId } = context.trace;
  try {
    if (items.length === 0 || items.length > bulkLimit)
      throw new Refused('VALIDATION_FAILED', `items must hold 1 to ${bulkLimit}; it holds ${items.length}.`, { field: 'items' });
    const refused = await refusedBefore(context, call);
    const { answer, replayed } = await transact(context, call, async (scope) => {
      const outcomes = await runOthers(scope, call, refused);
      const proposals = await proposedOf(scope, call.mutation, outcomes);
      return outcomes.map((outcome, index) => stored(outcome, { index, correlationId, proposalId: proposals.get(outcome) }));
    });
    context.forget();
    return { ...(await shownResults(context, call, answer)), userErrors: [], replayed };
  } catch (error) {
    const refused = asRefused(error);
    return { results: [], succeeded: 0, failed: items.length, userErrors: toUserErrors(refused, correlationId), replayed: false };
  }
}

/** What each item came to, with its entity as the actor may read it. */
export async function shownResults<Name extends string, Row>(
  context: Context,
  { entity, read }: { entity: Name; read: Read<Row> },
  stored: readonly StoredResult[],
): Promise<{ results: BulkResult<Name, Row>[]; succeeded: number; failed: number }> {
  const results = await Promise.all(stored.map(async ({ id, ...rest }) => ({ ...rest, [entity]: id ? await shown(context, read, id) : null })));
  const failed = stored.filter((result) => result.userErrors.length > 0).length;
  return { results: results as BulkResult<Name, Row>[], succeeded: stored.length - failed, failed };
}

/** Of the entities that these inputs name, those that an actor who sees a part of the firm may not know of. The commands themselves judge all rows. */
async function hiddenIds<Row>(context: Context, { read }: { read: Read<Row> }, inputs: readonly unknown[]): Promise<string[]> {
  if (!isConfined(context.actor)) return [];
  const ids = inputs.flatMap((input) => idOf(input) ?? []);
  const seen = await Promise.all(ids.map((id) => mayKnow(context, read, id)));
  return ids.filter((_, index) => !seen[index]);
}

/** Of inputs, the external references that an actor who sees a part of the firm may not know of. */
async function unknownTo({ actor, db }: Context, refs: References | undefined, inputs: readonly unknown[]): Promise<readonly (Refused | undefined)[]> {
  return isConfined(actor) ? unknownRefs(db, refs, inputs) : [];
}

/** Who may not read such entities at all is judged by the command's own permission. */
async function mayKnow<Row>(context: Context, read: Read<Row>, id: string): Promise<boolean> {
  try {
    return (await read(context, id)) !== undefined;
  } catch (error) {
    if (error instanceof Refused && error.code === 'FORBIDDEN') return true;
    throw error;
  }
}

/** Items that no command gets to see: those with texts that cannot be, and those on hidden entities, which are refused as if there were none. */
async function refusedBefore<Name, Row, Item>(context: Context, call: Bulk<Name, Row, Item>): Promise<Map<number, Refused>> {
  const { items } = call.input;
  const hidden = await hiddenIds(context, call, items);
  const unseen = await unseenIn(context, items);
  const unknown = await unknownTo(context, call.refs, items);
  const refused = new Map<number, Refused>();
  for (const [index, item] of items.entries()) {
    const id = idOf(item) ?? '';
    const why = faultOf(item) ?? (hidden.includes(id) ? notFound(entityOf(call.entity), id) : undefined) ?? unseen[index] ?? unknown[index];
    if (why) refused.set(index, why);
  }
  return refused;
}

/** Carries out all items but the refused ones; every outcome stays with its item. */
async function runOthers<Name, Row, Item>(scope: Scope, call: Bulk<Name, Row, Item>, refused: ReadonlyMap<number, Refused>): Promise<Outcome[]> {
  const { items } = call.input;
  if (refused.size === 0) return call.command(scope, items);
  const others = items.filter((_, index) => !refused.has(index));
  const done = (await call.command(scope, others)).values();
  return items.map((_, index) => {
    const why = refused.get(index);
    if (why) return { refused: why };
    const next = done.next();
    if (next.done) throw new Error('a command without an outcome');
    return next.value;
  });
}

function idOf(input: unknown): string | undefined {
  return typeof input === 'object' && input !== null && 'id' in input && typeof input.id === 'string' ? input.id : undefined;
}

/** Keeps what was refused for its owner's sake, beside what was carried out; gives the proposals' ids. */
async function proposedOf(scope: Scope, mutation: string, outcomes: readonly Outcome[]): Promise<ReadonlyMap<Outcome, string>> {
  const wanted = outcomes.flatMap((outcome) => ('refused' in outcome && outcome.refused instanceof NotOwner ? [{ outcome, refused: outcome.refused }] : []));
  if (wanted.length === 0) return new Map();
  const ids = await keepProposals(
    scope,
    wanted.map(({ refused }) => ({ mutation, refused })),
  );
  return new Map(wanted.map(({ outcome }, index) => [outcome, ids[index] ?? '']));
}

type Told = { index: number; correlationId: string; proposalId: string | undefined };

function stored(outcome: Outcome, { index, correlationId, proposalId }: Told): StoredResult {
  if ('refused' in outcome) return { index, id: outcome.id ?? null, userErrors: toUserErrors(outcome.refused, correlationId, proposalId) };
  return { index, id: outcome.id, userErrors: [] };
}
