export { paidGaps, recognizedGaps } from './billed.ts';
export { type PostedSums, postedSources, postedStage, valueOfWork } from './posted.ts';
export { soldGaps } from './sold.ts';
