import { expect, test } from 'vitest';
import { type Source, sources } from '../support/house.ts';

/** The one door, for both of its protocols: it puts a listener on each socket before a stranger's first byte. */
const door = 'kernel/httpServer.ts';
const second = 'kernel/http2.ts';

/** Who makes servers and sockets, and what else may: each with its reason. */
const makers: readonly { what: RegExp; where: readonly string[] }[] = [
  // embedded.ts asks the system for a free port; nobody is let in. scoring/ is nobody's door: it is what a firm runs beside Accord.
  {
    what: /\bcreate(Secure)?Server\(|\bcreateHttp\w*\(|new (Http|Https|Tls|Net)?Server\(/,
    where: [door, second, 'roles/database/embedded.ts', 'sample/scoring/server.ts'],
  },
  { what: /new WebSocketServer\(/, where: ['gateway/subscriptions/upgrade.ts'] },
  { what: /from '(node:)?(tls|http2|dgram)'/, where: [door, second] },
  // load.ts is a client of PostgreSQL on its own machine.
  { what: /import \{[^}]*\b(connect|createConnection|Socket)\b(?<!type Socket)[^}]*\} from 'node:net'/, where: ['sample/load.ts'] },
];

/** Events that carry what strangers send. listen.ts keeps the list of sockets, and does nothing with what comes; beside.ts hears a thread of ours. */
const carriers = /\.(?:on|once|addListener|prependListener)\(\s*'(upgrade|message|request|connection|data|ping|clientError)'\s*,\s*(guarded\()?/g;
const listeners: readonly string[] = [door, 'roles/listen.ts', 'gateway/planner/beside.ts'];

const places = async () => (await sources()).filter(({ room }) => room !== 'tests' && room !== 'bench' && room !== 'generate');

const madeElsewhere = ({ path, text }: Source) =>
  makers.filter(({ what, where }) => what.test(text) && !where.includes(path)).map(({ what }) => `${path}: ${what}`);

const unguarded = ({ path, text }: Source) =>
  listeners.includes(path) ? [] : [...text.matchAll(carriers)].filter(([, , guard]) => guard === undefined).map(([, event]) => `${path}: ${event}`);

test('servers and sockets are made by the door alone, which hears of their errors', async () => {
  expect((await places()).flatMap(madeElsewhere)).toEqual([]);
});

test('whoever listens to what strangers send cannot throw into the process', async () => {
  expect((await places()).flatMap(unguarded)).toEqual([]);
});

test('whatever else is exempt is still there, and hears of errors', async () => {
  const all = await places();
  const named = [...listeners, ...makers.flatMap(({ where }) => where)];
  for (const path of named) {
    const text = all.find((source) => source.path === path)?.text;
    expect(text, path).toMatch(/\.(on|once)\('error'|await once\(socket, 'connect'\)/);
  }
});

test('the law can fail', () => {
  const wrong: Source = {
    path: 'gateway/other.ts',
    room: 'gateway',
    text: "import { connect } from 'node:net';\nconst a = createServer();\nnew WebSocketServer({});\na.on('upgrade', (r) => go(r));\na.on('message', guarded(go, log));\n",
  };
  expect(madeElsewhere(wrong)).toHaveLength(3);
  expect(unguarded(wrong)).toEqual(['gateway/other.ts: upgrade']);
});
