import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { wantsHtml } from './accept.ts';
import type { Reply } from './respond.ts';

/** One whom a newcomer may be: a role, in words, with a development token. */
export type Visitor = { name: string; token: string };

/** The page for people. The visitors, of whom the first is who comes in, are put into the page for callers on this machine only. */
export type Graphiql = { visitors?: (() => Promise<readonly Visitor[]>) | undefined };

/** Package, file in it, media type; all of them from npm, so that the page needs no other host. */
const files: Readonly<Record<string, readonly [string, string, string]>> = {
  'react.js': ['react', 'umd/react.production.min.js', 'text/javascript'],
  'react-dom.js': ['react-dom', 'umd/react-dom.production.min.js', 'text/javascript'],
  'graphiql.js': ['graphiql', 'graphiql.min.js', 'text/javascript'],
  'graphiql.css': ['graphiql', 'graphiql.min.css', 'text/css'],
  'graphql-ws.js': ['graphql-ws', 'umd/graphql-ws.min.js', 'text/javascript'],
};

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self' ws: wss:";

const query = `# Ctrl-Enter runs it.
{
  customers(first: 5) {
    totalCount
    nodes { id name status }
  }
}
`;

/** GraphiQL for a browser at the GraphQL path. */
export async function graphiqlPage(request: IncomingMessage, { visitors }: Graphiql, path: string): Promise<Reply> {
  const shown = visitors && isLocal(request) ? await visitors() : [];
  const config = JSON.stringify({ path, query, visitors: shown }).replaceAll('<', '\\u003c');
  const scripts = ['react.js', 'react-dom.js', 'graphql-ws.js', 'graphiql.js', 'start.js']
    .map((name) => `<script src="/graphiql/${name}"></script>`)
    .join('\n');
  const text = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Accord</title><link rel="stylesheet" href="/graphiql/graphiql.css"></head>
<body style="margin: 0; height: 100vh; display: flex; flex-direction: column">
<form id="visitor" style="padding: 4px 12px; font: 14px sans-serif" hidden><label>You look as <select name="role"></select></label> <output></output></form>
<div id="graphiql" style="flex: 1; min-height: 0">Loading.</div>
<script type="application/json" id="config">${config}</script>
${scripts}
</body></html>
`;
  return { status: 200, type: 'text/html; charset=utf-8', text, headers: { 'content-security-policy': policy } };
}

/** One of the page's files; undefined for any other name. */
export async function graphiqlFile(name: string): Promise<Reply | undefined> {
  if (name === 'start.js') return asset(join(import.meta.dirname, 'graphiql', name), 'text/javascript');
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!file) return undefined;
  const [from, path, type] = file;
  return asset(join(dirname(createRequire(import.meta.url).resolve(`${from}/package.json`)), path), type);
}

async function asset(path: string, type: string): Promise<Reply> {
  return { status: 200, type: `${type}; charset=utf-8`, text: await readFile(path, 'utf8'), headers: { 'cache-control': 'max-age=3600' } };
}

/** True for a browser that wants a page and not an answer. */
export function wantsPage(request: IncomingMessage, url: URL): boolean {
  return request.method === 'GET' && !url.searchParams.has('query') && wantsHtml(request.headers.accept);
}

/** By address and by name: a foreign name that resolves to this machine must not get a token. */
function isLocal(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? '';
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return /^(::ffff:)?127\.|^::1$/.test(address) && ['localhost', '127.0.0.1', '[::1]'].includes(host);
}
