/** What the next steps name: ids of the graph, and the last day of the source. */
export type Next = {
  /** One word for the keys of these steps, so that no two imports print the same. */
  key: string;
  legalEntityId: string;
  /** The firm's customers, where others stand beside them; undefined where it is alone. */
  customerIds: readonly string[] | undefined;
  /** What prices time of people who have no grade at all. */
  fallback: { name: string; laborCategoryId: string } | undefined;
  cutOffDate: string;
  missing: { count: number; hours: string } | undefined;
};

export type NextStep = { title: string; document: string };

const refused = 'userErrors { code field message }';

/** From the import to posted invoices, as operations that can be pasted: `$run` is the id that runBilling answers with. */
export function nextSteps(next: Next): NextStep[] {
  const { key, legalEntityId, cutOffDate, missing } = next;
  const billed = `cutOffDate: "${cutOffDate}", legalEntityIds: ["${legalEntityId}"]`;
  const naming = missing ? namingSteps(next, missing) : [];
  return [
    ...naming,
    {
      title: 'See what a billing run would draft, and what may be missing. Nothing is written.',
      document: `mutation { runBilling(input: { idempotencyKey: "${key}-bill", ${billed}, dryRun: true }) { preview { totals { currency invoices net { amount } gross { amount } } lines(first: 20) { nodes { customer { name } contract { name } net { amount } refused { message } } } warnings { warnings { code message mutation } more } } ${refused} } }`,
    },
    {
      title: 'Begin the run.',
      document: `mutation { runBilling(input: { idempotencyKey: "${key}-bill", ${billed} }) { billingRun { id state contractsFound } ${refused} } }`,
    },
    {
      title: 'Review it, once it is COMPLETED; $run is the id of the step before.',
      document: `query ($run: ID!) { billingRun(id: $run) { state contractsDone contractsFound drafted skipped totals { status invoices net { amount } gross { amount } } drafts(first: 50) { nodes { id customer { name } subtotal { amount } } } skips { nodes { contract { name } message } } warnings { warnings { code message mutation } more } } }`,
    },
    {
      title: 'Determine the tax of all of its invoices.',
      document: `mutation ($run: ID!) { validateBillingRun(input: { idempotencyKey: "${key}-validate", id: $run }) { succeeded failed results { invoice { id } ${refused} } ${refused} } }`,
    },
    {
      title: 'Post them: numbers, books, receivables.',
      document: `mutation ($run: ID!) { postBillingRun(input: { idempotencyKey: "${key}-post", id: $run }) { succeeded failed results { invoice { number total { amount } } ${refused} } ${refused} } }`,
    },
    {
      title: 'What the customers owe.',
      document: `{ trialBalance(legalEntityId: "${legalEntityId}") { accounts { account balance { amount currency } } } }`,
    },
  ];
}

function namingSteps({ key, customerIds, fallback }: Next, { count, hours }: { count: number; hours: string }): NextStep[] {
  const where = customerIds ? `customerIds: [${customerIds.map((id) => `"${id}"`).join(', ')}], ` : '';
  const rules = [`{ ${where}inherited: true }`, ...(fallback ? [`{ ${where}laborCategoryId: "${fallback.laborCategoryId}" }`] : [])].join(', ');
  const beside = fallback ? `; of people without any, ${fallback.name}: choose another where that is wrong` : '';
  const name = (more: string) => `mutation { nameLaborCategories(input: { idempotencyKey: "${key}-categories", rules: [${rules}]${more} }) {`;
  return [
    {
      title: `${count.toLocaleString('en')} lines (${hours} hours) lack a labor category. See what naming the person's own grade settles, at which rates${beside}. Nothing is written.`,
      document: `${name(', dryRun: true')} entries exceptions hours unnamedEntries groups { employee { name } project { name } laborCategory { name } entries hours rate { rate { amount currency } refused { message } } } more ${refused} } }`,
    },
    { title: 'Name them. Their exceptions end by themselves.', document: `${name('')} entries exceptions hours unnamedEntries ${refused} } }` },
    {
      title: 'Wait until entries is 0: everything approved is in the ledger.',
      document: '{ approvedNotPostedSummary { entries hours inException { entries hours } } }',
    },
  ];
}

/** The steps as the import prints them. */
export function printedSteps(steps: readonly NextStep[]): string[] {
  const told = steps.flatMap(({ title, document }, index) => ['', `${index + 1}. ${title}`, `   ${document}`]);
  return ['', 'Next, to bill it (paste into GraphiQL, as finance: npm run token -- --role finance):', ...told];
}
