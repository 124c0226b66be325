import { glob, readFile } from 'node:fs/promises';
import { executeCodegen } from '@graphql-codegen/cli';
import { subgraphNames } from './names.ts';
import type { Output } from './output.ts';

/** `XRow` in a subgraph's tables is what its resolvers of the SDL type `X` get as parent. */
export async function rowMappers(subgraph: string, root: string): Promise<Record<string, string>> {
  const found: { type: string; file: string }[] = [];
  for await (const file of glob([`subgraphs/${subgraph}/tables.ts`, `subgraphs/${subgraph}/tables/*.ts`], { cwd: root })) {
    const source = await readFile(`${root}/${file}`, 'utf8');
    for (const match of source.matchAll(/^export type (\w+)Row\b/gm)) found.push({ type: match[1] ?? '', file });
  }
  return Object.fromEntries(
    found.flatMap(({ type, file }) => [
      [type, `../${file}#${type}Row`],
      [`${type}Connection`, `../kernel/connection.ts#Connection<${type}Row>`],
    ]),
  );
}

/** generated/<subgraph>.ts: the resolver and input types of each subgraph's SDL. */
export async function resolverTypes(root: string, only: readonly string[] = subgraphNames): Promise<Output[]> {
  const outputs: Output[] = [];
  for (const subgraph of only) {
    const path = `generated/${subgraph}.ts`;
    const { result } = await executeCodegen({
      schema: [`${root}/schema/kernel.graphql`, `${root}/schema/${subgraph}.graphql`, `${root}/schema/${subgraph}.*.graphql`],
      silent: true,
      generates: {
        [`${root}/${path}`]: { plugins: ['typescript', 'typescript-resolvers'], config: { ...settings, mappers: await rowMappers(subgraph, root) } },
      },
    });
    const [file] = result;
    if (!file) throw new Error(`codegen gave nothing for ${subgraph}`);
    outputs.push({ path, content: file.content });
  }
  return outputs;
}

const settings = {
  federation: true,
  enumsAsTypes: true,
  useTypeImports: true,
  contextType: '../kernel/context.ts#Context',
  inputMaybeValue: 'T | null | undefined',
  scalars: { Date: 'string', DateTime: 'Date', Decimal: 'string', Duration: 'string', CurrencyCode: 'string', Cursor: 'string', ID: 'string' },
};
