import type { DocumentNode } from 'graphql';

/** One operation of a document that fits the schema. */
export type Asked = { document: DocumentNode; operationName: string | undefined };

/** `primary` is the fetch of a subscription that its event answers; it stands in the plan as well. */
export type Plan = { node: PlanNode | undefined; primary: Fetch | undefined };

/** What makes plans. Whoever carries them out knows no planner, only these nodes (docs/adr/0046). */
export type Planner = { plan(asked: Asked): Promise<Plan> };

export type PlanNode =
  | { kind: 'Sequence' | 'Parallel'; nodes: readonly PlanNode[] }
  | { kind: 'Condition'; variable: string; ifTrue: PlanNode | undefined; ifFalse: PlanNode | undefined }
  | Defer
  | Fetch;

/** What is answered first, and what later: each part by its label in the document. */
export type Defer = { kind: 'Defer'; first: PlanNode | undefined; later: readonly { label: string; node: PlanNode | undefined }[] };

/** One request to a subgraph: for fields of a root type, or about entities at one or several places of the answer. */
export type Fetch = {
  kind: 'Fetch';
  subgraph: string;
  text: string;
  operationName: string | undefined;
  /** The client's variables that the text uses. */
  variables: readonly string[];
  /** What `entities` is empty for: where the fields of the root belong, and what is rewritten in them. */
  place: Place;
  outputRewrites: readonly Rewrite[];
  entities: readonly Entities[];
};

/** Entities that one field of a request is about. */
export type Entities = {
  /** The name of the field in the answer, and of the variable with the representations. */
  field: string;
  variable: string;
  places: readonly Place[];
  requires: readonly Required[];
  inputRewrites: readonly Rewrite[];
  outputRewrites: readonly Rewrite[];
};

/** A field by its name in the answer, each of a list, or only what is of one of these types. */
export type Step = string | typeof each | { readonly types: readonly string[] };
export type Place = readonly Step[];

/** Each of a list; no field is called so. */
export const each = '@';

/** A part of a representation: a field with the name under which the answer has it, or what things of a type add. */
export type Required =
  | { kind: 'Field'; from: string; name: string; below: readonly Required[] | undefined }
  | { kind: 'Type'; type: string; selections: readonly Required[]; when: string | undefined; unless: string | undefined };

/** A value that is set, or a name that is changed, at a place of what is sent or received. */
export type Rewrite = { path: Place } & ({ kind: 'Set'; value: unknown } | { kind: 'Rename'; name: string });

const required = /^required_[0-9a-f]{12}_/;

/** The name under which a plan fetches for itself what a client may ask for otherwise. */
export const requiredAs = (digest: string, name: string): string => `required_${digest}_${name}`;
export const isRequiredAs = (name: string): boolean => required.test(name);
/** What a subgraph calls it. */
export const ownNameOf = (name: string): string => name.replace(required, '');
