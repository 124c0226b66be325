import Negotiator from 'negotiator';
import type { IncrementalForm } from './incremental/payloads.ts';

/** The media types of one answer; who does not choose gets the first. */
const answerTypes = ['application/json', 'application/graphql-response+json'] as const;
export type AnswerType = (typeof answerTypes)[number];

const streamType = 'text/event-stream';

/** The media type that a client likes best for one answer; undefined when it takes none. */
export function answerType(accept: string | undefined): AnswerType | undefined {
  return negotiated(accept).mediaType([...answerTypes]) as AnswerType | undefined;
}

/** What a client makes of an event stream: `only` when it takes nothing else, `also` beside one answer, `never`. */
export function takesStream(accept: string | undefined): 'only' | 'also' | 'never' {
  if (negotiated(accept).mediaType([streamType]) === undefined) return 'never';
  return answerType(accept) === undefined ? 'only' : 'also';
}

/** True for who scrapes metrics and prefers OpenMetrics to the older format. Versions are not chosen by: there is one of each. */
export function takesOpenMetrics(accept = ''): boolean {
  const open = 'application/openmetrics-text';
  const types = accept.replaceAll(/;\s*(version|charset|escaping)=[^;,]*/g, '');
  return negotiated(types).mediaType(['text/plain', open]) === open;
}

/** True for a client that takes subscriptions in parts of one answer, and says so: `multipart/mixed` alone may mean anything. */
export function takesParts(accept = ''): boolean {
  return accept.split(',').some((each) => {
    const [type = '', ...given] = each.split(';').map((one) => one.trim().toLowerCase().replaceAll('"', ''));
    return type === 'multipart/mixed' && given.includes('subscriptionspec=1.0') && !given.some((one) => /^q=0(\.0*)?$/.test(one));
  });
}

/** The form in which a client takes an answer in parts; for one that takes parts of any form the present one. Undefined for who takes none. */
export function incrementalForm(accept = ''): IncrementalForm | undefined {
  const parts = accept.split(',').map((each) => each.split(';').map((one) => one.trim().toLowerCase().replaceAll('"', '')));
  for (const [type, ...given] of parts) {
    if (type !== 'multipart/mixed' || given.some((one) => /^q=0(\.0*)?$/.test(one))) continue;
    if (given.includes('deferspec=20220824')) return 'deferSpec=20220824';
    if (given.includes('incrementalspec=v0.2') || !given.some((one) => /^\w+spec=/.test(one))) return 'incrementalSpec=v0.2';
  }
  return undefined;
}

/** True for a browser that asks for a page: it names HTML itself, and likes it better than an answer. */
export function wantsHtml(accept: string | undefined): boolean {
  return accept?.includes('text/html') === true && negotiated(accept).mediaType([...answerTypes, 'text/html']) === 'text/html';
}

/** Every answer is in UTF-8; the negotiator would take the parameter for one that the type lacks. */
const utf8 = /\s*;\s*charset\s*=\s*"?utf-8"?(?=\s*[;,]|\s*$)/gi;

function negotiated(accept: string | undefined): Negotiator {
  return new Negotiator({ headers: accept === undefined ? {} : { accept: accept.replace(utf8, '') } });
}
