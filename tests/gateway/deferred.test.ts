import { type DocumentNode, getVariableValues, parse } from 'graphql';
import { expect, test } from 'vitest';
import { aliasesFor } from '#gateway/aliases.ts';
import type { Exchange } from '#gateway/exchange.ts';
import { type Carrying, carryOut, carryOutInParts, type Delivery } from '#gateway/execution/carry.ts';
import { planOperation } from '#gateway/execution/planned.ts';
import { deferringOf } from '#gateway/incremental/deferring.ts';
import { market, marketServices, type Weather } from '../support/market.ts';
import { type Generated, marketOperation } from '../support/marketOperations.ts';
import { seeds } from '../support/seeds.ts';

const aliases = aliasesFor(market);
const exchange = { actor: { id: 'x', kind: 'STAFF', permissions: [], customerIds: [] }, trace: { correlationId: 'x' } } as unknown as Exchange;
const json = (value: unknown) => JSON.parse(JSON.stringify(value ?? null));

/** Nothing is lost: a part that is deferred asks again, by its key, for a thing that one answer has found already. */
const weathers: readonly Weather[] = [
  { seed: 1, nulls: 0, failures: 0, lost: 0 },
  { seed: 2, nulls: 15, failures: 0, lost: 0 },
  { seed: 3, nulls: 0, failures: 6, lost: 0 },
  { seed: 4, nulls: 10, failures: 6, lost: 0 },
];
const skies = weathers.map((weather) => ({ weather, services: marketServices(weather) }));
/** Operations per run; each gives an answer per weather, in parts and as one. */
const count = Number(process.env.ACCORD_TEST_OPERATIONS ?? 200);

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
type Json = any;
type Path = readonly (string | number)[];
type Told = readonly { path?: Path | undefined; message: string }[];
/** What is told of things that are there: what fell with something around it may not have been asked about. */
const told = (errors: Told, data: unknown): string[] => {
  const visible = errors.filter(({ path = [] }) => path.slice(0, -1).reduce((at: Json, step) => (at === null ? null : at?.[step]), data) !== null);
  return [...new Set(visible.map(({ path, message }) => `${path?.join('.')}: ${message}`))].sort();
};

/** The operation, planned as one answer and in parts; undefined where nothing of it is deferred. */
async function plannedBothWays({ text, variables: given }: Generated) {
  const asked = parse(text, { noLocation: true });
  const document = aliases.renamed(asked) ?? asked;
  const variables = variablesOf(asked, given);
  const deferring = deferringOf({ document, operationName: 'G', variables });
  const whole = await planOperation(market, { document, operationName: 'G' }, variables);
  const inParts = deferring && (await planOperation(market, { document: deferring.document, operationName: 'G', deferring }, variables));
  return { variables, whole, inParts };
}

function variablesOf(document: DocumentNode, given: Record<string, unknown>): Record<string, unknown> {
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
  return getVariableValues(market.apiSchema, operation.variableDefinitions ?? [], given).coerced ?? {};
}

async function deliveries(carrying: Carrying): Promise<Delivery[]> {
  const all: Delivery[] = [];
  await carryOutInParts(carrying, (delivery) => all.push(json(delivery)));
  return all;
}

/** Puts a part where it belongs, as clients do. */
function mergeAt(root: Json, path: Path, data: unknown): void {
  const target = path.reduce((at, step) => at[step], root);
  mergeInto(target, data);
}

function mergeInto(target: Json, source: Json): void {
  for (const name of Object.keys(source)) {
    const [before, after] = [target[name], source[name]];
    if (typeof before === 'object' && before !== null && typeof after === 'object' && after !== null) mergeInto(before, after);
    else target[name] = after;
  }
}

const isAbove = (path: Path, other: Path): boolean => path.every((step, index) => other[index] === step);

/** What a part that fell leaves standing falls in one answer: there its null goes on. */
function withFallen(value: unknown, whole: unknown, { path, fallen }: { path: Path; fallen: readonly Path[] }): unknown {
  if (whole === null) return fallen.some((each) => isAbove(path, each)) ? null : value;
  if (typeof value !== 'object' || value === null || typeof whole !== 'object') return value;
  const below = (inner: unknown, step: string | number) => withFallen(inner, (whole as Json)[step], { path: [...path, step], fallen });
  if (Array.isArray(value)) return value.map(below);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, below(inner, name)]));
}

const answers = `${count * weathers.length} answers in parts come to what one answer is`;

test.each(seeds(1_488_158_200))(`${answers} (seed %i)`, async (seed) => {
  const seen = { deferred: 0, several: 0, nested: 0, fallen: 0, errors: 0, lists: 0, mutations: 0 };
  let refused = 0;
  for (let done = 0, at = seed; done < count; at += 1) {
    const generated = marketOperation(market.apiSchema, at, { defers: 50 });
    const { variables, whole, inParts } = await plannedBothWays(generated);
    if (!inParts || whole.refused) continue;
    if (inParts.refused) {
      refused += 1;
      continue;
    }
    done += 1;
    if (generated.text.startsWith('mutation')) seen.mutations += 1;
    for (const { weather, services } of skies) {
      const about = `seed ${at}, weather ${weather.seed}\n${generated.text}\n${JSON.stringify(generated.variables)}\n${JSON.stringify(inParts.node)}`;
      const carrying = { planning: market, services, exchange, given: generated.variables, variables };
      const one = json(await carryOut({ ...carrying, planned: whole }));
      const parts = await deliveries({ ...carrying, planned: inParts });
      look({ one, parts, about, seen });
    }
  }
  // Apollo's planner has no way to defer what another field requires, and a few more; such an operation has one answer.
  expect(refused).toBeLessThan(count / 5);
  expect(Object.entries(seen).filter(([, times]) => times < count / 40)).toEqual([]);
});

type Looking = { one: Json; parts: Delivery[]; about: string; seen: Record<string, number> };

function look({ one, parts, about, seen }: Looking): void {
  const [first, ...rest] = parts;
  const merged: Json = { data: first?.answers[0]?.data };
  const all = parts.flatMap(({ answers: each }) => each);
  const fallen: Path[] = [];
  for (const { data, part } of rest.flatMap(({ answers: each }) => each)) {
    if (data === null) fallen.push(part.path);
    else mergeAt(merged, ['data', ...part.path], data);
  }
  expect(withFallen(merged.data, one.data, { path: [], fallen }), about).toEqual(one.data);
  const errors = all.flatMap((each) => each.errors);
  if (fallen.length === 0) expect(told(errors, one.data), about).toEqual(told(one.errors, one.data));
  // Every part that was announced came, once, and the last one says so.
  const places = (list: readonly { label: string | undefined; path: Path }[]) => list.map(({ label, path }) => `${label} ${path.join('.')}`).sort();
  expect(places(rest.flatMap(({ answers: each }) => each.map(({ part }) => part))), about).toEqual(places(parts.flatMap(({ announced }) => announced)));
  expect(
    parts.map(({ hasNext }) => hasNext),
    about,
  ).toEqual(parts.map((_, index) => index < parts.length - 1));
  if (rest.length > 0) seen.deferred = (seen.deferred ?? 0) + 1;
  if (rest.length > 1) seen.several = (seen.several ?? 0) + 1;
  if (rest.some(({ announced }) => announced.length > 0)) seen.nested = (seen.nested ?? 0) + 1;
  if (rest.some(({ answers: each }) => each.length > 1)) seen.lists = (seen.lists ?? 0) + 1;
  if (fallen.length > 0) seen.fallen = (seen.fallen ?? 0) + 1;
  if (rest.some(({ answers: each }) => each.some(({ errors: some }) => some.length > 0))) seen.errors = (seen.errors ?? 0) + 1;
}
