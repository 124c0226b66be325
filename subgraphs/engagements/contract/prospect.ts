import type { Draft } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';
import { attempt } from '#kernel/outcome.ts';
import { type AgreedVersion, amendmentReference } from '../references.ts';
import type { AmendmentRow, ContractRow, NamedLine } from '../tables.ts';
import { succeed } from './version.ts';

type Standing = { contract: ContractRow; versions: readonly AgreedVersion[]; lines: readonly NamedLine[] };

/** Lets the siblings know what the contract would say with each of these amendments, as it stands now: for who wants to know what would become of the money. */
export function publishProspects(draft: Draft, amendments: readonly AmendmentRow[], standing: Standing): void {
  for (const each of amendments) draft.publish(amendmentReference(each, prospectOf(draft, each, standing)));
}

/** All versions as they would be; none where it would not go. */
function prospectOf({ context }: Draft, { changes, effectiveFrom }: AmendmentRow, { versions, ...standing }: Standing): AgreedVersion[] {
  const succession = attempt(() => succeed(context, { ...standing, versions }, { ...changes, effectiveFrom }));
  if (succession instanceof Refused) return [];
  const ended = new Map(succession.ended.map((each) => [each.row.id, each]));
  return [...versions.map((each) => ended.get(each.row.id) ?? each), ...succession.added];
}
