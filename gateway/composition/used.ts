import { type KnownUse, type SchemaUser, typeOf } from '#kernel/schemaUsage.ts';
import type { Change } from './changes.ts';

/** Who used something of these types since a moment. */
export type ReadUse = (types: readonly string[], since: Date) => Promise<KnownUse>;

/** A breaking change with those whom it breaks. */
export type UsedChange = Change & { users: readonly SchemaUser[] };

/** Breaking changes by what is known of their use: whom they break, and what breaks nobody, since it has been recorded for long enough. */
export type Weighed = { breaking: readonly UsedChange[]; unused: readonly Change[]; recordedSince: Date | undefined };

type By = { read: ReadUse /** Days in which nobody may have used what goes. */; days: number; now: Date };

/** Weighs breaking changes by recorded use. What is not known to be unused stays breaking. */
export async function weighed(changes: readonly Change[], { read, days, now }: By): Promise<Weighed> {
  const since = new Date(now.getTime() - days * 86_400_000);
  const types = [...new Set(changes.map(({ path }) => typeOf(path)).filter((type) => type !== ''))];
  const { recordedSince, users } = types.length > 0 ? await read(types, since) : { recordedSince: undefined, users: [] };
  const isKnown = recordedSince !== undefined && recordedSince <= since;
  const judged = changes.map((change) => ({ ...change, users: users.filter(({ coordinate }) => breaks(change, coordinate)) }));
  const isUnused = (change: UsedChange) => isKnown && typeOf(change.path) !== '' && change.users.length === 0;
  return { breaking: judged.filter((change) => !isUnused(change)), unused: judged.filter(isUnused), recordedSince };
}

/** Changes that break whoever uses something of the type: what is new and needed, and what the type is as a whole. */
const ofTheType = new Set(['INPUT_FIELD_ADDED', 'OBJECT_TYPE_INTERFACE_REMOVED', 'TYPE_KIND_CHANGED', 'TYPE_REMOVED', 'UNION_MEMBER_REMOVED']);

/** True where who uses this place is broken by the change. The type alone stands for what came in variables, or in answers: it may be anything of it. */
function breaks({ path, type }: Change, coordinate: string): boolean {
  const [owner = '', member, argument] = path.split('.');
  if (typeOf(coordinate) !== owner) return false;
  if (member === undefined || ofTheType.has(type) || coordinate === owner) return true;
  if (argument !== undefined && type === 'FIELD_ARGUMENT_REMOVED') return coordinate === `${owner}.${member}(${argument}:)`;
  return coordinate === `${owner}.${member}` || coordinate.startsWith(`${owner}.${member}(`);
}
