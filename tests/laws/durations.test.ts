import { type FieldDefinitionNode, type InputValueDefinitionNode, Kind, print } from 'graphql';
import { expect, test } from 'vitest';
import { durationKey, isHoursKey } from '#kernel/duration.ts';
import { scalars } from '#kernel/scalars.ts';
import { sdlOf, subgraphNames, typeText } from '../support/contract.ts';

type Member = FieldDefinitionNode | InputValueDefinitionNode;
type Owner = { name: string; input: boolean; members: readonly Member[] };

const documents = await Promise.all(subgraphNames.map(sdlOf));
const owners: Owner[] = documents.flatMap(({ definitions }) =>
  definitions.flatMap((each): Owner[] => {
    if (each.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return [{ name: each.name.value, input: true, members: each.fields ?? [] }];
    if (each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION)
      return [{ name: each.name.value, input: false, members: each.fields ?? [] }];
    return [];
  }),
);
const timed = owners.flatMap((owner) => owner.members.filter((member) => isHoursKey(member.name.value)).map((hours) => ({ owner, hours })));
const exactOf = ({ owner, hours }: (typeof timed)[number]) => owner.members.find((member) => member.name.value === durationKey(hours.name.value));
const placeOf = ({ owner, hours }: (typeof timed)[number]) => `${owner.name}.${hours.name.value}`;
const tagsOf = (member: Member | undefined) => (member?.directives ?? []).map(print);

test('hours have an exact duration beside them, promised as they are and shown to the same readers', () => {
  const without = timed.filter((each) => {
    const exact = exactOf(each);
    const wanted = typeText(each.hours.type as never).replace('Decimal', 'Duration');
    return !exact || typeText(exact.type as never) !== wanted || tagsOf(exact).join() !== tagsOf(each.hours).join();
  });
  expect(timed.length).toBeGreaterThan(30);
  expect(without.map(placeOf)).toEqual([]);
});

test('hours of an answer say that they may be rounded', () => {
  const silent = timed.filter(({ owner, hours }) => !owner.input && !hours.description?.value.includes('ounded half up to six digits'));
  expect(silent.map(placeOf)).toEqual([]);
});

test('an input forces nobody to say hours, and presumes none: a duration would contradict them', () => {
  const forced = timed.filter(({ owner, hours }) => owner.input && (hours.type.kind === Kind.NON_NULL_TYPE || ('defaultValue' in hours && hours.defaultValue)));
  expect(forced.map(placeOf)).toEqual([]);
});

test('a duration stands beside its hours only', () => {
  const durations = owners.flatMap(({ name, members }) =>
    members.filter(({ type }) => typeText(type as never).includes('Duration')).map((member) => `${name}.${member.name.value}`),
  );
  const expected = timed.flatMap((each) => (exactOf(each) ? [`${each.owner.name}.${durationKey(each.hours.name.value)}`] : []));
  expect(durations.sort()).toEqual(expected.sort());
});

test('the scalars of the contract are those that the gateway checks, in the same words; the ones with a specification name it', async () => {
  const declared = (await sdlOf('kernel')).definitions.flatMap((each) => (each.kind === Kind.SCALAR_TYPE_DEFINITION ? [each] : []));
  expect(declared.map(({ name }) => name.value).sort()).toEqual(Object.keys(scalars).sort());
  const specified = declared.filter(({ directives }) => directives?.some(({ name }) => name.value === 'specifiedBy'));
  expect(specified.map(({ name }) => name.value).sort()).toEqual(['CurrencyCode', 'Cursor', 'Date', 'DateTime']);
  expect(declared.find(({ name }) => name.value === 'Duration')?.description?.value).toBe(scalars.Duration.description);
});
