import type { UpdateContractInput } from '#generated/engagements.ts';
import { Refused } from '#kernel/errors.ts';
import { checkLines, checkText } from '#kernel/input.ts';
import type { ContractRow } from '../tables.ts';
import type { ContentChange, ContentInput } from './content.ts';
import type { LoadedContracts } from './load.ts';

type Fields = Partial<Pick<UpdateContractInput, 'name' | 'internalNotes' | 'paymentTermDays' | 'legalEntityId' | 'rateCardId'>>;

export function checkTerms({ name, internalNotes, paymentTermDays }: Fields): void {
  if (name !== undefined) checkText('name', name);
  if (internalNotes) checkLines('internalNotes', internalNotes, 4000);
  if (typeof paymentTermDays === 'number' && (paymentTermDays < 0 || paymentTermDays > 365))
    throw new Refused('VALIDATION_FAILED', 'paymentTermDays must be 0 to 365.', { field: 'paymentTermDays' });
}

export function checkSiblings({ siblings }: LoadedContracts, { legalEntityId, rateCardId }: Fields, customerId: string): void {
  siblings.demand('LegalEntity', legalEntityId, 'legalEntityId');
  const card = siblings.demand('RateCard', rateCardId, 'rateCardId');
  if (card && card.kind !== 'SALES') throw new Refused('VALIDATION_FAILED', 'A contract is priced by a rate card of the kind SALES.', { field: 'rateCardId' });
  if (card?.customerId && card.customerId !== customerId)
    throw new Refused('VALIDATION_FAILED', 'The rate card is that of another customer.', { field: 'rateCardId' });
}

export function checkContent(
  { projects, siblings }: LoadedContracts,
  { engagementId }: Pick<ContractRow, 'engagementId'>,
  { lines, rates }: ContentInput,
): void {
  for (const id of (lines ?? []).flatMap((line) => line.projectIds ?? [])) {
    if (projects.get(id.toLowerCase())?.engagementId !== engagementId)
      throw new Refused('NOT_FOUND', `No project of the contract's engagement has the id ${id}.`, { field: 'lines.projectIds' });
  }
  for (const rate of [...(lines ?? []), { rates }].flatMap((each) => each.rates ?? [])) {
    siblings.demand('Employee', rate.employeeId, 'rates.employeeId');
    siblings.demand('LaborCategory', rate.laborCategoryId, 'rates.laborCategoryId');
  }
}

/** Refuses that lines go which are still needed: in a draft by any milestone, later by those that are yet to be billed. */
export function checkRemoved(change: Pick<ContentChange, 'gone'> | undefined, needed: (lineId: string) => boolean): void {
  const guard = 'lineHasMilestones';
  if (change?.gone.lines.some(needed))
    throw new Refused('GUARD_REFUSED', 'A milestone is billed by a line that would go. Point the milestone to another line first.', { field: 'lines', guard });
}
