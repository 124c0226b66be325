import type { ErrorCode } from '#kernel/errors.ts';

/** A mutation of the contract, and what it does about a cause. */
export type Cure = { mutation: string; does: string };

const retry: Cure = { mutation: 'retryException', does: 'Tries again at once.' };
const dismiss: Cure = { mutation: 'dismissException', does: 'Lives with it, for a reason.' };

/** What mends the cause of exceptions, by their code. Codes that are not named are mended where the message says, and tried again. */
const causes: Partial<Record<ErrorCode, readonly Cure[]>> = {
  LABOR_CATEGORY_MISSING: [
    { mutation: 'assignLaborCategory', does: 'Gives the time the labor category that prices it.' },
    { mutation: 'nameLaborCategories', does: 'Gives all time that lacks one its labor category, by rules; with dryRun it says before what that settles.' },
  ],
  RATE_NOT_FOUND: [
    { mutation: 'publishRateCardVersion', does: 'Publishes the cost card of the legal entity, or a rate card that sells the work.' },
    { mutation: 'addContractVersion', does: 'Gives the contract a rate for the work.' },
    { mutation: 'confirmSubcontract', does: 'Orders the work of a subcontractor’s person, by a line for project, person or labor category, and day.' },
  ],
  PROJECT_NOT_BILLABLE: [
    { mutation: 'confirmContract', does: 'Brings the contract of the project into force.' },
    { mutation: 'addContractVersion', does: 'Gives the contract a line that bills the work.' },
  ],
  PERIOD_CLOSED: [
    { mutation: 'createFiscalPeriods', does: 'Makes the periods of a year that has none.' },
    { mutation: 'reopenFiscalPeriod', does: 'Opens a closed period again.' },
    { mutation: 'retryExceptionsWhere', does: 'With accountingDate: posts the work on a day of an open period, whatever its own day.' },
  ],
  OVER_ALLOCATED: [
    { mutation: 'updateAssignment', does: 'Asks for fewer hours or days.' },
    { mutation: 'cancelAbsence', does: 'Takes time off back.' },
    { mutation: 'updateEmployee', does: 'Corrects when the employee works.' },
  ],
  TIME_AFTER_TERMINATION: [
    { mutation: 'recallTimeEntry', does: 'Makes a draft of the time again, which its author corrects or deletes.' },
    { mutation: 'upsertEmployees', does: 'Corrects the last day of the employment.' },
  ],
  TAX_FAILED: [
    { mutation: 'updateTaxProfile', does: 'Gives the tax profile a rate for the day.' },
    { mutation: 'updateCustomer', does: 'Gives the customer a tax profile of the legal entity.' },
  ],
  DISPUTE_UNRESOLVED: [{ mutation: 'resolveDispute', does: 'Accepts or rejects what the client holds against the invoice.' }],
  PAYMENT_UNMATCHED: [
    { mutation: 'applyPaymentMatch', does: 'Settles the invoices that one of its matches names.' },
    { mutation: 'refundPayment', does: 'Pays back what is left.' },
  ],
  CURRENCY_MISMATCH: [
    { mutation: 'setExchangeRates', does: 'Says what the one currency is worth in the other on the day of the work.' },
    { mutation: 'publishRateCardVersion', does: 'Publishes rates in the currency of the contract or the books.' },
  ],
  WEBHOOK_FAILING: [
    { mutation: 'enableWebhookEndpoint', does: 'Sends to it again; with sendMissed also what happened meanwhile.' },
    { mutation: 'updateWebhookEndpoint', does: 'Gives it another address.' },
    { mutation: 'retireWebhookEndpoint', does: 'Ends it for good.' },
  ],
  GUARD_REFUSED: [
    { mutation: 'updateProject', does: 'Names what the project lacks, such as its legal entity.' },
    { mutation: 'updateCustomer', does: 'Names what the customer lacks.' },
    { mutation: 'updateOpportunity', does: 'Names what a won opportunity lacks.' },
  ],
};

/** The ways out of an exception, the mend of its cause first. */
export function curesOf({ code }: { code: ErrorCode }): readonly Cure[] {
  return [...(causes[code] ?? []), retry, dismiss];
}

export const deliveryCures: readonly Cure[] = [
  { mutation: 'retryDelivery', does: 'Tries again at once; what waits behind it follows.' },
  { mutation: 'skipDelivery', does: 'Gives it up; what waits behind it goes on.' },
];

export const proposalCures: readonly Cure[] = [
  { mutation: 'acceptProposal', does: 'Takes what was proposed over; for whoever owns it.' },
  { mutation: 'rejectProposal', does: 'Leaves it as it is, for a reason.' },
];

/** Of a run that waits for others too long. */
export const waitingCures: readonly Cure[] = [
  { mutation: 'acknowledgeProvisioning', does: 'Says that a system outside has set the project up.' },
  { mutation: 'refuseProvisioning', does: 'Says that it will not; what was done is taken back.' },
  { mutation: 'cancelProcessRun', does: 'Takes back what was done, the last step first.' },
];

export const runCures: readonly Cure[] = [
  { mutation: 'retryProcessRun', does: 'Tries the last step again at once.' },
  { mutation: 'cancelProcessRun', does: 'Takes back what was done, the last step first.' },
];
