import type { Resolvers, RunBillingInput } from '#generated/finance.ts';
import { page, pageOf } from '#kernel/connection.ts';
import type { Context } from '#kernel/context.ts';
import { toUserError, toUserErrors } from '#kernel/errors.ts';
import { refer } from '#kernel/ids.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { asRefused } from '#kernel/outcome.ts';
import { legalEntityOf } from '../legalEntity/queries.ts';
import type { BillingPreviewLineRow, BillingRunRow } from '../tables.ts';
import { cancelBillingRun, runBilling } from './commands.ts';
import { onBillingRun } from './pages.ts';
import { previewBilling, previewFailures, previewPage, previewTotals } from './preview.ts';
import { billingRunList, draftsOfRun, readBillingRun, skipsOfRun, stateOfRun, totalsOfRuns } from './queries.ts';
import { type BillingWarningItem, warningsOf } from './warnings.ts';

const on = mutationsOf('billingRun', readBillingRun);
const begin = on.one('runBilling', runBilling);
const referAll = (ids: readonly string[] | null) => ids?.map((id) => ({ id })) ?? null;

async function lookAhead(context: Context, input: RunBillingInput) {
  try {
    return { billingRun: null, preview: await previewBilling(context, input), userErrors: [], replayed: false };
  } catch (error) {
    return { billingRun: null, preview: null, userErrors: toUserErrors(asRefused(error), context.trace.correlationId), replayed: false };
  }
}

async function start(context: Context, input: RunBillingInput) {
  return { ...(await begin(undefined, { input }, context)), preview: null };
}

const moneyOf =
  ({ currency }: { currency: string }) =>
  (minor: bigint) =>
    showMoney({ minor, currency });

function lineMoney({ currency, netMinor, taxMinor }: BillingPreviewLineRow) {
  if (currency === null) return { net: null, tax: null, gross: null };
  const show = moneyOf({ currency });
  return { net: show(netMinor), tax: taxMinor === null ? null : show(taxMinor), gross: taxMinor === null ? null : show(netMinor + taxMinor) };
}

const showWarnings = ({ warnings, more }: { warnings: readonly BillingWarningItem[]; more: boolean }) => ({
  more,
  warnings: warnings.map(({ projectId, contractId, employeeId, ...rest }) => ({
    ...rest,
    project: refer(projectId),
    contract: refer(contractId),
    employee: refer(employeeId),
  })),
});

export const billingRunResolvers = {
  Query: {
    billingRun: async (_, { id }, context) => (await readBillingRun(context, id)) ?? null,
    billingRuns: (_, args, context) => page(context, billingRunList, args),
  },
  Mutation: {
    runBilling: (_, { input }, context) => (input.dryRun ? lookAhead(context, input) : start(context, input)),
    cancelBillingRun: on.one('cancelBillingRun', cancelBillingRun),
    validateBillingRun: (_, { input }, context) => onBillingRun(context, 'validate', input),
    postBillingRun: (_, { input }, context) => onBillingRun(context, 'post', input),
  },
  BillingRun: {
    __resolveReference: async ({ id }, context) => (await readBillingRun(context, id)) ?? null,
    state: (run) => stateOfRun(run),
    customers: ({ customerIds }) => referAll(customerIds),
    contracts: ({ contractIds }) => referAll(contractIds),
    legalEntities: async ({ legalEntityIds }, _, context) => legalEntityIds && Promise.all(legalEntityIds.map((id) => legalEntityOf(context, id))),
    totals: async ({ id }, _, context) =>
      ((await context.load(totalsOfRuns, id)) ?? []).map(({ currency, status, invoices, netMinor, taxMinor, grossMinor }) => {
        const show = moneyOf({ currency });
        return { currency, status, invoices, net: show(netMinor), tax: show(taxMinor), gross: show(grossMinor) };
      }),
    drafts: ({ id }, args, context) => pageOf(context, draftsOfRun, { parentId: id, args }),
    skips: ({ id }, args, context) => pageOf(context, skipsOfRun, { parentId: id, args }),
    warnings: async (run: BillingRunRow, _, context) => showWarnings(await warningsOf(context, { scope: run, runId: run.id })),
  },
  BillingRunContract: {
    contract: ({ contractId }) => ({ id: contractId }),
    code: ({ code }) => code ?? 'INTERNAL',
    message: ({ message }) => message ?? '',
  },
  BillingPreview: {
    cutOffDate: ({ scope }) => scope.cutOffDate,
    invoiceDate: ({ scope }) => scope.invoiceDate,
    totals: (preview) =>
      previewTotals(preview).map(({ currency, invoices, netMinor, taxMinor }) => {
        const show = moneyOf({ currency });
        return { currency, invoices, net: show(netMinor), tax: show(taxMinor), gross: show(netMinor + taxMinor) };
      }),
    lines: (preview, args) => previewPage(preview, args),
    warnings: async (preview, _, context) =>
      showWarnings(await warningsOf(context, { scope: preview.scope, runId: undefined, failures: previewFailures(preview) })),
  },
  BillingPreviewLine: {
    contract: ({ contractId }) => ({ id: contractId }),
    customer: ({ customerId }) => refer(customerId),
    net: (line) => lineMoney(line).net,
    tax: (line) => lineMoney(line).tax,
    gross: (line) => lineMoney(line).gross,
    taxFailure: ({ failure }) => failure,
    refused: ({ refused }, _, context) => (refused ? toUserError(refused, context.trace.correlationId) : null),
  },
} satisfies Resolvers;
