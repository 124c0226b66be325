import type { GraphQLFormattedError } from 'graphql';

/** Where a part belongs, and what the client calls it. */
export type Announced = { label: string | undefined; path: readonly (string | number)[] };
/** Parts as a client may see them: the first answer has none before it. */
export type Told = {
  answers: readonly (Announced & { data?: unknown; errors?: readonly GraphQLFormattedError[] })[];
  announced: readonly Announced[];
  hasNext: boolean;
};

/** The forms of answers in parts: that of the draft of August 2022, which most clients ask for, and that of the present one, with an id for each part. */
export type IncrementalForm = 'deferSpec=20220824' | 'incrementalSpec=v0.2';

/** Writes the payloads of one answer, one after the other. */
export type WritePayload = (told: Told) => object;

/** One for each answer: parts that are announced get ids. */
export function payloadsIn(form: IncrementalForm): WritePayload {
  return form === 'deferSpec=20220824' ? byPlace() : byId();
}

const named = ({ label, path }: Announced) => ({ ...(label === undefined ? {} : { label }), path });
const placeOf = (part: Announced): string => JSON.stringify([part.label, part.path]);

function byPlace(): WritePayload {
  let isFirst = true;
  return ({ answers, hasNext }) => {
    const [whole] = answers;
    const payload = isFirst ? outcome(whole) : { incremental: answers.map((part) => ({ ...named(part), ...outcome(part) })) };
    isFirst = false;
    return { ...payload, hasNext };
  };
}

function byId(): WritePayload {
  let isFirst = true;
  let last = 0;
  // Several parts of one place may have no label; they come in some order.
  const open = new Map<string, string[]>();
  const announce = (part: Announced) => {
    const id = String(last++);
    open.set(placeOf(part), [...(open.get(placeOf(part)) ?? []), id]);
    return { id, ...named(part) };
  };
  const idOf = (part: Announced) => open.get(placeOf(part))?.shift() ?? '';
  return ({ answers, announced, hasNext }) => {
    const [whole] = answers;
    const came = isFirst ? [] : answers.map((part) => ({ ...outcome(part), id: idOf(part) }));
    const payload = isFirst ? outcome(whole) : {};
    isFirst = false;
    const pending = announced.map(announce);
    // A part that fell has its reasons where it ends.
    const incremental = came.filter(({ data }) => data !== null);
    const completed = came.map(({ id, data, errors }) => ({ id, ...(data === null ? { errors: errors ?? [] } : {}) }));
    return {
      ...payload,
      ...(pending.length > 0 ? { pending } : {}),
      ...(incremental.length > 0 ? { incremental } : {}),
      ...(completed.length > 0 ? { completed } : {}),
      hasNext,
    };
  };
}

function outcome(part: Told['answers'][number] | undefined): { data?: unknown; errors?: readonly GraphQLFormattedError[] } {
  return part ? { ...(part.errors ? { errors: part.errors } : {}), data: part.data } : {};
}
