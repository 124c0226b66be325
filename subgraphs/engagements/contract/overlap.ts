/** What a contract line covers; an empty list of projects means all of them, an absent date an open end. */
export type LineScope = { kinds: readonly string[]; projectIds: readonly string[]; startDate: string | null; endDate: string | null };

type Range = { from: string | null; to: string | null };

/** True when both ranges hold a common day; both ends count, an absent one is open. */
export function rangesMeet(one: Range, other: Range): boolean {
  return (!one.to || !other.from || other.from <= one.to) && (!other.to || !one.from || one.from <= other.to);
}

/** True when some work would fall under both lines. */
export function linesMeet(one: LineScope, other: LineScope): boolean {
  const kind = one.kinds.some((each) => other.kinds.includes(each));
  const project = one.projectIds.length === 0 || other.projectIds.length === 0 || one.projectIds.some((each) => other.projectIds.includes(each));
  return kind && project && rangesMeet({ from: one.startDate, to: one.endDate }, { from: other.startDate, to: other.endDate });
}

/** The first two lines that overlap, if any do. */
export function overlap<Line extends LineScope>(lines: readonly Line[]): [Line, Line] | undefined {
  for (const [index, one] of lines.entries()) {
    const other = lines.slice(index + 1).find((each) => linesMeet(one, each));
    if (other) return [one, other];
  }
  return undefined;
}
