import { type PostedSums, postedSources, postedStage, valueOfWork } from '#finance/reconciliation/queries.ts';
import type { Db } from '#kernel/db.ts';
import type { Money } from '#kernel/money.ts';
import type { Difference, StageSums } from '#operations/reconciliation/commands.ts';
import { approvedEntries } from '#time/entry/queries.ts';
import { approvedExpenses } from '#time/expense/queries.ts';
import { type ApprovedSums, approvedPieces, approvedStage, type PostingProgress, type ProjectWeek } from '#time/reconciliation/queries.ts';

/** Lost pieces of work that one comparison prices at most; what lies beyond counts by its hours. */
const mostPriced = 2_000;

const nothing: StageSums = { count: 0, seconds: 0n, minor: 0n, hash: '0' };
const keyOf = ({ projectId, week }: ProjectWeek): string => `${projectId} ${week}`;

function sumOf(rows: readonly ApprovedSums[]): StageSums {
  return rows.reduce((sum, { count, seconds, hash }) => {
    return { count: sum.count + count, seconds: sum.seconds + seconds, minor: 0n, hash: (BigInt(sum.hash) + BigInt(hash)).toString() };
  }, nothing);
}

const same = (one: StageSums, other: StageSums): boolean => one.count === other.count && one.seconds === other.seconds && one.hash === other.hash;

/** A project's week in both stages. */
type Cell = ProjectWeek & { customerId: string; legalEntityId: string | null; rows: readonly ApprovedSums[]; left: StageSums; right: StageSums };

/** Approved work that the ledger does not hold, by cause, and work in the ledger that nobody approved; with how many weeks of projects were compared. */
export async function compareApproved(
  db: Db,
  customerIds: readonly string[],
  progress: PostingProgress,
): Promise<{ compared: number; differences: Difference[] }> {
  // Time is read first: work that is being posted meanwhile shows as more in the ledger, and the second look below tells.
  const approved = await approvedStage(db, customerIds, progress);
  const cells = cellsOf(approved, await postedStage(db, customerIds));
  const lost = await unknownOf(
    db,
    cells.filter(({ rows, right }) => !same(sumOf(rows.filter(({ state }) => state === 'POSTED')), right)),
  );
  return { compared: cells.length, differences: [...cells.flatMap(explained), ...merged([...(await orphans(db, cells)), ...lost])] };
}

function cellsOf(approved: readonly ApprovedSums[], posted: readonly PostedSums[]): Cell[] {
  const rows = Map.groupBy(approved, keyOf);
  const ledger = new Map(posted.map((each) => [keyOf(each), each]));
  return [...new Set([...rows.keys(), ...ledger.keys()])].flatMap((key) => {
    const own = rows.get(key) ?? [];
    const there = ledger.get(key);
    const of = there ?? own[0];
    if (!of) return [];
    const { customerId, projectId, week } = of;
    const legalEntityId = there?.legalEntityId ?? own.find((each) => each.legalEntityId)?.legalEntityId ?? null;
    return [{ customerId, projectId, week, legalEntityId, rows: own, left: sumOf(own), right: there ? { ...there, minor: 0n } : nothing }];
  });
}

const place = ({ customerId, legalEntityId, projectId, week, left, right }: Cell) => {
  const sums = ({ count, seconds, minor, hash }: StageSums): StageSums => ({ count, seconds, minor, hash });
  return { pair: 'APPROVED_POSTED' as const, customerId, legalEntityId, projectId, week, left: sums(left), right: sums(right) };
};

function explained(cell: Cell): Difference[] {
  return cell.rows.flatMap(({ state, code, currency, count, seconds, minor, exampleIds, legalEntityId }) =>
    state === 'POSTED' || state === 'UNKNOWN'
      ? []
      : [{ ...place(cell), legalEntityId: legalEntityId ?? cell.legalEntityId, cause: state, code, currency, atRisk: { count, seconds, minor }, exampleIds }],
  );
}

/** One piece of work that nothing explains. */
type Lost = { cell: Cell; id: string; seconds: bigint; value: Money | undefined };

/** Approved work that nobody has: not posted, no exception, and no delivery on its way. */
async function orphans(db: Db, cells: readonly Cell[]): Promise<Difference[]> {
  const rows = cells.flatMap((cell) => cell.rows.filter(({ state }) => state === 'UNKNOWN').map((row) => ({ cell, row })));
  const values = await valuesOf(
    db,
    rows.flatMap(({ row }) => row.exampleIds),
  );
  return rows.flatMap(({ cell, row }) => {
    const known = row.exampleIds.flatMap((id) => values.get(id) ?? []);
    // Ten examples of a week stand for it where there are more: their mean is the best that is known.
    const [first] = known;
    const minor = known.reduce((sum, each) => sum + each.minor, 0n);
    const scaled = row.count > row.exampleIds.length && row.exampleIds.length > 0 ? (minor * BigInt(row.count)) / BigInt(row.exampleIds.length) : minor;
    const atRisk = { count: row.count, seconds: row.seconds, minor: first ? scaled : row.minor };
    return [{ ...place(cell), cause: 'UNKNOWN' as const, code: null, currency: first?.currency ?? row.currency, atRisk, exampleIds: row.exampleIds }];
  });
}

/** A second look at weeks that differ, piece by piece: what was only on its way has arrived by now. */
async function unknownOf(db: Db, cells: readonly Cell[]): Promise<Difference[]> {
  const weeks = cells.map(({ projectId, week }) => ({ projectId, week }));
  const approved = await approvedPieces(db, weeks);
  const ledger = await postedSources(db, weeks);
  const byKey = new Map(cells.map((cell) => [keyOf(cell), cell]));
  const missing = [...approved].filter(
    ([id, { version, seconds, posted }]) => posted && (ledger.get(id)?.version !== version || ledger.get(id)?.seconds !== seconds),
  );
  const values = await valuesOf(
    db,
    missing.map(([id]) => id),
  );
  const lost = missing.flatMap(([id, { week, seconds }]): Lost[] => {
    const cell = byKey.get(keyOf(week));
    return cell ? [{ cell, id, seconds, value: values.get(id) }] : [];
  });
  const extra = [...ledger].flatMap(([id, { seconds, sale, ...week }]): Lost[] => {
    const cell = approved.has(id) ? undefined : byKey.get(keyOf(week));
    return cell ? [{ cell, id, seconds, value: sale }] : [];
  });
  return [...Map.groupBy([...lost, ...extra], ({ cell, value }) => `${keyOf(cell)} ${value?.currency}`).values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const sum = (of: (each: Lost) => bigint) => some.reduce((all, each) => all + of(each), 0n);
    const atRisk = { count: some.length, seconds: sum(({ seconds }) => seconds), minor: sum(({ value }) => value?.minor ?? 0n) };
    const exampleIds = some.map(({ id }) => id).slice(0, 10);
    return [{ ...place(first.cell), cause: 'UNKNOWN' as const, code: null, currency: first.value?.currency ?? null, atRisk, exampleIds }];
  });
}

async function valuesOf(db: Db, ids: readonly string[]): Promise<Map<string, Money>> {
  const some = ids.slice(0, mostPriced);
  const entries = await approvedEntries(db, some);
  const expenses = (await approvedExpenses(db, some)).map((expense) => ({ ...expense, description: expense.notes }));
  return valueOfWork(db, { entries, expenses });
}

/** Of one week, cause and currency there is one difference. */
function merged(differences: readonly Difference[]): Difference[] {
  return [...Map.groupBy(differences, (each) => `${each.projectId} ${each.week} ${each.currency}`).values()].flatMap((some) => {
    const [first] = some;
    if (!first) return [];
    const atRisk = some.reduce(
      (sum, { atRisk: { count, seconds, minor } }) => ({ count: sum.count + count, seconds: sum.seconds + seconds, minor: sum.minor + minor }),
      { count: 0, seconds: 0n, minor: 0n },
    );
    return [{ ...first, atRisk, exampleIds: some.flatMap(({ exampleIds }) => exampleIds).slice(0, 10) }];
  });
}
