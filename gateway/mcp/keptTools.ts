import { type DocumentNode, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Refused } from '#kernel/errors.ts';
import type { Desk } from './desk.ts';
import { answered, type Tool, told, toolOf } from './tool.ts';

const documentId = z.string().min(1).max(255);

/** What is kept never changes while the process runs; what texts hold is looked at once. */
const known = new LRUCache<string, readonly OperationDefinitionNode[]>({ max: 2_000 });

function operationsIn(text: string): readonly OperationDefinitionNode[] {
  const before = known.get(text);
  if (before) return before;
  const document: DocumentNode = parse(text, { noLocation: true });
  const found = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  known.set(text, found);
  return found;
}

/** One query alone: agents change things by what is previewed and confirmed, and are told of nothing live. */
const isQuery = (text: string): boolean => operationsIn(text).length === 1 && operationsIn(text).every(({ operation }) => operation === 'query');

function rootsOf(text: string): string[] {
  return operationsIn(text).flatMap(({ selectionSet }) =>
    selectionSet.selections.flatMap((each) => (each.kind === Kind.FIELD ? [`Query.${each.name.value}`] : [])),
  );
}

/** Queries that are kept for clients, of those the caller may ask, by identifier. */
function queriesOf(desk: Desk): (readonly [string, string])[] {
  return [...desk.kept].filter(([, text]) => isQuery(text) && desk.offers({ text, needs: rootsOf(text) })).sort(([a], [b]) => (a < b ? -1 : 1));
}

const listDocuments = toolOf({
  name: 'list_documents',
  title: 'List kept queries',
  description: 'Lists the queries that the firm keeps for its clients, with the variables that each asks for. run_document runs them.',
  input: z.strictObject({
    first: z.int().min(1).max(100).default(50).describe('How many at most.'),
    after: documentId.optional().describe('The documentId after which to go on.'),
  }),
  output: z.object({
    documents: z.array(
      z.object({ documentId: z.string(), name: z.string().nullable(), variables: z.record(z.string(), z.string()).describe('Types by name.') }),
    ),
    hasNextPage: z.boolean(),
  }),
  isOffered: (desk) => queriesOf(desk).length > 0,
  run: async (desk, { first, after }) => {
    const rest = queriesOf(desk).filter(([each]) => after === undefined || each > after);
    const documents = rest.slice(0, first).map(([each, text]) => {
      const [operation] = operationsIn(text);
      const variables = operation?.variableDefinitions?.map(({ variable, type }) => [variable.name.value, print(type)]) ?? [];
      return { documentId: each, name: operation?.name?.value ?? null, variables: Object.fromEntries(variables) };
    });
    return { says: `${documents.length} kept queries.`, structured: { documents, hasNextPage: rest.length > first } };
  },
});

const runDocument = toolOf({
  name: 'run_document',
  title: 'Run a kept query',
  description: 'Runs one of the queries that list_documents tells, with its variables. It only reads.',
  input: z.strictObject({
    documentId: documentId.describe('From list_documents.'),
    variables: z.record(z.string().max(255), z.unknown()).default({}).describe('By name, without $.'),
  }),
  output: answered,
  isOffered: (desk) => queriesOf(desk).length > 0,
  run: async (desk, { documentId: wanted, variables }) => {
    const text = desk.kept.get(wanted);
    if (text === undefined || !isQuery(text)) throw new Refused('NOT_FOUND', 'No query is kept here under this documentId.', { field: 'documentId' });
    return { ...told('The answer of a kept query.', await desk.ask({ text, variables })), document: wanted };
  },
});

export const keptTools: readonly Tool[] = [listDocuments, runDocument];
