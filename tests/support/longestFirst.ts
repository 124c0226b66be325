import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take half a minute and more, the longest first. */
export const longest = [
  'graph/billingModel',
  'faults/separateProcesses',
  'faults/failpoints',
  'connectors/tockMonthEnd',
  'roles/start',
  'flows/approvedToBilling',
  'roles/rowSecurity',
  'connectors/tockImport',
  'graph/isolation',
  'flows/reversedWork',
  'faults/allInOne',
  'bench/burst',
];

/** On a fresh clone the runner knows no durations; a long file that begins last has one core to itself and leaves the other idle. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((name) => moduleId.endsWith(`tests/${name}.test.ts`));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
