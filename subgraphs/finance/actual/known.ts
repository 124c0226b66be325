import type { ContractReference } from '#engagements/published.ts';
import { addDays, type CalendarDate, latestOf } from '#kernel/period.ts';

type Recorded = { effectiveFrom: CalendarDate; effectiveTo: CalendarDate | null };

/** A contract as it was known at an instant: each version took all days from its first one on from those recorded before it. Nothing where none was recorded yet. */
export function asKnown(contract: ContractReference, known: Date): [] | [ContractReference] {
  const recorded = contract.versions.filter(({ recordedAt }) => new Date(recordedAt) <= known).toSorted((one, other) => one.number - other.number);
  const versions = recorded.map((version, index) => {
    const later = recorded.slice(index + 1).map(({ effectiveFrom }) => effectiveFrom);
    const next = later.toSorted()[0];
    const before = next && addDays(latestOf(next, version.effectiveFrom), -1);
    return { ...version, effectiveTo: before ?? null };
  });
  return versions.length > 0 ? [{ ...contract, versions }] : [];
}

type Published = Recorded & { publishedAt: Date | null };

/** Versions of a rate card as they were known: each runs to the next one that was published by then; of two from one day the later publication corrects the other. */
export function cardAsKnown<Version extends Published>(versions: readonly Version[], known: Date): Version[] {
  const published = versions.filter(({ publishedAt }) => publishedAt && publishedAt <= known);
  const byDay = Map.groupBy(published, ({ effectiveFrom }) => effectiveFrom);
  const days = [...byDay.keys()].toSorted();
  return days.flatMap((day, index) => {
    const [last] = (byDay.get(day) ?? []).toSorted((one, other) => Number(other.publishedAt) - Number(one.publishedAt));
    const next = days[index + 1];
    return last ? [{ ...last, effectiveTo: next ? addDays(next, -1) : null }] : [];
  });
}
