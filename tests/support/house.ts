import { glob, readFile } from 'node:fs/promises';
import { type Comment, type Node, parseSync, Visitor } from 'oxc-parser';
import { factsIn, listsIn, machinesIn } from '../../generate/catalogues.ts';

export const root = new URL('../../', import.meta.url);

export type Source = { path: string; room: string; text: string };

const rooms = ['kernel', 'subgraphs', 'processes', 'client', 'connectors', 'gateway', 'console', 'roles', 'sample', 'generate', 'bench', 'tests'];

/** Every TypeScript file of the house, generated ones left out: they live in no room. */
export async function sources(of: readonly string[] = rooms): Promise<Source[]> {
  const found: Source[] = [];
  for await (const path of glob(['*.ts', ...of.map((room) => `${room}/**/*.ts`)], { cwd: root.pathname, exclude: (name) => name === 'node_modules' })) {
    if (path.includes('node_modules') || path.includes('/dist/') || path.includes('/generated/')) continue;
    found.push({ path, room: path.includes('/') ? (path.split('/')[0] ?? '') : '', text: await readFile(new URL(path, root), 'utf8') });
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What a file imports, as written. */
export function imports(source: Source): string[] {
  const found = [
    ...source.text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s+'([^']+)'/g),
    ...source.text.matchAll(/\bimport\(\s*'([^']+)'/g),
    ...source.text.matchAll(/(?:^|\n)import\s+'([^']+)'/g),
  ];
  return found.map((match) => match[1] ?? '');
}

export type Function = { name: string; lines: number; parameters: number; line: number };

export type Parsed = { functions: Function[]; comments: Comment[]; casts: number[]; anys: number[]; moduleLets: number[] };

/** The shape of a file, for the size and style laws. */
export function parse(source: Source): Parsed {
  const { program, comments, errors } = parseSync(source.path, source.text);
  if (errors.length > 0) throw new Error(`${source.path}: ${errors[0]?.message}`);
  const lineOf = (offset: number) => source.text.slice(0, offset).split('\n').length;
  const parsed: Parsed = { functions: [], comments, casts: [], anys: [], moduleLets: [] };
  const enter = (node: Node & { params?: unknown; id?: { name?: string } | null }) => {
    const parameters = Array.isArray(node.params) ? node.params.length : 0;
    const line = lineOf(node.start);
    parsed.functions.push({ name: node.id?.name ?? `at line ${line}`, lines: lineOf(node.end) - line + 1, parameters, line });
  };
  new Visitor({
    FunctionDeclaration: (node) => enter(node as never),
    FunctionExpression: (node) => enter(node as never),
    ArrowFunctionExpression: (node) => enter(node as never),
    TSAsExpression: (node) => {
      const type = source.text.slice(node.typeAnnotation.start, node.typeAnnotation.end);
      if (type !== 'const') parsed.casts.push(lineOf(node.start));
    },
    TSAnyKeyword: (node) => void parsed.anys.push(lineOf(node.start)),
  }).visit(program);
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'VariableDeclaration' && declaration.kind !== 'const') parsed.moduleLets.push(lineOf(statement.start));
  }
  return parsed;
}

/** Every lifecycle of the house. */
export const machines = () => machinesIn(root.pathname.replace(/\/$/, ''));

/** Every list of the house, with its permission. */
export const listCatalogue = () => listsIn(root.pathname.replace(/\/$/, ''));

/** Every fact of every subgraph's catalogue. */
export const factCatalogue = () => factsIn(root.pathname.replace(/\/$/, ''));
