import { tellAmendment } from './amendment.ts';
import { tellApprovedTimeToBilling, tellClosing, tellInvoiceToCash } from './billing.ts';
import { tellFirm } from './firm.ts';
import { type NarratorParts, narrator } from './narrator.ts';
import { tellEmployeeToAssignment, tellOpportunityToProject } from './sales.ts';

/** Tells every journey through the public graph; gives how many steps had to be made. */
export async function tellJourneys(parts: NarratorParts): Promise<number> {
  const told = narrator(parts);
  const firm = await tellFirm(told);
  const deal = await tellOpportunityToProject(told, firm);
  await tellEmployeeToAssignment(told, firm, deal);
  const invoice = await tellApprovedTimeToBilling(told, firm, deal);
  await tellInvoiceToCash(told, deal, invoice);
  await tellAmendment(told, firm, deal);
  await tellClosing(told, firm);
  return told.made();
}
