import type { Schema } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Actor, ActorKind } from '#kernel/actor.ts';
import { Refused } from '#kernel/errors.ts';
import type { Graph, Planning } from './graph.ts';
import { memorableLength } from './limits.ts';

/** Whoever is outside the firm works on the contract that is tagged for them; everybody else on the whole graph. */
const contractOf: Partial<Record<ActorKind, string>> = { CLIENT_PORTAL: 'portal', PARTNER: 'partner' };

/** Refuses what asks for more than the actor's contract shows, before anything of it runs. */
export type DemandContract = (actor: Actor, text: string) => void;

/** Texts whose verdict is remembered, at most. */
const remembered = 1_000;

/** Reads the contracts from the tags of the supergraph, anew after each reload. A graph without a tag has no such contract. */
export function createContracts(graph: Pick<Graph, 'planning'>): DemandContract {
  let planning: Planning | undefined;
  let shown = new Map<string, ReadonlySet<string>>();
  let verdicts = new Map<string, string | undefined>();
  return ({ kind }, text) => {
    const tag = contractOf[kind];
    if (!tag) return;
    if (graph.planning() !== planning) {
      planning = graph.planning();
      shown = new Map();
      verdicts = new Map();
    }
    const fields = shown.get(tag) ?? taggedFields(planning.supergraph.schema, tag);
    shown.set(tag, fields);
    const key = `${tag}\n${text}`;
    const hidden = verdicts.has(key) ? verdicts.get(key) : firstHidden(planning.apiSchema, fields, text);
    if (text.length <= memorableLength) {
      if (verdicts.size >= remembered) verdicts.delete(verdicts.keys().next().value ?? '');
      verdicts.set(key, hidden);
    }
    if (hidden) throw new Refused('FORBIDDEN', `${hidden} is not in the ${tag} contract.`);
  };
}

/** Coordinates of the fields with a tag: a field's own tags speak before those of its type. */
export function taggedFields(schema: Schema, tag: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const type of schema.types()) {
    if (type.kind !== 'ObjectType' && type.kind !== 'InterfaceType') continue;
    for (const field of type.fields()) {
      const own = tagsOf(field);
      if ((own.length > 0 ? own : tagsOf(type)).includes(tag)) found.add(`${type.name}.${field.name}`);
    }
  }
  return found;
}

type Tagged = { appliedDirectivesOf(name: string): readonly { arguments(): { readonly [name: string]: unknown } }[] };

function tagsOf(element: Tagged): unknown[] {
  return element.appliedDirectivesOf('tag').map((directive) => directive.arguments().name);
}

function firstHidden(schema: GraphQLSchema, fields: ReadonlySet<string>, text: string): string | undefined {
  const document = parsed(text);
  if (fields.size === 0 || !document) return undefined;
  const types = new TypeInfo(schema);
  let hidden: string | undefined;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => {
        const coordinate = `${types.getParentType()?.name}.${name.value}`;
        if (types.getFieldDef() && !name.value.startsWith('__') && !fields.has(coordinate)) hidden ??= coordinate;
      },
    }),
  );
  return hidden;
}

/** What does not parse is refused by those who have to understand it. */
function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
}
