import { describeGrid } from '../support/lives/grid.ts';
import { operationsLives } from '../support/lives/operations.ts';
import { timeLives } from '../support/lives/time.ts';

describeGrid([...timeLives, ...operationsLives]);
