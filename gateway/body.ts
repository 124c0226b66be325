import type { IncomingMessage } from 'node:http';
import { type ErrorCode, Refused } from '#kernel/errors.ts';

type Detail = { told?: Readonly<Record<string, string>>; code?: ErrorCode };

/** A refusal with the HTTP status that says it best. */
export class RefusedRequest extends Refused {
  readonly status: number;
  /** What RFC 9110 wants beside the status. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, { told = {}, code = 'VALIDATION_FAILED' }: Detail = {}) {
    super(code, message);
    this.status = status;
    this.headers = told;
  }
}

/** A method that does not do it here, with those that do. */
export function methodNotAllowed(allow: string, message: string): RefusedRequest {
  return new RefusedRequest(405, message, { told: { allow } });
}

/** The body's text, up to `limit` bytes; no byte more is kept. */
export async function readText(request: IncomingMessage, limit: number): Promise<string> {
  const tooLarge = () =>
    new RefusedRequest(413, `The body has more than ${limit} bytes. Send it in parts, such as fewer items in a call.`, { code: 'BODY_TOO_LARGE' });
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (failure) {
    // A client that hangs up in the middle of its body is no fault of ours.
    throw failure instanceof Refused ? failure : new RefusedRequest(400, 'The body ended before its end.');
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

/** The JSON of a body. Any other media type is refused: JSON is what a foreign page cannot send unasked. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/json') throw new RefusedRequest(415, 'The content-type must be application/json.');
  const text = await readText(request, limit);
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedRequest(400, 'The body is no JSON.');
  }
}
