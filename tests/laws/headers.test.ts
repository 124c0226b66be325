import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { root, sources } from '../support/house.ts';

const page = await readFile(new URL('docs/headers.md', root), 'utf8');
const section = (title: string) => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const named = (text: string) =>
  new Set([...text.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z-]+)`/g)].map((each) => each[1] ?? '')));

/** Written and read by the libraries that hold the door's origins. */
const cors = { read: ['access-control-request-method', 'access-control-request-headers'], written: /^access-control-/ };
const door = (await sources(['gateway'])).filter(({ path }) => !/^gateway\/(transport|foreign|graphiql)\//.test(path));

/** Headers of requests, as the door's files name them. */
function readHeaders(): Set<string> {
  const found = door.flatMap(({ text }) => [
    ...[...text.matchAll(/headers(?:\.([a-z]+)\b|\['([a-z-]+)'\])/g)].map((match) => match[1] ?? match[2] ?? ''),
    // Taken apart: `const { accept } = request.headers`, `{ headers: { origin, host } }`, `{ accept, authorization }: Pick<IncomingHttpHeaders`.
    ...[...text.matchAll(/\{ ([a-z, ]+) \}(?: = request\.headers|: Pick<IncomingHttpHeaders)|headers: \{ ([a-z, ]+) \} ?\}/g)].flatMap((match) =>
      (match[1] ?? match[2] ?? '').split(', '),
    ),
  ]);
  // Of our own maps of headers, not of a request's.
  return new Set(found.filter((name) => !['get', 'set'].includes(name)));
}

/** Headers of answers: what is set by name, and the keys of what is written as a whole. */
function writtenHeaders(): Set<string> {
  const texts = door.map(({ text }) => text);
  return new Set(
    texts.flatMap((text) => [
      ...[...text.matchAll(/setHeader\('([a-z-]+)'/g)].map((match) => match[1] ?? ''),
      ...[...text.matchAll(/(?:writeHead\(\d*[^{]*|headers: |(?:challenge|again) = [^{]*)\{([^}]*)\}/g)].flatMap(([, body = '']) =>
        [...body.matchAll(/(?:^|[\s{,])'?([a-z]+(?:-[a-z]+)*)'?: /g)].map((match) => match[1] ?? ''),
      ),
      ...(text.includes('return methods ? { allow') ? ['allow'] : []),
    ]),
  );
}

test('docs/headers.md names each header of a request that the door reads, and no other', () => {
  const told = named(section('Requests'));
  expect([...told].filter((name) => !cors.read.includes(name)).sort()).toEqual([...readHeaders()].sort());
  expect(cors.read.every((name) => told.has(name))).toBe(true);
});

test('and each header of an answer', () => {
  const told = [...named(section('Answers'))].filter((name) => !cors.written.test(name));
  const written = [...writtenHeaders()].filter((name) => name !== 'authorization');
  expect(told.sort()).toEqual(written.sort());
});

test('and those of the seal between gateway and subgraphs', async () => {
  const seal = await readFile(new URL('kernel/signature.ts', root), 'utf8');
  const sealed = new Set([...seal.matchAll(/'(x-[a-z-]+)'/g)].map((match) => match[1] ?? ''));
  const text = section('Between gateway and subgraphs');
  expect([...sealed].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
