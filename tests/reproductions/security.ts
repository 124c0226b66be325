import type { TokenWish } from '../../roles/tokens.ts';
import type { Graph, Json } from '../support/graph.ts';
import { rawSocket } from '../support/rawSocket.ts';
import { firstLine, resets } from '../support/strangers.ts';
import type { Case, Place } from './case.ts';
import { subscribed } from './federation.ts';
import { storyAt } from './story.ts';

const codes = ({ errors = [] }: Json): string => errors.map(({ extensions }: Json) => extensions.code).join(', ') || 'data';

const lives = async ({ graph }: Place): Promise<string> => `/health ${(await fetch(new URL('/health', graph.url))).status}`;

/** Two clients of one firm's graph, and staff that is confined to the first. */
async function twoClients(graph: Graph) {
  const [own, other] = [await storyAt(graph), await storyAt(graph)];
  const staff = (role: string): TokenWish => ({ role, subject: `confined ${own.customerId}`, customerIds: [own.customerId] });
  return { own, other, staff };
}

export const securityCases: readonly Case[] = [
  {
    id: 'D1',
    what: 'an upgrade to no address',
    right: '404 404 /health 200',
    run: async (place) => {
      const port = Number(new URL(place.graph.url).port);
      const answers = [];
      for (const line of ['GET // HTTP/1.1', 'GET /nothing HTTP/1.1']) answers.push((await firstLine(port, line))?.split(' ')[1]);
      return `${answers.join(' ')} ${await lives(place)}`;
    },
  },
  {
    id: 'D2',
    what: 'two hundred resets in the middle of a refused upgrade',
    right: '/health 200',
    run: async (place) => {
      await resets({ port: Number(new URL(place.graph.url).port), target: '/nothing', times: 200 });
      return lives(place);
    },
  },
  { id: 'D3', what: 'workers that end by themselves', right: 'none', seenBy: 'npm run kills' },
  {
    id: 'S1',
    what: 'a query with 65,600 ids in filters, thirty times',
    right: 'refused',
    run: async ({ graph }) => {
      const ids = Array.from({ length: 16_400 }, () => crypto.randomUUID());
      const filter = '{ projectIds: $ids, taskIds: $ids, customerIds: $ids, engagementIds: $ids }';
      const fields = Array.from({ length: 30 }, (_, n) => `a${n}: timeEntries(first: 1, filter: ${filter}) { totalCount }`);
      const code = codes(await graph.ask(`query ($ids: [ID!]) { ${fields.join(' ')} }`, { ids }));
      return /INTERNAL|data/.test(code) ? code : 'refused';
    },
  },
  { id: 'S2', what: 'thousands of operations that differ in a literal fill the memory', right: 'bounded by bytes', seenBy: 'tests/gateway/memory.test.ts' },
  {
    id: 'S3',
    what: 'lists in filters have a length, and lists in lists a product',
    right: 'refused',
    run: async ({ graph }) => {
      const ids = Array.from({ length: 251 }, () => crypto.randomUUID());
      const code = codes(await graph.ask('query ($ids: [ID!]) { timeEntries(filter: { projectIds: $ids }) { totalCount } }', { ids }));
      return /INTERNAL|data/.test(code) ? code : 'refused';
    },
  },
  {
    id: 'S4',
    what: 'work of clients that went away',
    right: 'its statements are cancelled',
    seenBy: 'tests/graph/session.test.ts and tests/gateway/transports.test.ts',
  },
  { id: 'S5', what: 'a rate limit over HTTP', right: 'RATE_LIMITED', later: 'none over HTTP yet; the log is bounded (tests/kernel/logs.test.ts)' },
  {
    id: 'V1',
    what: 'messages to confined staff about what they may not see',
    right: 'no id of the other client',
    run: async ({ graph }) => {
      const { own, other, staff } = await twoClients(graph);
      const externalRef = { system: 'crm', externalId: crypto.randomUUID() };
      const { results } = await graph.done(
        'upsertCustomers',
        { items: [{ externalRef, name: 'Theirs' }] },
        { select: 'results { customer { id } userErrors { code } }' },
      );
      const theirs = results[0].customer.id;
      const taskId = await graph.made('createTask', 'task', { projectId: other.projectId, name: 'A secret task' });
      const answers = [
        await graph.mutate(
          'upsertCustomers',
          { idempotencyKey: crypto.randomUUID(), items: [{ externalRef, name: 'Mine' }] },
          { select: 'results { userErrors { message } }', wish: staff('crm') },
        ),
        await graph.mutate(
          'recordTimeEntry',
          { idempotencyKey: crypto.randomUUID(), employeeId: own.employeeId, projectId: own.projectId, taskId, workDate: '2026-10-05', hours: '1' },
          { wish: staff('psa') },
        ),
      ];
      const text = JSON.stringify(answers);
      return text.includes(theirs) || text.includes('A secret task') ? text : 'no id of the other client';
    },
  },
  {
    id: 'V2',
    what: 'an approval by confined staff leaves the other client’s part of a shared week',
    right: 'SUBMITTED',
    run: async ({ graph }) => {
      const { own, other, staff } = await twoClients(graph);
      const { timesheet } = await own.entered('2026-10-05');
      const theirs = await own.entered('2026-10-06', { projectId: other.projectId });
      await graph.done('submitTimesheet', { id: timesheet.id });
      await own.attempt('approveTimesheet', { id: timesheet.id, approverId: own.approverId }, staff('manager'));
      const { timeEntry } = await graph.ok('query ($id: ID!) { timeEntry(id: $id) { status } }', { id: theirs.id });
      return timeEntry.status;
    },
  },
  {
    id: 'V3',
    what: 'figures of the whole firm, to confined staff',
    right: 'FORBIDDEN, FORBIDDEN',
    run: async ({ graph }) => {
      const wish = { role: 'support', subject: 'confined', customerIds: [crypto.randomUUID()] };
      const texts = ['{ operations { consumers { position } } }', '{ operations { log { newestPosition } } }'];
      return (await Promise.all(texts.map(async (text) => codes(await graph.ask(text, {}, wish))))).join(', ');
    },
  },
  {
    id: 'V4',
    what: 'confined staff takes somebody who works for others alone as a manager',
    right: 'NOT_FOUND',
    run: async ({ graph }) => {
      const { own, other, staff } = await twoClients(graph);
      return own.attempt('updateProject', { id: own.projectId, managerId: other.employeeId }, staff('manager'));
    },
  },
  {
    id: 'V5',
    what: 'a consultant reads a colleague’s expense',
    right: 'nothing, nothing',
    run: async ({ graph }) => {
      const { employeeId, approverId, projectId, money } = await storyAt(graph);
      const spent = { employeeId, projectId, category: 'TRAVEL', workDate: '2026-10-05', amount: money('10.00'), notes: 'a secret' };
      const id = await graph.made('recordExpense', 'expense', spent);
      const wish = { role: 'consultant', subject: 'colleague', employeeId: approverId };
      const one = await graph.ask('query ($id: ID!) { expense(id: $id) { notes } }', { id }, wish);
      const all = await graph.ask('query ($ids: [ID!]) { expenses(filter: { projectIds: $ids }) { totalCount } }', { ids: [projectId] }, wish);
      return `${one.data?.expense ? 'notes' : 'nothing'}, ${all.data?.expenses.totalCount || 'nothing'}`;
    },
  },
  {
    id: 'V6',
    what: 'a foreign id and one of nothing are answered alike',
    right: 'alike',
    run: async ({ graph }) => {
      const { own, other, staff } = await twoClients(graph);
      const id = await graph.made('recordExpense', 'expense', {
        employeeId: own.employeeId,
        projectId: own.projectId,
        category: 'TRAVEL',
        workDate: '2026-10-05',
        amount: own.money('1.00'),
      });
      const answers = [other.approverId, crypto.randomUUID()].map((approverId) =>
        own.attempt('rejectExpense', { id, approverId, reason: 'x' }, staff('manager')),
      );
      const [foreign, none] = await Promise.all(answers);
      return foreign === none ? 'alike' : `${foreign} and ${none}`;
    },
  },
  {
    id: 'V7',
    what: 'a portal asks for a position of the log, and goes on from one that it made up',
    right: 'FORBIDDEN, VALIDATION_FAILED',
    run: async (place) => {
      const wish = { role: 'portal', customerIds: [crypto.randomUUID()] };
      const after = Buffer.from('log:0').toString('base64url');
      const asked = await subscribed(place, 'subscription { businessEvents { position } }', {}, wish);
      return `${asked}, ${await subscribed(place, 'subscription ($after: Cursor) { businessEvents(after: $after) { id } }', { after }, wish)}`;
    },
  },
  {
    id: 'V8',
    what: 'a partner asks for drafts of contracts and for what is the firm’s own',
    right: 'nothing, FORBIDDEN',
    run: async ({ graph }) => {
      const { customerId, engagementId, legalEntityId } = await storyAt(graph);
      const id = await graph.made('createContract', 'contract', { engagementId, name: 'Draft', legalEntityId, currency: 'EUR', startDate: '2026-01-01' });
      const wish = { role: 'partner', customerIds: [customerId] };
      const contract = await graph.ask('query ($id: ID!) { contract(id: $id) { name } }', { id }, wish);
      const own = await graph.ask('{ timeEntries(first: 1) { nodes { postingStatus rejectionReason } } }', {}, wish);
      return `${contract.data?.contract ? 'a draft' : 'nothing'}, ${[...new Set(codes(own).split(', '))]}`;
    },
  },
  {
    id: 'V9',
    what: 'a token of one legal entity reads another’s periods',
    right: 'its own alone',
    run: async ({ graph }) => {
      const { own, other } = await twoClients(graph);
      const wish = { role: 'finance', subject: 'of one entity', legalEntityIds: [own.legalEntityId] };
      const { data } = await graph.ask('{ legalEntities(first: 250) { nodes { id } } }', {}, wish);
      const ids = data?.legalEntities.nodes.map(({ id }: Json) => id) ?? [];
      return ids.includes(own.legalEntityId) && !ids.includes(other.legalEntityId) ? 'its own alone' : `${ids.length} entities`;
    },
  },
  { id: 'K1', what: 'an empty secret of subgraphs', right: 'refused', seenBy: 'there is none any more (docs/adr/0015): tests/roles/gatewayKeys.test.ts' },
  { id: 'K2', what: 'whoever runs a subgraph speaks to the others as anybody', right: 'grants for one subgraph', seenBy: 'tests/gateway/grants.test.ts' },
  { id: 'K3', what: 'https addresses asked in the clear', right: 'never', seenBy: 'tests/gateway/httpTransport.test.ts' },
  { id: 'K4', what: 'the role of the application owns its tables', right: 'owns nothing', seenBy: 'tests/roles/rowSecurity.test.ts' },
  { id: 'K5', what: 'input in logs', right: 'not there', seenBy: 'F17 and tests/kernel/logs.test.ts' },
  { id: 'K6', what: 'the page on loopback holds a token', right: 'behind a choice', later: 'a token for development in the page of npm start' },
  { id: 'K7', what: 'entries of the lock file without a hash', right: 'none', seenBy: 'tests/laws/dependencies.test.ts' },
  { id: 'K8', what: '--fresh drops schemas of others', right: 'refused', seenBy: 'tests/roles/external.test.ts' },
  { id: 'K9', what: 'the application may change facts', right: 'no grant', seenBy: 'tests/roles/rowSecurity.test.ts' },
  { id: 'K10', what: 'statements without a limit of time', right: 'limited', seenBy: 'tests/kernel/session.test.ts' },
  {
    id: 'K11',
    what: 'receipts at addresses that are no links',
    right: '3 of 3 refused, https taken',
    run: async ({ graph }) => {
      const { attempt, employeeId, projectId, money } = await storyAt(graph);
      const at = (receiptUrl: string) =>
        attempt('recordExpense', { employeeId, projectId, category: 'TRAVEL', workDate: '2026-10-05', amount: money('1.00'), receiptUrl });
      const answers = [await at('javascript:alert(1)'), await at('http://169.254.169.254/'), await at('file:///etc/passwd')];
      return `${answers.filter((each) => each !== 'done').length} of 3 refused, https ${(await at('https://receipts.example/1')) === 'done' ? 'taken' : 'refused'}`;
    },
  },
  {
    id: 'K12',
    what: 'a WebSocket from a page of another origin',
    right: '403',
    run: async ({ graph }) => {
      const opened = await rawSocket(
        { url: graph.url, tokenFor: (wish = { role: 'admin' }) => graph.token(wish) },
        { headers: { origin: 'https://evil.example' } },
      ).catch((error: Error) => error);
      return opened instanceof Error ? (/\d{3}/.exec(opened.message)?.[0] ?? opened.message) : 'open';
    },
  },
  {
    id: 'K13',
    what: 'somebody else sends a key that was used, with the same arguments',
    right: 'another effect',
    run: async ({ graph }) => {
      const input = { idempotencyKey: crypto.randomUUID(), name: 'Keyed' };
      const by = async (subject: string) => graph.mutate('createCustomer', input, { select: 'customer { id }', wish: { role: 'crm', subject } });
      const [first, second] = [await by('one'), await by('two')];
      return first.customer?.id === second.customer?.id ? 'the answer of the first' : 'another effect';
    },
  },
  { id: 'K14', what: 'claims that contradict each other', right: 'refused', seenBy: 'tests/gateway/claims.test.ts' },
];
