import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { executeCodegen } from '@graphql-codegen/cli';
import { subgraphNames } from './names.ts';

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

/** Writes generated/<subgraph>.ts: the resolver and input types of each subgraph's SDL. */
export async function generateTypes(root: string, only: readonly string[] = subgraphNames): Promise<void> {
  for (const subgraph of only) {
    const mappers = await rowMappers(subgraph, root);
    const [file] = (
      await executeCodegen({
        schema: [`${root}/schema/kernel.graphql`, `${root}/schema/${subgraph}*.graphql`],
        silent: true,
        generates: {
          [`${root}/generated/${subgraph}.ts`]: {
            plugins: ['typescript', 'typescript-resolvers'],
            config: {
              federation: true,
              enumsAsTypes: true,
              useTypeImports: true,
              contextType: '../kernel/context.ts#Context',
              mappers,
              inputMaybeValue: 'T | null | undefined',
              scalars: { Date: 'string', DateTime: 'Date', Decimal: 'string', CurrencyCode: 'string', Cursor: 'string', ID: 'string' },
            },
          },
        },
      })
    ).result;
    if (!file) throw new Error(`codegen gave nothing for ${subgraph}`);
    await mkdir(`${root}/generated`, { recursive: true });
    await writeFile(file.filename, file.content);
  }
}
