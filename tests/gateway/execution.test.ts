import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, getVariableValues, parse } from 'graphql';
import { expect, test } from 'vitest';
import { aliasesFor, withOwnNames } from '#gateway/aliases.ts';
import type { Exchange } from '#gateway/exchange.ts';
import { carryOut } from '#gateway/execution/carry.ts';
import { unconditional } from '#gateway/execution/conditions.ts';
import { planOperation } from '#gateway/execution/planned.ts';
import type { Services } from '#gateway/execution/run.ts';
import { loadSupergraph, type Planning } from '#gateway/planning.ts';
import { hivePlanner } from '../support/hivePlanner.ts';
import { market, marketServices, plainAnswer, type Weather } from '../support/market.ts';
import { type Generated, marketOperation } from '../support/marketOperations.ts';
import { seeds } from '../support/seeds.ts';

const aliases = aliasesFor(market);
const exchange = { actor: { id: 'x', kind: 'STAFF', permissions: [], customerIds: [] }, trace: { correlationId: 'x' } } as unknown as Exchange;

type Answer = { data: unknown; errors: string[]; faults: string[] };
type Told = readonly { path?: readonly (string | number)[] | undefined; message: string }[];

const told = (errors: Told | undefined): string[] => (errors ?? []).map(({ path, message }) => `${path?.join('.')}: ${message}`).sort();
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

async function plannedFor(planning: Planning, { text, variables: given }: Generated) {
  const asked = parse(text);
  const renamed = aliases.renamed(asked);
  const document = renamed ?? asked;
  const variables = variablesOf(asked, given);
  return {
    planning,
    document,
    variables,
    isRenamed: renamed !== undefined,
    planned: await planOperation(planning, { document, operationName: 'G' }, variables),
  };
}
function variablesOf(document: DocumentNode, given: Record<string, unknown>): Record<string, unknown> {
  const [operation] = document.definitions;
  if (operation?.kind !== 'OperationDefinition') throw new Error('no operation');
  return getVariableValues(market.apiSchema, operation.variableDefinitions ?? [], given).coerced ?? {};
}
type Ready = Awaited<ReturnType<typeof plannedFor>>;

async function ours({ planning, variables, planned, isRenamed }: Ready, given: Record<string, unknown>, services: Services): Promise<Answer> {
  const { data, errors, faults } = await carryOut({ planning, planned, services, exchange, given, variables });
  const answer = { data, errors: errors.map((error) => error.toJSON()) };
  return {
    data: json((isRenamed ? withOwnNames(answer) : answer).data),
    errors: told((isRenamed ? withOwnNames(answer) : answer).errors),
    faults: told(faults),
  };
}

const theirs = Supergraph.build(market.supergraphSdl);
const theirPlanner = new QueryPlanner(theirs);
const theirSchema = theirs.apiSchema();

/** What @apollo/gateway makes of the same operation. */
async function stock({ document, variables: met, isRenamed }: Ready, variables: Record<string, unknown>, services: Services): Promise<Answer> {
  const sourceOf = (name: string): GraphQLDataSource => ({
    process: async ({ request }) =>
      (await services[name]?.({ operation: request.query ?? '', operationName: undefined, variables: request.variables ?? {}, exchange })) as never,
  });
  const map = Object.fromEntries(Object.keys(services).map((name) => [name, sourceOf(name)]));
  const context = buildOperationContext({ schema: market.apiSchema, operationDocument: document, operationName: 'G' });
  const plan = theirPlanner.buildQueryPlan(operationFromDocument(theirSchema, unconditional(document, met), { operationName: 'G', validate: false }));
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const request = { request: { variables }, context: exchange, logger: quiet, metrics: {} } as never;
  const result = await executeQueryPlan(plan, map, request, context, market.supergraphSchema, theirSchema);
  const answer = { data: result.data ?? null, errors: (result.errors ?? []).map((error) => ({ message: error.message, path: error.path as never })) };
  const named = isRenamed ? withOwnNames(answer) : answer;
  return { data: json(named.data), errors: told(named.errors), faults: told(result.extensions?.valueCompletion as Told | undefined) };
}

const pathOf = (error: string): string[] => (error.split(': ')[0] ?? '').split('.');
const messagesOf = (errors: readonly string[]): (string | undefined)[] => errors.map((error) => error.split(': ')[1]).sort();

/** Whatever failed is null, or something around it is. */
function isNullAt(data: unknown, path: readonly string[]): boolean {
  if (data === null) return true;
  const [step, ...rest] = path;
  if (step === undefined) return false;
  // What a plan fetched for itself, such as a requirement, is not in the answer.
  if (!Object.hasOwn(data as object, step)) return true;
  return isNullAt((data as Record<string, unknown>)[step], rest);
}

const weathers: readonly Weather[] = [
  { seed: 1, nulls: 0, failures: 0, lost: 0 },
  { seed: 2, nulls: 15, failures: 0, lost: 0 },
  { seed: 3, nulls: 10, failures: 0, lost: 15 },
  { seed: 4, nulls: 10, failures: 6, lost: 0 },
];
const skies = weathers.map((weather) => ({ weather, services: marketServices(weather) }));
/** Operations per run; each gives an answer per weather. 1250 of them take a minute. */
const count = Number(process.env.ACCORD_TEST_OPERATIONS ?? 200);

async function compare(planning: Planning, from: number, { plansAsTheirs }: { plansAsTheirs: boolean }): Promise<void> {
  const seen = { rich: 0, refused: 0, fallen: 0, renamed: 0, mutations: 0 };
  for (let seed = from; seed < from + count; seed += 1) {
    const generated = marketOperation(market.apiSchema, seed);
    const ready = await plannedFor(planning, generated);
    if (!plansAsTheirs && ready.planned.refused) continue;
    for (const { weather, services } of skies) {
      const about = `seed ${seed}, weather ${weather.seed}\n${generated.text}\n${JSON.stringify(generated.variables)}`;
      const answer = await ours(ready, generated.variables, services);
      const other = await stock(ready, generated.variables, services);
      expect(answer.data, about).toEqual(other.data);
      compareErrors({ answer, other, about, plansAsTheirs });
      if (weather.failures + weather.lost === 0)
        expect(answer.data, about).toEqual(json((await plainAnswer(generated.text, generated.variables, weather)).data));
      if (JSON.stringify(answer.data).length > 200) seen.rich += 1;
      if (answer.errors.length > 0) seen.refused += 1;
      if (answer.faults.length > 0) seen.fallen += 1;
    }
    if (ready.isRenamed) seen.renamed += 1;
    if (generated.text.startsWith('mutation')) seen.mutations += 1;
  }
  expect(Object.entries(seen).filter(([, times]) => times < count / 20)).toEqual([]);
}

type Compared = { answer: Answer; other: Answer; about: string; plansAsTheirs: boolean };

function compareErrors({ answer, other, about, plansAsTheirs }: Compared): void {
  // Theirs stand at the place of another entity once one before it was not asked about.
  expect(
    answer.errors.filter((error) => !isNullAt(answer.data, pathOf(error))),
    about,
  ).toEqual([]);
  // Of several that fall with one thing, each reports the one that it comes to first; and each planner asks for other things at once.
  if (plansAsTheirs) expect(messagesOf(answer.errors), about).toEqual(messagesOf(other.errors));
  if (plansAsTheirs && other.errors.length === 0) expect(answer.faults.length > 0, about).toBe(other.faults.length > 0);
}

const answers = `${count * weathers.length} answers are what @apollo/gateway, and one plain schema, make of the same`;

test.each(seeds())(`${answers} (seed %i)`, async (seed) => {
  await compare(market, seed, { plansAsTheirs: true });
});

// Always the same operations: there are others that end its process (planners.test.ts).
test(`with plans of another planner, ${answers}`, async () => {
  await compare(loadSupergraph(market.supergraphSdl, { plannerOf: hivePlanner }), 0, { plansAsTheirs: false });
});
