import { type DocumentNode, GraphQLError, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate } from 'graphql';
import { type Executable, executable } from '#gateway/execution/subgraph/execute.ts';
import { createMemory } from '#gateway/memory.ts';
import { publicError } from '#kernel/publicError.ts';
import { toldReads } from '#kernel/reads.ts';
import type { Session } from '#kernel/session.ts';
import { inSpan, noteSpan } from '#kernel/span.ts';
import type { TransportAnswer, TransportRequest } from '#kernel/transport.ts';
import { type Wanted, wantedOf } from '#kernel/wanted.ts';
import type { OpenSubgraph } from './openSubgraph.ts';

export type Asked = Pick<TransportRequest, 'text' | 'variables' | 'operationName' | 'actor' | 'trace'> & { session: Session };

/** What a subgraph answers, by whatever way it is asked. */
export type Answering = { answer(asked: Asked): Promise<TransportAnswer>; clear(): void };

/** A document, with what it can read of rows. */
type Known = Executable & { wanted?: Wanted };

/** Characters of texts whose documents are kept ready; the texts are those of query plans, so they repeat. */
const remembered = 2_000_000;

type Options = {
  /** For texts of another process, which may have another state of the schema. */
  validates: boolean;
};

/** A subgraph describes itself to nobody: its SDL is the gateway's already. */
const rules = [...specifiedRules, NoSchemaIntrospectionCustomRule];

/** Texts become documents once; what does not fit the schema is told and not executed. */
export function answering({ name, schema, context, log }: OpenSubgraph, { validates }: Options): Answering {
  const documents = createMemory<Known>(remembered);
  const knownOf = (text: string): Known => {
    const before = documents.get(text);
    if (before) return before;
    const document = parsed(text);
    if (document instanceof GraphQLError) return refusing([document]);
    const errors = validates ? validate(schema, document, rules, { maxErrors: 5 }) : [];
    if (errors.length > 0) return refusing(errors);
    const made = { ...executable(schema, document), wanted: wantedOf(schema, document) };
    documents.set(text, made);
    return made;
  };
  return {
    answer: async ({ text, variables, operationName, actor, trace, session }) => {
      const { execute, wanted } = knownOf(text);
      const work = { name: `execute ${name}`, kind: validates ? ('SERVER' as const) : ('INTERNAL' as const), trace, attributes: { 'accord.subgraph': name } };
      const { data, errors } = await inSpan(work, async (inner) => {
        const before = session.asked.statements;
        const result = await execute({ variables, operationName, context: context({ actor, trace: inner, session, wanted }) });
        noteSpan(inner, {
          'accord.errors': result.errors?.length ?? 0,
          'db.system.name': 'postgresql',
          'accord.db.statements': session.asked.statements - before,
        });
        return result;
      });
      const told = session.reads ? { reads: toldReads(session.reads) } : {};
      return errors ? { data, errors: errors.map((error) => publicError(error, { trace, log })), ...told } : { data, ...told };
    },
    clear: () => documents.clear(),
  };
}

/** For a text that cannot be executed: it has its reasons whoever asks. */
function refusing(errors: readonly GraphQLError[]): Known {
  return { execute: async () => ({ errors }) };
}

function parsed(text: string): DocumentNode | GraphQLError {
  try {
    return parse(text, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}
