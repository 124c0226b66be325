import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type CodegenConfig, generate } from '@graphql-codegen/cli';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EventWorld, eventWorld } from '../support/eventWorld.ts';
import { root } from '../support/program.ts';

const run = promisify(execFile);
const customerId = '01900000-0000-7000-8000-000000000001';
let world: EventWorld;
let portal: string;
let folder = '';
let page = '';

/** A block of the page, by what its fence says. */
function block(name: string): string {
  const found = new RegExp(`\`\`\`\\w+ ${name}\\n([^]*?)\`\`\``).exec(page)?.[1];
  if (!found) throw new Error(`docs/codegen.md has no block ${name}`);
  return found;
}

/** A command of the page, run as it stands there with the portal's token. */
async function shell(name: string): Promise<void> {
  const command = block(name).replaceAll('http://127.0.0.1:4000', new URL(world.url).origin).replace(/^npx /, '');
  const env = { ...process.env, TOKEN: portal, PATH: `${root}node_modules/.bin:${process.env.PATH}` };
  await run('/bin/sh', ['-c', command], { cwd: folder, env });
}

const source = (tag: string) => `
  query Customers($first: Int!) { customers(first: $first) { nodes { id name ${tag} } pageInfo { endCursor hasNextPage } } }
`;

beforeAll(async () => {
  world = await eventWorld();
  portal = await world.tokenFor({ role: 'portal', customerIds: [customerId] });
  page = await readFile(join(root, 'docs', 'codegen.md'), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'accord-clients-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await mkdir(join(folder, 'src'));
  await shell('schema');
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('the schema that a portal reads', () => {
  test('holds what its token may ask for, and nothing else', async () => {
    const schema = buildSchema(await readFile(join(folder, 'schema.graphql'), 'utf8'));
    const document = parse(source('currency'));
    expect(validate(schema, document)).toEqual([]);
    expect(validate(schema, parse('{ operations { log { newestPosition } } }')).length).toBeGreaterThan(0);
    const answer = await fetch(world.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${portal}` },
      body: JSON.stringify({ query: source('currency'), variables: { first: 1 } }),
    });
    expect(await answer.json()).toMatchObject({ data: { customers: { nodes: [] } } });
  });
});

describe('generators make of it', () => {
  test('types whose scalars are text, by graphql-codegen and the configuration of the page', async () => {
    await writeFile(join(folder, 'codegen.ts'), block('codegen'));
    const { default: config }: { default: CodegenConfig } = await import(pathToFileURL(join(folder, 'codegen.ts')).href);
    await writeFile(
      join(folder, 'src', 'page.ts'),
      `import { graphql } from './graphql/gql.ts';\nexport const customers = graphql(\`${source('currency')}\`);\n`,
    );
    const files: { filename: string; content: string }[] = await generate({ ...config, cwd: folder, silent: true }, false);
    const types = files.find(({ filename }) => filename.endsWith('graphql.ts'))?.content ?? '';
    expect(types).toContain(
      'CustomersQuery = { customers: { nodes: Array<{ id: string, name: string, currency: string | null }>, pageInfo: { endCursor: string | null, hasNextPage: boolean } } };',
    );
  });

  test('a schema for gql.tada', async () => {
    await rm(join(folder, 'schema.graphql'));
    await shell('tada');
    expect(
      buildSchema(await readFile(join(folder, 'schema.graphql'), 'utf8'))
        .getQueryType()
        ?.getFields(),
    ).not.toHaveProperty('operations');
  });

  test('artifacts by the Relay compiler: connections, fragments that are asked for again, subscriptions', async () => {
    await shell('schema');
    const config: object = JSON.parse(block('relay'));
    await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
    const text = `import { graphql } from 'relay-runtime';
      export const query = graphql\`query pageQuery($first: Int!, $after: Cursor) { ...page_list }\`;
      export const list = graphql\`fragment page_list on Query { customers(first: $first, after: $after) @connection(key: "page_customers") { edges { node { id name } } } }\`;
      export const again = graphql\`fragment page_project on Project @refetchable(queryName: "pageProjectQuery") { name status }\`;
      export const pages = graphql\`fragment page_projects on Customer @refetchable(queryName: "pageProjectsQuery")
        @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "Cursor" }) {
        projects(first: $count, after: $cursor) @connection(key: "page_projects") { edges { node { id ...page_project } } } }\`;
      export const live = graphql\`subscription pageSubscription { customerUpdated { name customer { id name } } }\`;`;
    await rm(join(folder, 'src'), { recursive: true });
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src', 'page.ts'), text);
    await run(process.execPath, [join(root, 'node_modules', 'relay-compiler', 'cli.js'), 'relay.config.json'], { cwd: folder });
    expect(await readFile(join(folder, 'src', '__generated__', 'pageQuery.graphql.ts'), 'utf8')).toContain('page_customers');
    // What stands deep in a page is asked for again by its id alone.
    const refetch = await readFile(join(folder, 'src', '__generated__', 'pageProjectsQuery.graphql.ts'), 'utf8');
    const asked = /"text": ("query pageProjectsQuery[^\n]*")/.exec(refetch)?.[1] ?? '';
    expect(asked).toContain('node(id: $id)');
    expect(validate(buildSchema(await readFile(join(folder, 'schema.graphql'), 'utf8')), parse(JSON.parse(asked)))).toEqual([]);
    expect(await readFile(join(folder, 'src', '__generated__', 'pageSubscription.graphql.ts'), 'utf8')).toContain('customerUpdated');
  });
});
