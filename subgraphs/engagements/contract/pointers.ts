/** What rates may name by other systems' references. */
export const pointersOfRates = { 'rates.employee': 'Employee', 'rates.laborCategory': 'LaborCategory' } as const;

/** What the content of contracts may. */
export const pointersOfContent = {
  ...pointersOfRates,
  'lines.projects[]': 'Project',
  'lines.rates.employee': 'Employee',
  'lines.rates.laborCategory': 'LaborCategory',
} as const;
