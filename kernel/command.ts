import { demand, type Permission } from './actor.ts';
import type { Scope } from './context.ts';
import { type Decision, type DecisionContext, decisionContext, type Effect } from './draft.ts';
import type { Entity } from './entity.ts';
import { Refused } from './errors.ts';
import { asRefused, type Outcome } from './outcome.ts';
import { demandOwner, type OwnershipCheck } from './ownership.ts';
import { NotOwner } from './proposal.ts';
import { type Deliveries, deliveriesOf, type Source } from './source.ts';
import { isConfined } from './visibility.ts';
import { write } from './write.ts';

/** One way to write, for one item and for five hundred: load under locks, decide in memory, write all at once. */
export type Command<Item, Loaded> = {
  /** Without this permission the whole call is refused; the machine asks again for each item. */
  may?: Permission;
  /** All that it may write, parents before children. */
  entities: readonly Entity[];
  /** Of these, what only follows from what it does to the others: whoever owns those may. */
  consequences?: readonly Entity[];
  /** Locks and reads all that the items need: in one fixed order, in a number of statements that does not grow with the items. */
  load(scope: Scope, items: readonly Item[]): Promise<Loaded>;
  /** Pure: what the item leads to. Throws Refused. */
  decide(loaded: Loaded, item: Item, context: DecisionContext): Decision;
  /** Lets the later items of the call see what this one does. */
  absorb?(loaded: Loaded, decision: Decision, item: Item): void;
  /** Pure: what follows from all that was accepted, once per call, such as the status of a parent that follows its parts. */
  conclude?(loaded: Loaded, context: DecisionContext): readonly Effect[];
  /** The entity that an item is about, where a refused item shows it. */
  about?(loaded: Loaded, item: Item): string | undefined;
  /** What only one item of a call may be about: which of two would hold? */
  once?(item: Item): { field: string; key: string } | undefined;
  /** Items that another system delivers: older versions of theirs are refused, and what was taken is noted with the reference. */
  source?: Source<Item>;
  /** The indexes of the items in the order in which they are decided, where one builds on another. */
  order?(loaded: Loaded, items: readonly Item[]): readonly number[];
};

/** Carries items out in their order; a refused one changes nothing and stays with its place. */
export async function execute<Item, Loaded>(scope: Scope, command: Command<Item, Loaded>, items: readonly Item[]): Promise<Outcome[]> {
  const decided = await decideAll(scope, command, items);
  return (await written(scope, command, decided.effects)) ? decided.outcomes : oneByOne(scope, command, { items, ...decided });
}

/** The same for one item: a refusal is thrown. */
export async function executeOne<Item, Loaded>(scope: Scope, command: Command<Item, Loaded>, item: Item): Promise<{ id: string }> {
  const [done] = await executeAll(scope, command, [item]);
  if (!done) throw new Error('a command without an outcome');
  return done;
}

/** All items or, where one is refused, none: for processes, whose items were never somebody's single wishes. */
export async function executeAll<Item, Loaded>(scope: Scope, command: Command<Item, Loaded>, items: readonly Item[]): Promise<{ id: string }[]> {
  const { outcomes, effects } = await decideAll(scope, command, items);
  const done = outcomes.map((outcome) => {
    if ('refused' in outcome) throw outcome.refused;
    return outcome;
  });
  await write(scope, command.entities, effects);
  return done;
}

/** What became of the items, by index; what is to be written; the indexes in the order of decision; those about what an earlier item is about. */
type Decided = { outcomes: Outcome[]; effects: Effect[]; order: readonly number[]; repeated: ReadonlyMap<number, Refused> };

async function decideAll<Item, Loaded>(scope: Scope, command: Command<Item, Loaded>, items: readonly Item[]): Promise<Decided> {
  if (command.may) demand(scope.actor, command.may);
  const loaded = await command.load(scope, items);
  const context = decisionContext(scope);
  const owning = { ownership: scope.ownership, actor: scope.actor, consequences: command.consequences };
  const deliveries = await deliveriesOf(scope, command.source, items);
  const repeated = repeatedOf(command, items);
  const order = command.order?.(loaded, items) ?? [...items.keys()];
  const effects: Effect[] = [];
  const outcomes: Outcome[] = [];
  for (const index of order) {
    const item = items[index] as Item;
    try {
      const again = repeated.get(index);
      if (again) throw again;
      const decision = decideOne({ command, deliveries, context, owning }, loaded, item);
      command.absorb?.(loaded, decision, item);
      effects.push(...decision.effects);
      outcomes[index] = { id: decision.id };
    } catch (error) {
      if (error instanceof NotOwner) error.item = item;
      outcomes[index] = refusal(error, command.about?.(loaded, item));
    }
  }
  effects.push(...(command.conclude?.(loaded, context) ?? []));
  return { outcomes, effects, order, repeated };
}

type Deciding<Item, Loaded> = { command: Command<Item, Loaded>; deliveries: Deliveries<Item>; context: DecisionContext; owning: OwnershipCheck };

/** What an item leads to, and that it was taken. Who sees a part of the firm is judged by the command first: it must not learn what another's entity is like. */
function decideOne<Item, Loaded>({ command, deliveries, context, owning }: Deciding<Item, Loaded>, loaded: Loaded, item: Item): Decision {
  if (!isConfined(context.actor)) deliveries.demandNewer(item);
  const decision = command.decide(loaded, item, context);
  const taken = { ...decision, effects: [...decision.effects, ...deliveries.taken(item, decision)] };
  demandOwner(owning, taken);
  return taken;
}

/** The indexes of items about something that an earlier item of the call is about. */
function repeatedOf<Item, Loaded>(command: Command<Item, Loaded>, items: readonly Item[]): Map<number, Refused> {
  const seen = new Set<string>();
  const repeated = new Map<number, Refused>();
  for (const [index, item] of items.entries()) {
    const once = command.once?.(item);
    if (once && seen.has(once.key))
      repeated.set(index, new Refused('VALIDATION_FAILED', `${once.key} stands in more than one item of this call.`, { field: once.field }));
    if (once) seen.add(once.key);
  }
  return repeated;
}

/** False, and nothing written, when the database refuses one of the items: which one, only itself can say. */
async function written<Item, Loaded>(scope: Scope, command: Command<Item, Loaded>, effects: readonly Effect[]): Promise<boolean> {
  try {
    await scope.tx.transaction((tx) => write({ ...scope, tx }, command.entities, effects));
    return true;
  } catch (error) {
    asRefused(error);
    return false;
  }
}

/** The slow way, when a race or a rule of the database hit one of many: each behind a savepoint of its own. */
async function oneByOne<Item, Loaded>(
  scope: Scope,
  command: Command<Item, Loaded>,
  { items, outcomes, order, repeated }: Decided & { items: readonly Item[] },
): Promise<Outcome[]> {
  const again = [...outcomes];
  for (const index of order) if (!repeated.has(index)) again[index] = await alone(scope, command, items[index] as Item);
  return again;
}

/** One item behind a savepoint. Where the database refuses it, what it is about is what was loaded for it. */
async function alone<Item, Loaded>(scope: Scope, command: Command<Item, Loaded>, item: Item): Promise<Outcome> {
  let id: string | undefined;
  const noting: Command<Item, Loaded> = {
    ...command,
    load: async (inner, items) => {
      const loaded = await command.load(inner, items);
      id = command.about?.(loaded, item);
      return loaded;
    },
  };
  try {
    return await scope.tx.transaction((tx) => executeOne({ ...scope, tx }, noting, item));
  } catch (error) {
    return refusal(error, id);
  }
}

function refusal(error: unknown, id: string | undefined): Outcome {
  return { refused: asRefused(error), ...(id ? { id } : {}) };
}
