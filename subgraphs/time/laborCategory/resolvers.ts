import type { Resolvers } from '#generated/time.ts';
import { showSeconds } from '#kernel/duration.ts';
import type { LaborCategoryGroupRow } from '../tables.ts';
import { nameLaborCategories } from './commands.ts';

/** Groups that an answer names at most. */
const namedAtMost = 250;

const bySeconds = (one: LaborCategoryGroupRow, other: LaborCategoryGroupRow) => Number(BigInt(other.seconds) - BigInt(one.seconds));

export const laborCategoryResolvers = {
  Mutation: {
    nameLaborCategories: async (_, { input }, context) => {
      const { groups, left, userErrors, replayed } = await nameLaborCategories(context, input);
      const total = (of: (group: LaborCategoryGroupRow) => number) => groups.reduce((sum, group) => sum + of(group), 0);
      return {
        entries: total(({ entries }) => entries),
        exceptions: total(({ exceptions }) => exceptions),
        ...showSeconds(
          'hours',
          groups.reduce((sum, { seconds }) => sum + BigInt(seconds), 0n),
        ),
        unnamedEntries: left.entries,
        ...showSeconds('unnamedHours', BigInt(left.seconds)),
        groups: groups.toSorted(bySeconds).slice(0, namedAtMost),
        more: groups.length > namedAtMost,
        ...{ userErrors, replayed },
      };
    },
  },
  LaborCategoryGroup: {
    // An answer of this call and kept nowhere: nobody comes back to it from elsewhere.
    __resolveReference: () => null,
    employee: ({ employeeId }) => ({ id: employeeId }),
    project: ({ projectId }) => ({ id: projectId }),
    laborCategory: ({ laborCategoryId }) => ({ id: laborCategoryId }),
    hours: ({ seconds }) => showSeconds('hours', BigInt(seconds)).hours,
    duration: ({ seconds }) => showSeconds('hours', BigInt(seconds)).duration,
  },
} satisfies Resolvers;
