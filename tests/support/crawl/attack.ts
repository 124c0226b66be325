import { type GraphQLField, getNamedType, isCompositeType, isLeafType } from 'graphql';
import { newId } from '#kernel/ids.ts';
import { type Canaries, sung } from '../canaries.ts';
import { argumentsText, argumentsWith, type NamingPlace, namingPlaces } from './arguments.ts';
import { type Ask, type Crawled, fieldsOf, ownIds, type Place } from './crawl.ts';

type Field = GraphQLField<unknown, unknown>;
export type Reference = { system: string; externalId: string };

/** What is tried: `foreign` must be answered as what is nobody's; of `odd` it is enough that it tells nothing and is no fault. */
export type Tries = { foreign: readonly string[]; references: readonly Reference[]; texts: readonly string[]; odd: readonly string[] };

/** `share`: each place tries one in so many of what is foreign, the next place the next ones. */
export type Attack = {
  crawled: Crawled;
  ask: Ask;
  tries: Tries;
  hidden: Canaries;

  together: number;
  share?: number;
};

export type Attacked = {
  /** Places in arguments that take an id. */
  places: number;
  tried: number;
  /** What an answer held that it must not. */
  leaks: string[];
  /** Where another's is answered in another way than nobody's. */
  told: string[];
  /** What failed here. */
  faults: string[];
};

/** Tries what is another's in every place of every argument that names something. */
export async function attack(attempt: Attack): Promise<Attacked> {
  const done: Attacked = { places: 0, tried: 0, leaks: [], told: [], faults: [] };
  for (const place of attempt.crawled.places.values()) {
    for (const field of fieldsOf(place.type)) {
      if (attempt.crawled.refused.get(`${place.type.name}.${field.name}`) === 'FORBIDDEN') continue;
      for (const naming of namingPlaces(field.args)) {
        done.places += 1;
        await tryPlace(attempt, { place, field, naming }, done);
      }
    }
  }
  return done;
}

type Target = { place: Place; field: Field; naming: NamingPlace };

async function tryPlace(attempt: Attack, target: Target, done: Attacked): Promise<void> {
  const { naming, place, field } = target;
  const { share = 1 } = attempt;
  const { odd, foreign } = attempt.tries;
  const some = share === 1 ? foreign : foreign.filter((_, index) => index % share === done.places % share);
  const [nobodys, ...others] = valuesOf({ ...attempt.tries, foreign: naming.isList ? foreign : some }, naming);
  const where = `${place.type.name}.${field.name}(${naming.path.join('.')})`;
  for (let start = 0; start < others.length; start += attempt.together) {
    const values = [nobodys, ...others.slice(start, start + attempt.together)];
    const answers = await answersOf(attempt, target, values);
    const [expected, ...given] = answers;
    for (const [index, answer] of given.entries()) {
      judge(attempt, { where, value: values[index + 1], answer }, done);
      if (answer !== expected) done.told.push(`${where}: ${answer} instead of ${expected}`);
    }
  }
  if (naming.kind !== 'id' || (share > 1 && place.type.name !== 'Query')) return;
  const values = odd.map((value) => (naming.isList ? [value] : value));
  for (const [index, answer] of (await answersOf(attempt, target, values)).entries()) judge(attempt, { where, value: values[index], answer }, done);
}

/** What is nobody's first; lists are of one length, so that answers may have as many parts. */
function valuesOf({ foreign, references, texts }: Tries, { kind, isList }: NamingPlace): unknown[] {
  const nobodys = (): unknown => ({ id: newId(), ref: { system: 'crm', externalId: newId() }, text: 'nobodys' })[kind];
  const others: readonly unknown[] = { id: foreign, ref: references, text: texts }[kind];
  return isList ? [others.map(nobodys), others] : [nobodys(), ...others];
}

function judge({ hidden }: Attack, { where, value, answer }: { where: string; value: unknown; answer: string }, done: Attacked): void {
  done.tried += Array.isArray(value) ? value.length : 1;
  for (const canary of sung(answer, hidden)) done.leaks.push(`${where}: ${canary} in ${answer.slice(0, 400)}`);
  if (answer.includes('"INTERNAL"')) done.faults.push(`${where}: ${answer.slice(0, 400)}`);
}

/** What each value is answered, without the value itself: an answer may name what was asked for. */
async function answersOf(attempt: Attack, { place, field, naming }: Target, values: readonly unknown[]): Promise<string[]> {
  const fill = ownIds(attempt.crawled, field);
  const select = selectionOf(field);
  const call = (value: unknown, index: number) =>
    `a${index}: ${field.name}${argumentsText(field, argumentsWith(field, { path: naming.path, value, fill }))}${select}`;
  const together = JSON.parse(await attempt.ask(place.around(values.map(call).join(' '))));
  const answers: string[] = [];
  for (const [index, value] of values.entries()) {
    const own = partOf(together, `a${index}`) ?? partOf(JSON.parse(await attempt.ask(place.around(call(value, index)))), undefined, `a${index}`);
    answers.push(without(JSON.stringify(own), value));
  }
  return answers;
}

type Answer = { data?: unknown; errors?: { path?: (string | number)[]; message: string; extensions: { code: string } }[] };

/** What an answer says under a name, with its errors; undefined where it says nothing of it. Without a name, all of it. */
function partOf({ data, errors = [] }: Answer, name: string | undefined, forget = ''): unknown[] | undefined {
  const own = errors.filter(({ path }) => name === undefined || path?.includes(name)).map(({ message, extensions }) => [extensions.code, message]);
  if (name === undefined) return [valuesUnder(data, forget), own];
  const found = valuesUnder(data, name);
  // An error of another one may have taken this one's place with it.
  return found.length === 0 ? undefined : [found, own];
}

function valuesUnder(value: unknown, name: string): unknown[] {
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, below]) => (key === name && !Array.isArray(value) ? [below] : valuesUnder(below, name)));
}

function without(text: string, value: unknown): string {
  const asked = (Array.isArray(value) ? value : [value]).map((each) => (typeof each === 'string' ? each : (each as Reference).externalId));
  return asked.filter((each) => each !== '').reduce((rest, each) => rest.replaceAll(each, ''), text);
}

/** How many a field gives, and which: enough to tell something from nothing. */
function selectionOf({ type }: Field): string {
  const target = getNamedType(type);
  if (!isCompositeType(target)) return '';
  const parts = fieldsOf(target).flatMap((field): string[] => {
    if (field.name === 'nodes') return [`nodes${selectionOf(field)}`];
    // Sums stand in types without an id: what they count would show.
    const tells =
      field.name === 'id' ||
      field.name === 'totalCount' ||
      (!fieldsOf(target).some(({ name }) => name === 'id' || name === 'nodes') && field.args.length === 0);
    return tells && isLeafType(getNamedType(field.type)) ? [field.name] : [];
  });
  return ` { ${['__typename', ...parts].join(' ')} }`;
}
