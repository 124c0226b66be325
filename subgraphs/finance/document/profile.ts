/** Rules that an electronic invoice follows: the core of EN 16931, or Peppol's usage of it. */
export type EInvoiceProfile = 'EN_16931' | 'PEPPOL_BIS_3';
