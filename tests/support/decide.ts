import type { Actor } from '#kernel/actor.ts';
import type { Decision, DecisionContext, Effect } from '#kernel/draft.ts';
import { Refused } from '#kernel/errors.ts';

/** Ids that read well in a failing test: `id(7)` ends in 7. */
export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const stamp = { version: 1, createdAt: new Date('2026-01-01T00:00:00.000Z'), updatedAt: new Date('2026-01-01T00:00:00.000Z') };

/** Who decides, when, and new ids from 9001 on: the same for the same test. */
export function contextOf(permissions: readonly string[] = ['*'], more: Partial<Actor> & { now?: Date } = {}): DecisionContext {
  const { now = new Date('2026-03-02T09:00:00.000Z'), ...actor } = more;
  let given = 9000;
  return {
    actor: { id: 'somebody', kind: 'STAFF', permissions, ...actor },
    now,
    newId: () => {
      given += 1;
      return id(given);
    },
  };
}

/** What a decision leads to, an effect a line, such as `Task IN_PROGRESS v2` and `+ TaskStatusChanged`; or why it is refused. */
export function outcomeOf(decide: () => Decision): string[] | string {
  try {
    return decide().effects.map(lineOf);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [error.code, error.guard ?? error.field].filter(Boolean).join(' ');
  }
}

function lineOf(effect: Effect): string {
  if (effect.does === 'state') return `+ ${effect.fact.type}`;
  if (effect.does === 'publish') return `> ${effect.entry.type} v${effect.entry.version}`;
  if (effect.does === 'amend') return `> every ${effect.amendment.document.type}: ${Object.keys(effect.amendment.data).join(', ')}`;
  if (effect.does === 'link') return `= ${effect.entityType} ${effect.given.map((ref) => `${ref.system} ${ref.externalId}`).join(', ')}`;
  if (effect.does === 'claim') return `${effect.claim.holder ?? 'nobody'} holds ${effect.claim.entityType} up to v${effect.claim.version}`;
  if (effect.does === 'delete') return `- ${effect.entity.name}`;
  const status = typeof effect.row.status === 'string' ? ` ${effect.row.status}` : '';
  return `${effect.does === 'insert' ? 'new ' : ''}${effect.entity.name}${status} v${effect.row.version}`;
}

/** The rows that a decision writes, in order. */
export function writtenBy({ effects }: Decision): Readonly<Record<string, unknown>>[] {
  return effects.flatMap((effect) => (effect.does === 'insert' || effect.does === 'update' ? [effect.row] : []));
}

/** The payloads that a decision states, in order. */
export function statedBy({ effects }: Decision): unknown[] {
  return effects.flatMap((effect) => (effect.does === 'state' ? [effect.input.payload] : []));
}
