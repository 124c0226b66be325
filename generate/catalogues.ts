import { glob } from 'node:fs/promises';
import type { AnyMachine } from '#kernel/machine.ts';
import type { AnyFactType } from '#kernel/published.ts';
import { subgraphNames } from './names.ts';

export type NamedMachine = { subgraph: string; machine: AnyMachine };

/** Every lifecycle of the house, by entity. */
export async function machinesIn(root: string): Promise<NamedMachine[]> {
  const found: NamedMachine[] = [];
  for await (const path of glob('subgraphs/*/*/machine.ts', { cwd: root })) {
    const module: Record<string, unknown> = await import(`${root}/${path}`);
    for (const value of Object.values(module)) if (isMachine(value)) found.push({ subgraph: path.split('/')[1] ?? '', machine: value });
  }
  return found.sort((a, b) => (a.machine.entity < b.machine.entity ? -1 : 1));
}

function isMachine(value: unknown): value is AnyMachine {
  return typeof value === 'object' && value !== null && 'actions' in value && 'states' in value;
}

/** Every fact, subgraph by subgraph, in the order of its catalogue. */
export async function factsIn(root: string): Promise<AnyFactType[]> {
  const found: AnyFactType[] = [];
  for (const name of subgraphNames) {
    const module: { facts: Record<string, AnyFactType> } = await import(`${root}/subgraphs/${name}/published.ts`);
    found.push(...Object.values(module.facts));
  }
  return found;
}
