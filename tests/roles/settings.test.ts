import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CannotStart } from '../../roles/cannotStart.ts';
import { type Call, type Command, dispatch } from '../../roles/command.ts';
import { isLoopback, needed, readSettings } from '../../roles/settings.ts';

const call = (flags: Call['flags'] = {}, env: Call['env'] = {}): Call => ({ flags, env, words: [], out: () => undefined });
const read = (flags: Call['flags'], env: Call['env'] = {}) => readSettings(call(flags, env), { port: 4000 });
/** Why the settings cannot be; nothing when they can. */
const refusal = (flags: Call['flags'], env: Call['env'] = {}): string | undefined => {
  try {
    read(flags, env);
    return undefined;
  } catch (error) {
    if (error instanceof CannotStart) return error.message;
    throw error;
  }
};

describe('settings', () => {
  test('have a value each when nobody says anything', () => {
    const { log, ...rest } = read({});
    expect(rest).toEqual({
      ...{ folder: resolve('.accord'), databaseUrl: undefined, appDatabaseUrl: undefined, host: '127.0.0.1', port: 4000, production: false },
      ...{ logRetention: 400, logPartition: 1_000_000, provisioning: [], provisioningWithin: 72, webhooks: { networks: [], retention: 30 } },
    });
    expect(log.level).toBe('warn');
  });

  test.each<[string, string, string, unknown, string, unknown]>([
    ['data', 'ACCORD_DATA', 'here', resolve('here'), 'there', resolve('there')],
    ['database-url', 'DATABASE_URL', 'postgres://a/b', 'postgres://a/b', 'postgres://c/d', 'postgres://c/d'],
    ['app-database-url', 'ACCORD_APP_DATABASE_URL', 'postgres://a/b', 'postgres://a/b', 'postgres://c/d', 'postgres://c/d'],
    ['host', 'ACCORD_HOST', '::1', '::1', '0.0.0.0', '0.0.0.0'],
    ['port', 'ACCORD_PORT', '1', 1, '65535', 65_535],
    ['log-retention', 'ACCORD_LOG_RETENTION', '0.5', 0.5, '7', 7],
    ['log-partition', 'ACCORD_LOG_PARTITION', '10.2', 11, '5', 5],
    ['provisioning', 'ACCORD_PROVISIONING', 'erp, dms,erp', ['dms', 'erp'], 'hr', ['hr']],
    ['provisioning-within', 'ACCORD_PROVISIONING_WITHIN', '0.5', 0.5, '24', 24],
  ])('--%s wins over %s, which an empty text does not', (flag, variable, typed, one, set, other) => {
    const name = { data: 'folder' }[flag] ?? flag.replace(/-(url|[a-z])/g, (_, next: string) => (next === 'url' ? 'Url' : next.toUpperCase()));
    const value = (flags: Call['flags'], env: Call['env']) => (read(flags, env) as unknown as Record<string, unknown>)[name];
    expect(value({ [flag]: typed }, { [variable]: set })).toEqual(one);
    expect(value({}, { [variable]: set })).toEqual(other);
    expect(value({}, { [variable]: '' })).toEqual(value({}, {}));
    expect(value({ [flag]: '' }, { [variable]: set })).toEqual(value({}, {}));
  });

  test.each(['-1', '65536', '80.5', 'many', '4000 4001', 'NaN', 'Infinity'])('have no port %j', (port) => {
    expect(refusal({ port })).toBe(`${port} is no port; use a number from 0 to 65535.`);
    expect(refusal({}, { ACCORD_PORT: port })).toBe(`${port} is no port; use a number from 0 to 65535.`);
  });

  test.each(['0', '-1', 'for ever', '1e12', 'NaN'])('keep the log for no %j days, nor drop so many at a time', (text) => {
    expect(refusal({ 'log-retention': text })).toBe(`${text} is no log-retention; use a number above 0.`);
    expect(refusal({}, { ACCORD_LOG_PARTITION: text })).toBe(`${text} is no log-partition; use a number above 0.`);
  });

  test('say which log levels there are, and production by NODE_ENV alone', () => {
    expect(refusal({ 'log-level': 'WARN' })).toMatch(/^WARN is no log level; use one of trace, debug, info, warn, error, fatal, silent\.$/);
    expect(refusal({}, { LOG_LEVEL: 'silent' })).toBeUndefined();
    expect(['production', 'Production', 'development'].map((NODE_ENV) => read({}, { NODE_ENV }).production)).toEqual([true, false, false]);
  });

  test('that have no default say what they mean', () => {
    expect(needed({ A: 'x' }, 'A', 'the first letter')).toBe('x');
    for (const env of [{}, { A: '' }]) expect(() => needed(env, 'A', 'the first letter')).toThrow(new CannotStart('A is not set: the first letter.'));
  });

  test.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['localhost.example', false],
    ['127', false],
    ['', false],
  ])('know that %j is of this machine alone: %s', (host, alone) => expect(isLoopback(host)).toBe(alone));
});

describe('a command line', () => {
  const ran: Pick<Call, 'flags' | 'words'>[] = [];
  const command = (name: string, more: Partial<Command> = {}): Command => ({
    name,
    summary: `Does ${name}.`,
    flags: { name: { type: 'string', help: 'a name' }, loud: { type: 'boolean', help: 'say it loudly' } },
    run: async ({ flags, words }) => ran.push({ flags, words }),
    ...more,
  });
  const commands = [command('first'), command('copy', { words: 'FROM TO' })];
  const said: string[] = [];
  const type = (...argv: string[]) => dispatch(commands, argv, { env: {}, out: (line) => said.push(line) });
  const last = () => ({ flags: { ...ran.at(-1)?.flags }, words: ran.at(-1)?.words });

  test.each<[string[], object, string[]]>([
    [[], {}, []],
    [['--loud'], { loud: true }, []],
    [['first', '--name', 'x'], { name: 'x' }, []],
    [['--name=x=y'], { name: 'x=y' }, []],
    [['--name='], { name: '' }, []],
    [['--no-loud'], { loud: false }, []],
    [['--name', 'x', '--name', 'y'], { name: 'y' }, []],
    [['copy', 'a', '--loud', 'b'], { loud: true }, ['a', 'b']],
    [['copy', '--', '--loud'], {}, ['--loud']],
    [['copy'], {}, []],
  ])('%j is understood', async (argv, flags, words) => {
    await type(...argv);
    expect(last()).toEqual({ flags, words });
  });

  test.each<[string[], string]>([
    [['second'], 'There is no command second. "node main.ts --help" lists them.'],
    [['First'], 'There is no command First. "node main.ts --help" lists them.'],
    [[''], 'There is no command . "node main.ts --help" lists them.'],
    [['first', 'extra'], 'first takes no "extra". "node main.ts first --help" shows what it takes.'],
    [['copy', 'a', 'b', 'c'], 'copy takes no "c". "node main.ts copy --help" shows what it takes.'],
    [['copy', '--nmae', 'x'], `Unknown option '--nmae'. "node main.ts copy --help" shows what it takes.`],
    [['-x'], `Unknown option '-x'. "node main.ts first --help" shows what it takes.`],
    [['--name'], `Option '--name <value>' argument missing. "node main.ts first --help" shows what it takes.`],
    [['--loud=yes'], `Option '--loud' does not take an argument. "node main.ts first --help" shows what it takes.`],
  ])('%j is refused in a sentence, and nothing runs', async (argv, sentence) => {
    const before = ran.length;
    await expect(type(...argv)).rejects.toThrow(new CannotStart(sentence));
    expect(ran.length).toBe(before);
  });

  test('that asks for help is told what there is, and nothing runs', async () => {
    const before = ran.length;
    for (const argv of [['--help'], ['copy', '--help'], ['copy', 'a', '--help', '--loud'], ['copy', '-h']]) expect(await type(...argv)).toBe(0);
    expect(ran.length).toBe(before);
    const [overview = '', ...helps] = said;
    expect(overview).toMatch(/^ {2}first {2}Does first\.\n {2}copy {3}Does copy\.$/m);
    expect(new Set(helps).size).toBe(1);
    expect(helps[0]).toBe(
      [
        'Does copy.',
        '',
        'usage: node main.ts copy FROM TO [options]',
        '',
        '  --name VALUE   a name',
        '  --loud         say it loudly',
        '  -h, --help     show this help and stop',
        '  -v, --version  show the version and stop',
      ].join('\n'),
    );
  });

  test('that asks for the version is told it, with or without a command', async () => {
    const before = said.length;
    for (const argv of [['-v'], ['--version'], ['copy', '-v']]) expect(await type(...argv)).toBe(0);
    for (const line of said.slice(before)) expect(line).toMatch(/^Accord \d+\.\d+\.\d+, Node 24\./);
  });

  test('whose options npm has kept for itself is told where they stand', async () => {
    await expect(type('4211')).rejects.toThrow('There is no command 4211. Options of an npm script stand behind two dashes: npm start -- --port 4100.');
  });
});
