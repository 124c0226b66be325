import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { CannotStart } from './cannotStart.ts';

export const { version } = manifest;

type Flag = { type: 'string' | 'boolean'; help: string; value?: string; short?: string };

/** What main.ts hands to a command: what was typed, the environment, and where to write. */
export type Call = {
  flags: Readonly<Record<string, string | boolean | undefined>>;
  words: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  out: (line: string) => void;
};

/** One thing that `node main.ts` can do. `run` gives the exit code. */
export type Command = {
  name: string;
  summary: string;
  /** Positional arguments, as the usage line shows them. */
  words?: string;
  details?: readonly string[];
  flags: Readonly<Record<string, Flag>>;
  run: (call: Call) => Promise<number>;
};

/** Flags that every command takes. */
const everywhere: Readonly<Record<string, Flag>> = {
  help: { type: 'boolean', short: 'h', help: 'show this help and stop' },
  version: { type: 'boolean', short: 'v', help: 'show the version and stop' },
};

/** Finds the command, reads its flags, runs it. A mistake in the call is one sentence and exit code 1. */
export async function dispatch(commands: readonly Command[], argv: readonly string[], rest: Pick<Call, 'env' | 'out'>): Promise<number> {
  const [first] = argv;
  const named = commands.find((command) => command.name === first);
  if (!named && first !== undefined && !first.startsWith('-')) {
    // npm keeps options for itself and hands on their values alone.
    const lost = /^\d+$|^(S|M|L)$/.test(first) ? ' Options of an npm script stand behind two dashes: npm start -- --port 4100.' : '';
    throw new CannotStart(`There is no command ${first}.${lost} "node main.ts --help" lists them.`);
  }
  const command = named ?? commands[0];
  if (!command) throw new Error('no commands');
  const { values, positionals } = read(command, named ? argv.slice(1) : argv);
  if (values.help || values.version) {
    rest.out(values.version ? `Accord ${version}, Node ${process.versions.node}` : named ? helpOf(command) : overview(commands));
    return 0;
  }
  return command.run({ ...rest, flags: values, words: positionals });
}

function read(command: Command, args: readonly string[]): { values: Call['flags']; positionals: string[] } {
  const options: ParseArgsOptionsConfig = {};
  for (const [name, flag] of Object.entries({ ...command.flags, ...everywhere }))
    options[name] = { type: flag.type, ...(flag.short ? { short: flag.short } : {}) };
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, allowNegative: true });
    const values = Object.fromEntries(Object.entries(parsed.values).map(([name, value]) => [name, Array.isArray(value) ? value.map(String).join(',') : value]));
    const extra = parsed.positionals[command.words?.split(' ').length ?? 0];
    if (extra !== undefined) throw new Error(`${command.name} takes no "${extra}"`);
    return { values, positionals: parsed.positionals };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new CannotStart(`${why}. "node main.ts ${command.name} --help" shows what it takes.`);
  }
}

function helpOf(command: Command): string {
  const flags = Object.entries({ ...command.flags, ...everywhere });
  const usage = ['node main.ts', command.name, command.words, '[options]'].filter(Boolean).join(' ');
  const width = Math.max(...flags.map(([name, flag]) => shown(name, flag).length));
  const lines = flags.map(([name, flag]) => `  ${shown(name, flag).padEnd(width)}  ${flag.help}`);
  return [command.summary, '', `usage: ${usage}`, '', ...lines, ...(command.details ? ['', ...command.details] : [])].join('\n');
}

function shown(name: string, flag: Flag): string {
  const long = flag.type === 'string' ? `--${name} ${flag.value ?? 'VALUE'}` : `--${name}`;
  return flag.short ? `-${flag.short}, ${long}` : long;
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'Accord: a federated GraphQL integration gateway for professional-services firms.',
    '',
    'usage: node main.ts [command] [options]     (without a command: start)',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    '"node main.ts COMMAND --help" shows the options of a command.',
  ].join('\n');
}
