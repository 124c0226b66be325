import { type DefinitionNode, type DocumentNode, Kind, type StringValueNode } from 'graphql';

type Described = { readonly name: { value: string }; readonly description?: StringValueNode | undefined };
type TypeNode = Extract<DefinitionNode, { kind: Kind.OBJECT_TYPE_DEFINITION | Kind.INTERFACE_TYPE_DEFINITION }>;

/** Gives every mention of a type the words of its owner. */
export function ownersDescriptions(documents: readonly DocumentNode[]): DocumentNode[] {
  const owners = ownersOf(documents);
  return documents.map((document) => ({
    ...document,
    definitions: document.definitions.map((each) => (isType(each) ? described(each, owners.get(each.name.value) ?? each) : each)),
  }));
}

/** Each type as its owner declares it: the subgraph that gives it most fields. */
export function ownersOf(documents: readonly DocumentNode[]): Map<string, TypeNode> {
  const owners = new Map<string, TypeNode>();
  for (const type of documents.flatMap((document) => document.definitions.filter(isType))) {
    const owner = owners.get(type.name.value);
    if (!owner || (type.fields?.length ?? 0) > (owner.fields?.length ?? 0)) owners.set(type.name.value, type);
  }
  return owners;
}

function isType(node: DefinitionNode): node is TypeNode {
  return node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
}

function described(type: TypeNode, owner: TypeNode): TypeNode {
  const fields = type.fields?.map((field) => sameWords(field, owner.fields));
  return { ...type, ...(owner.description ? { description: owner.description } : {}), ...(fields ? { fields } : {}) };
}

function sameWords<Node extends Described>(node: Node, owned: readonly Described[] | undefined): Node {
  const description = owned?.find((each) => each.name.value === node.name.value)?.description;
  return description ? { ...node, description } : node;
}
