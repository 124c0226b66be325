import { setImmediate as turn } from 'node:timers/promises';
import { Kind, type OperationDefinitionNode } from 'graphql';
import { conditionsAsked } from './execution/conditions.ts';
import { type Origin, plannedFor } from './execution/planned.ts';
import type { Graph } from './graph.ts';
import type { Planning } from './planning.ts';
import type { Prepare } from './prepared.ts';
import type { TrustedDocuments } from './trusted.ts';

/** Operations that a new state of the graph knows before it serves: so many of those that were asked for last. */
const hot = 200;

type Parts = { graph: Pick<Graph, 'planning' | 'onPrepare'>; prepare: Prepare; trusted: Pick<TrustedDocuments, 'clients'> };

/** Plans the documents that are kept for clients, now and before each reload, and then the operations that are asked for most recently as well. */
export async function keepWarm({ graph, prepare, trusted: { clients } }: Parts): Promise<() => void> {
  const kept = (planning: Planning) => [...clients].flatMap((text) => originsIn(prepare, planning, text));
  for (const each of kept(graph.planning())) await warm(prepare, graph.planning(), each);
  return graph.onPrepare(async (next, present) => {
    const asked = present.plans.recent(hot).map((planned) => planned.origin);
    for (const each of [...kept(next), ...asked]) if (each) await warm(prepare, next, each);
  });
}

function originsIn(prepare: Prepare, planning: Planning, text: string): Origin[] {
  const { document } = prepare(text, planning);
  return (document?.definitions ?? []).flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? [{ text, operationName: each.name?.value, conditions: defaultsOf(each) }] : [],
  );
}

/** The values of conditions that nobody gives. */
function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Origin['conditions'] {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) => (defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value]] : [])),
  );
}

/** What does not fit any more is left out; whoever asks for it is told. Others have their turn after each. */
async function warm(prepare: Prepare, planning: Planning, { text, operationName, conditions }: Origin): Promise<void> {
  const found = prepare(text, planning).operation(operationName);
  if (found) await plannedFor(planning, { ...found, text, operationName, variables: conditionsAsked(found.document, conditions), isHot: true });
  await turn();
}
