import assert from 'node:assert/strict';
import { newId } from '#kernel/ids.ts';
import type { Graph, Json } from '../graph.ts';

type Input = Readonly<Record<string, unknown>>;
type Letter = { name: string; input: Input; select: string; resolve: (said: Said) => void; reject: (error: unknown) => void };

/** A call as it went out, perhaps with those of others: it can be made once more. */
type Call = { ask: () => Promise<Json>; answer: Json };

/** What became of one request, and the call that it went out with. */
export type Said = { payload: Json; call: Call };

export type Office = {
  /** Asks for a mutation on one thing; the office says with whose it goes. */
  ask(name: string, input: Input, select?: string): Promise<Said>;
  /** A call once more, with its key: the first answer, and nothing happens. */
  again(call: Call): Promise<void>;
};

/** How a mutation on one thing is called for many of them. */
const bulks: Readonly<Record<string, string>> = {
  recordTimeEntry: 'recordTimeEntries',
  submitTimesheet: 'submitTimesheets',
  approveTimesheet: 'approveTimesheets',
  rejectTimesheet: 'rejectTimesheets',
  recordExpense: 'recordExpenses',
  submitExpense: 'submitExpenses',
  approveExpense: 'approveExpenses',
  validateInvoice: 'validateInvoices',
  postInvoice: 'postInvoices',
  recordPayment: 'recordPayments',
};

/** What is asked for by the thing and has a form for many alone. */
const manyOnly: Readonly<Record<string, string>> = {
  reverseActual: 'reverseActuals',
  repriceActual: 'repriceActuals',
  holdActual: 'holdActuals',
  releaseActual: 'releaseActuals',
  retryException: 'retryExceptions',
};

/** Items of a bulk mutation, and operations on one thing each in one request: few sizes, so that few plans are made. */
const mostItems = 500;
const sizes = [16, 8, 4, 2, 1];

/** Takes what many ask for at one time to the graph together: the bulk form where there is one, and else many mutations in one operation. */
export function officeOf(graph: Graph): Office {
  let waiting: Letter[] = [];
  const repeats = new Map<Call, Promise<void>>();
  const flush = async () => {
    const letters = waiting;
    waiting = [];
    const bundles = [...Map.groupBy(letters, ({ name, select }) => `${name} ${select}`).values()].flatMap(bundlesOf);
    const sent = await Promise.allSettled(bundles.map((bundle) => post(graph, bundle)));
    // All at once, so that what they ask for next goes out together as well.
    for (const [index, each] of sent.entries()) {
      if (each.status === 'fulfilled') for (const [letter, said] of each.value) letter.resolve(said);
      else for (const letter of bundles[index] ?? []) letter.reject(each.reason);
    }
  };
  const ask = (name: string, input: Input, select = '') =>
    new Promise<Said>((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ name, input, select, resolve, reject });
    });
  const again = (call: Call) => {
    const repeat = repeats.get(call) ?? repeated(call).finally(() => repeats.delete(call));
    repeats.set(call, repeat);
    return repeat;
  };
  return { ask, again };
}

/** Takes what is asked for to the graph as it is, one by one. */
export function counterOf(graph: Graph): Office {
  const ask = async (name: string, input: Input, select = '') => {
    const letter = { name, input, select, resolve: () => undefined, reject: () => undefined };
    const [answer] = bulks[name] ? await alone(graph, [letter]) : await post(graph, [letter]);
    if (!answer) throw new Error(`${name} has no answer`);
    return answer[1];
  };
  return { ask, again: repeated };
}

async function repeated({ ask, answer }: Call): Promise<void> {
  assert.deepEqual(await ask(), replayed(answer), 'the first answer again');
}

function replayed(answer: Json): Json {
  return Array.isArray(answer) ? answer.map(replayed) : { ...answer, replayed: true };
}

function bundlesOf(letters: readonly Letter[]): Letter[][] {
  const [{ name } = { name: '' }] = letters;
  const bundles: Letter[][] = [];
  for (let from = 0; from < letters.length; ) {
    const left = letters.length - from;
    const size = name === 'draftInvoices' ? 250 : bulks[name] || manyOnly[name] ? mostItems : (sizes.find((each) => each <= left) ?? 1);
    bundles.push(letters.slice(from, from + size));
    from += size;
  }
  return bundles;
}

type Posted = [Letter, Said][];

function post(graph: Graph, letters: readonly Letter[]): Promise<Posted> {
  const [{ name } = { name: '' }] = letters;
  if (name === 'draftInvoices') return drafts(graph, letters);
  const many = bulks[name] ?? manyOnly[name];
  return many ? together(graph, many, letters) : alone(graph, letters);
}

async function called(ask: () => Promise<Json>): Promise<Call> {
  return { ask, answer: await ask() };
}

const errors = 'userErrors { code field guard message }';

async function together(graph: Graph, name: string, letters: readonly Letter[]): Promise<Posted> {
  const input = { idempotencyKey: newId(), items: letters.map((letter) => letter.input) };
  const select = `results { ${letters[0]?.select ?? ''} ${errors} }`;
  const call = await called(() => graph.mutate(name, input, { select }));
  return letters.map((letter, index) => {
    const result = call.answer.results[index] ?? {};
    return [letter, { call, payload: { ...result, userErrors: [...call.answer.userErrors, ...(result.userErrors ?? [])] } }];
  });
}

async function alone(graph: Graph, letters: readonly Letter[]): Promise<Posted> {
  const [{ name, select } = { name: '', select: '' }] = letters;
  const inputs = letters.map(({ input }) => ({ idempotencyKey: newId(), ...input }));
  const answers = await graph.mutateEach(name, inputs, { select });
  const wasDone = (_: unknown, index: number) => answers[index].userErrors.length === 0;
  // What was refused is not asked for again: by then it may be possible.
  const call = { ask: () => graph.mutateEach(name, inputs.filter(wasDone), { select }), answer: answers.filter(wasDone) };
  return letters.map((letter, index) => [letter, { call, payload: answers[index] }]);
}

/** One call for all their contracts: each gets the draft of its own. */
async function drafts(graph: Graph, letters: readonly Letter[]): Promise<Posted> {
  const [{ input: first, select } = { input: {}, select: '' }] = letters;
  const contractIds = letters.flatMap(({ input }) => input.contractIds as string[]);
  const input = { idempotencyKey: newId(), ...first, contractIds };
  const call = await called(() => graph.mutate('draftInvoices', input, { select: `results { invoice { id contract { id } ${select} } ${errors} }` }));
  return letters.map((letter) => {
    const [contractId] = letter.input.contractIds as string[];
    const own = call.answer.results.filter(({ invoice }: Json) => invoice?.contract.id === contractId);
    return [
      letter,
      {
        call,
        payload: {
          invoices: own.map(({ invoice }: Json) => invoice),
          userErrors: [...call.answer.userErrors, ...own.flatMap((each: Json) => each.userErrors)],
        },
      },
    ];
  });
}
