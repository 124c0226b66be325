import { engagementsLives } from '../support/lives/engagements.ts';
import { describeGrid } from '../support/lives/grid.ts';
import { resourcesLives } from '../support/lives/resources.ts';

describeGrid([...engagementsLives, ...resourcesLives]);
