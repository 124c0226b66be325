import type { Suite } from './suite.ts';

/** Entities, and the keys by which subgraphs find them. */

const simpleEntityCall: Suite = {
  subgraphs: {
    staff: {
      sdl: 'type Query { me: Person } type Person @key(fields: "mail") { mail: String! id: ID! }',
      roots: { me: { id: '7', mail: 'ada@firm' } },
      rows: { Person: [{ id: '7', mail: 'ada@firm' }] },
    },
    names: {
      sdl: 'type Person @key(fields: "mail") { mail: String! nick: String }',
      rows: { Person: [{ mail: 'ada@firm', nick: 'Ada' }] },
    },
  },
  cases: [
    { ask: '{ me { id nick } }', gives: { me: { id: '7', nick: 'Ada' } } },
    { ask: '{ me { nick } }', gives: { me: { nick: 'Ada' } } },
  ],
};

const section = (id: string, code: string) => ({ id, code });
const fees = [
  { id: 't1', part: 'p1', section: section('s1', 'x1'), fee: { amount: 100 } },
  { id: 't2', part: 'p2', section: section('s2', 'x2'), fee: { amount: 200 } },
];

/** Keys that hold lists and things, of which one subgraph has another part. */
const complexEntityCall: Suite = {
  subgraphs: {
    tasks: {
      sdl: `type Query { plan: Plan! } type Plan @key(fields: "tasks { id }") { tasks: [Task!]! }
        type Task @extends @key(fields: "id") { id: String! @external section: Section @shareable }
        type Section @key(fields: "id") { main: Task! @shareable id: String! code: String @shareable }`,
      roots: {
        plan: {
          tasks: [
            { id: 't1', section: { ...section('s1', 'x1'), main: { id: 't1' } } },
            { id: 't2', section: { ...section('s2', 'x2'), main: { id: 't2' } } },
          ],
        },
      },
      rows: {
        Task: [
          { id: 't1', section: section('s1', 'x1') },
          { id: 't2', section: section('s2', 'x2') },
        ],
        Section: [
          { ...section('s1', 'x1'), main: { id: 't1' } },
          { ...section('s2', 'x2'), main: { id: 't2' } },
        ],
      },
    },
    parts: {
      sdl: 'type Task @key(fields: "id") @key(fields: "id part") { id: String! part: String! }',
      rows: {
        Task: [
          { id: 't1', part: 'p1' },
          { id: 't2', part: 'p2' },
        ],
      },
    },
    lists: {
      sdl: `type Plan @key(fields: "tasks { id part }") { tasks: [Task!]! first: Task @shareable chosen: Task @shareable }
        type Task @key(fields: "id part") { id: String! part: String }`,
      rows: {
        Plan: ({ tasks }) => {
          const all = tasks as readonly unknown[];
          return { tasks: all, first: all[0], chosen: all[1] };
        },
        Task: [
          { id: 't1', part: 'p1' },
          { id: 't2', part: 'p2' },
        ],
      },
    },
    fees: {
      sdl: `type Plan @key(fields: "tasks { id part section { id code } } chosen { id }") { tasks: [Task!]! first: Task @shareable chosen: Task @shareable }
        type Task @key(fields: "id part section { id code }") { id: String! fee: Fee part: String section: Section }
        type Section @key(fields: "id code") { id: String! code: String } type Fee { amount: Float! }`,
      rows: { Task: fees, Section: [section('s1', 'x1'), section('s2', 'x2')], Plan: () => ({ tasks: fees, first: fees[0], chosen: fees[1] }) },
    },
  },
  cases: [
    {
      ask: '{ plan { tasks { id part fee { amount } section { main { id } id code } } chosen { id } first { id } } }',
      gives: {
        plan: {
          tasks: [
            { id: 't1', part: 'p1', fee: { amount: 100 }, section: { main: { id: 't1' }, id: 's1', code: 'x1' } },
            { id: 't2', part: 'p2', fee: { amount: 200 }, section: { main: { id: 't2' }, id: 's2', code: 'x2' } },
          ],
          chosen: { id: 't2' },
          first: { id: 't1' },
        },
      },
    },
    { ask: '{ plan { first { id part } } }', gives: { plan: { first: { id: 't1', part: 'p1' } } } },
  ],
};

const codes = 'type Code { a: ID! b: ID! c: ID! }';
const code = { a: '1', b: '2', c: '3' };

const keysMashup: Suite = {
  subgraphs: {
    a: {
      sdl: `type Part @key(fields: "id", resolvable: true) @key(fields: "serial", resolvable: false) @key(fields: "code { a b }", resolvable: false)
        @key(fields: "id code { b c }", resolvable: false) { id: ID! serial: ID! code: Code! name: String! } ${codes}`,
      rows: { Part: [{ id: '1', serial: '#1', code, name: 'a part' }] },
    },
    b: {
      sdl: `type Query { box: Box } type Box @key(fields: "id") { id: ID! parts: [Part!]! } ${codes}
        type Part @key(fields: "code { a b }", resolvable: false) @key(fields: "id code { b c }", resolvable: true) @key(fields: "serial", resolvable: false)
        @key(fields: "id", resolvable: false) { id: ID! serial: ID! code: Code! name: String! @external drawn: String! @requires(fields: "name") }`,
      roots: { box: { id: '100', parts: [{ id: '1', serial: '#1', code }] } },
      // It finds a part by the key that it says it resolves, and by no other.
      rows: { Part: ({ id }) => (id === '1' ? { id, serial: '#1', code, drawn: (_: unknown, { name }: { name: string }) => `${name}, drawn` } : null) },
    },
  },
  cases: [
    {
      ask: '{ box { id parts { id name drawn } } }',
      gives: { box: { id: '100', parts: [{ id: '1', name: 'a part', drawn: 'a part, drawn' }] } },
      onlyOurs: true,
    },
    {
      ask: '{ box { parts { serial code { c } drawn } } }',
      gives: { box: { parts: [{ serial: '#1', code: { c: '3' }, drawn: 'a part, drawn' }] } },
      onlyOurs: true,
    },
    { ask: '{ box { parts { name } } }', gives: { box: { parts: [{ name: 'a part' }] } } },
  ],
};

/** One subgraph on the way knows an entity not: what comes after is null, and nobody is asked about null. */
const nullKeys: Suite = {
  subgraphs: {
    shelves: {
      sdl: 'type Query { shelves: [Shelf] } type Shelf { file: File } type File @key(fields: "mark") { mark: ID! }',
      roots: { shelves: [{ file: { mark: 'm1' } }, { file: { mark: 'm2' } }, { file: { mark: 'm3' } }] },
      rows: { File: [{ mark: 'm1' }, { mark: 'm2' }, { mark: 'm3' }] },
    },
    marks: {
      sdl: 'type File @key(fields: "id") @key(fields: "mark") { id: ID! mark: ID! }',
      rows: {
        File: [
          { id: '1', mark: 'm1' },
          { id: '2', mark: 'm2' },
        ],
      },
    },
    writers: {
      sdl: 'type File @key(fields: "id") { id: ID! writer: Writer } type Writer { name: String }',
      rows: {
        File: ({ id }) => {
          if (id === undefined || id === null) throw new Error('asked about nothing');
          return { id, writer: { name: `writer of ${id}` } };
        },
      },
    },
  },
  cases: [
    {
      ask: '{ shelves { file { mark writer { name } } } }',
      gives: {
        shelves: [
          { file: { mark: 'm1', writer: { name: 'writer of 1' } } },
          { file: { mark: 'm2', writer: { name: 'writer of 2' } } },
          { file: { mark: 'm3', writer: null } },
        ],
      },
    },
  ],
};

const jobs = [
  { id: 'j1', number: 'n1', kind: { id: 'k1', name: 'tax', facts: { jobs: 2 } } },
  { id: 'j2', number: 'n2', kind: { id: 'k2', name: 'audit', facts: { jobs: 1 } } },
  { id: 'j3', number: 'n3', kind: { id: 'k1', name: 'tax', facts: { jobs: 2 } } },
];

/** A thing that is no entity where its field is: the way leads through what it is of. */
const parentEntityCall: Suite = {
  subgraphs: {
    a: {
      sdl: `type Query { jobs: [Job!]! } type Job @key(fields: "id") @key(fields: "id number") { id: ID! number: ID! kind: Kind @shareable }
        type Kind @key(fields: "id") { id: ID! name: String! @shareable }`,
      roots: { jobs },
      rows: { Job: jobs, Kind: jobs.map(({ kind }) => kind) },
    },
    b: {
      sdl: `type Job @key(fields: "id number") { id: ID! number: ID! kind: Kind @shareable } type Kind @key(fields: "id") { id: ID! name: String! @shareable }`,
      rows: { Job: jobs, Kind: jobs.map(({ kind }) => kind) },
    },
    c: {
      sdl: `type Job @key(fields: "id number") { id: ID! number: ID! kind: Kind @shareable } type Kind { facts: Facts } type Facts { jobs: Int }`,
      rows: { Job: jobs.map(({ kind: { facts }, ...job }) => ({ ...job, kind: { facts } })) },
    },
  },
  cases: [
    {
      ask: '{ jobs { id kind { id facts { jobs } } } }',
      gives: {
        jobs: [
          { id: 'j1', kind: { id: 'k1', facts: { jobs: 2 } } },
          { id: 'j2', kind: { id: 'k2', facts: { jobs: 1 } } },
          { id: 'j3', kind: { id: 'k1', facts: { jobs: 2 } } },
        ],
      },
    },
  ],
};

const parentEntityCallComplex: Suite = {
  subgraphs: {
    a: {
      sdl: 'type Job @key(fields: "id") { id: ID @external kind: Kind @shareable } type Kind { facts: String }',
      rows: { Job: ({ id }) => ({ id, kind: { facts: `facts of job ${id}` } }) },
    },
    b: {
      sdl: 'type Job @key(fields: "id") { id: ID @external kind: Kind @shareable } type Kind @key(fields: "id") { id: ID }',
      rows: { Job: ({ id }) => ({ id, kind: { id: '3' } }), Kind: ({ id }) => ({ id }) },
    },
    c: { sdl: 'type Kind @key(fields: "id") { id: ID name: String }', rows: { Kind: ({ id }) => ({ id, name: `kind ${id}` }) } },
    d: {
      sdl: 'type Query { jobOfD: Job } type Job @key(fields: "id") { id: ID name: String }',
      roots: { jobOfD: { id: '1', name: 'job 1' } },
      rows: { Job: ({ id }) => ({ id, name: `job ${id}` }) },
    },
  },
  cases: [
    {
      ask: '{ jobOfD { id name kind { id name facts } } }',
      gives: { jobOfD: { id: '1', name: 'job 1', kind: { id: '3', name: 'kind 3', facts: 'facts of job 1' } } },
    },
  ],
};

export const keys = {
  'simple-entity-call': simpleEntityCall,
  'complex-entity-call': complexEntityCall,
  'keys-mashup': keysMashup,
  'null-keys': nullKeys,
  'parent-entity-call': parentEntityCall,
  'parent-entity-call-complex': parentEntityCallComplex,
};
