import { glob, readFile } from 'node:fs/promises';
import { root } from './house.ts';

/** A fenced block of a page: its language, what else its fence says, and what stands above it as a comment. */
export type Block = { page: string; line: number; language: string; words: readonly string[]; text: string; note: string };

/** Every page of docs/, by its path in the repository. */
export async function pages(): Promise<{ path: string; text: string }[]> {
  const found: { path: string; text: string }[] = [];
  for await (const path of glob('docs/**/*.md', { cwd: root.pathname })) found.push({ path, text: await readFile(new URL(path, root), 'utf8') });
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The fenced blocks of a page, in their order. */
export function blocksOf(page: string, text: string): Block[] {
  const found: Block[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const info = /^```(\S.*)$/.exec(lines[at] ?? '')?.[1];
    if (info === undefined) continue;
    const end = lines.indexOf('```', at);
    const [language = '', ...words] = info.split(' ');
    const note = /^<!-- (.*) -->$/.exec(lines.slice(0, at).findLast((line) => line !== '') ?? '')?.[1] ?? '';
    found.push({ page, line: at + 1, language, words, text: lines.slice(at + 1, end).join('\n'), note });
    at = end;
  }
  return found;
}

/** What answers have shown, by the name that a later block gives to it: `$customerId`, `$endCursor`. */
export type Shown = Map<string, unknown>;

/** Remembers ids as `<key>Id`, and plain values by their name; of several in one answer the first. */
export function remember(shown: Shown, answer: unknown): void {
  const fresh: Shown = new Map();
  walk(answer, 'answer', fresh);
  for (const [name, value] of fresh) shown.set(name, value);
}

function walk(value: unknown, key: string, fresh: Shown): void {
  const keep = (name: string, what: unknown) => void (fresh.has(name) || fresh.set(name, what));
  if (Array.isArray(value)) for (const each of value) walk(each, key, fresh);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, below] of Object.entries(value)) {
      if (name === 'id') keep(`${key}Id`, below);
      else walk(below, name === 'nodes' ? singular(key) : name, fresh);
    }
  } else if (value !== null) keep(key, value);
}

function singular(key: string): string {
  return key.replace(/ies$/, 'y').replace(/s$/, '');
}

/** The variables that a document declares, filled with what was shown. */
export function variablesOf(document: string, shown: Shown): Record<string, unknown> {
  const declared = /^\s*(?:query|mutation|subscription)[^{(]*\(([^)]*)\)/m.exec(document)?.[1] ?? '';
  return Object.fromEntries([...declared.matchAll(/\$(\w+):/g)].flatMap(([, name = '']) => (shown.has(name) ? [[name, shown.get(name)]] : [])));
}

/** What an answer says against what was asked: errors, and refusals of mutations and of their items. */
export function refusalsIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(refusalsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => ((key === 'userErrors' || key === 'errors') && Array.isArray(below) ? below : refusalsIn(below)));
}

/** Why a block is not run with its page: it says so above itself. */
export function exemption({ note }: Block): { reason: string } | { file: string } | undefined {
  const reason = /^not run here: (.+)$/.exec(note)?.[1];
  if (reason) return { reason };
  const file = /^run by (tests\/\S+\.test\.ts)/.exec(note)?.[1];
  return file ? { file } : undefined;
}

/** What a fence asks of a run: whose token, what must be refused, what the answer must hold in the end. */
export function wishOf({ words }: Block): { role: string; refused: string | undefined; until: string | undefined } {
  const [role = '', verb, what] = words;
  return { role, refused: verb === 'refused' ? what : undefined, until: verb === 'until' ? what : undefined };
}
