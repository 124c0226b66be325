import {
  type ASTVisitor,
  type DirectiveNode,
  GraphQLError,
  getNullableType,
  isListType,
  Kind,
  OperationTypeNode,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  visit,
} from 'graphql';
import { argumentOf, isDefer, isIncremental } from './directives.ts';

const said = (directive: DirectiveNode): string => `@${directive.name.value}`;

/** A label is known before anything runs, and names one part of a document. */
export function incrementalLabels(context: ValidationContext): ASTVisitor {
  const known = new Map<string, DirectiveNode>();
  return {
    Directive: (directive) => {
      const label = isIncremental(directive) ? argumentOf(directive, 'label') : undefined;
      if (!label || label.kind === Kind.NULL) return;
      if (label.kind !== Kind.STRING) {
        context.reportError(new GraphQLError(`The label of ${said(directive)} must be text that stands in the document.`, { nodes: directive }));
        return;
      }
      const before = known.get(label.value);
      if (before) context.reportError(new GraphQLError(`The label "${label.value}" stands at two places.`, { nodes: [before, directive] }));
      else known.set(label.value, directive);
    },
  };
}

/** What a mutation does, and what a subscription is about, cannot wait. */
export function incrementalRoots(context: ValidationContext): ASTVisitor {
  return {
    Directive: (directive) => {
      if (!isIncremental(directive)) return;
      const schema = context.getSchema();
      const parent = context.getParentType();
      const root = [OperationTypeNode.MUTATION, OperationTypeNode.SUBSCRIPTION].find((each) => parent && schema.getRootType(each) === parent);
      if (root) context.reportError(new GraphQLError(`${said(directive)} cannot stand at the root of a ${root}.`, { nodes: directive }));
    },
  };
}

/** Each event is one answer; fragments that other operations share may say so by `if`. */
export function incrementalOperations(context: ValidationContext): ASTVisitor {
  const inSubscriptions = new Set<string>();
  return {
    OperationDefinition: (operation) => {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
      for (const { name } of context.getRecursivelyReferencedFragments(operation)) inSubscriptions.add(name.value);
    },
    Document: {
      leave: ({ definitions }) => {
        const concerned = definitions.filter(
          (each) =>
            (each.kind === Kind.OPERATION_DEFINITION && each.operation === OperationTypeNode.SUBSCRIPTION) ||
            (each.kind === Kind.FRAGMENT_DEFINITION && inSubscriptions.has(each.name.value)),
        );
        const look = (directive: DirectiveNode) => {
          if (isIncremental(directive) && !mayBeOff(directive))
            context.reportError(new GraphQLError(`${said(directive)} cannot stand in a subscription, unless its \`if\` is false.`, { nodes: directive }));
        };
        for (const each of concerned) visit(each, { Directive: look });
      },
    },
  };
}

function mayBeOff(directive: DirectiveNode): boolean {
  const value = argumentOf(directive, 'if');
  return value?.kind === Kind.VARIABLE || (value?.kind === Kind.BOOLEAN && !value.value);
}

/** Only a list comes item by item. */
export function streamsOfLists(context: ValidationContext): ASTVisitor {
  return {
    Directive: (directive) => {
      const field = context.getFieldDef();
      if (!field || !isIncremental(directive) || isDefer(directive)) return;
      if (!isListType(getNullableType(field.type)))
        context.reportError(new GraphQLError(`@stream stands on ${field.name} of ${context.getParentType()?.name}, which is no list.`, { nodes: directive }));
    },
  };
}

/** What the specification asks of the directives for answers in parts, which this version of graphql-js does not know. */
export const incrementalRules: readonly ValidationRule[] = [incrementalLabels, incrementalRoots, incrementalOperations, streamsOfLists];

/** All rules that a document has to keep. */
export const documentRules: readonly ValidationRule[] = [...specifiedRules, ...incrementalRules];
