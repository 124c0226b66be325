import { financeLives } from '../support/lives/finance.ts';
import { describeGrid } from '../support/lives/grid.ts';

describeGrid(financeLives);
