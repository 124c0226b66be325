import { engagementsLives } from './engagements.ts';
import { financeLives } from './finance.ts';
import type { Life } from './life.ts';
import { operationsLives } from './operations.ts';
import { resourcesLives } from './resources.ts';
import { timeLives } from './time.ts';

/** The lives of all entities that have a machine. */
export const lives: readonly Life[] = [...engagementsLives, ...resourcesLives, ...timeLives, ...financeLives, ...operationsLives];

/** Rows that no client and no process can execute today, and why. It is to be empty. */
export const expectedMissing: Readonly<Record<string, string>> = {};
