import { readFile } from 'node:fs/promises';
import { root } from './house.ts';

/** The fenced block of the README with this info string, as it is written there. */
export async function readmeBlock(info: string): Promise<string> {
  const text = await readFile(new URL('README.md', root), 'utf8');
  const found = text.split('\n```').find((part) => part.startsWith(`${info}\n`));
  if (!found) throw new Error(`The README has no block \`\`\`${info}`);
  return found.slice(info.length + 1);
}
