import type { Graph, Json } from '../support/graph.ts';
import type { Case, Place } from './case.ts';
import { refusalOf, storyAt } from './story.ts';

const upsert = async ({ mutate }: Graph, items: readonly unknown[], key: string = crypto.randomUUID()): Promise<Json> =>
  mutate(
    'upsertCustomers',
    { idempotencyKey: key, items },
    { select: 'succeeded failed results { customer { id version name externalRefs { version } } userErrors { code field message } }' },
  );

const ref = (externalId: string, version?: string) => ({ externalRef: { system: 'crm', externalId, ...(version ? { version } : {}) } });

/** Whether a customer of that name is made, or why not. */
const named = async ({ mutate }: Graph, input: Record<string, unknown>): Promise<string> => {
  const payload = await mutate('createCustomer', { idempotencyKey: crypto.randomUUID(), name: 'Plain', ...input }).catch((error: Error) => error);
  if (payload instanceof Error) return /"code": "(\w+)"/.exec(payload.message)?.[1] ?? payload.message;
  return refusalOf(payload) ?? 'done';
};

const refusedOf = async (answers: readonly Promise<string>[]): Promise<string> => {
  const all = await Promise.all(answers);
  const strange = all.filter((each) => !/^(VALIDATION_FAILED|NOT_FOUND|GUARD_REFUSED)/.test(each));
  return `${all.length - strange.length} of ${all.length} refused${strange.map((each) => `, ${each}`).join('')}`;
};

export const integrationCases: readonly Case[] = [
  {
    id: 'I1',
    what: 'the same key with another body, and with the same in another order',
    right: 'IDEMPOTENCY_KEY_REUSED; replayed',
    run: async ({ graph: { mutate } }) => {
      const idempotencyKey = crypto.randomUUID();
      await mutate('createCustomer', { idempotencyKey, name: 'A', billingEmail: 'a@b.example' });
      const other = await mutate('createCustomer', { idempotencyKey, name: 'B' });
      const again = await mutate('createCustomer', { billingEmail: 'a@b.example', name: 'A', idempotencyKey });
      return `${refusalOf(other)}; ${again.replayed ? 'replayed' : 'not replayed'}`;
    },
  },
  {
    id: 'I2',
    what: 'eight twins at once',
    right: '1 id, 7 replays',
    run: async ({ graph: { mutate } }) => {
      const idempotencyKey = crypto.randomUUID();
      const twins = await Promise.all(
        Array.from({ length: 8 }, () => mutate('createCustomer', { idempotencyKey, name: 'Twin' }, { select: 'customer { id }' })),
      );
      return `${new Set(twins.map(({ customer }) => customer?.id)).size} id, ${twins.filter(({ replayed }) => replayed).length} replays`;
    },
  },
  {
    id: 'I3',
    what: 'a bulk call that its client gave up, sent again',
    right: '300 customers',
    run: async ({ graph }) => {
      const mark = crypto.randomUUID();
      const items = Array.from({ length: 300 }, (_, n) => ({ ...ref(`${mark}-${n}`), name: `Bulk ${mark}` }));
      const query = 'mutation ($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { succeeded } }';
      const body = JSON.stringify({ query, variables: { input: { idempotencyKey: mark, items } } });
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${await graph.token({ role: 'admin' })}` };
      for (const patience of [15, 60]) await fetch(graph.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patience) }).catch(() => undefined);
      await graph.done('upsertCustomers', { idempotencyKey: mark, items }, { select: 'results { userErrors { code } }' });
      const { customers } = await graph.ok('query ($name: String) { customers(filter: { nameContains: $name }) { totalCount } }', { name: `Bulk ${mark}` });
      return `${customers.totalCount} customers`;
    },
  },
  {
    id: 'I4',
    what: 'a late delivery of an older version',
    right: 'version 7: A',
    run: async ({ graph }) => {
      const id = crypto.randomUUID();
      await upsert(graph, [{ ...ref(id, '7'), name: 'A' }]);
      await upsert(graph, [{ ...ref(id, '6'), name: 'B' }]);
      const query = 'query ($ref: ExternalRefInput!) { customers(filter: { externalRefs: [$ref] }) { nodes { name externalRefs { version } } } }';
      const [found] = (await graph.ok(query, { ref: { system: 'crm', externalId: id } })).customers.nodes;
      return `version ${found.externalRefs[0].version}: ${found.name}`;
    },
  },
  {
    id: 'I5',
    what: 'one reference three times in a load: one entity, or told which',
    right: 'one made, 2 told by name',
    run: async ({ graph }) => {
      const id = crypto.randomUUID();
      const { results } = await upsert(
        graph,
        ['A', 'B', 'C'].map((name) => ({ ...ref(id), name })),
      );
      const made = new Set(results.flatMap(({ customer }: Json) => customer?.id ?? [])).size;
      const told = results.filter(({ userErrors }: Json) => userErrors[0]?.message.includes(id)).length;
      return `${made === 1 ? 'one' : made} made, ${told} told by name`;
    },
  },
  {
    id: 'I6',
    what: 'two changes at once that make a cycle, ten times',
    right: 'one of each two, 10 times',
    run: async ({ graph }) => {
      let good = 0;
      for (let n = 0; n < 10; n += 1) {
        const [a, b] = [await graph.made('createCustomer', 'customer', { name: 'a' }), await graph.made('createCustomer', 'customer', { name: 'b' })];
        const under = (id: string, parentId: string) => graph.mutate('updateCustomer', { idempotencyKey: crypto.randomUUID(), id, parentId });
        const answers = await Promise.all([under(a, b), under(b, a)]);
        if (answers.filter((each) => !refusalOf(each)).length === 1) good += 1;
      }
      return `one of each two, ${good} times`;
    },
  },
  {
    id: 'I7',
    what: 'U+0000 in a name, a filter, a key, an id, a cursor',
    right: 'no INTERNAL',
    run: async ({ graph }) => {
      const zero = 'a\u0000b';
      const answers = [
        await named(graph, { name: zero }),
        await named(graph, { billingAddress: zero }),
        await named(graph, { idempotencyKey: zero }),
        ...(await Promise.all(
          [
            ['query ($v: String) { customers(filter: { nameContains: $v }) { totalCount } }', zero],
            ['query ($v: ID!) { customer(id: $v) { id } }', zero],
            ['query ($v: Cursor) { customers(after: $v) { totalCount } }', zero],
          ].map(async ([query = '', v]) => JSON.stringify(await graph.ask(query, { v }))),
        )),
      ];
      return answers.some((each) => each.includes('INTERNAL')) ? answers.join(' ') : 'no INTERNAL';
    },
  },
  {
    id: 'I8',
    what: 'composed and decomposed letters find each other',
    right: '2 and 2',
    run: async ({ graph }) => {
      const name = `Café ${crypto.randomUUID()}`;
      for (const form of ['NFC', 'NFD']) await graph.made('createCustomer', 'customer', { name: name.normalize(form) });
      const found = async (form: string) =>
        (await graph.ok('query ($name: String) { customers(filter: { nameContains: $name }) { totalCount } }', { name: name.normalize(form) })).customers
          .totalCount;
      return `${await found('NFC')} and ${await found('NFD')}`;
    },
  },
  {
    id: 'I9',
    what: '% and _ and backslash in a search are themselves',
    right: '1, 1, 1',
    run: async ({ graph }) => {
      const mark = crypto.randomUUID();
      const names = [`${mark} 100% _real`, `${mark} 100%real`, `${mark} 100\\real`, `${mark} 100xreal`];
      for (const name of names) await graph.made('createCustomer', 'customer', { name });
      const counts = names
        .slice(0, 3)
        .map(
          async (name) =>
            (await graph.ok('query ($name: String) { customers(filter: { nameContains: $name }) { totalCount } }', { name })).customers.totalCount,
        );
      return (await Promise.all(counts)).join(', ');
    },
  },
  {
    id: 'I10',
    what: 'line breaks and nonsense in addresses',
    right: '4 of 4 refused',
    run: async ({ graph }) =>
      refusedOf([
        named(graph, { billingEmail: 'a@b.c\r\nBcc: z@z.z' }),
        named(graph, { billingEmail: 'not an email' }),
        named(graph, { billingEmail: `${'a'.repeat(300)}@b.example` }),
        named(graph, { billingAddress: 'x'.repeat(200_000) }),
      ]),
  },
  {
    id: 'I11',
    what: 'a batch of which a part is bad, an empty one, one that is too long',
    right: '1 and 3; VALIDATION_FAILED; VALIDATION_FAILED',
    run: async ({ graph }) => {
      const mark = crypto.randomUUID();
      const item = (n: number, more: object) => ({ ...ref(`${mark}-${n}`), name: 'Part', ...more });
      const missing = '01900000-0000-7000-8000-0000000000ff';
      const mixed = await upsert(graph, [item(1, {}), item(2, { name: ' ' }), item(3, { legalEntityId: missing }), item(4, { taxProfileId: missing })]);
      const many = Array.from({ length: 501 }, (_, n) => item(n, {}));
      return `${mixed.succeeded} and ${mixed.failed}; ${refusalOf(await upsert(graph, []))}; ${refusalOf(await upsert(graph, many))}`;
    },
  },
  {
    id: 'H1',
    what: 'names that nobody sees, and that control; a letter of every script is kept',
    right: '4 of 4 refused; kept',
    run: async ({ graph }) => {
      const refused = await refusedOf(['\u200b\u200b', '\u001b[31m', 'a\u0007', 'a\r\nb'].map((name) => named(graph, { name })));
      const name = 'Ünïçødé 株式会社 שלום 🧾 =1+1';
      const { customer } = await graph.done('createCustomer', { name }, { select: 'customer { name }' });
      return `${refused}; ${customer.name === name ? 'kept' : customer.name}`;
    },
  },
  { id: 'H3', what: 'hours in many forms', right: 'taken exactly or refused', seenBy: 'T1 and T15' },
  {
    id: 'H4',
    what: 'days that are none, and leap days',
    right: '9 of 9 refused; 2024-02-29 taken',
    run: async ({ graph }) => {
      const story = await storyAt(graph, { terms: { startDate: '2024-01-01' } });
      const record = (workDate: string) => story.attempt('recordTimeEntry', { employeeId: story.employeeId, projectId: story.projectId, workDate, hours: '1' });
      const none = ['0000-01-01', '10000-01-01', '2026-02-29', '1900-02-29', '2026-13-01', '31.12.2026', '2026-1-1', '2026-04-31', ''];
      return `${await refusedOf(none.map(record))}; 2024-02-29 ${(await record('2024-02-29')) === 'done' ? 'taken' : 'refused'}`;
    },
  },
  {
    id: 'H5',
    what: 'amounts at the edge',
    right: '7 of 7 refused',
    run: async ({ graph }) => {
      const story = await storyAt(graph);
      const spend = (amount: string, currency = 'EUR') =>
        story.attempt('recordExpense', {
          employeeId: story.employeeId,
          projectId: story.projectId,
          category: 'TRAVEL',
          workDate: '2026-10-05',
          amount: { amount, currency },
        });
      return refusedOf([spend('0'), spend('-0'), spend('-1'), spend('1.234'), spend('1e3'), spend('1', 'JPYX'), spend('9'.repeat(40))]);
    },
  },
  {
    id: 'H6',
    what: '10,000 lines of 20 people, to the hundredth',
    right: 'sums exact',
    seenBy: 'minutes long: tests/graph/billingScale.test.ts and the Tock import',
  },
  {
    id: 'H7',
    what: 'a call of 2 MB and more',
    right: '413',
    run: async ({ graph }) => {
      const items = Array.from({ length: 500 }, (_, n) => ({ ...ref(`x${n}`), name: 'x', billingAddress: 'ñ'.repeat(2_100) }));
      const query = 'mutation ($input: UpsertCustomersInput!) { upsertCustomers(input: $input) { succeeded } }';
      return String((await graph.post({ query, variables: { input: { idempotencyKey: 'large', items } } })).status);
    },
  },
  {
    id: 'H8',
    what: 'versions of a rate card in random order: no gap, no overlap',
    right: '12 versions, 23.00 of 2026-03-15',
    run: async ({ graph }) => {
      const { categoryId, legalEntityId } = await storyAt(graph, { cards: false });
      const card = { name: `Many ${legalEntityId}`, kind: 'SALES', scope: 'STANDARD', currency: 'EUR', legalEntityId };
      const rateCardId = await graph.made('createRateCard', 'rateCard', card);
      for (const month of [3, 11, 1, 7, 12, 5, 2, 10, 4, 9, 6, 8]) {
        const lines = [{ laborCategoryId: categoryId, rate: `${20 + month}.00` }];
        const effectiveFrom = `2026-${String(month).padStart(2, '0')}-01`;
        const id = await graph.made('createRateCardVersion', 'rateCardVersion', { rateCardId, effectiveFrom, lines });
        await graph.done('publishRateCardVersion', { id });
      }
      const query = `query ($id: ID!, $category: ID) { rateCard(id: $id) { versions(first: 50) { nodes { effectiveFrom } } versionOn(date: "2026-03-15") { line(laborCategoryId: $category) { rate { amount } } } } }`;
      const { rateCard } = await graph.ok(query, { id: rateCardId, category: categoryId });
      return `${rateCard.versions.nodes.length} versions, ${rateCard.versionOn.line.rate.amount} of 2026-03-15`;
    },
  },
  {
    id: 'H9',
    what: 'a bank statement of 100 lines, ten of them bad: each its own result',
    right: '90 and 10',
    run: async ({ graph }) => {
      const { customerId, legalEntityId } = await storyAt(graph);
      const items = Array.from({ length: 100 }, (_, n) => ({
        customerId,
        legalEntityId,
        receivedOn: '2026-10-05',
        reference: `line ${n}`,
        amount: { amount: n % 10 === 0 ? '-1.00' : '10.00', currency: 'EUR' },
      }));
      const { succeeded, failed } = await graph.mutate('recordPayments', { idempotencyKey: crypto.randomUUID(), items }, { select: 'succeeded failed' });
      return `${succeeded} and ${failed}`;
    },
  },
  {
    id: 'H10',
    what: 'notes of 4,000 characters, and of 4,001',
    right: 'done; VALIDATION_FAILED',
    run: async ({ graph }) => {
      const { attempt, employeeId, projectId } = await storyAt(graph);
      const noted = (length: number) => attempt('recordTimeEntry', { employeeId, projectId, workDate: '2026-10-05', hours: '1', notes: 'x'.repeat(length) });
      return `${await noted(4_000)}; ${await noted(4_001)}`;
    },
  },
  {
    id: 'H11',
    what: 'one external id in many spellings: opaque, or normalised and told',
    right: 'told',
    run: async ({ graph }: Place) => {
      const { __type } = await graph.ok('{ __type(name: "ExternalRefInput") { inputFields { name description } } }');
      const told = __type.inputFields.find(({ name }: Json) => name === 'externalId')?.description ?? '';
      return /upper and lower case/.test(told) ? 'told' : `not told: ${told}`;
    },
  },
];
