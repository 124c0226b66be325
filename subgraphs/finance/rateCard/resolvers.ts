import type { Resolvers } from '#generated/finance.ts';
import { page, pageOf } from '#kernel/connection.ts';
import { Refused } from '#kernel/errors.ts';
import { isId } from '#kernel/ids.ts';
import { availableActions } from '#kernel/machine.ts';
import { showMoney } from '#kernel/money.ts';
import { mutationsOf } from '#kernel/mutation.ts';
import { readLegalEntity } from '../legalEntity/queries.ts';
import { createRateCard, updateRateCard, upsertRateCards } from './commands.ts';
import { rateCardVersionMachine } from './machine.ts';
import {
  lineCounts,
  lineFor,
  linesOf,
  rateCardList,
  rateCardRefs,
  rateCardVersionList,
  readRateCard,
  readRateCardVersion,
  versionOn,
  versionsOf,
} from './queries.ts';
import { createRateCardVersion, publishRateCardVersion, updateRateCardVersion } from './versions.ts';

const onCard = mutationsOf('rateCard', readRateCard);
const onVersion = mutationsOf('rateCardVersion', readRateCardVersion);

const ofLines = { 'lines.employee': 'Employee', 'lines.laborCategory': 'LaborCategory' } as const;

export const rateCardResolvers = {
  Query: {
    rateCard: async (_, { id }, context) => (await readRateCard(context, id)) ?? null,
    rateCards: (_, args, context) => page(context, rateCardList, args),
    rateCardVersion: async (_, { id }, context) => (await readRateCardVersion(context, id)) ?? null,
    rateCardVersions: (_, args, context) => page(context, rateCardVersionList, args),
  },
  Mutation: {
    createRateCard: onCard.one('createRateCard', createRateCard),
    updateRateCard: onCard.one('updateRateCard', updateRateCard),
    upsertRateCards: onCard.bulk('upsertRateCards', upsertRateCards, { legalEntity: 'LegalEntity', customer: 'Customer' }),
    createRateCardVersion: onVersion.one('createRateCardVersion', createRateCardVersion, ofLines),
    updateRateCardVersion: onVersion.one('updateRateCardVersion', updateRateCardVersion, ofLines),
    publishRateCardVersion: onVersion.one('publishRateCardVersion', publishRateCardVersion),
  },
  RateCard: {
    __resolveReference: async ({ id }, context) => (await readRateCard(context, id)) ?? null,
    legalEntity: async ({ legalEntityId }, _, context) => (legalEntityId ? ((await readLegalEntity(context, legalEntityId)) ?? null) : null),
    customer: ({ customerId }) => (customerId ? { id: customerId } : null),
    versions: ({ id }, args, context) => pageOf(context, versionsOf, { parentId: id, args }),
    versionOn: async ({ id }, { date }, context) => (await context.load(versionOn, id, date)) ?? null,
    externalRefs: async ({ id }, _, context) => (await context.load(rateCardRefs, id)) ?? [],
  },
  RateCardVersion: {
    __resolveReference: async ({ id }, context) => (await readRateCardVersion(context, id)) ?? null,
    rateCard: async ({ rateCardId }, _, context) => {
      const card = await readRateCard(context, rateCardId);
      if (!card) throw new Error(`there is no rate card ${rateCardId}`);
      return card;
    },
    lines: async ({ id }, _, context) => (await context.load(linesOf, id)) ?? [],
    line: async ({ id }, { employeeId, laborCategoryId }, context) => {
      for (const each of [employeeId, laborCategoryId]) if (each && !isId(each)) throw new Refused('VALIDATION_FAILED', `${each} is no id.`);
      return (await context.load(lineFor, id, `${employeeId ?? ''} ${laborCategoryId ?? ''}`)) ?? null;
    },
    availableActions: async ({ id, status }, _, context) => {
      const subject = { status, lineCount: (await context.load(lineCounts, id)) ?? 0 };
      return availableActions(rateCardVersionMachine, subject, context.actor);
    },
  },
  RateCardLine: {
    laborCategory: ({ laborCategoryId }) => (laborCategoryId ? { id: laborCategoryId } : null),
    employee: ({ employeeId }) => (employeeId ? { id: employeeId } : null),
    rate: ({ rateMinor, currency }) => showMoney({ minor: rateMinor, currency }),
  },
} satisfies Resolvers;
