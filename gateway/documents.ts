import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isId } from '#kernel/ids.ts';
import { methodNotAllowed, RefusedRequest } from './body.ts';
import type { Exchange } from './exchange.ts';
import type { Operations } from './operations.ts';
import type { Reply } from './respond.ts';

/** Below this, documents of entities are asked for by GET. */
export const documentsPath = '/documents/';

const formats = { html: 'HTML', pdf: 'PDF', xml: 'XML' } as const;
type Extension = keyof typeof formats;
const isFormat = (extension: string): extension is Extension => Object.hasOwn(formats, extension);

/** The one question behind the path: it goes through the graph as any other, so that the contract and the row decide who reads what. */
export const documentQuestion =
  'query Document($id: ID!, $format: InvoiceFormat!) { invoice(id: $id) { document { file(format: $format) { name mediaType content } } } }';

type File = { name: string; mediaType: string; content: string };
type Answer = {
  data?: { invoice?: { document?: { file?: File | null } | null } | null } | null;
  errors?: { message: string; extensions?: { code?: string } }[];
};
type Asked = { request: IncomingMessage; path: string; exchange: Exchange; operations: Pick<Operations, 'run'> };

/** A document's bytes; a page of ours runs nothing, and its style stands in itself. */
const policies: Readonly<Record<Extension, string>> = {
  html: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  pdf: "default-src 'none'; frame-ancestors 'none'; sandbox",
  xml: "default-src 'none'; frame-ancestors 'none'; sandbox",
};

/** What there is not and what the caller may not know of are answered in the same words. */
const nothing = () => new RefusedRequest(404, 'There is no such document, or you may not know of it.');

/** Answers GET /documents/invoices/<id>.<html|pdf|xml>. */
export async function documentReply({ request, path, exchange, operations }: Asked): Promise<Reply> {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed('GET, HEAD', 'Documents are asked for by GET.');
  const { id, extension } = named(path);
  const body = { query: documentQuestion, variables: { id, format: formats[extension] } };
  const { status, text } = await operations.run({ method: 'POST', search: '', accept: 'application/json', body, exchange });
  const { data, errors }: Answer = JSON.parse(text);
  const file = data?.invoice?.document?.file;
  if (file) return fileReply(request, file, extension);
  throw failureOf(status, errors?.[0]);
}

function named(path: string): { id: string; extension: Extension } {
  const [, id = '', extension = ''] = /^\/documents\/invoices\/([^/.]+)\.([a-z]+)$/.exec(path) ?? [];
  if (!isId(id) || !isFormat(extension)) throw nothing();
  return { id: id.toLowerCase(), extension };
}

/** An error of the graph as an answer of HTTP. Who lacks the permission may not know of any invoice. */
function failureOf(status: number, error: { message: string; extensions?: { code?: string } } | undefined): Error {
  const code = error?.extensions?.code;
  if (!error || code === 'NOT_FOUND' || code === 'FORBIDDEN') return nothing();
  if (code === 'GUARD_REFUSED') return new RefusedRequest(409, error.message);
  if (code === 'UPSTREAM_UNAVAILABLE' || code === 'RATE_LIMITED') return new RefusedRequest(503, error.message);
  return new Error(`a document was answered with ${status} ${code}`);
}

/** The same invoice gives the same bytes, but who may read it is asked each time. */
function fileReply({ headers }: IncomingMessage, { name, mediaType, content }: File, extension: Extension): Reply {
  const bytes = Buffer.from(content, 'base64');
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  const kept = {
    etag,
    'cache-control': 'private, no-cache',
    vary: 'authorization',
    'content-security-policy': policies[extension],
    'referrer-policy': 'no-referrer',
    'content-disposition': dispositionOf(name, extension === 'html' ? 'inline' : 'attachment'),
  };
  const given = headers['if-none-match'];
  const known = given?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
  return known ? { status: 304, type: mediaType, text: '', headers: kept } : { status: 200, type: mediaType, text: bytes, headers: kept };
}

/** RFC 6266: a name of plain letters for everybody, and the whole of it for who reads UTF-8. */
function dispositionOf(name: string, way: 'inline' | 'attachment'): string {
  const plain = name.replace(/[^\w.-]/g, '_');
  return `${way}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}
