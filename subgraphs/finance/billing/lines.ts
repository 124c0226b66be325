/** Actuals that one invoice line bills: of one contract line, project and labor category, or, told apart by `label`, of one expense or fee. */
export type LineGroup = {
  transactionClass: 'TIME' | 'EXPENSE' | 'FEE';
  contractLineId: string | null;
  projectId: string | null;
  laborCategoryId: string | null;
  label: string | null;
};

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
