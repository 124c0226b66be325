import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A generated file: its path from the root, and what it should hold. */
export type Output = { path: string; content: string };

/** The outputs whose files hold something else. */
export async function differing(root: string, outputs: readonly Output[]): Promise<Output[]> {
  const found: Output[] = [];
  for (const output of outputs) if ((await readFile(`${root}/${output.path}`, 'utf8').catch(() => undefined)) !== output.content) found.push(output);
  return found;
}

/** Writes outputs, making folders where they are missing. */
export async function write(root: string, outputs: readonly Output[]): Promise<void> {
  for (const { path, content } of outputs) {
    await mkdir(dirname(`${root}/${path}`), { recursive: true });
    await writeFile(`${root}/${path}`, content);
  }
}
