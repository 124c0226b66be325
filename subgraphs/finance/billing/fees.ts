import type { ContractReference } from '#engagements/published.ts';
import { partId } from '#kernel/ids.ts';
import type { CalendarDate } from '#kernel/period.ts';
import { termsOn } from './price.ts';
import { retainersOf } from './retainer.ts';

/** A fee that a contract line says is due on a day. `id` is the same for the same part of the same line, so that it is posted once. */
export type DueFee = { id: string; contractLineId: string; name: string; dueOn: CalendarDate; minor: bigint };

/** The id of what is billed for a period of a retainer. */
export const retainerFeeId = (lineId: string, number: number): string => partId(lineId, `retainer ${number}`);

/** All fees that are due by a day: instalments as the version of that day has them, and the periods of retainers that have begun. */
export function feesDue(contract: ContractReference, upTo: CalendarDate): DueFee[] {
  const instalments = termsOn(contract, upTo).lines.flatMap((line) =>
    (line.instalments ?? []).map(({ name, dueOn, minor }): DueFee => {
      const id = partId(line.id, `instalment ${name}`);
      return { id, contractLineId: line.id, name: `${line.name}, ${name}`, dueOn, minor: BigInt(minor) };
    }),
  );
  const retainers = retainersOf(contract, upTo).flatMap(({ lineId, name, periods }) =>
    periods.map(({ number, from, to, minor }): DueFee => {
      return { id: retainerFeeId(lineId, number), contractLineId: lineId, name: `${name}, ${from} to ${to}`, dueOn: from, minor };
    }),
  );
  return [...instalments, ...retainers].filter(({ dueOn }) => dueOn <= upTo).toSorted((one, other) => one.dueOn.localeCompare(other.dueOn));
}
