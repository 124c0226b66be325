import type { Tool as Described } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { Refused } from '#kernel/errors.ts';
import type { Answer, Desk } from './desk.ts';

/** What a tool answers: one sentence of ours, and the data apart from it. `document`: which kept one was asked for. */
export type Told = { says: string; structured: Record<string, unknown>; document?: string; refusals?: readonly string[] };

type ToolOf<Input extends z.ZodObject> = {
  name: string;
  title: string;
  description: string;
  input: Input;
  output: z.ZodObject;
  /** Changes what stands in the firm's books; all others only read. */
  changes?: boolean;
  isOffered(desk: Desk): boolean;
  run(desk: Desk, input: z.output<Input>): Promise<Told>;
};

export type Tool = {
  described: Described;
  isOffered(desk: Desk): boolean;
  run(desk: Desk, given: unknown): Promise<Told>;
};

/** A tool as it is listed and called; what does not fit its input is refused in our words. */
export function toolOf<Input extends z.ZodObject>({ name, title, description, input, output, changes = false, isOffered, run }: ToolOf<Input>): Tool {
  const annotations = { title, readOnlyHint: !changes, destructiveHint: changes, idempotentHint: true, openWorldHint: false };
  const described = { name, title, description, inputSchema: schemaOf(input, 'input'), outputSchema: schemaOf(output, 'output'), annotations };
  return {
    described,
    isOffered,
    run: async (desk, given) => {
      const read = input.safeParse(given ?? {});
      if (read.success) return run(desk, read.data);
      const [issue] = read.error.issues;
      const field = issue?.path.join('.') ?? '';
      throw new Refused('VALIDATION_FAILED', `${field === '' ? 'The arguments do' : `${field} does`} not fit: ${issue?.message}.`, { field });
    },
  };
}

/** Plain JSON, as it is sent. */
function schemaOf(schema: z.ZodObject, io: 'input' | 'output'): Described['inputSchema'] {
  return JSON.parse(JSON.stringify({ ...z.toJSONSchema(schema, { io }), $schema: undefined }));
}

const toldErrors = z
  .array(z.object({ code: z.string(), message: z.string(), retryable: z.boolean(), path: z.string().optional() }).loose())
  .describe('What was refused or is missing, by its place in data; data there is null.');

/** What questions are answered with. */
export const answered = z.object({ data: z.record(z.string(), z.unknown()).describe('The answer, as the graph has it.'), errors: toldErrors.optional() });

export function told(says: string, { data, errors }: Answer): Told {
  return { says, structured: { data, ...(errors.length > 0 ? { errors } : {}) }, refusals: [...new Set(errors.map(({ code }) => code))] };
}

export const id = z.uuid().describe('An id that Accord gave.');
export const first = z.int().min(1).max(50).default(20).describe('How many at most.');
export const after = z.string().max(2_000).optional().describe('endCursor of the page before.');
