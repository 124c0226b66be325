/** The commands on invoices, for processes and resolvers. */
export { addInvoiceDiscount, addInvoiceLine, removeInvoiceAdjustment } from './adjust.ts';
export { cancelInvoice, updateInvoice } from './change.ts';
export { creditInvoice } from './credit.ts';
export { draftInvoices } from './draft.ts';
export { postInvoice, postInvoices } from './post.ts';
export { retryTax } from './retryTax.ts';
export { noteTaxFailure } from './tax.ts';
export { validateInvoice, validateInvoices } from './validate.ts';
export { reverseWriteOff, writeOffInvoice } from './writeOff.ts';
