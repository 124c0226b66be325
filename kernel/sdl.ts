import { readdir, readFile } from 'node:fs/promises';

/** The SDL of Accord's own subgraphs, each with the kernel's types. */
export async function ownSdl(folder: URL, names: readonly string[]): Promise<{ name: string; sdl: string }[]> {
  const kernel = await readSdl(folder, 'kernel');
  return Promise.all(names.map(async (name) => ({ name, sdl: `${kernel}\n${await readSdl(folder, name)}` })));
}

/** The SDL of a subgraph, or of the kernel: `<name>.graphql`, written by hand, and every `<name>.<part>.graphql`, generated beside it. */
export async function readSdl(folder: URL, name: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => file === `${name}.graphql` || (file.startsWith(`${name}.`) && file.endsWith('.graphql')));
  const texts = await Promise.all(files.sort().map((file) => readFile(new URL(file, folder), 'utf8')));
  return texts.join('\n');
}
