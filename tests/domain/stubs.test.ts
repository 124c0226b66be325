import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { stubsOf } from '../../generate/stubs.ts';

const owner = parse(`
  "A box. It's \\"ours\\"."
  type Box @key(fields: "id") @tag(name: "psa") { id: ID! name: String lid: Lid label: Label }
  type Lid @key(fields: "id") { id: ID! }
  type Label { text: String }
  type Query { box: Box }`);
const extending = parse('type Box @key(fields: "id") { id: ID! weight: Int lid: Lid }');
const naming = parse(
  'interface Event { box: Box label: Label } type Opened implements Event { box: Box label: Label boxes: [Box!]! } type Query { event: Event }',
);

test('a subgraph has a stub of each entity that it names and does not declare itself, in the words of its owner', () => {
  const [none, lid, box] = stubsOf([owner, extending, naming]);
  expect(none).toBe('');
  expect(lid).toBe('type Lid @key(fields: "id", resolvable: false) {\n  "The id that Accord gave; never reused."\n  id: ID!\n}');
  // What has no key is nobody's to stand for: a type that is missing stays missing, and composition says so.
  expect(box).toBe('"A box. It\'s \\"ours\\"."\ntype Box @key(fields: "id", resolvable: false) {\n  "The id that Accord gave; never reused."\n  id: ID!\n}');
});
