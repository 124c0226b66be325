import { externalRefTable } from '#kernel/columns.ts';
import { pgSchema } from '#kernel/sql.ts';

export const resources = pgSchema('resources');

export const externalRefs = externalRefTable(resources);
