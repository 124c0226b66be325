import { describe, expect, test } from 'vitest';
import { answerType, takesOpenMetrics, takesParts, takesStream, wantsHtml } from '#gateway/accept.ts';

const [plain, modern] = ['application/json', 'application/graphql-response+json'];

describe('what a client accepts', () => {
  test.each<[string | undefined, string | undefined, ReturnType<typeof takesStream>]>([
    [undefined, plain, 'also'],
    ['*/*', plain, 'also'],
    [plain, plain, 'never'],
    [modern, modern, 'never'],
    [`${modern}, ${plain};q=0.9`, modern, 'never'],
    [`${modern};q=0.1, ${plain};q=0.9`, plain, 'never'],
    ['text/event-stream', undefined, 'only'],
    ['text/event-stream;q=0.1', undefined, 'only'],
    ['text/event-stream;q=0', undefined, 'never'],
    [`text/event-stream, ${plain};q=0.1`, plain, 'also'],
    [`text/event-stream, ${plain};q=0`, undefined, 'only'],
    ['text/*', undefined, 'only'],
    ['application/*', plain, 'never'],
    ['Text/Event-Stream', undefined, 'only'],
    ['image/png', undefined, 'never'],
    ['text/event-stream; charset=utf-8', undefined, 'only'],
    ['text/event-stream ; Charset="UTF-8";q=0.5, application/json;charset=utf-8', plain, 'also'],
    [`${modern};charset=utf-8`, modern, 'never'],
    ['application/json; charset=utf-16', undefined, 'never'],
    ['application/json; charset=utf-8x', undefined, 'never'],
    ['', undefined, 'never'],
    [',;q=x', undefined, 'never'],
  ])('%s: one answer as %s, a stream %s', (accept, type, stream) => {
    expect([answerType(accept), takesStream(accept)]).toEqual([type, stream]);
  });

  test.each<[string | undefined, boolean]>([
    ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json', true],
    ['application/json, Multipart/Mixed; subscriptionSpec="1.0"', true],
    ['multipart/mixed;subscriptionSpec=1.0;q=0', false],
    ['multipart/mixed;subscriptionSpec=2.0', false],
    ['multipart/mixed', false],
    ['application/json;subscriptionSpec=1.0', false],
    ['', false],
    [undefined, false],
  ])('%s takes subscriptions in parts: %s', (accept, parts) => {
    expect(takesParts(accept)).toBe(parts);
  });

  test.each<[string | undefined, boolean]>([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['text/html', true],
    ['text/html;q=0.1, application/json', false],
    ['*/*', false],
    [undefined, false],
  ])('%s is a page: %s', (accept, page) => {
    expect(wantsHtml(accept)).toBe(page);
  });
});

test.each([
  [undefined, false],
  ['*/*', false],
  ['text/plain;version=0.0.4', false],
  ['application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5', true],
  // As Prometheus asks.
  [
    'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
    true,
  ],
  ['text/plain,application/openmetrics-text;q=0.5', false],
])('who scrapes with %j gets OpenMetrics: %j', (accept, isOpen) => {
  expect(takesOpenMetrics(accept)).toBe(isOpen);
});
