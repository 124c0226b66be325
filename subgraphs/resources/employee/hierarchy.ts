import { type ExternalRefInput, externalKey } from '#kernel/external.ts';

type Reporting = { externalRef: ExternalRefInput; managerRef?: ExternalRefInput | null | undefined };

/** In which order items of one call are decided, and which of them close a circle of people who report to each other. */
export type Hierarchy = { order: readonly number[]; closing: ReadonlySet<string> };

/** Managers whom the call itself makes come before those who report to them; who is known already may come anywhere. */
export function hierarchyOf(items: readonly Reporting[], known: { has(key: string): boolean }): Hierarchy {
  const indexes = new Map<string, number>();
  for (const [index, { externalRef }] of items.entries()) if (!indexes.has(externalKey(externalRef))) indexes.set(externalKey(externalRef), index);
  const managerOf = (index: number): number | undefined => {
    const ref = items[index]?.managerRef;
    const key = ref && externalKey(ref);
    return key && !known.has(key) ? indexes.get(key) : undefined;
  };
  const order: number[] = [];
  const done = new Set<number>();
  const closing = new Set<string>();
  for (const start of items.keys()) {
    const path: number[] = [];
    for (let index: number | undefined = start; index !== undefined && !done.has(index); index = managerOf(index)) {
      done.add(index);
      path.push(index);
      const next = managerOf(index);
      const from = next === undefined ? -1 : path.indexOf(next);
      const last = items[Math.max(...path.slice(from))];
      if (from >= 0 && last) closing.add(externalKey(last.externalRef));
    }
    order.push(...path.reverse());
  }
  return { order, closing };
}
