import { pgSchema } from 'drizzle-orm/pg-core';
import { externalRefTable } from '#kernel/columns.ts';

export const finance = pgSchema('finance');

export const externalRefs = externalRefTable(finance);
