import { errors, type Firm, ref, results } from './firm.ts';
import type { Narrator } from './narrator.ts';
import type { Deal } from './sales.ts';

/** What the story calls some time, and the days of it, in one week. */
export type Worked = { key: string; days: readonly [string, ...string[]] };

type Entry = { id: string; status: string; postingStatus: string; timesheet: { id: string; status: string } };
type Entries = [Entry, ...Entry[]];

/** Time as a PSA sends it, handed in and approved by somebody else, until it is in the ledger. */
export async function tellWork(told: Narrator, { ada, grace }: Firm, { projectId, work: { key, days } }: Deal & { work: Worked }): Promise<void> {
  const named = days.map((day, index) => ({ day, ref: ref(`${key}-${index}`) }));
  const query = `{ timeEntries(filter: { externalRefs: [${named.map((each) => each.ref).join(', ')}] }) { nodes { id status postingStatus timesheet { id status } } } }`;
  const whole = async (test: (entry: Entry) => boolean): Promise<Entries | undefined> => {
    const [first, ...rest] = await told.rows<Entry>('timeEntries', query);
    return first && rest.length + 1 === days.length && [first, ...rest].every(test) ? [first, ...rest] : undefined;
  };
  const items = named.map((each) => `{ externalRef: ${each.ref}, employeeId: $ada, projectId: $project, workDate: "${each.day}", hours: "8" }`);
  await told.step<Entries>({
    says: `The PSA sends Ada's time: ${days.join(', ')}, eight hours each.`,
    look: () => whole(() => true),
    act: () =>
      told.tell(
        'recordTimeEntries',
        `mutation ($ada: ID!, $project: ID!) { recordTimeEntries(input: { idempotencyKey: "demo-${key}", items: [${items.join(', ')}] }) { ${results} } }`,
        { ada, project: projectId },
      ),
    shows: (entries) => `time entries ${entries.map(({ id }) => id).join(', ')}`,
  });
  await told.step<Entries>({
    says: 'Ada hands it in, and Grace approves it: nobody approves what is their own.',
    look: () => whole(({ status }) => status === 'APPROVED'),
    act: async () => {
      const timesheet = (await whole(() => true))?.[0].timesheet;
      const [submit, approve] = documents(key);
      if (timesheet?.status === 'DRAFT') await told.tell('submitTimesheet', submit, { id: timesheet.id });
      await told.tell('approveTimesheet', approve, { id: timesheet?.id, grace });
    },
    shows: ([{ timesheet }]) => `timesheet ${timesheet.id}`,
  });
  await told.step<Entries>({
    says: 'A process prices it and puts it into the ledger, as cost and as work to bill.',
    look: () => whole(({ postingStatus }) => postingStatus === 'POSTED'),
    act: async () => undefined,
    shows: ([{ id }]) => `timeEntry(id: "${id}") { actuals { kind amount { amount } } }`,
  });
}

const documents = (key: string) =>
  [
    `mutation ($id: ID!) { submitTimesheet(input: { idempotencyKey: "demo-${key}-submit", id: $id }) { ${errors} } }`,
    `mutation ($id: ID!, $grace: ID!) { approveTimesheet(input: { idempotencyKey: "demo-${key}-approve", id: $id, approverId: $grace }) { ${errors} } }`,
  ] as const;
