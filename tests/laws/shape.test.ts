import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, root, type Source, sources } from '../support/house.ts';
import { longest } from '../support/longestFirst.ts';

const all = (await sources()).map((source) => ({ source, shape: parse(source) }));
const written = all.filter(({ source }) => source.room !== 'tests');
const at = (source: Source, line: number) => `${source.path}:${line}`;

describe('the shape of the house', () => {
  test('a file has at most 400 lines, and half of them have fewer than 120', () => {
    const lengths = all.map(({ source }) => ({ path: source.path, lines: source.text.split('\n').length - 1 }));
    expect(lengths.filter((file) => file.lines > 400)).toEqual([]);
    const sorted = lengths.map((file) => file.lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(120);
  });

  test('there is a line of tests for every line that they are to keep right', () => {
    const linesOf = (wanted: (room: string) => boolean) =>
      all.filter(({ source }) => wanted(source.room)).reduce((sum, { source }) => sum + source.text.split('\n').length - 1, 0);
    expect(linesOf((room) => room === 'tests')).toBeGreaterThanOrEqual(linesOf((room) => room !== 'tests' && room !== 'bench'));
  });

  test('a function has at most 60 lines and 3 parameters', () => {
    const broken = written.flatMap(({ source, shape }) =>
      shape.functions
        .filter((each) => each.lines > 60 || each.parameters > 3)
        .map((each) => `${at(source, each.line)} ${each.lines} lines, ${each.parameters} parameters`),
    );
    expect(broken).toEqual([]);
  });

  test('there is no any', () => {
    expect(
      written.filter(({ source }) => source.path !== 'kernel/machine.ts').flatMap(({ source, shape }) => shape.anys.map((line) => at(source, line))),
    ).toEqual([]);
  });

  test('a cast stands in the kernel, or where something is parsed', () => {
    const edges = /^(kernel|gateway|roles|client|connectors|sample|generate|bench)\/|^subgraphs\/.*\/(queries|summary|plan)\.ts$/;
    expect(written.filter(({ source }) => !edges.test(source.path)).flatMap(({ source, shape }) => shape.casts.map((line) => at(source, line)))).toEqual([]);
  });

  test('no state lives at module level', () => {
    expect(written.flatMap(({ source, shape }) => shape.moduleLets.map((line) => at(source, line)))).toEqual([]);
  });

  test('a comment has at most two lines of text', () => {
    const long = written.flatMap(({ source, shape }) =>
      shape.comments
        .filter((comment) => comment.type === 'Block' && comment.value.split('\n').filter((line) => /[A-Za-z]/.test(line)).length > 2)
        .map((comment) => at(source, source.text.slice(0, comment.start).split('\n').length)),
    );
    expect(long).toEqual([]);
  });

  test('no file is named after nothing', () => {
    const banned = /^(utils?|helpers?|common|shared|misc|types?|manager|service|base)\.tsx?$/;
    expect(all.map(({ source }) => source.path).filter((path) => banned.test(basename(path)))).toEqual([]);
  });

  test('files of tests that are to run first are there', () => {
    const files = new Set(all.map(({ source }) => source.path));
    expect(longest.filter((name) => !files.has(`tests/${name}.test.ts`))).toEqual([]);
  });

  test('only main.ts reads the environment', () => {
    const readers = written.filter(
      ({ source }) =>
        /process\.env\b|process\[|\benv\b[^}]*\} from 'node:process'|from 'process'/.test(source.text) &&
        !['main.ts', 'drizzle.config.ts', 'vitest.config.ts'].includes(source.path) &&
        !['generate', 'bench'].includes(source.room),
    );
    expect(readers.map(({ source }) => source.path)).toEqual([]);
  });

  test('every room says what it is for', async () => {
    const { access } = await import('node:fs/promises');
    const rooms = [
      ...new Set(
        written
          .filter(({ source }) => source.room !== '')
          .map(({ source }) => (source.room === 'subgraphs' ? source.path.split('/').slice(0, 2).join('/') : source.room)),
      ),
    ];
    const silent: string[] = [];
    for (const room of rooms) await access(new URL(`${room}/README.md`, root)).catch(() => silent.push(room));
    expect(silent).toEqual([]);
  });
});

describe('the tests', () => {
  test('skip nothing without a reason, focus on nothing, never sleep, and set no limit to their time', () => {
    const broken = all
      .filter(({ source }) => source.room === 'tests' && !source.path.startsWith('tests/laws/'))
      .flatMap(({ source }) => {
        const lines = source.text.split('\n');
        return lines.flatMap((line, index) =>
          /\b(it|test|describe)\.(only|todo)\b|setTimeout\([^,]*resolve|\bsleep\(\d|\b(testTimeout|hookTimeout|timeout): \d[\d_]{3,}|^\s*\}, [\d_]{4,}\);/.test(
            line,
          )
            ? [at(source, index + 1)]
            : [],
        );
      });
    expect(broken).toEqual([]);
  });
});
