import { externalRefTable } from '#kernel/columns.ts';
import { pgSchema } from '#kernel/sql.ts';

export const finance = pgSchema('finance');

export const externalRefs = externalRefTable(finance);
