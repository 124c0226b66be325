import type { Field, Shown } from '#kernel/fields.ts';
import type { AnyFactType } from '#kernel/published.ts';

/** docs/facts.md: each fact with what it says, who may see it, and the fields of its payload. */
export function factsPage(facts: readonly AnyFactType[], note: string): string {
  const rows = facts.map(
    (fact) => `| [${fact.type}](#${fact.type.toLowerCase()}) | ${fact.subgraph} | ${fact.subject} | ${fact.version} | ${fact.description} |`,
  );
  const table = ['| Fact | Subgraph | Subject | Version | Stated when |', '|---|---|---|---|---|', ...rows].join('\n');
  return [
    '# Facts',
    note,
    'Each is an event type of the graph and a subscription of its own. [schema/asyncapi.yaml](../schema/asyncapi.yaml) says the same as AsyncAPI 3, with JSON schemas; [the TypeScript client](client.md) has a type for each.',
    table,
    ...facts.map(section),
  ].join('\n\n');
}

const audience = { CLIENT: 'clients', PARTNER: 'partners' } as const;

function section(fact: AnyFactType): string {
  const outside = fact.outside.length > 0 ? `${fact.outside.map((who) => audience[who]).join(' and ')}, of their own customers` : 'nobody';
  const rows = Object.entries(fact.fields).map(([name, field]) => `| \`${name}\` | ${typeOf(field)} | ${notesOf(field)} |`);
  return [
    `## ${fact.type}`,
    `${fact.description} Seen with \`${fact.read}\`; outside the firm by ${outside}.`,
    ['| Payload | Type | |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function typeOf({ shown, nullable }: Field<unknown>): string {
  return `${spelled(shown)}${nullable ? ' or null' : ''}`;
}

function spelled(shown: Shown): string {
  if (shown.kind === 'entity') return `id of ${shown.type}`;
  if (shown.kind === 'entities') return `ids of ${shown.type}`;
  if (shown.kind === 'list') return `list of ${spelled(shown.of)}`;
  if (shown.kind === 'hours') return 'Decimal';
  return shown.kind === 'nested' ? `{ ${Object.keys(shown.fields).join(', ')} }` : shown.type;
}

function notesOf({ description, firmOnly, internal }: Field<unknown>): string {
  const notes = [description, firmOnly ? 'Told to nobody outside the firm.' : '', internal ? 'In the log only; no event shows it.' : ''];
  return notes.filter((each) => each !== '').join(' ');
}
