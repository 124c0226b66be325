import { glob } from 'node:fs/promises';
import type { AnyMachine } from '#kernel/machine.ts';
import type { AnyFactType } from '#kernel/published.ts';
import { getTableName, isTable, type Table } from '#kernel/sql.ts';
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

/** What a list is of, and the permission to read it. */
export type NamedList = { entity: string; read: string };

/** Every list that stands for itself; those below a parent are read with the same permission as theirs. */
export async function listsIn(root: string): Promise<NamedList[]> {
  const found: NamedList[] = [];
  for await (const path of glob('subgraphs/*/*/queries.ts', { cwd: root })) {
    const module: Record<string, unknown> = await import(`${root}/${path}`);
    for (const value of Object.values(module)) if (isList(value)) found.push({ entity: entityOf(value.table), read: value.read });
  }
  return found.sort((a, b) => (a.entity < b.entity ? -1 : 1));
}

/** A command that stands under its mutation's name, and the permission without which all of it is refused. */
export type NamedCommand = { name: string; may: string };

/** Every command that declares its permission; what a machine says of an action comes on top. */
export async function commandsIn(root: string): Promise<NamedCommand[]> {
  const found: NamedCommand[] = [];
  for await (const path of glob('subgraphs/*/*/*.ts', { cwd: root })) {
    const module: Record<string, unknown> = await import(`${root}/${path}`);
    for (const [name, value] of Object.entries(module)) if (isCommand(value)) found.push({ name, may: value.may });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isCommand(value: unknown): value is { may: string } {
  return typeof value === 'object' && value !== null && 'decide' in value && 'load' in value && 'may' in value && typeof value.may === 'string';
}

type AnyList = { table: Table; read: string };

function isList(value: unknown): value is AnyList {
  return typeof value === 'object' && value !== null && 'table' in value && isTable(value.table) && 'read' in value && !('parent' in value);
}

/** `TimesheetEntry` of `timesheet_entry`. */
function entityOf(table: Table): string {
  return getTableName(table).replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
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
