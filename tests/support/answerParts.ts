import { expect } from 'vitest';

/** The parts of an answer, each as soon as the boundary behind it has come; `end` where the last boundary is closed. */
export async function* partsOf(response: Response): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  const boundary = '\r\n--graphql';
  let buffer = '';
  for await (const chunk of response.body ?? []) {
    buffer += decoder.decode(chunk, { stream: true });
    for (let at = buffer.indexOf(boundary); at >= 0; at = buffer.indexOf(boundary)) {
      const [part, rest] = [buffer.slice(0, at), buffer.slice(at + boundary.length)];
      buffer = rest;
      const [head = '', content] = part.split('\r\n\r\n');
      if (content === undefined) continue;
      expect(head.trim()).toBe('content-type: application/json');
      yield JSON.parse(content);
    }
  }
  if (buffer === '--\r\n') yield 'end';
}
