/** What drafting needs to know of an actual. */
export type Billable = {
  id: string;
  transactionClass: 'TIME' | 'EXPENSE' | 'FEE';
  contractLineId: string | null;
  projectId: string | null;
  laborCategoryId: string | null;
  description: string | null;
  seconds: bigint | null;
  amountMinor: bigint;
};

/** Actuals that one invoice line bills; `label` tells expenses and fees apart. */
export type LineGroup = Omit<Billable, 'id' | 'description'> & { label: string | null; actualIds: string[] };

/** Groups actuals by contract line, project and labor category, or what the expense or fee is. No amount is rounded again. */
export function groupLines(actuals: readonly Billable[]): LineGroup[] {
  const groups = new Map<string, LineGroup>();
  for (const { id, description, ...actual } of actuals) {
    const label = actual.transactionClass === 'TIME' ? null : (description ?? null);
    const key = [actual.projectId, actual.contractLineId, actual.transactionClass, actual.laborCategoryId, label].join(' ');
    const group = groups.get(key);
    if (!group) {
      groups.set(key, { ...actual, label, actualIds: [id] });
      continue;
    }
    group.amountMinor += actual.amountMinor;
    if (actual.seconds !== null) group.seconds = (group.seconds ?? 0n) + actual.seconds;
    group.actualIds.push(id);
  }
  return [...groups.values()];
}

type Names = { project: string; laborCategory: string | undefined };

const nouns = { TIME: 'Professional services', EXPENSE: 'Expenses', FEE: 'Fee' } as const;

/** What the line says on paper. */
export function describeLine(group: LineGroup, names: Names): string {
  const what = group.transactionClass === 'TIME' ? names.laborCategory : group.label;
  return `${names.project}: ${what ?? nouns[group.transactionClass]}`.slice(0, 255);
}

const classOrder = { TIME: 0, EXPENSE: 1, FEE: 2 } as const;

/** The order on paper: by project, then time before expenses before fees, then by text. */
export function paperOrder(a: { description: string; kind: keyof typeof classOrder; project: string }, b: typeof a): number {
  return a.project.localeCompare(b.project) || classOrder[a.kind] - classOrder[b.kind] || a.description.localeCompare(b.description);
}
