import type { DefinitionNode } from 'graphql';
import type { Plan } from './plan.ts';

/** What is asked of the thread that plans; each with a number, under which it is answered. */
export type Request = { number: number } & (
  | { kind: 'load'; state: number; supergraphSdl: string }
  | { kind: 'plan'; state: number; text: string; operationName: string | undefined }
);

/** What it answers. The definitions of a supergraph come in parts, so that who reads them does so in between other things. */
export type Response = { number: number } & (
  | { kind: 'part'; definitions: readonly DefinitionNode[] }
  | { kind: 'loaded' }
  | { kind: 'planned'; plan: Plan }
  | { kind: 'failed'; message: string }
);
